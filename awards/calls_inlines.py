"""Categories and questions of a round, edited on its page."""

from django.contrib.admin.utils import flatten_fieldsets
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline

from awards.calls_forms import CategoryForm, CategoryFormSet, EntryFieldForm
from awards.models import Category, EntryField
from content.record_admin import LANGUAGE_SUFFIXES


class TextsForTranslators:
    """For inlines: who may change but not add is a translator, and texts alone are open to them."""

    def get_readonly_fields(self, request, obj=None):
        if self.has_add_permission(request, obj):
            return self.readonly_fields
        return [
            name for name in flatten_fieldsets(self.fieldsets)
            if not name.endswith(LANGUAGE_SUFFIXES)
        ]  # fmt: skip


class CategoryInline(TextsForTranslators, TranslationStackedInline):
    model = Category
    form = CategoryForm
    formset = CategoryFormSet
    extra = 0
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("order", "code"),
                    ("title_ru", "title_en"),
                    ("description_ru", "description_en"),
                    ("min_age", "max_age"),
                    "closes_at",
                    "limit_per_entrant",
                ]
            },
        )
    ]


class EntryFieldInline(TextsForTranslators, TranslationStackedInline):
    model = EntryField
    form = EntryFieldForm
    extra = 0
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("order", "kind", "category"),
                    ("label_ru", "label_en"),
                    ("hint_ru", "hint_en"),
                    ("is_required", "in_both_languages", "is_identifying"),
                    ("max_length", "max_files"),
                ]
            },
        ),
        (
            _("Answers to choose from"),
            {"fields": [("answers_ru", "answers_en")], "classes": ["collapse"]},
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("choices")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Categories of this round alone, fetched once for all questions."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "category":
            pk = request.resolver_match.kwargs.get("object_id", "")
            own = Category.objects.filter(round=pk if pk.isdecimal() else None)
            field.queryset = own
            field.choices = [("", "—"), *((one.pk, str(one)) for one in own)]
        return field

"""What the questionnaire asks, in the secretariat's admin: groups, indicators, scales."""

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from content.keys import as_key
from content.record_admin import LANGUAGE_SUFFIXES
from ratings import changes, staying
from ratings.admin_inlines import StayingInline
from ratings.models import Edition, Indicator, IndicatorGroup, Scale, ScaleStep
from ratings.structure_forms import GroupForm, IndicatorForm, ScaleForm, ScaleStepForm


class PartAdmin(TranslationAdmin):
    """A part of an edition: read where it stays, and back to the structure after saving."""

    actions = None
    list_select_related = ["edition"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.edition = obj.edition if obj else self.edition_named(request)
        return form

    def edition_named(self, request) -> Edition | None:
        """The edition that the address names: `?edition=`, or a group's."""
        found = Edition.objects.filter(pk=as_key(request.GET.get("edition"))).first()
        for name in ("group", "parent"):
            if key := as_key(request.GET.get(name)):
                group = IndicatorGroup.objects.filter(pk=key).select_related("edition").first()
                found = found or (group.edition if group else None)
        return found

    def get_readonly_fields(self, request, obj=None):
        """An edition is chosen once; a translator changes texts alone."""
        stays = staying.staying(self.model, obj.edition if obj else None)
        names = flatten_fieldsets(self.fieldsets)
        if obj is not None:
            stays |= {"edition"} & set(names)
        if not self.has_add_permission(request):
            stays |= {name for name in names if not name.endswith(LANGUAGE_SUFFIXES)}
        return [name for name in names if name in stays]

    def has_delete_permission(self, request, obj=None):
        stays = obj is not None and staying.rows_stay(self.model, obj.edition)
        return super().has_delete_permission(request, obj) and not stays

    def delete_model(self, request, obj):
        """The edition is locked: a first answer that came meanwhile forbids it."""
        if staying.rows_stay(self.model, staying.locked(obj.edition)):
            raise PermissionDenied
        super().delete_model(request, obj)

    def save_model(self, request, obj, form, change):
        watched = type(obj) in changes.WATCHED
        old = changes.before(obj) if watched else {}
        super().save_model(request, obj, form, change)
        if watched:
            changes.write_down(obj, old, obj.edition, request.user)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if request.method == "GET" and (words := staying.words(obj.edition if obj else None)):
            messages.info(request, words)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_post_save_add(self, request, obj):
        return HttpResponseRedirect(structure_of(obj.edition))

    def response_post_save_change(self, request, obj):
        return HttpResponseRedirect(structure_of(obj.edition))


def structure_of(edition: Edition) -> str:
    """The page that shows everything an edition asks."""
    return reverse("admin:ratings_edition_structure", args=[edition.pk])


@admin.register(IndicatorGroup)
class GroupAdmin(PartAdmin):
    form = GroupForm
    list_display = ["__str__", "edition", "weight", "order"]
    list_filter = ["edition"]
    search_fields = ["code", "title_ru", "title_en"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "edition",
                    ("parent", "order"),
                    ("code", "weight"),
                    ("title_ru", "title_en"),
                    ("description_ru", "description_en"),
                ]
            },
        )
    ]


@admin.register(Indicator)
class IndicatorAdmin(PartAdmin):
    form = IndicatorForm
    list_display = ["__str__", "edition", "kind", "weight", "order"]
    list_filter = ["edition", "kind"]
    search_fields = ["code", "question_ru", "question_en"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("group", "order"),
                    ("code", "kind", "scale"),
                    ("question_ru", "question_en"),
                    ("help_ru", "help_en"),
                    ("unit_ru", "unit_en"),
                ]
            },
        ),
        (_("How it counts"), {"fields": [("weight", "is_reversed")]}),
        (
            _("Divided by"),
            {"fields": [("denominator", "per"), "denominator_indicator"]},
        ),
        (_("Range of answers"), {"fields": [("minimum", "maximum", "decimals")]}),
        (
            _("For goalposts and targets"),
            {"fields": [("goalpost_low", "goalpost_high"), "target"], "classes": ["collapse"]},
        ),
        (_("Proof"), {"fields": ["evidence", "offered_from"]}),
    ]


class ScaleStepInline(StayingInline, TranslationTabularInline):
    model = ScaleStep
    form = ScaleStepForm
    extra = 0
    min_num = 2
    fieldsets = [(None, {"fields": ["order", "label_ru", "label_en", "value"]})]

    def get_readonly_fields(self, request, obj=None):
        return super().get_readonly_fields(request, obj.edition if obj else None)

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj.edition if obj else None)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj.edition if obj else None)


@admin.register(Scale)
class ScaleAdmin(PartAdmin):
    form = ScaleForm
    list_display = ["__str__", "edition"]
    list_filter = ["edition"]
    search_fields = ["title_ru", "title_en"]
    inlines = [ScaleStepInline]
    fieldsets = [(None, {"fields": ["edition", ("title_ru", "title_en")]})]

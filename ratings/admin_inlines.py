"""Method, size classes and zones of an edition, edited on its page."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline, TranslationTabularInline

from content.record_admin import LANGUAGE_SUFFIXES
from ratings import staying
from ratings.edition_forms import SizeClassForm, SizeClassFormSet, ZoneForm
from ratings.method_form import MethodForm
from ratings.models import Method, SizeClass, Zone


class StayingInline:
    """What is sealed is read; a translator changes texts alone."""

    def get_readonly_fields(self, request, obj=None):
        stays = staying.staying(self.model, obj)
        if not self._may_keep(request):
            names = flatten_fieldsets(self.get_fieldsets(request, obj))
            stays |= {name for name in names if not name.endswith(LANGUAGE_SUFFIXES)}
        return [*self.readonly_fields, *sorted(stays)]

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets

    def _may_keep(self, request) -> bool:
        """Who may add is no translator."""
        name = f"{self.opts.app_label}.add_{self.opts.model_name}"
        return request.user.has_perm(name)

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not staying.rows_stay(self.model, obj)

    def has_delete_permission(self, request, obj=None):
        stays = staying.rows_stay(self.model, obj)
        return super().has_delete_permission(request, obj) and not stays


class MethodInline(admin.StackedInline):
    model = Method
    form = MethodForm
    can_delete = False
    min_num = max_num = 1
    fieldsets = [
        (
            _("Method: before the scoring"),
            {
                "fields": [
                    "is_denominated",
                    ("least_answered", "least_of_group"),
                    "missing",
                    "all_groups_needed",
                    "outliers",
                    ("outliers_most", "skewness_bound", "kurtosis_bound"),
                ]
            },
        ),
        (
            _("Method: one scale for all questions"),
            {"fields": ["normalisation", ("scale_low", "scale_high"), "constant"]},
        ),
        (
            _("Method: from answers to the index"),
            {"fields": ["within_groups", "across_groups", "equal_weights"]},
        ),
        (
            _("Method: how firm the places are"),
            {"fields": [("weights_move", "weight_sets", "seed")], "classes": ["collapse"]},
        ),
    ]

    def has_change_permission(self, request, obj=None):
        is_sealed = obj is not None and obj.sealed_at
        return super().has_change_permission(request, obj) and not is_sealed


class SizeClassInline(StayingInline, TranslationTabularInline):
    model = SizeClass
    form = SizeClassForm
    formset = SizeClassFormSet
    extra = 0
    ordering = ["minimum"]
    fieldsets = [(None, {"fields": ["code", "title_ru", "title_en", "minimum", "maximum"]})]


class ZoneInline(StayingInline, TranslationStackedInline):
    model = Zone
    form = ZoneForm
    extra = 0
    autocomplete_fields = ["countries"]
    fieldsets = [
        (None, {"fields": [("order", "is_guest"), ("title_ru", "title_en"), "countries"]}),
    ]

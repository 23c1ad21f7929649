"""The facts register in the admin."""

from django.contrib import admin
from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.record_admin import PublicRecordAdmin, PublicRecordForm, TranslationFilter
from content.title_column import TitleColumnMixin
from facts import registering
from facts.models import Fact, Subject


class StandingFilter(admin.SimpleListFilter):
    """What stands today, or what was said before."""

    title = pgettext_lazy("fact", "standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [("current", _("Current")), ("earlier", _("Said before"))]

    def queryset(self, request, queryset):
        if self.value() == "current":
            return queryset.filter(superseded_by__isnull=True)
        return queryset.exclude(superseded_by=None) if self.value() else queryset


class FactForm(PublicRecordForm):
    """A statement; where a new one belongs in its chain follows from its day."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("source_ru", "source_en"):
            if name in self.fields:
                self.fields[name].required = False

    def _get_validation_exclusions(self):
        """A new statement takes the place of the current one by itself (`registering.put`)."""
        excluded = super()._get_validation_exclusions()
        return excluded | {"subject"} if self.instance._state.adding else excluded


@admin.register(Fact)
class FactAdmin(PublicRecordAdmin):
    form = FactForm
    formfield_overrides = {
        **PublicRecordAdmin.formfield_overrides,
        models.URLField: {"assume_scheme": "https"},
    }
    list_display = ["shown_wording", "subject", "shown_value", "shown_day", "stands"]
    list_filter = [StandingFilter, TranslationFilter, "subject"]
    list_select_related = ["subject"]
    search_fields = ["wording_ru", "wording_en", "source_ru", "source_en", "subject__slug"]
    autocomplete_fields = ["subject", "superseded_by"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "subject",
                    ("wording_ru", "wording_en"),
                    ("bound", "value"),
                    ("text_ru", "text_en"),
                    "small_edit",
                ]
            },
        ),
        (
            _("Source"),
            {
                "fields": [
                    ("source_ru", "source_en"),
                    "source_url",
                    ("as_of", "as_of_precision"),
                    "superseded_by",
                    ("note_ru", "note_en"),
                ]
            },
        ),
    ]

    @admin.display(description=pgettext_lazy("fact", "wording"))
    def shown_wording(self, fact):
        return fact.said()[0]

    @admin.display(description=_("value"), ordering="value")
    def shown_value(self, fact):
        return fact.value_text()

    @admin.display(description=_("as of"), ordering="as_of")
    def shown_day(self, fact):
        return fact.day_text()

    @admin.display(
        description=pgettext_lazy("fact", "current"), boolean=True, ordering="superseded_by"
    )
    def stands(self, fact):
        return fact.is_current

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            registering.put(obj, by=request.user)


@admin.register(Subject)
class SubjectAdmin(TitleColumnMixin, PublicRecordAdmin):
    list_display = ["shown_title", "slug", "shown_unit", "current_fact", "position"]
    list_filter = [TranslationFilter]
    search_fields = ["title_ru", "title_en", "slug"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"),
                    ("unit_ru", "unit_en"),
                    ("match_words_ru", "match_words_en"),
                    ("slug", "position"),
                    "small_edit",
                ]
            },
        )
    ]

    def get_queryset(self, request):
        standing = Prefetch("facts", Fact.objects.current(), to_attr="standing")
        return super().get_queryset(request).prefetch_related(standing)

    @admin.display(description=_("unit"))
    def shown_unit(self, subject):
        return subject.unit

    @admin.display(description=_("current statement"))
    def current_fact(self, subject):
        return subject.standing[0].said()[0] if subject.standing else "—"

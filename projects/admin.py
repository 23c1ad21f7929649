"""Projects, strategies, recommendations, commitments and outside libraries in the admin."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from content.links_admin import LinkInline
from content.publishing import PublishNowMixin
from content.record_admin import PublicRecordForm, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.title_column import TitleColumnMixin
from editorial.desk import EditorialAdmin
from projects import wording
from projects.models import (
    Commitment,
    CommitmentPaper,
    OutsideLibrary,
    Project,
    Recommendation,
    Strategy,
    Wave,
)

HTTPS = {models.URLField: {"assume_scheme": "https"}}
PUBLISHING = (_("Publishing"), {"fields": ["slug", ("status", "published_at")]})
PERIOD = (
    _("Period"),
    {"fields": [("starts_on", "starts_precision"), ("ends_on", "ends_precision")]},
)


class UndertakingForm(PublishNowMixin, PublicRecordForm):
    """Published without a moment: from now on."""


class UndertakingAdmin(TitleColumnMixin, StaffTimeMixin, EditorialAdmin):
    form = UndertakingForm
    list_display = ["shown_title", "period", "status"]
    list_filter = ["status", TranslationFilter]
    search_fields = ["title_ru", "title_en", "slug"]
    prepopulated_fields = {"slug": ("title_en",)}

    @admin.display(description=_("period"), ordering="starts_on")
    def period(self, record):
        return wording.period(record)


@admin.register(Project)
class ProjectAdmin(UndertakingAdmin):
    autocomplete_fields = ["members", "topics"]
    inlines = [LinkInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"),
                    ("summary_ru", "summary_en"),
                    ("body_ru", "body_en"),
                    ("results_ru", "results_en"),
                    "small_edit",
                ]
            },
        ),
        PERIOD,
        (_("Belongs to"), {"fields": ["members", "topics"]}),
        PUBLISHING,
    ]


class WaveInline(TranslationStackedInline):
    model = Wave
    extra = 0


@admin.register(Strategy)
class StrategyAdmin(UndertakingAdmin):
    autocomplete_fields = ["documents"]
    inlines = [WaveInline, LinkInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"),
                    ("summary_ru", "summary_en"),
                    ("body_ru", "body_en"),
                    "small_edit",
                ]
            },
        ),
        PERIOD,
        (_("Belongs to"), {"fields": ["documents"]}),
        PUBLISHING,
    ]


@admin.register(Recommendation)
class RecommendationAdmin(UndertakingAdmin):
    list_display = ["shown_title", "dated_on", "status"]
    autocomplete_fields = ["document"]
    inlines = [LinkInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"),
                    ("text_ru", "text_en"),
                    ("body_ru", "body_en"),
                    ("meeting_ru", "meeting_en"),
                    ("dated_on", "date_precision"),
                    ("source_ru", "source_en"),
                    "document",
                    "small_edit",
                ]
            },
        ),
        PUBLISHING,
    ]


@admin.register(OutsideLibrary)
class OutsideLibraryAdmin(TranslationAdmin):
    formfield_overrides = HTTPS
    list_display = ["name", "url", "position"]
    search_fields = ["name_ru", "name_en", "url"]


class CommitmentPaperInline(TranslationStackedInline):
    model = CommitmentPaper
    formfield_overrides = HTTPS
    extra = 0
    autocomplete_fields = ["publication"]


@admin.register(Commitment)
class CommitmentAdmin(TranslationAdmin):
    list_display = ["title", "member", "period"]
    list_select_related = ["member"]
    search_fields = ["title_ru", "title_en", "member__name_ru", "member__name_en"]
    autocomplete_fields = ["member", "charter"]
    inlines = [CommitmentPaperInline]

    @admin.display(description=_("period"), ordering="starts_on")
    def period(self, commitment):
        return wording.period(commitment)

"""Ratings and their editions in the secretariat's admin."""

from django.contrib import admin, messages
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.dates import moment_text
from content.record_admin import PublicRecordAdmin, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.title_column import TitleColumnMixin
from ratings import changes, phases, staying
from ratings.admin_inlines import MethodInline, SizeClassInline, ZoneInline
from ratings.admin_tools import EditionToolsMixin
from ratings.edition_forms import EditionForm, RatingForm, in_order
from ratings.models import Edition, Method, Rating, SizeClass
from ratings.queues import OpeningFilter


@admin.register(Rating)
class RatingAdmin(TitleColumnMixin, StaffTimeMixin, PublicRecordAdmin):
    form = RatingForm
    list_display = ["shown_title", "award", "editions_count", "order", "status"]
    list_filter = ["status", TranslationFilter]
    list_select_related = ["award"]
    search_fields = ["title_ru", "title_en", "slug"]
    autocomplete_fields = ["award", "picture"]
    prepopulated_fields = {"slug": ("title_en",)}
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
        (
            _("Publishing"),
            {"fields": ["slug", ("status", "published_at"), "award", "picture", "order"]},
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("editions"))

    @admin.display(description=_("editions"), ordering="number")
    def editions_count(self, rating):
        return rating.number


@admin.register(Edition)
class EditionAdmin(EditionToolsMixin, TitleColumnMixin, StaffTimeMixin, PublicRecordAdmin):
    form = EditionForm
    list_display = ["shown_title", "rating", "year", "phase", "closes", "status"]
    list_filter = [OpeningFilter, "rating", "kind", "status", TranslationFilter]
    list_select_related = ["rating"]
    search_fields = ["title_ru", "title_en", "slug", "rating__title_ru", "rating__title_en"]
    autocomplete_fields = ["rating", "event", "host"]
    readonly_fields = ["tools"]
    inlines = [SizeClassInline, ZoneInline, MethodInline]
    fieldsets = [
        (None, {"fields": ["tools"]}),
        (
            None,
            {
                "fields": [
                    ("rating", "kind"),
                    ("title_ru", "title_en"),
                    ("summary_ru", "summary_en"),
                    ("body_ru", "body_en"),
                    ("methodology_ru", "methodology_en"),
                    "small_edit",
                ]
            },
        ),
        (
            _("When"),
            {
                "fields": [
                    ("year", "population_year"),
                    ("period_starts_on", "period_ends_on"),
                    "time_zone",
                    ("opens_at", "closes_at"),
                    "results_expected_on",
                ]
            },
        ),
        (
            _("Who, and what is shown"),
            {"fields": [("admits_guests", "shows_points"), "places_honoured", ("event", "host")]},
        ),
        (
            _("Publishing"),
            {
                "fields": [
                    "slug",
                    ("status", "published_at"),
                    ("source", "source_url"),
                    "is_invented",
                ]
            },
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return list(dict.fromkeys([*fields, *sorted(staying.staying(Edition, obj))]))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if request.method == "GET" and (words := staying.words(obj)):
            messages.info(request, words)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        old = changes.before(obj)
        super().save_model(request, obj, form, change)
        changes.write_down(obj, old, obj, request.user)

    def save_formset(self, request, form, formset, change):
        """Classes are written in an order that the database takes; changes are written down."""
        if formset.model not in (SizeClass, Method):
            return super().save_formset(request, form, formset, change)
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            row.delete()
        for row in in_order(rows) if formset.model is SizeClass else rows:
            old = changes.before(row)
            row.save()
            changes.write_down(row, old, form.instance, request.user)
        formset.save_m2m()
        return None

    @admin.display(description=_("stands at"))
    def phase(self, edition):
        return phases.Phase.of(edition, timezone.now()).label

    @admin.display(description=_("answers until"), ordering="closes_at")
    def closes(self, edition):
        return moment_text(edition.closes_at, edition.zone) if edition.closes_at else "—"

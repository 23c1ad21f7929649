"""Awards and rounds in the secretariat's admin."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards import calls, deadlines, round_changes
from awards.calls_forms import AwardForm, RoundForm
from awards.calls_inlines import CategoryInline, EntryFieldInline
from awards.calls_tools import RoundToolsMixin
from awards.models import Award, Category, Round
from content.dates import moment_text
from content.record_admin import PublicRecordAdmin, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.title_column import TitleColumnMixin


@admin.register(Award)
class AwardAdmin(TitleColumnMixin, StaffTimeMixin, PublicRecordAdmin):
    form = AwardForm
    list_display = ["shown_title", "giver", "order", "rounds_count", "status"]
    list_filter = ["giver", "status", TranslationFilter]
    search_fields = ["title_ru", "title_en", "slug", "given_by_ru", "given_by_en"]
    autocomplete_fields = ["picture"]
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
        (_("Who gives it"), {"fields": ["giver", ("given_by_ru", "given_by_en"), "website"]}),
        (_("Publishing"), {"fields": ["slug", ("status", "published_at"), "picture", "order"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("rounds"))

    @admin.display(description=_("rounds of awards"), ordering="number")
    def rounds_count(self, award):
        return award.number


class CallFilter(admin.SimpleListFilter):
    title = _("entries")
    parameter_name = "call"

    def lookups(self, request, model_admin):
        return [
            ("open", pgettext_lazy("calls", "open")),
            ("later", pgettext_lazy("calls", "open later")),
            ("over", pgettext_lazy("calls", "over")),
            ("no-rules", _("without rules")),
            *((code, label) for code, (label, _found) in calls.lacking.items()),
        ]

    def queryset(self, request, queryset):
        now, chosen = timezone.now(), self.value()
        if chosen == "open":
            return queryset.filter(pk__in=Round.objects.open(now).values("pk"))
        if chosen == "later":
            return queryset.filter(opens_at__gt=now)
        if chosen == "over":
            later = Category.objects.filter(closes_at__gt=now).values("round")
            return queryset.filter(closes_at__lte=now).exclude(pk__in=later)
        if chosen == "no-rules":
            return queryset.filter(pk__in=calls.without_rules(now).values("pk"))
        if chosen in calls.lacking:
            _label, found = calls.lacking[chosen]
            return queryset.filter(pk__in=found().values("pk"))
        return queryset


@admin.register(Round)
class RoundAdmin(RoundToolsMixin, TitleColumnMixin, StaffTimeMixin, PublicRecordAdmin):
    form = RoundForm
    list_display = ["shown_title", "award", "year", "closes", "phase", "sent", "status"]
    list_filter = [CallFilter, "status", "award", "year", TranslationFilter]
    list_select_related = ["award"]
    search_fields = [
        "title_ru", "title_en", "theme_ru", "theme_en", "slug", "award__title_ru",
        "award__title_en",
    ]  # fmt: skip
    autocomplete_fields = ["award", "event"]
    readonly_fields = ["tools"]
    inlines = [CategoryInline, EntryFieldInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "award",
                    ("title_ru", "title_en"),
                    ("theme_ru", "theme_en"),
                    ("summary_ru", "summary_en"),
                    ("rules_ru", "rules_en"),
                    "small_edit",
                ]
            },
        ),
        (_("Year"), {"fields": [("year", "results_of_year", "edition")]}),
        (
            _("When"),
            {"fields": ["time_zone", ("opens_at", "closes_at"), "results_expected_on", "event"]},
        ),
        (
            _("Who enters"),
            {
                "fields": [
                    "who_may_enter",
                    "nominated_by",
                    "languages",
                    "limit_per_entrant",
                    ("region_only", "dues_required"),
                    ("is_for_children", "admits_batches"),
                ]
            },
        ),
        (_("Publishing"), {"fields": ["slug", ("status", "published_at"), "tools"]}),
    ]

    def get_queryset(self, request):
        sent = Count("entries", filter=Q(entries__state="submitted"))
        found = super().get_queryset(request).annotate(entries_sent=sent)
        return found.prefetch_related("categories")

    def save_model(self, request, obj, form, change):
        before = Round.objects.filter(pk=obj.pk).values(*round_changes.MOMENTS).first()
        super().save_model(request, obj, form, change)
        if before:
            round_changes.window_changed(obj, before, request.user)

    def save_formset(self, request, form, formset, change):
        before = {}
        if formset.model is Category:
            before = dict(
                Category.objects.filter(round=form.instance).values_list("pk", "closes_at")
            )
        super().save_formset(request, form, formset, change)
        for category, _names in getattr(formset, "changed_objects", []) if before else []:
            round_changes.deadline_changed(category, before[category.pk], request.user)

    @admin.display(description=_("entries until"), ordering="closes_at")
    def closes(self, round):
        return moment_text(deadlines.closing(round), round.zone)

    @admin.display(description=_("entries"))
    def phase(self, round):
        return calls.Phase.of(round, timezone.now()).label

    @admin.display(description=pgettext_lazy("entries", "sent"), ordering="entries_sent")
    def sent(self, round):
        return round.entries_sent

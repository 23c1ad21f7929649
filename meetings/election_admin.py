"""Elections in the admin: the record, and the desk where it is counted and published."""

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.record_admin import PublicRecordAdmin, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.title_column import TitleColumnMixin
from meetings.admin_forms import ElectionForm
from meetings.election_desk import ElectionDesk
from meetings.models import Election, Nomination


class StepFilter(admin.SimpleListFilter):
    title = _("what waits")
    parameter_name = "step"

    def lookups(self, request, model_admin):
        return [
            ("count", _("closed, to count")),
            ("publish", _("counted, to approve and publish")),
            ("late", _("late nominations")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "count":
            return queryset.to_count()
        if self.value() == "publish":
            return queryset.filter(state=Election.State.COUNTED)
        if self.value() == "late":
            late = Nomination.objects.refused().filter(election=OuterRef("pk"))
            return queryset.filter(Exists(late), state=Election.State.ANNOUNCED)
        return queryset


class ElectionAdmin(TitleColumnMixin, StaffTimeMixin, PublicRecordAdmin):
    form = ElectionForm
    list_display = ["shown_title", "body", "meeting", "seats", "candidates", "closes_at", "state"]
    list_filter = [StepFilter, "state", TranslationFilter, "body"]
    list_select_related = ["body", "meeting"]
    search_fields = ["title_ru", "title_en", "body__name_ru", "body__name_en"]
    autocomplete_fields = ["body", "meeting"]
    readonly_fields = ["desk"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "desk", ("title_ru", "title_en"), "small_edit", ("body", "seats"), "meeting",
                    "state",
                ]
            },
        ),
        (_("Nominations"), {"fields": ["time_zone", ("opens_at", "closes_at")]}),
    ]  # fmt: skip
    # What a protocol holds is changed no more.
    KEPT = ("body", "seats", "meeting", "time_zone", "opens_at", "closes_at", "state")

    def get_queryset(self, request):
        candidates = Count("nominations", filter=Q(nominations__withdrawn_at=None))
        return super().get_queryset(request).annotate(number=candidates)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if obj is not None and obj.state in (Election.State.COUNTED, Election.State.PUBLISHED):
            return [*fields, *self.KEPT]
        return fields

    @admin.display(description=_("candidates"), ordering="number")
    def candidates(self, election):
        return election.number

    @admin.display(description=_("what can be done"))
    def desk(self, election):
        if not election.pk:
            return _("After the first save.")
        address = reverse("admin:meetings_election_desk", args=[election.pk])
        words = _("Candidates, votes, approval, publishing")
        return format_html('<a href="{}">{}</a>', address, words)

    def get_urls(self):
        desk = self.admin_site.admin_view(ElectionDesk.as_view(desk=self))
        return [
            path("<int:pk>/desk/", desk, name="meetings_election_desk"),
            *super().get_urls(),
        ]

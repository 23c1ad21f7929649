"""Delegations and participants on the desk of the secretariat."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content.languages import in_language
from events import admin_changes, deciding, places, registration  # noqa: F401 - registers a model
from events.decisions_form import DecisionsForm
from events.models import Delegation, Event, Participant
from events.models.registration import HOLDING
from members import naming

Status = Participant.Status


class DecisionFilter(admin.SimpleListFilter):
    title = _("decision")
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        return [
            ("open", _("over the quota, to decide")),
            ("pending", _("to be approved")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "open":
            return queryset.to_decide()
        return queryset.to_approve() if self.value() == "pending" else queryset


class ReasonForm(ActionForm):
    """What stands beside the list of deeds: the reason for those who are turned down."""

    reason = forms.CharField(label=_("Reason for the letter"), required=False, max_length=500)


class ReadOnlyMixin:
    """Rows that representatives keep: staff see them, and act through the actions."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return [field.name for field in self.model._meta.fields]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        nothing_to_save = {"show_save": False, "show_save_and_continue": False}
        context = {**(extra_context or {}), **nothing_to_save}
        return super().change_view(request, object_id, form_url, context)


@admin.register(Participant)
class ParticipantAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = [
        "__str__", "name_latin", "city", "event", "status", "deciding", "is_head", "queued_at"
    ]  # fmt: skip
    list_filter = [DecisionFilter, "status", ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "delegation__member"]
    search_fields = ["name_cyrillic", "name_latin", "email"]
    ordering = ["event", "delegation", "order", "pk"]
    action_form = ReasonForm
    actions = ["let_in", "turn_down", "approve", "disapprove", "take_out"]
    fields = [
        "event", "delegation", "name_cyrillic", "name_latin", "position_ru", "position_en",
        "rank", "mode", "is_listed", "listed_changed_at", "email", "language", "is_head",
        "status", "departure", "queued_at", "confirmed_at", "offer_expires_at", "created_at",
    ]  # fmt: skip

    @admin.display(description=_("member"), ordering="delegation__member__sort_key_ru")
    def city(self, participant):
        return in_language(participant, "name_then")[0] or participant.delegation.guest_of

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return naming.with_names_then(rows, "delegation__member", "event__starts_at")

    @admin.display(description=_("decision"))
    def deciding(self, participant):
        if participant.status not in deciding.TO_DECIDE:
            return ""
        address = reverse("admin:events_participant_decisions", args=[participant.event_id])
        return format_html('<a href="{}">{}</a>', address, _("Decide"))

    def get_urls(self):
        decisions = path(
            "decisions/<int:event_id>/",
            self.admin_site.admin_view(self.decisions_view),
            name="events_participant_decisions",
        )
        return [decisions, *super().get_urls()]

    def decisions_view(self, request, event_id: int):
        """Who of an event waits for a decision, in order, with the places that are free."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        event = get_object_or_404(Event, pk=event_id)
        form = DecisionsForm(request.POST or None, event=event)
        if request.method == "POST" and form.is_valid():
            done, reasons = form.decide(request.user)
            self._say(request, done, reasons)
            return redirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Decisions of the secretariat"),
            "opts": self.opts,
            "event": event,
            "form": form,
            "groups": form.groups(),
            "free": places.free(event),
            "queued": event.participants.queue().count(),
        }
        return render(request, "admin/events/decisions.html", context)

    @admin.action(description=_("Over the quota: let in"), permissions=["change"])
    def let_in(self, request, queryset):
        self._decide(request, queryset, Status.OVER_QUOTA, accept=True)

    @admin.action(description=_("Over the quota: turn down"), permissions=["change"])
    def turn_down(self, request, queryset):
        self._decide(request, queryset, Status.OVER_QUOTA, accept=False)

    @admin.action(description=_("Approve"), permissions=["change"])
    def approve(self, request, queryset):
        self._decide(request, queryset, Status.PENDING, accept=True)

    @admin.action(description=_("Do not approve"), permissions=["change"])
    def disapprove(self, request, queryset):
        self._decide(request, queryset, Status.PENDING, accept=False)

    def _decide(self, request, queryset, state: str, accept: bool) -> None:
        """In the order in which they were registered, which is that of the queue."""
        deed = deciding.decide_pending if state == Status.PENDING else deciding.decide_over_quota
        reason = request.POST.get("reason", "").strip()[:500]
        waiting_ones = queryset.filter(status=state).order_by(
            "delegation__created_at", "order", "pk"
        )
        self._each(
            request,
            waiting_ones,
            lambda person: deed(person, accept, request.user, "" if accept else reason),
        )

    @admin.action(description=_("Take out of the event"), permissions=["change"])
    def take_out(self, request, queryset):
        self._each(
            request,
            queryset.active(),
            lambda person: registration.cancel_participant(person, request.user, is_decided=True),
        )

    def _each(self, request, people, deed) -> None:
        """Do the deed for each person; what is refused is said once for each reason."""
        done, reasons = 0, []
        for person in people:
            try:
                deed(person)
                done += 1
            except registration.RegistrationRefused as refused:
                reasons.append(str(refused))
        self._say(request, done, reasons)

    def _say(self, request, done: int, reasons: list[str]) -> None:
        words = ngettext("Done for %(number)d person.", "Done for %(number)d people.", done)
        self.message_user(request, words % {"number": done})
        for reason in dict.fromkeys(reasons):
            self.message_user(request, reason, messages.ERROR)


class ParticipantInline(admin.TabularInline):
    model = Participant
    fields = ["order", "name_cyrillic", "name_latin", "email", "status", "is_head"]
    readonly_fields = fields
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj):
        return False


@admin.register(Delegation)
class DelegationAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = ["city", "event", "placed", "queued", "registered_by", "created_at"]
    list_filter = [("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["member", "event", "registered_by"]
    search_fields = [
        "member__name_ru", "member__name_en", "guest_of", "event__title_ru", "event__title_en"
    ]  # fmt: skip
    fields = [
        "event", "member", "guest_of", "guest_country", "own_quota", "note", "registered_by",
        "created_at", "updated_at",
    ]  # fmt: skip
    inlines = [ParticipantInline]

    def get_readonly_fields(self, request, obj=None):
        return [name for name in super().get_readonly_fields(request, obj) if name != "own_quota"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        # Unlike other rows that representatives keep, the quota is the secretariat's to save.
        return admin.ModelAdmin.change_view(self, request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """The quota through its capability: those over it move up, nobody loses a place."""
        try:
            deciding.give_quota(obj, obj.own_quota, request.user)
        except registration.RegistrationRefused as refused:
            self.message_user(request, str(refused), messages.ERROR)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return naming.with_names_then(rows, "member", "event__starts_at").annotate(
            placed_total=Count("participants", filter=Q(participants__status__in=HOLDING)),
            queued_total=Count("participants", filter=Q(participants__status="waiting")),
        )

    @admin.display(description=_("member"), ordering="member__sort_key_ru")
    def city(self, delegation):
        return in_language(delegation, "name_then")[0] or delegation.guest_of

    @admin.display(description=_("with a place"), ordering="placed_total")
    def placed(self, delegation):
        return delegation.placed_total

    @admin.display(description=_("waiting list"), ordering="queued_total")
    def queued(self, delegation):
        return delegation.queued_total

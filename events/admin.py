"""The events desk of the secretariat."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content.languages import in_language
from content.record_admin import PublicRecordAdmin, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.templatetags.content_tags import moment
from content.title_column import TitleColumnMixin
from events import cancellation, registration
from events.admin_forms import CancelForm, EventForm
from events.models import Delegation, Event, Participant, ReminderRule
from events.models.registration import HOLDING
from members import naming

LIMITS = {"capacity", "quota", "starts_at"}


class WhenFilter(admin.SimpleListFilter):
    title = _("when")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("upcoming", _("to come")), ("past", _("past"))]

    def queryset(self, request, queryset):
        now = timezone.now()
        if self.value() == "upcoming":
            return queryset.filter(ends_at__gte=now)
        return queryset.filter(ends_at__lt=now) if self.value() == "past" else queryset


class ReminderInline(admin.TabularInline):
    model = ReminderRule
    extra = 1


@admin.register(Event)
class EventAdmin(TitleColumnMixin, StaffTimeMixin, PublicRecordAdmin):
    form = EventForm
    list_display = ["shown_title", "starts", "status", "with_a_place", "in_the_queue"]
    list_filter = [WhenFilter, "status", "kind", TranslationFilter]
    list_select_related = ["host_member"]
    search_fields = ["title_ru", "title_en", "slug", "place_ru", "place_en"]
    date_hierarchy = "starts_at"
    autocomplete_fields = ["host_member", "meeting", "picture", "topics"]
    prepopulated_fields = {"slug": ("title_en",)}
    readonly_fields = ["people", "preview", "cancelling"]
    inlines = [ReminderInline]
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
            _("Time and place"),
            {
                "fields": [
                    "time_zone",
                    ("starts_at", "ends_at"),
                    ("place_ru", "place_en"),
                    "host_member",
                ]
            },
        ),
        (
            _("Registration"),
            {
                "fields": [
                    "takes_registrations",
                    ("registration_opens_at", "registration_closes_at"),
                    ("capacity", "quota", "offer_hours"),
                    "people",
                ]
            },
        ),
        (
            _("Publishing"),
            {"fields": ["slug", "kind", ("status", "published_at"), "preview", "cancelling"]},
        ),
        (_("Belongs to"), {"fields": ["meeting", "picture", "topics"]}),
    ]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                placed=Count("participants", filter=Q(participants__status__in=HOLDING)),
                queued=Count("participants", filter=Q(participants__status="waiting")),
            )
        )

    def get_inlines(self, request, obj):
        # A new event gets the usual reminders with its first save.
        return self.inlines if obj else []

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and LIMITS & set(form.changed_data):
            registration.limits_changed(obj)

    @admin.display(description=_("starts at"), ordering="starts_at")
    def starts(self, event):
        return moment(event.starts_at, event.zone)

    @admin.display(description=_("with a place"), ordering="placed")
    def with_a_place(self, event):
        return event.placed if event.capacity is None else f"{event.placed} / {event.capacity}"

    @admin.display(description=_("waiting list"), ordering="queued")
    def in_the_queue(self, event):
        return event.queued

    @admin.display(description=_("participants"))
    def people(self, event):
        if not event.pk:
            return "—"
        address = reverse("admin:events_participant_changelist")
        words = _("With a place: %(placed)d. On the waiting list: %(queued)d.")
        return format_html(
            '{} <a href="{}?event__id__exact={}">{}</a>',
            words % {"placed": event.placed, "queued": event.queued},
            address,
            event.pk,
            _("Open the list"),
        )

    @admin.display(description=_("preview"))
    def preview(self, event):
        if not event.pk:
            return _("After the first save.")
        address = reverse("events:preview", args=[event.slug])
        return format_html('<a href="{}">{}</a>', address, _("See it as readers will"))

    @admin.display(description=_("cancellation"))
    def cancelling(self, event):
        if event.is_cancelled:
            return event.cancellation_note or _("Cancelled")
        if not event.pk or event.status != Event.Status.ANNOUNCED:
            return _("Only an announced event can be cancelled.")
        address = reverse("admin:events_event_cancel", args=[event.pk])
        return format_html('<a href="{}">{}</a>', address, _("Cancel the event"))

    def get_urls(self):
        cancel = path(
            "<int:pk>/cancel/",
            self.admin_site.admin_view(self.cancel_view),
            name="events_event_cancel",
        )
        return [cancel, *super().get_urls()]

    def cancel_view(self, request, pk: int):
        """Asks why, then cancels. For those who may announce events, too."""
        event = self.get_object(request, str(pk))
        if event is None:
            raise Http404
        if not (self.has_change_permission(request, event) and self.has_add_permission(request)):
            raise PermissionDenied
        form = CancelForm(request.POST or None)
        address = reverse("admin:events_event_change", args=[pk])
        if request.method == "POST" and form.is_valid():
            try:
                cancellation.cancel(event, **form.cleaned_data, by=request.user)
                self.message_user(request, _("The event is cancelled, the letters are on the way."))
                return redirect(address)
            except cancellation.CancellationRefused as refused:
                form.add_error(None, str(refused))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Cancel the event"),
            "event": event,
            "form": form,
            "back": address,
            "people": event.participants.active().count(),
            "opts": self.opts,
        }
        return render(request, "admin/events/event_cancel.html", context)


class DecisionFilter(admin.SimpleListFilter):
    title = _("decision")
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        return [("open", _("over the quota, to decide"))]

    def queryset(self, request, queryset):
        return queryset.to_decide() if self.value() == "open" else queryset


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
    list_display = ["__str__", "name_latin", "city", "event", "status", "is_head", "queued_at"]
    list_filter = [DecisionFilter, "status", ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "delegation__member"]
    search_fields = ["name_cyrillic", "name_latin", "email"]
    ordering = ["event", "delegation", "order", "pk"]
    actions = ["let_in", "turn_down", "take_out"]
    fields = [
        "event", "delegation", "name_cyrillic", "name_latin", "position_ru", "position_en",
        "email", "language", "is_head", "status", "departure", "queued_at", "confirmed_at",
        "offer_expires_at", "created_at",
    ]  # fmt: skip

    @admin.display(description=_("member"), ordering="delegation__member__sort_key_ru")
    def city(self, participant):
        return in_language(participant, "name_then")[0]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return naming.with_names_then(rows, "delegation__member", "event__starts_at")

    @admin.action(description=_("Over the quota: let in"), permissions=["change"])
    def let_in(self, request, queryset):
        self._decide(request, queryset, accept=True)

    @admin.action(description=_("Over the quota: turn down"), permissions=["change"])
    def turn_down(self, request, queryset):
        self._decide(request, queryset, accept=False)

    def _decide(self, request, queryset, accept: bool) -> None:
        over = queryset.filter(status=Participant.Status.OVER_QUOTA).order_by("order", "pk")
        self._each(
            request,
            over,
            lambda person: registration.decide_over_quota(person, accept, request.user),
        )

    @admin.action(description=_("Take out of the event"), permissions=["change"])
    def take_out(self, request, queryset):
        self._each(
            request,
            queryset.active(),
            lambda person: registration.cancel_participant(person, request.user),
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
    search_fields = ["member__name_ru", "member__name_en", "event__title_ru", "event__title_en"]
    fields = ["event", "member", "note", "registered_by", "created_at", "updated_at"]
    inlines = [ParticipantInline]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return naming.with_names_then(rows, "member", "event__starts_at").annotate(
            placed_total=Count("participants", filter=Q(participants__status__in=HOLDING)),
            queued_total=Count("participants", filter=Q(participants__status="waiting")),
        )

    @admin.display(description=_("member"), ordering="member__sort_key_ru")
    def city(self, delegation):
        return in_language(delegation, "name_then")[0]

    @admin.display(description=_("with a place"), ordering="placed_total")
    def placed(self, delegation):
        return delegation.placed_total

    @admin.display(description=_("waiting list"), ordering="queued_total")
    def queued(self, delegation):
        return delegation.queued_total

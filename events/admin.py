"""The events desk of the secretariat."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.record_admin import PublicRecordAdmin, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.templatetags.content_tags import moment
from content.title_column import TitleColumnMixin
from events import (  # noqa: F401 - some register models
    admin_invitations,
    admin_questions,
    admin_registration,
    audiences,
    cancellation,
    registration,
    rescheduling,
)
from events.admin_forms import CancelForm, EventForm
from events.admin_letters import LettersMixin, rule_link
from events.admin_plan import EVENT_FIELDSETS, DatesFilter, EventPartyInline
from events.admin_tools import PlanToolsMixin
from events.models import Event, ReminderRule
from events.models.registration import HOLDING
from events.words import days_text

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
    fields = ["amount", "unit", "side", "anchor", "audience", "words"]
    readonly_fields = ["words"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "audience":
            return forms.ChoiceField(label=db_field.verbose_name, choices=audiences.choices())
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("words"))
    def words(self, rule):
        return rule_link(rule)


@admin.register(Event)
class EventAdmin(PlanToolsMixin, LettersMixin, TitleColumnMixin, StaffTimeMixin, PublicRecordAdmin):
    form = EventForm
    list_display = [
        "shown_title", "starts", "status", "with_a_place", "in_the_queue", "attendance",
    ]  # fmt: skip
    list_filter = [
        WhenFilter, DatesFilter, "status", "kind", "mode", "audience", "series", TranslationFilter,
    ]  # fmt: skip
    list_select_related = ["host_member"]
    search_fields = ["title_ru", "title_en", "slug", "place_ru", "place_en"]
    date_hierarchy = "starts_at"
    autocomplete_fields = [
        "host_member", "meeting", "picture", "topics", "series", "parent", "venue", "body_invited",
    ]  # fmt: skip
    prepopulated_fields = {"slug": ("title_en",)}
    readonly_fields = ["people", "preview", "cancelling", "writing", "tools"]
    inlines = [EventPartyInline, ReminderInline]
    fieldsets = EVENT_FIELDSETS

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
        return self.inlines if obj else [EventPartyInline]

    def save_model(self, request, obj, form, change):
        before = Event.objects.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        if before and before.status == Event.Status.ANNOUNCED:
            self._tell_of_move(request, before, obj, form)
        if change and LIMITS & set(form.changed_data):
            registration.limits_changed(obj)

    def _tell_of_move(self, request, before, event, form):
        given = form.cleaned_data
        if "tells_everybody" not in given:
            return
        notes = [given.get(f"move_note_{code}", "") for code in ("ru", "en")]
        was, tells = rescheduling.Whereabouts.of(before), given["tells_everybody"]
        change = rescheduling.moved(event, was, *notes, by=request.user, tells=tells)
        if change and tells:
            self.message_user(request, _("The event is moved, the letters are on the way."))

    @admin.display(description=_("letters"))
    def writing(self, event):
        return self.letters_links(event)

    @admin.display(description=_("starts at"), ordering="starts_at")
    def starts(self, event):
        if event.is_tentative:
            words = _("%(period)s, date missing") % {"period": days_text(event)}
            return format_html('<strong class="date-missing">{}</strong>', words)
        return moment(event.starts_at, event.zone)

    @admin.display(description=_("attendance"), ordering="final_attendance")
    def attendance(self, event):
        if event.final_attendance is not None:
            return event.final_attendance
        if event.expected_attendance is None:
            return "—"
        return _("expected: %(number)d") % {"number": event.expected_attendance}

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
            '{} <a href="{}?event__id__exact={}">{}</a> · <a href="{}">{}</a>',
            words % {"placed": event.placed, "queued": event.queued},
            address,
            event.pk,
            _("Open the list"),
            reverse("admin:attendance_roster", args=[event.pk]),
            _("Badges, check-in, reports of attendance"),
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
        return [cancel, *self.letters_urls(), *self.tools_urls(), *super().get_urls()]

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

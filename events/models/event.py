"""Events in their own time zone, and the rules by which they remind."""

import datetime
import zoneinfo
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content.languages import one_language_required
from content.models import Picture, Topic
from content.publishing import HIDDEN, PublishableQuerySet, published_needs_a_moment
from content.records import PublicRecord
from content.richtext import RichTextField
from content.timezones import validate_time_zone
from meetings.models import Meeting
from members.models import Member


class EventQuerySet(PublishableQuerySet):
    def upcoming(self, at: datetime.datetime | None = None):
        """Published events that have not ended, soonest first."""
        at = at or timezone.now()
        return self.published(at).filter(ends_at__gte=at).order_by("starts_at", "pk")

    def past(self, at: datetime.datetime | None = None):
        """Published events that have ended, latest first."""
        at = at or timezone.now()
        return self.published(at).filter(ends_at__lt=at).order_by("-starts_at", "-pk")

    def open_for_registration(self, at: datetime.datetime | None = None):
        """Published events that delegations can be registered for at this moment."""
        at = at or timezone.now()
        return self.upcoming(at).filter(
            Q(registration_opens_at__isnull=True) | Q(registration_opens_at__lte=at),
            Q(registration_closes_at__isnull=True) | Q(registration_closes_at__gt=at),
            takes_registrations=True,
            status=Event.Status.ANNOUNCED,
            starts_at__gt=at,
        )


class Event(PublicRecord):
    class Kind(models.TextChoices):
        CONGRESS = "congress", _("congress")
        ASSEMBLY = "assembly", _("general assembly")
        COUNCIL = "council", _("council")
        BUREAU = "bureau", _("bureau")
        COMMITTEE = "committee", _("committee")
        SEMINAR = "seminar", _("seminar")
        WORKSHOP = "workshop", _("workshop")
        RETREAT = "retreat", _("retreat")
        FORUM = "forum", _("forum")
        CONFERENCE = "conference", _("conference")
        CEREMONY = "ceremony", _("ceremony")
        ONLINE = "online", _("online session")
        INTERNATIONAL_DAY = "day", _("international day")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ANNOUNCED = "announced", _("Announced")
        CANCELLED = "cancelled", _("Cancelled")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Registration(models.TextChoices):
        """What can be done about registration at a moment; derived, never stored."""

        NONE = "none", _("No registration here")
        NOT_YET = "not_yet", _("Registration has not opened")
        OPEN = "open", _("Registration open")
        CLOSED = "closed", _("Registration closed")
        OVER = "over", _("Past")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SEMINAR)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    body = RichTextField(_("text"), blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    host_member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="hosted_events",
        verbose_name=_("host"),
    )  # fmt: skip
    # The meeting owns agenda, attendance and decisions; the event time, place and registration.
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="events",
        verbose_name=_("meeting of a body"),
    )  # fmt: skip
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Moscow", validators=[validate_time_zone]
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancellation_note = models.CharField(_("why cancelled"), max_length=300, blank=True)
    # Raised with every change that calendars must take over (RFC 5545, SEQUENCE).
    sequence = models.PositiveIntegerField(default=0, editable=False)
    takes_registrations = models.BooleanField(_("delegations register here"), default=False)
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    quota = models.PositiveIntegerField(
        _("places per delegation"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    offer_hours = models.PositiveIntegerField(_("hours to take an offered place"), default=48)
    picture = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="events", verbose_name=_("topics")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    # Hours before the start, written with every new event.
    DEFAULT_REMINDERS = (168, 24)
    # What calendars show: a change of these makes them take the event over anew.
    CALENDAR_FIELDS = (
        "title_ru", "title_en", "place_ru", "place_en", "starts_at", "ends_at", "time_zone",
        "status",
    )  # fmt: skip

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at", "pk"]
        constraints = [
            one_language_required("title", "events_event_title_given"),
            published_needs_a_moment("events_event_public_from"),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),
                name="events_event_ends_after_start",
                violation_error_message=_("An event cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at__isnull=True)
                | Q(registration_closes_at__isnull=True)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="events_event_registration_window",
                violation_error_message=_("Registration cannot close before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | (~Q(status="cancelled") & Q(cancelled_at__isnull=True)),
                name="events_event_cancelled_has_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at", "id"], condition=~Q(status__in=HIDDEN),
                name="events_event_public_order",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.title or self.slug

    def save(self, *args, **kwargs):
        """Save; a new event gets the usual reminders, a moved one a higher SEQUENCE."""
        is_new = self._state.adding
        if not is_new:
            self._raise_sequence(kwargs)
        with transaction.atomic():
            super().save(*args, **kwargs)
            if is_new:
                self.remind_before(self.DEFAULT_REMINDERS)

    def get_absolute_url(self):
        return reverse("events:detail", args=[self.slug])

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def visible_from(self) -> datetime.datetime | None:
        """The moment from which the public sees the event; None when it never does."""
        return None if self.status in HIDDEN else self.published_at

    def is_public(self, at: datetime.datetime | None = None) -> bool:
        return self.visible_from is not None and self.visible_from <= (at or timezone.now())

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    def registration_state(self, at: datetime.datetime | None = None) -> "Event.Registration":
        """The one rule of when delegations register: by the clock of the server."""
        at = at or timezone.now()
        if self.is_cancelled:
            return self.Registration.CANCELLED
        if at >= self.starts_at:
            return self.Registration.OVER
        if not self.takes_registrations or not self.is_public(at):
            return self.Registration.NONE
        if self.registration_opens_at and at < self.registration_opens_at:
            return self.Registration.NOT_YET
        if self.registration_closes_at and at >= self.registration_closes_at:
            return self.Registration.CLOSED
        return self.Registration.OPEN

    def remind_before(self, hours: Iterable[int]) -> None:
        """Remind so many hours before the start, and at no other time."""
        wanted = set(hours)
        self.reminder_rules.exclude(hours_before__in=wanted).delete()
        ReminderRule.objects.bulk_create(
            [ReminderRule(event=self, hours_before=number) for number in sorted(wanted)],
            ignore_conflicts=True,
        )

    def _raise_sequence(self, kwargs: dict) -> None:
        written = kwargs.get("update_fields")
        watched = [name for name in self.CALENDAR_FIELDS if written is None or name in written]
        before = type(self).objects.filter(pk=self.pk).values("sequence", *watched).first()
        if before and any(before[name] != getattr(self, name) for name in watched):
            self.sequence = before["sequence"] + 1
            if written is not None:
                kwargs["update_fields"] = {*written, "sequence", "updated_at"}


class ReminderRule(models.Model):
    """Remind the people of an event so long before it starts."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="reminder_rules")
    hours_before = models.PositiveIntegerField(_("hours before the start"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-hours_before"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "hours_before"], name="events_reminderrule_once"
            )
        ]

    def __str__(self):
        return ngettext(
            "%(hours)d hour before the start", "%(hours)d hours before the start", self.hours_before
        ) % {"hours": self.hours_before}

    @property
    def due_at(self) -> datetime.datetime:
        return self.event.starts_at - datetime.timedelta(hours=self.hours_before)

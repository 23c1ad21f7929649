"""Events in their own time zone, and the rules by which they remind."""

import datetime
import zoneinfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.languages import one_language_required
from content.models import Picture, Topic
from content.publishing import HIDDEN, PublishableQuerySet, published_needs_a_moment
from content.records import PublicRecord
from content.richtext import RichTextField
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
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Moscow")
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
        return f"{self.hours_before} h"

    @property
    def due_at(self) -> datetime.datetime:
        return self.event.starts_at - datetime.timedelta(hours=self.hours_before)

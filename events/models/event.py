"""Events in their own time zone, and the rules by which they remind."""

import datetime
import zoneinfo
from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.dated import Precision
from content.languages import one_language_required
from content.models import Picture, Topic
from content.publishing import HIDDEN, PublishableQuerySet, published_needs_a_moment
from content.records import PublicRecord
from content.richtext import RichTextField
from content.timezones import validate_time_zone
from events.models.plan import Series, Venue
from governance.models import Body
from meetings.models import Meeting
from members.models import Member


class EventQuerySet(PublishableQuerySet):
    def dated(self):
        """Events whose days are known: not "October 2020"."""
        return self.filter(date_precision=Precision.DAY)

    def tentative(self):
        """Events known to the month or the year only."""
        return self.exclude(date_precision=Precision.DAY)

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
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Audience(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("audience", "everybody")
        MEMBERS = "members", pgettext_lazy("audience", "members of the association")
        BODY = "body", pgettext_lazy("audience", "one governing body")
        INVITED = "invited", pgettext_lazy("audience", "those who are invited")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("in person and online")

    class Registration(models.TextChoices):
        """What can be done about registration at a moment; derived, never stored."""

        NONE = "none", _("No registration here")
        NOT_YET = "not_yet", _("Registration has not opened")
        OPEN = "open", _("Registration open")
        CLOSED = "closed", _("Registration closed")
        OVER = "over", _("Past")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SEMINAR)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    body = RichTextField(_("text"), blank=True)
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="events",
        verbose_name=_("series"),
    )  # fmt: skip
    edition = models.PositiveSmallIntegerField(
        _("edition"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    # A part with registration and attendance of its own: a council within a congress.
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts",
        verbose_name=_("part of"),
    )  # fmt: skip
    audience = models.CharField(
        _("audience"), max_length=7, choices=Audience, default=Audience.PUBLIC
    )
    body_invited = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("governing body"), help_text=_("Whose event it is."),
    )  # fmt: skip
    mode = models.CharField(
        _("in person or online"), max_length=9, choices=Mode, default=Mode.IN_PERSON
    )
    # Shown to registered people alone, from `join_opens_minutes` before the start.
    join_link = models.URLField(_("link to join"), max_length=500, blank=True)
    join_opens_minutes = models.PositiveIntegerField(_("link opens, minutes before"), default=30)
    languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("working languages"), default=list,
        blank=True,
    )  # fmt: skip
    interpretation = ArrayField(
        models.CharField(max_length=5), verbose_name=_("interpretation into"), default=list,
        blank=True,
    )  # fmt: skip
    venue = models.ForeignKey(
        Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="events",
        verbose_name=_("venue"),
    )  # fmt: skip
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
    # "October 2020" without a day: the span is the whole month then, by the event's clock.
    date_precision = models.CharField(
        _("date known to the"), max_length=5, default=Precision.DAY, choices=Precision
    )
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancellation_note = models.CharField(_("why cancelled"), max_length=300, blank=True)
    expected_attendance = models.PositiveIntegerField(
        _("expected attendance"), null=True, blank=True
    )
    final_attendance = models.PositiveIntegerField(_("final attendance"), null=True, blank=True)
    final_countries = models.PositiveIntegerField(
        _("countries that took part"), null=True, blank=True
    )
    # Raised with every change that calendars must take over (RFC 5545, SEQUENCE).
    sequence = models.PositiveIntegerField(default=0, editable=False)
    takes_registrations = models.BooleanField(_("delegations register here"), default=False)
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    change_until = models.DateTimeField(
        _("changes until"), null=True, blank=True,
        help_text=_("Later changes become requests. Empty: until registration closes."),
    )  # fmt: skip
    cancel_until = models.DateTimeField(
        _("withdrawal until"), null=True, blank=True, help_text=_("Empty: until the event begins.")
    )
    needs_approval = models.BooleanField(_("the secretariat approves everybody"), default=False)
    admits_guests = models.BooleanField(_("guests register themselves"), default=False)
    shows_participants = models.BooleanField(
        _("list of participants is public"), default=False,
        help_text=_("Only people who agreed are on it."),
    )  # fmt: skip
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

    # What calendars show: a change of these makes them take the event over anew.
    CALENDAR_FIELDS = (
        "title_ru", "title_en", "place_ru", "place_en", "starts_at", "ends_at", "time_zone",
        "status", "date_precision",
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
            models.CheckConstraint(
                condition=Q(audience="body", body_invited__isnull=False)
                | (~Q(audience="body") & Q(body_invited__isnull=True)),
                name="events_event_audience_names_body",
                violation_error_message=_("Name a body when the event is for one body, only then."),
            ),
            models.CheckConstraint(
                condition=Q(edition__isnull=True) | Q(series__isnull=False, edition__gte=1),
                name="events_event_edition_of_series",
                violation_error_message=_("An edition is the edition of a series, counted from 1."),
            ),
            models.UniqueConstraint(
                fields=["series", "edition"],
                name="events_event_edition_once",
                violation_error_message=_("The series has this edition already."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="events_event_not_its_own_part",
                violation_error_message=_("An event cannot be a part of itself."),
            ),
            models.CheckConstraint(
                condition=Q(date_precision="day") | Q(takes_registrations=False),
                name="events_event_registration_needs_day",
                violation_error_message=_("Registration needs an exact date."),
            ),
            models.CheckConstraint(
                condition=Q(quota__isnull=True) | Q(quota__gte=1),
                name="events_event_quota_positive",
                violation_error_message=_("A quota is at least 1; leave it empty for no limit."),
            ),
            models.CheckConstraint(
                condition=Q(join_link="") | ~Q(mode="in_person"),
                name="events_event_link_when_online",
                violation_error_message=_("An event in person has no link to join."),
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
                self.reminder_rules.model.objects.write_defaults(self)

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

    @property
    def is_postponed(self) -> bool:
        """Whether it was announced for these days and will be on others, not known yet."""
        return self.status == self.Status.POSTPONED

    @property
    def is_tentative(self) -> bool:
        """Whether its days are not known: it stands under a month or a year."""
        return self.date_precision != Precision.DAY

    def registration_state(self, at: datetime.datetime | None = None) -> "Event.Registration":
        """The one rule of when delegations register: by the clock of the server."""
        at = at or timezone.now()
        if self.is_cancelled:
            return self.Registration.CANCELLED
        if self.is_postponed:
            return self.Registration.POSTPONED
        if at >= (self.ends_at if self.is_tentative else self.starts_at):
            return self.Registration.OVER
        if not self.takes_registrations or not self.is_public(at):
            return self.Registration.NONE
        if self.registration_opens_at and at < self.registration_opens_at:
            return self.Registration.NOT_YET
        if self.registration_closes_at and at >= self.registration_closes_at:
            return self.Registration.CLOSED
        return self.Registration.OPEN

    def remind_before(self, hours: Iterable[int]) -> None:
        """Remind those with a place so many hours before the start, and nobody at other times."""
        rules = self.reminder_rules.model
        self.reminder_rules.all().delete()
        rules.objects.bulk_create(
            [
                rules(event=self, amount=number, audience=rules.PLACED)
                for number in sorted(set(hours))
            ]
        )

    def _raise_sequence(self, kwargs: dict) -> None:
        written = kwargs.get("update_fields")
        watched = [name for name in self.CALENDAR_FIELDS if written is None or name in written]
        before = type(self).objects.filter(pk=self.pk).values("sequence", *watched).first()
        if before and any(before[name] != getattr(self, name) for name in watched):
            self.sequence = before["sequence"] + 1
            if written is not None:
                kwargs["update_fields"] = {*written, "sequence", "updated_at"}

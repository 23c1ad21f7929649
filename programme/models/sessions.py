"""The draft of a programme: sessions, who speaks in them, who has starred them."""

import datetime
import zoneinfo

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    DateTimeRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Deferrable, F, Func, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.editing import Versioned
from content.languages import LANGUAGE_CODES, in_language, one_language_required
from content.texts import tidy_texts
from content.timezones import validate_time_zone
from events.models import Event, Hall, Participant
from governance.models import Person
from meetings.models import AgendaItem


class TimeSpan(Func):
    """The span of a session: the hour of its end is free for the next one."""

    function = "tstzrange"
    output_field = DateTimeRangeField()

    def __init__(self):
        super().__init__("starts_at", "ends_at", RangeBoundary())


class SessionQuerySet(models.QuerySet):
    def kept(self):
        """What is in the programme: all that was not taken out of it."""
        return self.filter(is_dropped=False)

    def half_titled(self, at: datetime.datetime):
        """Sessions of events to come whose title one language lacks."""
        lacks = Q()
        for code in LANGUAGE_CODES:
            lacks |= Q(**{f"title_{code}": ""}) | Q(**{f"title_{code}__isnull": True})
        return self.kept().filter(lacks, event__ends_at__gte=at)

    def in_order(self):
        return self.order_by("starts_at", "ends_at", "hall__order", "pk")


class Session(Versioned):
    """One thing that happens at one time in one hall, or online, or everywhere (a break)."""

    class Kind(models.TextChoices):
        PLENARY = "plenary", _("plenary session")
        WORKSHOP = "workshop", pgettext_lazy("session", "workshop")
        ROUND_TABLE = "round_table", _("round table")
        PANEL = "panel", _("discussion")
        MEETING = "meeting", _("meeting of a body")
        CEREMONY = "ceremony", pgettext_lazy("session", "ceremony")
        TOUR = "tour", _("visit")
        BREAK = "break", pgettext_lazy("session", "break")
        OTHER = "other", pgettext_lazy("session", "other")

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("event")
    )
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.PLENARY)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=600, blank=True)
    hall = models.ForeignKey(
        Hall, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions",
        verbose_name=_("hall"), help_text=_("Empty: for everybody, as a break, or online."),
    )  # fmt: skip
    is_online = models.BooleanField(_("online"), default=False)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("languages"), default=list, blank=True
    )
    interpretation = ArrayField(
        models.CharField(max_length=5), verbose_name=_("interpretation into"), default=list,
        blank=True,
    )  # fmt: skip
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions",
        verbose_name=_("agenda item"),
    )  # fmt: skip
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: as many as the hall has.")
    )
    listeners = models.CharField(
        _("listeners"), max_length=400, blank=True,
        help_text=_("Who listens, in three lines: for the briefs of the speakers."),
    )  # fmt: skip
    # Taken out after it was published: those concerned still have to be told.
    is_dropped = models.BooleanField(_("taken out of the programme"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["event", "starts_at", "pk"]
        constraints = [
            one_language_required("title", "programme_session_title_given"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="programme_session_ends_after_start",
                violation_error_message=_("A session ends after it starts."),
            ),
            ExclusionConstraint(
                name="programme_session_hall_once",
                expressions=[(TimeSpan(), RangeOperators.OVERLAPS), ("hall", "=")],
                condition=Q(hall__isnull=False, is_dropped=False),
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("Another session takes this hall at this time."),
            ),
        ]
        indexes = [
            models.Index(fields=["event", "starts_at", "id"], name="programme_session_in_order")
        ]

    def __str__(self):
        return in_language(self, "title")[0]

    def save(self, *args, **kwargs):
        tidy_texts(self)
        super().save(*args, **kwargs)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return self.event.zone

    @property
    def is_for_all(self) -> bool:
        """Whether it takes place in no hall of its own: a break, a walk."""
        return self.hall_id is None and not self.is_online

    def clean(self):
        """Raise ValidationError beside the field: order, the event's span, the hall's calendar."""
        super().clean()
        if self.event_id is None or self.starts_at is None or self.ends_at is None:
            return
        if self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("A session ends after it starts.")})
        self._stay_within_event()
        self._stay_within_venue()

    def _stay_within_event(self) -> None:
        if self.starts_at < self.event.starts_at:
            raise ValidationError({"starts_at": _("The event has not begun by then.")})
        if self.ends_at > self.event.ends_at:
            raise ValidationError({"ends_at": _("The event is over by then.")})

    def _stay_within_venue(self) -> None:
        venue = self.event.venue_id
        if self.hall_id and venue and self.hall.venue_id != venue:
            raise ValidationError({"hall": _("This hall is in another house than the event.")})


class SpeakerRole(models.Model):
    """Who does what in a session; name and position are those of that day."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("in the chair")
        MODERATOR = "moderator", _("moderator")
        GREETING = "greeting", _("greeting")
        SPEAKER = "speaker", _("speaker")
        REPORT = "report", _("report")

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="roles", verbose_name=_("session")
    )
    role = models.CharField(
        pgettext_lazy("in a session", "role"), max_length=9, choices=Role, default=Role.SPEAKER
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("person"),
    )  # fmt: skip
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("participant"),
    )  # fmt: skip
    name = models.CharField(
        pgettext_lazy("a person", "name"), max_length=150, blank=True,
        help_text=_("Left empty, it is taken from the register."),
    )  # fmt: skip
    position = models.CharField(_("position"), max_length=250, blank=True)
    on_behalf_of = models.CharField(
        _("on behalf of"), max_length=200, blank=True, help_text=_("The President, a city.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("account"),
    )  # fmt: skip
    email = models.EmailField(_("e-mail"), blank=True)
    mail_language = models.CharField(
        _("language of mails"), max_length=2, choices=[("ru", "Русский"), ("en", "English")],
        default="ru",
    )  # fmt: skip
    time_zone = models.CharField(
        _("time zone of the speaker"), max_length=64, blank=True, validators=[validate_time_zone]
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    minutes = models.PositiveSmallIntegerField(_("minutes to speak"), null=True, blank=True)
    language = models.CharField(_("speaks in"), max_length=5, blank=True)
    promised = models.CharField(
        _("promised materials"), max_length=300, blank=True,
        help_text=_("Slides, a text for the interpreters, a photo."),
    )  # fmt: skip
    missing = models.CharField(_("what is still missing"), max_length=300, blank=True)
    # Kept by triggers: the span of the session, and the person in the whole event.
    busy = DateTimeRangeField(null=True, editable=False)
    who = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("speaker of a session")
        verbose_name_plural = _("speakers of a session")
        ordering = ["session", "order", "pk"]
        constraints = [
            one_language_required("name", "programme_speakerrole_name_given"),
            *(
                ExclusionConstraint(
                    name=f"programme_speakerrole_{name}_once",
                    expressions=[
                        ("busy", RangeOperators.OVERLAPS), (key, "="), ("session", "<>"),
                    ],
                    condition=condition,
                    deferrable=Deferrable.IMMEDIATE,
                    violation_error_message=_("The speaker is in another session at this time."),
                )
                for name, key, condition in (
                    ("person", "person", Q(person__isnull=False)),
                    ("participant", "who", Q(who__isnull=False)),
                    ("email", Lower("email"), Q(email__gt="")),
                )
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name_in()

    def save(self, *args, **kwargs):
        self.name_from_register()
        tidy_texts(self)
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self.name_from_register()
        if not any(getattr(self, f"name_{code}") for code in LANGUAGE_CODES):
            words = _("Choose a person or a participant, or give a name.")
            raise ValidationError({f"name_{LANGUAGE_CODES[0]}": words})

    def name_from_register(self) -> None:
        """Write down name and position as they are now, where none were given."""
        given = any(getattr(self, f"name_{code}") for code in LANGUAGE_CODES)
        for code in LANGUAGE_CODES:
            if not given and (self.person_id or self.participant_id):
                setattr(self, f"name_{code}", self._registered_name(code))
            if self.participant_id and not getattr(self, f"position_{code}"):
                setattr(self, f"position_{code}", getattr(self.participant, f"position_{code}"))

    def name_in(self, language: str | None = None) -> str:
        return in_language(self, "name", language)[0]

    @property
    def address(self) -> str:
        """Where letters to this speaker go; empty where nobody knows."""
        if self.email:
            return self.email
        if self.participant_id and self.participant.email:
            return self.participant.email
        return self.user.email if self.user_id else ""

    def slot(self) -> tuple[datetime.datetime, datetime.datetime]:
        """When this speaker is due: after the minutes of those before, else the whole session."""
        session, own = self.session, (self.order, self.pk)
        earlier = [one for one in session.roles.all() if (one.order, one.pk) < own]
        waits = sum(one.minutes or 0 for one in earlier)
        starts = session.starts_at + datetime.timedelta(minutes=waits)
        if not self.minutes or starts >= session.ends_at:
            return session.starts_at, session.ends_at
        return starts, min(starts + datetime.timedelta(minutes=self.minutes), session.ends_at)

    def _registered_name(self, code: str) -> str:
        if self.person_id:
            return getattr(self.person, f"full_name_{code}") or ""
        return self.participant.name_in(code)


class Star(models.Model):
    """A session that somebody wants in their own calendar."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="stars")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE,
        related_name="+",
    )  # fmt: skip
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="stars"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("starred session")
        verbose_name_plural = _("starred sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, participant__isnull=True)
                | Q(user__isnull=True, participant__isnull=False),
                name="programme_star_of_one",
            ),
            models.UniqueConstraint(fields=["session", "user"], name="programme_star_user_once"),
            models.UniqueConstraint(
                fields=["session", "participant"], name="programme_star_participant_once"
            ),
        ]

    def __str__(self):
        return f"{self.session}: {self.user or self.participant}"

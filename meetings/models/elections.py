"""Elections as records: nominations within a window, the counted result, its published protocol."""

import datetime
import zoneinfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.languages import given_in_one_language, in_language, one_language_required
from content.records import PublicFact, PublicRecord
from content.timezones import validate_time_zone
from governance.models import Body, Person
from meetings.models.meeting import Meeting
from members.models import Member


class ElectionQuerySet(models.QuerySet):
    def announced(self):
        """Elections that the public and the cabinets know of."""
        return self.exclude(state=Election.State.DRAFT)

    def taking_nominations(self, at: datetime.datetime | None = None):
        """Announced elections whose window is open, the one that closes first in front."""
        at = at or timezone.now()
        found = self.filter(state=Election.State.ANNOUNCED, opens_at__lte=at, closes_at__gt=at)
        return found.order_by("closes_at", "pk")

    def to_count(self, at: datetime.datetime | None = None):
        """Announced elections whose window has closed and, where there is one, the meeting held."""
        at = at or timezone.now()
        over = Q(meeting__isnull=True) | Q(meeting__ends_at__lte=at)
        return self.filter(over, state=Election.State.ANNOUNCED, closes_at__lte=at)


class Election(PublicRecord):
    """The election of so many seats of a body. Votes are cast on paper; here they are counted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ANNOUNCED = "announced", _("Announced")
        COUNTED = "counted", _("Counted")
        PUBLISHED = "published", _("Result published")

    class Phase(models.TextChoices):
        """What is going on at a moment; derived, never stored."""

        DRAFT = "draft", _("Draft")
        NOT_YET = "not_yet", _("Nominations have not opened")
        OPEN = "open", _("Nominations open")
        CLOSED = "closed", _("Nominations closed")
        COUNTED = "counted", _("Counted")
        PUBLISHED = "published", _("Result published")

    class TieRule(models.TextChoices):
        NONE = "none", _("no rule was needed")
        SECOND_ROUND = "second_round", _("second round")
        LOT = "lot", _("lot")
        AGREEMENT = "agreement", _("agreement of the candidates")

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="elections", verbose_name=_("body elected")
    )
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="elections",
        verbose_name=_("at the meeting"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    seats = models.PositiveIntegerField(_("seats to fill"), default=1)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Moscow", validators=[validate_time_zone]
    )
    opens_at = models.DateTimeField(_("nominations open"))
    closes_at = models.DateTimeField(_("nominations close"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    is_by_consensus = models.BooleanField(
        _("by consensus"), default=False, help_text=_("All candidates were elected uncounted.")
    )
    ballots = models.PositiveIntegerField(_("ballots cast"), null=True, blank=True)
    tie_rule = models.CharField(
        _("rule for the tie"), max_length=12, choices=TieRule, default=TieRule.NONE
    )
    tie_note = models.CharField(_("how the tie was settled"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        ordering = ["-closes_at", "-pk"]
        constraints = [
            one_language_required("title", "meetings_election_title_given"),
            models.CheckConstraint(
                condition=Q(seats__gt=0),
                name="meetings_election_has_seats",
                violation_error_message=_("There is at least one seat to fill."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="meetings_election_window",
                violation_error_message=_("Nominations cannot close before they open."),
            ),
        ]

    def __str__(self):
        return self.title or str(self.pk)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def phase(self, at: datetime.datetime | None = None) -> "Election.Phase":
        """The one rule of the window: by the clock of the server."""
        at = at or timezone.now()
        if self.state != self.State.ANNOUNCED:
            return self.Phase(self.state)
        if at < self.opens_at:
            return self.Phase.NOT_YET
        return self.Phase.OPEN if at < self.closes_at else self.Phase.CLOSED


class NominationQuerySet(models.QuerySet):
    def standing(self):
        """The candidates: nominated in time or admitted late, and not withdrawn."""
        return self.filter(Q(is_late=False) | Q(admitted_at__isnull=False), withdrawn_at=None)

    def refused(self):
        """What came after the close and was not admitted."""
        return self.filter(is_late=True, admitted_at=None, withdrawn_at=None)


class Nomination(models.Model):
    """One candidate of an election. What comes late is kept, and stands once it is admitted."""

    election = models.ForeignKey(
        Election, on_delete=models.PROTECT, related_name="nominations", verbose_name=_("election")
    )
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="nominations",
        verbose_name=_("member"),
    )  # fmt: skip
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="nominations",
        verbose_name=_("person"),
    )  # fmt: skip
    statement = models.TextField(_("statement of the candidate"), blank=True, max_length=2000)
    proposed_by_member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("proposed by the member"),
    )  # fmt: skip
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("sent by"),
    )  # fmt: skip
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    sender_zone = models.CharField(
        _("clock of the sender"), max_length=64, blank=True, validators=[validate_time_zone]
    )
    is_late = models.BooleanField(_("came after the close"), default=False)
    late_reason = models.CharField(_("why it was admitted"), max_length=500, blank=True)
    admitted_at = models.DateTimeField(_("admitted at"), null=True, blank=True)
    admitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("admitted by"),
    )  # fmt: skip
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    wins_tie = models.BooleanField(_("elected by the rule for the tie"), default=False)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["election", "received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False) | Q(person__isnull=False),
                name="meetings_nomination_of_somebody",
                violation_error_message=_("Choose a member or a person."),
            ),
            models.CheckConstraint(
                condition=Q(admitted_at__isnull=True, admitted_by__isnull=True)
                | (
                    Q(is_late=True, admitted_at__isnull=False, admitted_by__isnull=False)
                    & given_in_one_language("late_reason")
                ),
                name="meetings_nomination_admitted_with_reason",
                violation_error_message=_("Say why the late nomination is admitted."),
            ),
            models.UniqueConstraint(
                fields=["election", "member"],
                condition=Q(member__isnull=False, withdrawn_at__isnull=True),
                name="meetings_nomination_member_once",
                violation_error_message=_("This member is nominated already."),
            ),
            models.UniqueConstraint(
                fields=["election", "person"],
                condition=Q(person__isnull=False, withdrawn_at__isnull=True),
                name="meetings_nomination_person_once",
                violation_error_message=_("This person is nominated already."),
            ),
        ]

    def __str__(self):
        return self.name_in()

    def name_in(self, language: str | None = None) -> str:
        """ "Ivan Ivanov (Stavropol)", or the member alone where no person is named."""
        member = in_language(self.member, "name", language)[0] if self.member_id else ""
        if not self.person_id:
            return member
        person = in_language(self.person, "full_name", language)[0]
        return f"{person} ({member})" if member else person


class CandidateResult(models.Model):
    """How many votes a candidate was given in one round."""

    nomination = models.ForeignKey(
        Nomination, on_delete=models.PROTECT, related_name="results", verbose_name=_("nomination")
    )
    round = models.PositiveIntegerField(_("round"), default=1)
    votes = models.PositiveIntegerField(_("votes"))

    class Meta:
        verbose_name = _("result of a candidate")
        verbose_name_plural = _("results of candidates")
        ordering = ["nomination", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "round"], name="meetings_candidateresult_once_a_round"
            ),
            models.CheckConstraint(
                condition=Q(round__gt=0), name="meetings_candidateresult_round_from_one"
            ),
        ]

    def __str__(self):
        return f"{self.nomination}: {self.votes}"


class Protocol(PublicFact):
    """The published result, as it was on that day. The database refuses to change it.

    `candidates` is a list, those elected first: `ru`, `en` (names), `member`, `person` (numbers or
    None), `votes` (by round), `is_elected`, `by_tie_rule`, `late` (None, or `received_at`,
    `sender_zone`, `reason_ru`, `reason_en`, `by`).
    """

    election = models.OneToOneField(
        Election, on_delete=models.PROTECT, related_name="protocol", verbose_name=_("election")
    )
    seats = models.PositiveIntegerField()
    ballots = models.PositiveIntegerField(null=True)
    is_by_consensus = models.BooleanField(default=False)
    tie_rule = models.CharField(max_length=12, choices=Election.TieRule)
    tie_note = models.CharField(max_length=500, blank=True)
    candidates = models.JSONField()
    digest = models.CharField(max_length=64)
    asked_by_name = models.CharField(max_length=150, blank=True)
    approved_by_name = models.CharField(max_length=150, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("protocol of an election")
        verbose_name_plural = _("protocols of elections")
        ordering = ["-published_at"]

    def __str__(self):
        return str(self.election)


class Erratum(PublicFact):
    """A correction of a published result: stands below it with its date, replaces nothing."""

    election = models.ForeignKey(
        Election, on_delete=models.PROTECT, related_name="errata", verbose_name=_("election")
    )
    dated_on = models.DateField(_("date"))
    text = models.CharField(_("text"), max_length=2000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("erratum")
        verbose_name_plural = _("errata")
        ordering = ["election", "dated_on", "pk"]
        constraints = [one_language_required("text", "meetings_erratum_text_given")]

    def __str__(self):
        return f"{self.dated_on}"

"""Delegations and the people in them: the participant is the unit that takes a place."""

import datetime
import secrets
import zoneinfo

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import Lower, RowNumber
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.dates import local_day
from events.models.event import Event
from members.models import Member
from members.naming import name_on


class DelegationQuerySet(models.QuerySet):
    def for_user(self, user):
        """Delegations this person may see and change: of the members they represent today."""
        return self.filter(member__in=Member.objects.editable_by(user))


class Delegation(models.Model):
    """The people of one member at one event, registered together."""

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("event")
    )
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="delegations",
        verbose_name=_("member"), help_text=_("Empty for guests."),
    )  # fmt: skip
    # Guests come for a city or an organisation that is no member, from any country of the world.
    guest_of = models.CharField(_("city or organisation of the guests"), max_length=200, blank=True)
    guest_country = models.CharField(_("country of the guests"), max_length=2, blank=True)
    # What this delegation may have instead of the event's quota.
    own_quota = models.PositiveIntegerField(
        _("quota of this delegation"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    note = models.TextField(_("note for the secretariat"), blank=True)
    # Empty where guests registered themselves.
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("registered by"),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("registered"), auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["event", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "member"], name="events_delegation_one_per_member"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, guest_of="", guest_country="")
                | (Q(member__isnull=True, guest_country__regex=r"^[A-Z]{2}$") & ~Q(guest_of="")),
                name="events_delegation_member_or_guests",
                violation_error_message=_("Guests say where they come from; members do not."),
            ),
            models.CheckConstraint(
                condition=Q(own_quota__isnull=True) | Q(own_quota__gte=1),
                name="events_delegation_quota_positive",
                violation_error_message=_("A quota is at least 1; leave it empty for no limit."),
            ),
        ]

    def __str__(self):
        return f"{self.member or self.guest_of}: {self.event}"

    def sender_in(self, language: str | None = None) -> str:
        """Who sends it: the member's name on the day of the event, or what guests come for.

        Reads `member.names`: prefetch them for a list, and select the event.
        """
        if self.member is None:
            return self.guest_of
        day = local_day(self.event.starts_at, self.event.zone)
        return name_on(self.member, day, language)[0]

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The clock at home: of the member, of guests that of the event."""
        return zoneinfo.ZoneInfo(self.member.time_zone) if self.member else self.event.zone

    @property
    def is_of_guests(self) -> bool:
        return self.member_id is None


HOLDING = ("confirmed", "offered")
WITHIN_QUOTA = ("pending", "confirmed", "offered", "waiting")
ACTIVE = (*WITHIN_QUOTA, "over_quota")
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is read for something else


class ParticipantQuerySet(models.QuerySet):
    def holding_a_place(self):
        """Those who take a place: confirmed, or with an offer that runs."""
        return self.filter(status__in=HOLDING)

    def active(self):
        """Those who are coming, or wait to hear whether they can come."""
        return self.filter(status__in=ACTIVE)

    def queue(self):
        """The waiting list, first come first."""
        return self.filter(status=Participant.Status.WAITING).order_by("queued_at", "pk")

    def to_decide(self, at: datetime.datetime | None = None):
        """Those over the quota of an event to come, for the secretariat to decide about."""
        return self.filter(
            status=Participant.Status.OVER_QUOTA,
            event__status=Event.Status.ANNOUNCED,
            event__starts_at__gt=at or timezone.now(),
        )

    def to_approve(self, at: datetime.datetime | None = None):
        """Those of an event to come whom the secretariat has to approve."""
        return self.filter(
            status=Participant.Status.PENDING,
            event__status=Event.Status.ANNOUNCED,
            event__starts_at__gt=at or timezone.now(),
        )

    def with_delegation(self):
        """With all that a letter about a participant reads, in the same query."""
        return self.select_related("delegation__member", "delegation__registered_by")

    def positions(self) -> dict[int, int]:
        """The place on the waiting list of everyone on it, by primary key; the first is 1.

        For the participants of one event.
        """
        number = Window(RowNumber(), order_by=[F("queued_at"), F("pk")])
        return dict(self.queue().annotate(place=number).values_list("pk", "place"))


def new_badge_code() -> str:
    """Sixteen characters that nobody guesses or misreads."""
    return "".join(secrets.choice(ALPHABET) for _place in range(16))


class Participant(models.Model):
    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        ONLINE = "online", _("online")

    class Rank(models.IntegerChoices):
        HEAD_OF_CITY = 1, _("head of a city")
        DEPUTY_HEAD = 2, _("deputy head of a city")
        COUNCIL = 3, _("chair or member of a city council")
        DEPARTMENT = 4, _("head of a department")
        ORGANISATION = 5, _("head of an organisation")
        STAFF = 6, _("specialist")
        NONE = 9, _("no office")

    class Departure(models.TextChoices):
        WITHDRAWN = "withdrawn", _("withdrawn")
        REFUSED = "refused", _("did not take the offered place")
        LAPSED = "lapsed", _("the offer ran out")

    class Status(models.TextChoices):
        PENDING = "pending", _("to be approved")
        CONFIRMED = "confirmed", _("confirmed")
        OFFERED = "offered", _("a place is offered")
        WAITING = "waiting", _("on the waiting list")
        OVER_QUOTA = "over_quota", _("over the quota, to be decided by the secretariat")
        DECLINED = "declined", _("declined")
        CANCELLED = "cancelled", _("cancelled")

    delegation = models.ForeignKey(
        Delegation, on_delete=models.CASCADE, related_name="participants",
        verbose_name=_("delegation"),
    )  # fmt: skip
    # The same as delegation.event (a foreign key over both columns holds them equal): the unit
    # that is counted under the event's lock.
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="participants", verbose_name=_("event")
    )
    # In a part of an event: the same person in the whole.
    whole = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="in_parts",
        editable=False,
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    is_head = models.BooleanField(_("head of the delegation"), default=False)
    name_cyrillic = models.CharField(_("name in Cyrillic letters"), max_length=150, blank=True)
    name_latin = models.CharField(_("name in Latin letters"), max_length=150, blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    # The order of protocol begins with the lowest number.
    rank = models.PositiveSmallIntegerField(
        _("rank of the office"), choices=Rank, default=Rank.NONE
    )
    mode = models.CharField(
        _("in person or online"), max_length=9, choices=Mode, default=Mode.IN_PERSON
    )
    # Consent to stand on the public list of participants, and when it was last given or taken back.
    is_listed = models.BooleanField(_("may be shown in the list of participants"), default=False)
    listed_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What the QR code of the badge holds: random, worth nothing outside of this event.
    badge_code = models.CharField(max_length=16, editable=False, default=new_badge_code)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language of mails"), max_length=2, choices=[("ru", "Русский"), ("en", "English")],
        default="ru",
    )  # fmt: skip
    status = models.CharField(_("state"), max_length=10, choices=Status)
    queued_at = models.DateTimeField(_("on the waiting list since"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("has a place since"), null=True, blank=True)
    offer_expires_at = models.DateTimeField(_("offer runs until"), null=True, blank=True)
    departure = models.CharField(
        _("how they left"), max_length=9, choices=Departure, blank=True, default=""
    )
    created_at = models.DateTimeField(_("registered"), auto_now_add=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["delegation", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name_cyrillic__gt="") | Q(name_latin__gt=""),
                name="events_participant_has_name",
                violation_error_message=_("Give the name in Cyrillic or in Latin letters."),
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", queued_at__isnull=False) | ~Q(status="waiting"),
                name="events_participant_waiting_since",
            ),
            models.CheckConstraint(
                condition=Q(status="offered", offer_expires_at__isnull=False)
                | (~Q(status="offered") & Q(offer_expires_at__isnull=True)),
                name="events_participant_offer_runs",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | ~Q(status="confirmed"),
                name="events_participant_confirmed_since",
            ),
            models.CheckConstraint(
                condition=Q(departure="") | Q(status="cancelled"),
                name="events_participant_departed",
            ),
            models.UniqueConstraint(fields=["badge_code"], name="events_participant_badge_once"),
            models.UniqueConstraint(
                fields=["event", "whole"], condition=Q(status__in=ACTIVE),
                name="events_participant_part_once",
            ),
            models.UniqueConstraint(
                fields=["delegation"], condition=Q(is_head=True),
                name="events_participant_one_head",
            ),
            models.UniqueConstraint(
                "event", Lower("email"), condition=Q(email__gt="", status__in=ACTIVE),
                name="events_participant_email_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["event", "queued_at", "id"], condition=Q(status="waiting"),
                name="events_participant_queue",
            ),
            models.Index(fields=["event", "status"], name="events_participant_places"),
        ]  # fmt: skip

    def __str__(self):
        return self.name_in("ru")

    def name_in(self, language: str) -> str:
        """The name as a reader of this language reads it."""
        latin_first = language == "en"
        first, second = self.name_cyrillic, self.name_latin
        return (second or first) if latin_first else (first or second)

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

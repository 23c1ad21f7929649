"""Passport data for visas: sealed field by field, each look written down, erased in time.

Nothing else in the portal opens `Passport`: what leaves this module in full goes to one named
member of staff or into a visa letter, and the log says so. The log names participants by their
keys: it is never erased.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.vault import Unreadable, Vault
from content import audit
from content.dates import day_text, local_day, moment_text
from events.models import Event, Participant
from events.models.registration import ACTIVE
from travel.models import Passport, TravelOffer

VAULT = Vault("travel.passports")
KEPT_DAYS = 14
VALID_DAYS_AFTER = 183
SHOWN = 3
DOT = "•"
UNREADABLE = "?"


@dataclass(frozen=True)
class PassportData:
    """What the passport says: names in Latin letters as printed, `nationality` an ISO code."""

    surname: str
    given_names: str
    nationality: str
    number: str
    birth_date: datetime.date
    birth_place: str
    issued_on: datetime.date
    expires_on: datetime.date


FIELDS = tuple(field.name for field in fields(PassportData))
DATES = ("birth_date", "issued_on", "expires_on")


class PassportRefused(Exception):
    """Nothing was written. `problems`: field (empty for the whole) -> a sentence."""

    def __init__(self, **problems: str):
        super().__init__("; ".join(problems.values()))
        self.problems = {name.removeprefix("whole"): text for name, text in problems.items()}


def offer_of(event: Event) -> TravelOffer | None:
    """What the event asks about the journey; None when nothing."""
    return TravelOffer.objects.select_related("event").filter(event=event).first()


def why_closed(person: Participant, now: datetime.datetime) -> str:
    """Why passport data of this person are not taken now, as a sentence; empty when they are."""
    offer = offer_of(person.event)
    if offer is None or not offer.asks_visa:
        return _("This event asks for no passport data.")
    if person.event.is_cancelled:
        return _("The event is cancelled.")
    if not person.is_active:
        return _("This person is not registered for the event.")
    if now >= offer.passports_end():
        words = {"moment": moment_text(offer.passports_end(), person.event.zone)}
        return _("Passport data were taken until %(moment)s. Write to the secretariat.") % words
    return ""


@transaction.atomic
def save(person: Participant, data: PassportData, consulate: str, by: Any) -> Passport:
    """Keep the passport data of a participant, in place of earlier ones.

    Consent was given in the form. `by` is None where participants do it themselves. Raises
    PassportRefused, with the field that is wrong: the same passport twice in an event, too.
    """
    person = Participant.objects.select_for_update(of=("self",)).get(pk=person.pk)
    now = timezone.now()
    if reason := why_closed(person, now):
        raise PassportRefused(whole=reason)
    _refuse_bad_dates(person.event, data, now)
    stored = {
        **{f"{name}_sealed": VAULT.encrypt(str(getattr(data, name))) for name in FIELDS},
        "event": person.event,
        "fingerprint": fingerprint(data),
        "consulate": consulate,
        "entered_by": by,
        "consented_at": now,
        "changed_at": now,
    }
    try:
        with transaction.atomic():
            passport, _new = Passport.objects.update_or_create(participant=person, defaults=stored)
    except IntegrityError:
        raise PassportRefused(
            number=_("Somebody at this event has this passport already: check the number.")
        ) from None
    _log("entered", person, by)
    return passport


def fingerprint(data: PassportData) -> str:
    """The same for the same passport, however its number was typed."""
    number = re.sub(r"[\W_]", "", data.number).upper()
    return VAULT.fingerprint(f"{data.nationality}:{number}")


def masked(passport: Passport) -> str:
    """The number as its owner recognises it and nobody else can use it: •••••567."""
    number = _opened(passport.number_sealed)
    return f"{DOT * 5}{number[-SHOWN:]}"


def expires_soon(passport: Passport) -> bool:
    """Whether the passport ends within six months after the event: many consulates refuse it."""
    last = local_day(passport.event.ends_at, passport.event.zone)
    expires = _opened(passport.expires_on_sealed)
    if expires == UNREADABLE:
        return False
    return datetime.date.fromisoformat(expires) < last + datetime.timedelta(days=VALID_DAYS_AFTER)


def reveal(passports: Iterable[Passport], by: Any, deed: str) -> list[tuple[Passport, dict]]:
    """Open passport data for one member of staff and write each look down.

    deed: "viewed", "exported" or "in_letter". Texts as they were sealed; "?" where no key opens
    one.
    """
    found = []
    with transaction.atomic():
        for passport in passports:
            _log(deed, passport.participant, by)
            found.append(
                (passport, {name: _opened(getattr(passport, f"{name}_sealed")) for name in FIELDS})
            )
    return found


@transaction.atomic
def withdraw(person: Participant, by: Any) -> bool:
    """Consent is taken back: the data go at once. Says whether there were any."""
    erased, _rows = Passport.objects.filter(participant=person).delete()
    if erased:
        _log("withdrawn", person, by)
    return bool(erased)


def due(now: datetime.datetime, days: int = KEPT_DAYS) -> Q:
    """Which rows of a participant have to go: so many days after the event ended or was called
    off, and at once where the participant has left."""
    before = now - datetime.timedelta(days=days)
    return (
        Q(participant__event__ends_at__lte=before)
        | Q(participant__event__cancelled_at__lte=before)
        | ~Q(participant__status__in=ACTIVE)
    )


def purge(now: datetime.datetime) -> int:
    """Erase passport data whose time is over; returns how many people's."""
    erased, _rows = Passport.objects.filter(due(now)).delete()
    return erased


def people_of(event: Event) -> QuerySet[Participant]:
    """Those who come to an event, with what the visa desk shows; one query, and one for letters."""
    people = event.participants.active().with_delegation().select_related("passport__event")
    return people.prefetch_related("visa_letters", "delegation__member__names").order_by(
        "delegation__member__sort_key_ru", "delegation", "order", "pk"
    )


def _refuse_bad_dates(event: Event, data: PassportData, now: datetime.datetime) -> None:
    today = local_day(now, event.zone)
    if not data.birth_date < today:
        raise PassportRefused(birth_date=_("A date of birth lies in the past."))
    if data.issued_on > today or data.issued_on <= data.birth_date:
        raise PassportRefused(issued_on=_("Check this date: a passport is issued in between."))
    if data.expires_on <= data.issued_on:
        raise PassportRefused(expires_on=_("A passport expires after it is issued."))
    last = local_day(event.ends_at, event.zone)
    if data.expires_on <= last:
        words = {"day": day_text(last)}
        raise PassportRefused(
            expires_on=_("The passport expires before the event ends (%(day)s).") % words
        )


def _opened(token: str) -> str:
    try:
        return VAULT.decrypt(token)
    except Unreadable:
        return UNREADABLE


def _log(deed: str, person: Participant, by: Any) -> None:
    audit.record(f"travel.passport.{deed}", person, by, f"participant {person.pk}: {person.event}")

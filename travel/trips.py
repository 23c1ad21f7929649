"""The journey of a participant: told in time it is saved, later it becomes a request.

A request keeps the fields that shall change and nothing of them is true before staff agree.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from content import audit
from content.dates import day_text, moment_text
from content.editing import CONFLICT
from events.models import Participant
from travel import passports, telling
from travel.models import Hotel, TravelOffer, Trip, TripChange

State = TripChange.State
MOMENTS = ("arrival_at", "departure_at")
DAYS = ("arrives_on", "leaves_on")
KEPT_DAYS = 60


class TripRefused(Exception):
    """Nothing was written; a sentence for the reader."""


class TripChanged(TripRefused):
    """Somebody saved the journey meanwhile."""


@dataclass(frozen=True)
class Line:
    """One field of a change: what it is called, what is stored, what is wanted; in words."""

    name: str
    label: str
    before: str
    after: str


def asked_fields(offer: TravelOffer) -> tuple[str, ...]:
    """The fields of a journey that the event asks for, in their order."""
    return (
        *(Trip.LODGING if offer.asks_lodging else ()),
        *(Trip.TRANSFER if offer.asks_transfer else ()),
        *(Trip.MEALS if offer.asks_meals else ()),
    )


def why_closed(person: Participant, now: datetime.datetime) -> str:
    """Why nothing about the journey is taken any more, not even as a request; empty when it is."""
    offer = passports.offer_of(person.event)
    if offer is None or not offer.asks_trip:
        return _("This event asks nothing about the journey.")
    if person.event.is_cancelled:
        return _("The event is cancelled.")
    if not person.is_active:
        return _("This person is not registered for the event.")
    if now >= person.event.ends_at:
        return _("The event is over.")
    return ""


def is_late(offer: TravelOffer, now: datetime.datetime) -> bool:
    """Whether a change is a request now."""
    return now >= offer.changes_end()


@transaction.atomic
def save(
    person: Participant, values: Mapping[str, Any], seen_version: int, by: Any
) -> Trip | TripChange | None:
    """Save the journey, or ask for the change once the deadline is over.

    Gives the trip that was saved, the request that was made (it takes the place of an open one),
    or None when nothing differs. Raises TripRefused, and TripChanged when `seen_version` is not
    the present one.
    """
    person = Participant.objects.select_for_update(of=("self",)).get(pk=person.pk)
    now = timezone.now()
    if reason := why_closed(person, now):
        raise TripRefused(reason)
    offer = TravelOffer.objects.select_related("event").get(event=person.event)
    trip = Trip.objects.filter(participant=person).first() or Trip(participant=person)
    if trip.version != seen_version:
        raise TripChanged(str(CONFLICT))
    wanted = {
        name: values[name]
        for name in asked_fields(offer)
        if name in values and values[name] != getattr(trip, name)
    }
    if not wanted:
        return None
    if is_late(offer, now):
        return _ask(person, trip, wanted, by)
    _write(trip, wanted)
    audit.record("travel.trip.changed", person, by, _summary(person), _log_of(wanted))
    return trip


def open_change(person: Participant) -> TripChange | None:
    """The request about this person's journey that waits for staff."""
    return person.trip_changes.filter(state=State.OPEN).first()


def lines(change: TripChange) -> list[Line]:
    """The difference that staff decide about: stored and wanted, field by field."""
    person = change.participant
    trip = Trip.objects.filter(participant=person).first() or Trip(participant=person)
    return [
        Line(
            name=name,
            label=str(Trip._meta.get_field(name).verbose_name),
            before=_in_words(person, name, getattr(trip, name)),
            after=_in_words(person, name, _read(name, value)),
        )
        for name, value in change.wanted.items()
    ]


@transaction.atomic
def decide(change: TripChange, accept: bool, by: Any, answer: str = "") -> TripChange:
    """Staff agree or refuse; the first decision stays. Raises TripRefused when it cannot be."""
    person = Participant.objects.select_for_update(of=("self",)).get(pk=change.participant_id)
    change = TripChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.state != State.OPEN:
        return change
    if accept:
        trip = Trip.objects.filter(participant=person).first()
        wanted = {name: _read(name, value) for name, value in change.wanted.items()}
        _write(trip or Trip(participant=person), wanted)
    change.state = State.ACCEPTED if accept else State.REFUSED
    change.decided_by, change.decided_at, change.answer = by, timezone.now(), answer.strip()
    change.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    telling.answered(change)
    verb = "travel.change.accepted" if accept else "travel.change.refused"
    audit.record(verb, change.participant, by, _summary(change.participant), _log_of(change.wanted))
    return change


@transaction.atomic
def take_back(person: Participant, by: Any) -> None:
    """The open request is taken back by whoever may ask."""
    change = person.trip_changes.select_for_update(of=("self",)).filter(state=State.OPEN).first()
    if change is None:
        return
    change.state, change.decided_at, change.decided_by = State.WITHDRAWN, timezone.now(), by
    change.save(update_fields=["state", "decided_at", "decided_by"])


def purge(now: datetime.datetime) -> int:
    """Erase journeys and requests about them; returns how many rows."""
    changes, _rows = TripChange.objects.filter(passports.due(now, KEPT_DAYS)).delete()
    trips, _rows = Trip.objects.filter(passports.due(now, KEPT_DAYS)).delete()
    return changes + trips


def purge_meals(now: datetime.datetime) -> int:
    """Forget what people eat: it may tell what they believe. Returns how many journeys."""
    asked = TripChange.objects.filter(passports.due(now), wanted__has_any_keys=Trip.MEALS)
    for change in asked:
        change.wanted = {
            name: value for name, value in change.wanted.items() if name not in Trip.MEALS
        }
        change.save(update_fields=["wanted"])
    told = Trip.objects.filter(passports.due(now)).exclude(meals="", meals_note="")
    return told.update(meals="", meals_note="")


def _ask(person: Participant, trip: Trip, wanted: Mapping[str, Any], by: Any) -> TripChange:
    take_back(person, by)
    change = TripChange.objects.create(
        participant=person,
        seen_version=trip.version,
        wanted={name: _written(value) for name, value in wanted.items()},
        asked_by=by,
    )
    audit.record("travel.change.asked", person, by, _summary(person), _log_of(wanted))
    return change


def _write(trip: Trip, wanted: Mapping[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(trip, name, value)
    try:
        trip.validate_constraints(exclude=["participant"])
    except ValidationError as error:
        raise TripRefused(" ".join(error.messages)) from None
    trip.save()


def _written(value: Any) -> Any:
    """As JSON holds it: keys of hotels, ISO texts of days and moments."""
    if isinstance(value, Hotel):
        return value.pk
    return value.isoformat() if isinstance(value, datetime.date) else value


def _read(name: str, value: Any) -> Any:
    if name == "hotel":
        return Hotel.objects.filter(pk=value).first() if value else None
    if name in MOMENTS:
        return parse_datetime(value) if value else None
    return (parse_date(value) if value else None) if name in DAYS else value


def _in_words(person: Participant, name: str, value: Any) -> str:
    if value in (None, ""):
        return "—"
    if name in MOMENTS:
        return moment_text(value, person.event.zone)
    if name in DAYS:
        return day_text(value)
    return str(Trip.Meals(value).label) if name == "meals" else str(value)


def _summary(person: Participant) -> str:
    return f"participant {person.pk}: {person.event}"


def _log_of(wanted: Mapping[str, Any]) -> dict:
    """Which fields, not what they say: the log is never erased."""
    return {name: [] for name in wanted}

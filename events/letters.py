"""The letters about an event: to a participant, and to whoever answers for their delegation.

They are written into the outbox in the caller's transaction. Texts are functions where they differ
between the two halves of a letter (`mailing.rendering`).
"""

import datetime
import zoneinfo
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from content.dates import day_text, local_day, moment_text
from content.languages import LANGUAGE_CODES, in_language
from content.timezones import zone_words
from events import clocks, placelinks
from events.contacts import contacts_of
from events.models import Delegation, Event, Participant
from events.words import ordinal, state_words, when_text
from mailing import cleaning, outbox

Status = Participant.Status
NAMES = "delegation__member__names"


@dataclass(frozen=True)
class Reader:
    """Somebody to write to: by which name, in which language, and by which clock."""

    email: str
    language: str
    name: Callable[[], str]
    zone: zoneinfo.ZoneInfo
    user: User | None = None

    @classmethod
    def participant(cls, person: Participant) -> "Reader":
        return cls(person.email, person.language, name_of(person), person.delegation.zone)

    @classmethod
    def representative(cls, user: User, delegation: Delegation) -> "Reader":
        zone = zoneinfo.ZoneInfo(user.time_zone) if user.time_zone else delegation.zone
        return cls(user.email, user.language, lambda: user.full_name, zone, user)


def letter(template: str, occasion: str, event: Event, reader: Reader, **context) -> outbox.Letter:
    """A letter of this app, not yet written; out of date once the event has begun."""
    options = {
        name: context.pop(name)
        for name in ("due_at", "expires_at", "is_bulk")
        if name in context
    }  # fmt: skip
    return outbox.Letter(
        occasion=f"events.{occasion}",
        email=reader.email,
        language=reader.language,
        template=f"events/mail/{template}",
        context={"name": reader.name, **facts(event, reader.zone), **context},
        user=reader.user,
        about=event,
        **{"expires_at": event.starts_at, **options},
    )


def facts(event: Event, zone: zoneinfo.ZoneInfo) -> dict[str, Any]:
    """What every letter says of its event; `zone` is the reader's."""
    lacking = [code for code in LANGUAGE_CODES if not getattr(event, f"title_{code}")]
    return {
        "event": event,
        "title": lambda: in_language(event, "title")[0],
        "place": lambda: in_language(event, "place")[0],
        "when": lambda: _when(event),
        "own_when": lambda: _own_when(event, zone),
        "clocks": lambda: _clocks(event),
        "event_link": lambda: cleaning.on_site(event.get_absolute_url()),
        "calendar_link": lambda: cleaning.on_site(reverse("events:ics", args=[event.slug])),
        "missing_language": lacking[0] if lacking else None,
        "reason": lambda: _("You receive this letter because of a registration for this event."),
    }


def _when(event: Event) -> str:
    words = when_text(event.starts_at, event.ends_at, event.zone)
    return f"{words}, {zone_words(event.starts_at, event.zone)}"


def _own_when(event: Event, zone: zoneinfo.ZoneInfo) -> str:
    """The start by the reader's clock; empty where it shows the same hour."""
    own, there = event.starts_at.astimezone(zone), event.starts_at.astimezone(event.zone)
    if own.utcoffset() == there.utcoffset():
        return ""
    return moment_text(event.starts_at, zone)


def deadline_text(
    moment: datetime.datetime, zone: zoneinfo.ZoneInfo, own: zoneinfo.ZoneInfo
) -> str:
    """A deadline by the event's clock, and by the reader's where it shows another hour."""
    words = moment_text(moment, zone)
    if moment.astimezone(own).utcoffset() == moment.astimezone(zone).utcoffset():
        return words
    return _("%(moment)s, that is %(own)s") % {"moment": words, "own": moment_text(moment, own)}


def _clocks(event: Event) -> list[str]:
    """The strip of all members' clocks, for what takes place online; one query for an event."""
    if event.mode == Event.Mode.IN_PERSON:
        return []
    if not hasattr(event, "zones_of_members"):
        event.zones_of_members = clocks.member_zones()
    return clocks.lines(event, event.zones_of_members)


def name_of(person: Participant) -> Callable[[], str]:
    return lambda: person.name_in(get_language())


def city_of(delegation: Delegation) -> Callable[[], str]:
    """Who sends the delegation, in the language that is active."""
    return lambda: delegation.sender_in(get_language())


def cabinet_link(delegation: Delegation) -> Callable[[], str]:
    """Where the delegation is kept; that of guests is named by the page of the event."""
    event, member = delegation.event, delegation.member
    if member is None:
        return lambda: cleaning.on_site(event.get_absolute_url())
    return lambda: cleaning.on_site(reverse("events:register", args=[member.slug, event.slug]))


def to_contacts(
    template: str, occasion: str, event: Event, delegation: Delegation, **context
) -> list[outbox.Letter]:
    """The same letter to everybody who answers for the delegation."""
    delegation.event = event
    context = {
        "city": city_of(delegation), "cabinet_link": cabinet_link(delegation), **context
    }  # fmt: skip
    return [
        letter(template, occasion, event, Reader.representative(user, delegation), **context)
        for user in contacts_of([delegation])[delegation.pk]
    ]


def to_person(
    template: str, occasion: str, event: Event, person: Participant, **context
) -> list[outbox.Letter]:
    if not person.email:
        return []
    person.delegation.event = event
    context = {
        "city": city_of(person.delegation),
        "place_link": lambda: cleaning.on_site(placelinks.address(person)),
        **context,
    }
    return [letter(template, occasion, event, Reader.participant(person), **context)]


def told_their_state(event: Event, delegation: Delegation, people: list[Participant]) -> None:
    """Those who have a place, or wait for one, learn it; the others' city decides what to say."""
    positions = _positions(event, people)
    letters = []
    for person in people:
        person.delegation = delegation
        if person.status == Status.CONFIRMED:
            letters += to_person("registered", f"registered:{person.pk}", event, person)
        elif person.status == Status.WAITING:
            place = _ordinal(positions.get(person.pk, 0))
            letters += to_person("waiting", f"waiting:{person.pk}", event, person, ordinal=place)
    outbox.write_many(letters)


def _ordinal(number: int) -> Callable[[], str]:
    return lambda: ordinal(number)


def _positions(event: Event, people: list[Participant]) -> dict[int, int]:
    if any(person.status == Status.WAITING for person in people):
        return event.participants.positions()
    return {}


def summed_up(
    event: Event,
    delegation: Delegation,
    occasion: str = "",
    news: Callable[[], str] | str = "",
    by: User | None = None,
) -> None:
    """Who answers for the delegation gets the state of everybody in it.

    `news` is what has happened, a sentence; without it the registration is confirmed. `by` did it
    and needs no letter.
    """
    people = list(delegation.participants.active())
    positions = _positions(event, people)
    for person in people:
        person.event = event
    in_parts = _in_parts(event, people)

    def rows() -> list[dict[str, str]]:
        return [
            {
                "name": name_of(one)(),
                "state": "; ".join(
                    [state_words(one, positions.get(one.pk)), *map(_part_words, in_parts[one.pk])]
                ),
            }
            for one in people
        ]

    occasion = occasion or f"delegation:{delegation.pk}:{delegation.version}"
    until = event.change_until or event.registration_closes_at
    changes = (lambda: day_text(local_day(until, event.zone))) if until else ""
    letters = to_contacts(
        "delegation", occasion, event, delegation, people=rows, news=news, changes_until=changes
    )
    outbox.write_many(one for one in letters if by is None or one.user != by)


def _in_parts(event: Event, people: list[Participant]) -> dict[int, list[Participant]]:
    """The rows in parts of the event by the key of the person; one query where there are parts."""
    found = defaultdict(list)
    rows = Participant.objects.active().filter(whole__in=[one.pk for one in people])
    for row in rows.select_related("event").order_by("event__starts_at", "event_id"):
        found[row.whole_id].append(row)
    return found


def _part_words(row: Participant) -> str:
    return f"{in_language(row.event, 'title')[0]}: {state_words(row)}"


def offered(person: Participant) -> None:
    """A place is offered: to the person, and to who answers for the delegation."""
    event, until = person.event, person.offer_expires_at
    delegation = person.delegation
    occasion = f"offered:{person.pk}:{int(until.timestamp())}"
    context = {"until": lambda: moment_text(until, event.zone), "expires_at": until}
    letters = to_person(
        "offered", occasion, event, person, until_own=_until(until, event, delegation.zone),
        **context,
    )  # fmt: skip
    for one in to_contacts(
        "offered", occasion, event, delegation, person=name_of(person), **context
    ):
        zone = Reader.representative(one.user, delegation).zone
        one.context["until_own"] = _until(until, event, zone)
        letters.append(one)
    outbox.write_many(letters)


def _until(until: datetime.datetime, event: Event, zone: zoneinfo.ZoneInfo) -> Callable[[], str]:
    return lambda: deadline_text(until, event.zone, zone)


def taken(event: Event, person: Participant, by: User | None) -> None:
    """The offered place was taken."""
    told_their_state(event, person.delegation, [person])

    def news() -> str:
        return _("%(name)s has taken the offered place.") % {"name": name_of(person)()}

    summed_up(event, person.delegation, f"taken:{person.pk}", news, by)


def left(event: Event, person: Participant, by: User | None) -> None:
    """A person has left: they are told why, and so is whoever answers for them."""
    outbox.write_many(
        to_person("left", f"left:{person.pk}", event, person, departure=person.departure)
    )

    def news() -> str:
        words = {"name": name_of(person)()}
        if person.departure == Participant.Departure.LAPSED:
            return _("The place offered to %(name)s was not taken in time.") % words
        return _("%(name)s does not come.") % words

    summed_up(event, person.delegation, f"left:{person.pk}", news, by)

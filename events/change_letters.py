"""The letters that say what befell an event: one for every person, the waiting list too.

Read by a worker from the promise (`EventChange`), so that nobody waits while hundreds of letters
are rendered. The occasion is the change: run again, it writes nobody a second time.
"""

import datetime
import zoneinfo
from collections.abc import Callable, Iterator

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.dates import day_text, local_day, moment_text
from content.languages import in_language
from content.timezones import zone_words
from events import placelinks
from events.contacts import contacts_of
from events.letters import NAMES, Reader, cabinet_link, city_of, facts
from events.models import Delegation, Event, EventChange, Participant
from events.words import when_text
from mailing import cleaning, reminders

What = EventChange.What
TEMPLATES = {What.CANCELLED: "events/mail/cancelled"}


def about(change: EventChange) -> Iterator[reminders.DueReminder]:
    """The letters of a change, for everybody the event is for when it happened.

    The queries do not grow with the people.
    """
    yield from _to_people(change)
    yield from _to_contacts(change)


def people_of(change: EventChange) -> QuerySet[Participant]:
    """Who is told: active participants who were registered before the change."""
    return change.event.participants.active().filter(created_at__lte=change.at)


def _to_people(change: EventChange) -> Iterator[reminders.DueReminder]:
    people = people_of(change).exclude(email="").order_by("pk")
    rows = people.select_related("delegation__member").prefetch_related(NAMES)
    for person in rows.iterator(chunk_size=500):
        person.event = person.delegation.event = change.event
        yield _letter(
            change, Reader.participant(person), city=city_of(person.delegation),
            place_link=_place_link(person),
        )  # fmt: skip


def _place_link(person: Participant) -> Callable[[], str]:
    return lambda: cleaning.on_site(placelinks.address(person))


def _to_contacts(change: EventChange) -> Iterator[reminders.DueReminder]:
    rows = Delegation.objects.filter(event=change.event, participants__in=people_of(change))
    rows = rows.select_related("member", "registered_by").prefetch_related("member__names")
    delegations = list(rows.distinct().order_by("pk"))
    contacts = contacts_of(delegations)
    for delegation in delegations:
        delegation.event = change.event
        for user in contacts[delegation.pk]:
            reader = Reader.representative(user, delegation)
            link = cabinet_link(delegation)
            yield _letter(change, reader, city=city_of(delegation), cabinet_link=link)


def _letter(change: EventChange, reader: Reader, **context) -> reminders.DueReminder:
    event = change.event
    return reminders.DueReminder(
        occasion=f"events.change:{change.pk}",
        email=reader.email,
        language=reader.language,
        user=reader.user,
        template=TEMPLATES.get(change.what, "events/mail/changed"),
        context={
            "name": reader.name, **facts(event, reader.zone), **_words(change, reader.zone),
            **context,
        },
        due_at=change.at,
        about=event,
        still_holds=_StillLast(change),
    )  # fmt: skip


class _StillLast:
    """Whether nothing befell the event since; the same for all letters of a change."""

    def __init__(self, change: EventChange):
        self.change = change

    def __call__(self) -> bool:
        Event.objects.select_for_update(no_key=True).get(pk=self.change.event_id)
        later = EventChange.objects.filter(event=self.change.event_id, pk__gt=self.change.pk)
        return not later.exists()

    def __eq__(self, other) -> bool:
        return isinstance(other, _StillLast) and other.change.pk == self.change.pk

    def __hash__(self) -> int:
        return hash(self.change.pk)


def _words(change: EventChange, zone: zoneinfo.ZoneInfo) -> dict:
    return {
        "what": change.what,
        "note": lambda: note_text(change),
        "has_new_time": change.has_new_time,
        "has_new_place": change.has_new_place,
        "new_day": lambda: _new_day(change),
        "old_when": lambda: _old_when(change),
        "old_own_when": lambda: _old_own_when(change, zone),
        "old_place": lambda: in_language(change, "old_place")[0],
    }


def note_text(record, field: str = "note") -> str:
    """The reason in the active language; in the other one with a mark which language it is."""
    text, language = in_language(record, field)
    if not text or language == (get_language() or "ru")[:2]:
        return text
    marks = {"ru": _("(in Russian)"), "en": _("(in English)")}
    return f"{marks[language]} {text}"


def _new_day(change: EventChange) -> str:
    if change.new_starts_at is None:
        return ""
    return day_text(local_day(change.new_starts_at, zoneinfo.ZoneInfo(change.new_time_zone)))


def _old_when(change: EventChange) -> str:
    words = when_text(change.old_starts_at, change.old_ends_at, change.old_zone)
    return f"{words}, {zone_words(change.old_starts_at, change.old_zone)}"


def _old_own_when(change: EventChange, zone: zoneinfo.ZoneInfo) -> str:
    start: datetime.datetime = change.old_starts_at
    if start.astimezone(zone).utcoffset() == start.astimezone(change.old_zone).utcoffset():
        return ""
    return moment_text(start, zone)

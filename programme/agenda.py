"""A delegation's own agenda: what its people speak in or have starred, the parts included."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content import documents
from content.languages import in_language
from events.models import Event, Participant
from members.models import Member, Representative
from programme import cards, grid
from programme.cards import Card
from programme.models import ProgrammeVersion, SpeakerRole, Star

TEMPLATE = "programme/pdf/agenda.typ"


@dataclass
class Entry:
    """One session of the agenda: in which event, who speaks there, who wants to come."""

    card: Card
    event: Event
    speakers: list[str] = field(default_factory=list)
    listeners: list[str] = field(default_factory=list)


def whole_of(event: Event) -> Event:
    """The event that this one is a part of; else itself."""
    return event.parent or event


def of_member(member: Member, event: Event) -> list[tuple[str, list[Entry]]]:
    """The agenda of a member's people at an event and its parts: days with their sessions.

    Of the published versions, and parts as a whole where they have none; a number of queries that
    does not grow.
    """
    whole = whole_of(event)
    events = Event.objects.published().filter(Q(pk=whole.pk) | Q(parent=whole))
    found = ProgrammeVersion.objects.filter(event__in=events).select_related("event")
    versions = list(found.order_by("event_id", "-number").distinct("event_id"))
    speakers, listeners = _people(member, [version.event_id for version in versions])
    entries = [
        Entry(card, version.event, speakers.get(card.pk, []), listeners.get(card.pk, []))
        for version in versions
        for card in cards.of_version(version)
        if card.pk in speakers or card.pk in listeners
    ]
    entries += _parts_without(versions, member, events)
    return _by_day(sorted(entries, key=lambda one: (one.card.starts, one.card.pk)))


def _parts_without(versions: list[ProgrammeVersion], member: Member, events) -> list[Entry]:
    """The parts that have no programme yet, with the people of the member who come to them."""
    known = [version.event_id for version in versions]
    people = Participant.objects.active().filter(
        delegation__member=member, event__in=events.filter(parent__isnull=False)
    )
    found: dict[int, Entry] = {}
    for one in people.exclude(event__in=known).select_related("event").order_by("order", "pk"):
        entry = found.setdefault(one.event_id, Entry(cards.of_event(one.event), one.event))
        entry.listeners.append(one.name_in(get_language()))
    return list(found.values())


Names = dict[int, list[str]]


def _people(member: Member, events: list[int]) -> tuple[Names, Names]:
    """Names by session: of those who speak, and of those who starred it and do not speak."""
    rows = Participant.objects.active().filter(delegation__member=member, event__in=events)
    names = {one.pk: one.name_in(get_language()) for one in rows}
    wholes = {one.whole_id or one.pk: names[one.pk] for one in rows}
    speakers: Names = defaultdict(list)
    roles = SpeakerRole.objects.filter(who__in=wholes, session__event__in=events)
    for role in roles.order_by("order", "pk"):
        _add(speakers[role.session_id], wholes[role.who])
    listeners: Names = defaultdict(list)
    for session, name in _stars(member, events, names):
        if name not in speakers.get(session, []):
            _add(listeners[session], name)
    return speakers, listeners


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _stars(member: Member, events: list[int], names: dict[int, str]):
    users = Representative.objects.on().filter(member=member).values("user")
    rows = Star.objects.filter(
        Q(participant__in=names) | Q(user__in=users), session__event__in=events
    )
    for star in rows.select_related("user").order_by("pk"):
        name = names[star.participant_id] if star.participant_id else star.user.full_name
        yield star.session_id, name


def _by_day(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    days: dict[str, list[Entry]] = {}
    for entry in entries:
        days.setdefault(grid.day_title(entry.card.day), []).append(entry)
    return list(days.items())


def pdf(member: Member, event: Event, language: str) -> bytes:
    """The agenda on paper, in the active language."""
    whole = whole_of(event)
    data = {
        "heading": _("Agenda of the delegation"),
        "city": in_language(member, "name")[0],
        "title": in_language(whole, "title")[0],
        "nothing": _("Nobody of the delegation speaks or has starred a session."),
        "days": [
            {"title": title, "entries": [_printed(entry) for entry in entries]}
            for title, entries in of_member(member, event)
        ],
    }
    title = f"{data['heading']}: {data['city']}"
    return documents.pdf(TEMPLATE, data, title=title, language=language)


def _printed(entry: Entry) -> dict[str, str | list[str]]:
    card = entry.card
    lines = [in_language(entry.event, "title")[0], card.hall.text]
    if entry.speakers:
        lines.append(_("speak: %(names)s") % {"names": ", ".join(entry.speakers)})
    if entry.listeners:
        lines.append(_("come: %(names)s") % {"names": ", ".join(entry.listeners)})
    return {"hours": card.hours, "title": card.title.text, "lines": [one for one in lines if one]}

"""Whom a session concerns: its speakers and those who have starred it, each address once."""

import zoneinfo
from collections.abc import Callable, Iterable

from content.languages import in_language
from events.letters import NAMES, Reader
from events.models import Event, Participant
from members.models import Representative
from programme.models import SpeakerRole, Star


def roles_of(event: Event):
    """Speakers of an event, of sessions taken out as well, with all that a letter reads."""
    rows = SpeakerRole.objects.filter(session__event=event).select_related(
        "session", "user", "participant__delegation__member", "participant__delegation__event"
    )
    return rows.order_by("session__starts_at", "order", "pk")


def speaker(role: SpeakerRole) -> Reader:
    """A speaker as a reader of letters: by their own clock where it is known."""
    return Reader(
        role.address, _language(role), _name(role), zone_of(role), role.user
    )  # fmt: skip


def zone_of(role: SpeakerRole) -> zoneinfo.ZoneInfo:
    """The clock of a speaker: as given, of their account, of their city; else of the event."""
    if role.time_zone:
        return zoneinfo.ZoneInfo(role.time_zone)
    if role.user_id and role.user.time_zone:
        return zoneinfo.ZoneInfo(role.user.time_zone)
    if role.participant_id:
        return role.participant.delegation.zone
    return role.session.event.zone


def _language(role: SpeakerRole) -> str:
    if role.user_id and not role.email:
        return role.user.language
    if role.participant_id and not role.email:
        return role.participant.language
    return role.mail_language


def _name(role: SpeakerRole) -> Callable[[], str]:
    return lambda: in_language(role, "name")[0]


def concerned(event: Event, sessions: Iterable[int]) -> list[tuple[Reader, set[int]]]:
    """Speakers and those who starred any of `sessions`, and which of these it is for each.

    Each address once, whoever else has it; a number of queries that does not grow.
    """
    wanted = set(sessions)
    found: dict[str, tuple[Reader, set[int]]] = {}
    for reader, session in _readers(event, wanted):
        key = reader.email.strip().lower()
        if key:
            found.setdefault(key, (reader, set()))[1].add(session)
    return list(found.values())


def _readers(event: Event, wanted: set[int]) -> Iterable[tuple[Reader, int]]:
    for role in (
        roles_of(event)
        .filter(session__in=wanted)
        .prefetch_related("participant__delegation__member__names")
    ):
        role.session.event = event
        yield speaker(role), role.session_id
    stars = Star.objects.filter(session__in=wanted).select_related("user").order_by("pk")
    people = Participant.objects.select_related("delegation__member", "delegation__event")
    active = people.active().filter(stars__session__in=wanted).distinct()
    by_key = {person.pk: person for person in active.prefetch_related(NAMES)}
    zones = _zones_of_users({star.user_id for star in stars if star.user_id})
    for star in stars:
        if star.participant_id in by_key:
            yield Reader.participant(by_key[star.participant_id]), star.session_id
        elif star.user_id and star.user.is_active:
            own = star.user.time_zone or zones.get(star.user_id) or event.time_zone
            yield _user(star.user, zoneinfo.ZoneInfo(own)), star.session_id


def _user(user, zone: zoneinfo.ZoneInfo) -> Reader:
    return Reader(user.email, user.language, lambda: user.full_name, zone, user)


def _zones_of_users(users: set[int]) -> dict[int, str]:
    """The clock of a city that a user represents today, by user."""
    rows = Representative.objects.on().filter(user__in=users).order_by("-pk")
    return dict(rows.values_list("user", "member__time_zone"))

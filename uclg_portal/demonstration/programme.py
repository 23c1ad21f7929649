"""Programmes of the demonstration: planned, published and changed as staff do it."""

import datetime
from typing import Any

from events.models import Event, Hall, Venue
from governance.models import Person
from programme import moving, publishing
from programme.models import Session, SpeakerRole, Star
from uclg_portal.demonstration import data

PLAIN = ("kind", "is_online", "languages", "interpretation")
SPEAKER = ("role", "order", "minutes", "language", "email", "mail_language", "time_zone")


def load(users: dict[str, Any]) -> None:
    """All programmes; `users` by address: the first one publishes."""
    by = users["admin@example.org"]
    table = data.table("programme.toml")
    halls: dict[str, Hall] = {}
    for row in table["venues"]:
        halls |= _load_venue(row)
    for row in table["programmes"]:
        _load_programme(row, halls, by)
    _star(users)


def _load_venue(row: dict[str, Any]) -> dict[str, Hall]:
    event = Event.objects.get(slug=row["event"])
    venue = event.venue or Venue.objects.create(
        member=event.host_member, time_zone=event.time_zone, **data.texts(row, "name", "address")
    )
    event.venue = venue
    event.save()
    return {hall["key"]: _hall(venue, hall, number) for number, hall in enumerate(row["halls"], 1)}


def _hall(venue: Venue, row: dict[str, Any], number: int) -> Hall:
    own = {"order": number, "capacity": row["capacity"], **data.texts(row, "name")}
    hall, _is_new = Hall.objects.get_or_create(venue=venue, name_ru=row["name_ru"], defaults=own)
    return hall


def _load_programme(row: dict[str, Any], halls: dict[str, Hall], by: Any) -> None:
    event = Event.objects.get(slug=row["event"])
    for session in row["sessions"]:
        _load_session(event, session, halls)
    publishing.publish(event, by)
    if row["versions"] > 1:
        for change in row.get("halls", []):
            session = event.sessions.get(title_en=change["title"])
            session.hall = halls[change["hall"]]
            session.save()
        for change in row.get("moves", []):
            moving.move(event, [event.sessions.get(title_en=change["title"]).pk], change["minutes"])
        publishing.publish(event, by)


def _load_session(event: Event, row: dict[str, Any], halls: dict[str, Hall]) -> None:
    first = event.starts_at.astimezone(event.zone).date()
    day = first + datetime.timedelta(days=row["day"] - 1)
    starts_at, ends_at = (
        datetime.datetime.combine(day, datetime.time.fromisoformat(row[key]), event.zone)
        for key in ("from", "until")
    )
    session = Session(
        event=event, hall=halls.get(row.get("hall", "")), starts_at=starts_at, ends_at=ends_at,
        **{name: row[name] for name in PLAIN if name in row},
        **data.texts(row, "title", "summary", "listeners"),
    )  # fmt: skip
    session.full_clean(exclude=["title"])
    session.save()
    for speaker in row.get("speakers", []):
        _load_speaker(session, speaker)


def _load_speaker(session: Session, row: dict[str, Any]) -> None:
    person = Person.objects.get(slug=row["person"]) if "person" in row else None
    SpeakerRole.objects.create(
        session=session, person=person, **{name: row[name] for name in SPEAKER if name in row},
        **data.texts(row, "name", "position", "on_behalf_of", "promised", "missing"),
    )  # fmt: skip


def _star(users: dict[str, Any]) -> None:
    """The representative of the demonstration has chosen two sessions of the congress."""
    user = users.get("kazan@example.org")
    event = Event.objects.get(slug="congress-and-assembly")
    if user is not None:
        for session in event.sessions.kept().filter(kind="workshop").in_order()[:2]:
            Star.objects.create(session=session, user=user)

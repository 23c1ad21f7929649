"""A programme as data: what a version holds, and what changed from one version to the next.

A snapshot: {"zone": IANA name, "event": {title_ru, …}, "sessions": [row, …]} in the order of time.
A row: id, kind, starts, ends (ISO 8601, UTC), online, hall ({id, order, name_ru, name_en} or
None), title_*, summary_*, languages, interpretation, item ({number, title_*, meeting_*} or None),
speakers ([{id, role, name_*, position_*, behalf_*, language, minutes, page}]). A change: {"kind",
"session", title_*, "before", "after"}, the last two by kind. Nothing in it is private.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models

from content.languages import LANGUAGE_CODES
from events.models import Event
from programme.models import Session, SpeakerRole

Row = dict[str, Any]
ADDED, REMOVED, MOVED, HALL, RENAMED, SPEAKERS = (
    "added", "removed", "moved", "hall", "renamed", "speakers",
)  # fmt: skip
KINDS = (REMOVED, MOVED, HALL, RENAMED, SPEAKERS, ADDED)


def texts(record: models.Model, field: str, name: str = "") -> dict[str, str]:
    """Both languages of a translated field as columns: {"title_ru": …, "title_en": …}."""
    found = {code: getattr(record, f"{field}_{code}") or "" for code in LANGUAGE_CODES}
    return {f"{name or field}_{code}": text for code, text in found.items()}


def take(event: Event) -> dict[str, Any]:
    """The draft of an event's programme as it is now; three queries whatever it holds."""
    rows = event.sessions.kept().select_related("hall", "item__meeting").in_order()
    rows = rows.prefetch_related(
        models.Prefetch("roles", SpeakerRole.objects.select_related("person"))
    )
    return {
        "zone": event.time_zone,
        "event": {**texts(event, "title"), **texts(event, "place")},
        "sessions": [_session(session) for session in rows],
    }


def _session(session: Session) -> Row:
    return {
        "id": session.pk,
        "kind": session.kind,
        "starts": session.starts_at.astimezone(datetime.UTC).isoformat(),
        "ends": session.ends_at.astimezone(datetime.UTC).isoformat(),
        "online": session.is_online,
        "hall": _hall(session),
        **texts(session, "title"),
        **texts(session, "summary"),
        "languages": session.languages,
        "interpretation": session.interpretation,
        "item": _item(session),
        "speakers": [_speaker(role) for role in session.roles.all()],
    }


def _hall(session: Session) -> Row | None:
    hall = session.hall
    return {"id": hall.pk, "order": hall.order, **texts(hall, "name")} if hall else None


def _item(session: Session) -> Row | None:
    item = session.item
    if item is None:
        return None
    meeting = item.meeting
    page = meeting.slug if meeting.is_public() else ""
    names = {**texts(item, "title"), **texts(meeting, "title", "meeting")}
    return {"number": item.order, "meeting_slug": page, **names}


def _speaker(role: SpeakerRole) -> Row:
    person = role.person
    return {
        "id": role.pk,
        "role": role.role,
        **texts(role, "name"),
        **texts(role, "position"),
        **texts(role, "on_behalf_of", "behalf"),
        "language": role.language,
        "minutes": role.minutes,
        "page": person.slug if person and person.is_public else "",
    }


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Row]:
    """What differs between two snapshots, by time of the session, each difference a row."""
    old = {row["id"]: row for row in before["sessions"]}
    new = {row["id"]: row for row in after["sessions"]}
    found = [_change(REMOVED, row, row, None) for key, row in old.items() if key not in new]
    for key, row in new.items():
        found += _differences(old[key], row) if key in old else [_change(ADDED, row, None, row)]
    times = {**{key: row["starts"] for key, row in old.items()},
             **{key: row["starts"] for key, row in new.items()}}  # fmt: skip
    return sorted(found, key=lambda one: (times[one["session"]], one["session"]))


def _differences(old: Row, new: Row) -> Iterable[Row]:
    watched = (
        (MOVED, ("starts", "ends")),
        (HALL, ("hall", "online")),
        (RENAMED, tuple(f"title_{code}" for code in LANGUAGE_CODES)),
        (SPEAKERS, ("speakers",)),
    )
    for kind, names in watched:
        if _watched(kind, old, names) != _watched(kind, new, names):
            yield _change(kind, new, old, new)


def _watched(kind: str, row: Row, names: tuple[str, ...]) -> Any:
    """What a difference of this kind is judged by: a hall by itself, not by its spelling."""
    if kind == HALL:
        return (row["hall"] or {}).get("id"), row["online"]
    if kind == SPEAKERS:
        return [(one["role"], one["name_ru"], one["name_en"]) for one in row["speakers"]]
    return [row[name] for name in names]


def _change(kind: str, row: Row, before: Row | None, after: Row | None) -> Row:
    titles = {f"title_{code}": row[f"title_{code}"] for code in LANGUAGE_CODES}
    sides = {"before": _side(before), "after": _side(after)}
    return {"kind": kind, "session": row["id"], **titles, **sides}


def _side(row: Row | None) -> Row | None:
    """Of a session, what the list of changes says."""
    if row is None:
        return None
    names = ("starts", "ends", "online", "hall", *(f"title_{code}" for code in LANGUAGE_CODES))
    speakers = [
        {f"name_{code}": one[f"name_{code}"] for code in LANGUAGE_CODES} for one in row["speakers"]
    ]
    return {**{name: row[name] for name in names}, "speakers": speakers}


def moment(text: str) -> datetime.datetime:
    """A moment of a snapshot."""
    return datetime.datetime.fromisoformat(text)


def untranslated(event: Event) -> list[dict[str, Any]]:
    """Cells of the draft that one language lacks: `session`, `field`, `language`, `text`."""
    rows = event.sessions.kept().in_order().prefetch_related("roles")
    return [gap for session in rows for gap in gaps_of(session)]


def gaps_of(session: Session) -> list[dict[str, Any]]:
    """The same of one session and its speakers."""
    cells = [(session, name) for name in ("title", "summary")]
    cells += [(role, name) for role in session.roles.all() for name in ("name", "position")]
    return [gap for record, name in cells for gap in _gaps(session, record, name)]


def _gaps(session: Session, record: models.Model, field: str) -> Iterable[dict[str, Any]]:
    given = {code: getattr(record, f"{field}_{code}") for code in LANGUAGE_CODES}
    if not any(given.values()):
        return
    text = next(filter(None, given.values()))
    label = record._meta.get_field(field).verbose_name
    for code, value in given.items():
        if not value:
            yield {"session": session, "field": label, "language": code, "text": text}

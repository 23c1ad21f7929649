"""Letters about a programme: to those whom a change concerns, and the briefs of the speakers."""

import datetime
import zoneinfo
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.languages import in_language, reading_order
from content.timezones import zone_words
from events.letters import Reader
from events.models import Event
from events.words import when_text
from mailing import cleaning, outbox
from programme import people, snapshots
from programme.models import ProgrammeVersion

# What people must know of: when, where, whether at all.
TOLD = (snapshots.MOVED, snapshots.HALL, snapshots.REMOVED)


def changed(version: ProgrammeVersion) -> int:
    """Tell speakers, and those who starred it, what became of their sessions; how many letters.

    One letter for each address and version, never two. Nothing about events that are over,
    cancelled or hidden.
    """
    event = version.event
    told: dict[int, list[dict[str, Any]]] = {}
    for change in version.changes:
        if change["kind"] in TOLD:
            told.setdefault(change["session"], []).append(change)
    if not told or not _makes_sense(event):
        return 0
    return outbox.write_many(
        _letter(version, reader, [one for key in told if key in own for one in told[key]])
        for reader, own in people.concerned(event, told)
    )


def _makes_sense(event: Event) -> bool:
    return event.is_public() and event.ends_at > timezone.now() and not event.is_cancelled


def _letter(version: ProgrammeVersion, reader: Reader, changes: list[dict]) -> outbox.Letter:
    event = version.event
    return outbox.Letter(
        occasion=f"programme.version:{event.pk}:{version.number}",
        email=reader.email,
        language=reader.language,
        template="programme/mail/changed",
        context={
            **facts(event, reader),
            "number": version.number,
            "changes": lambda: [_row(change, event, reader.zone) for change in _joined(changes)],
        },
        user=reader.user,
        about=event,
        expires_at=event.ends_at,
    )


def facts(event: Event, reader: Reader) -> dict[str, Any]:
    """What every letter of this app says of its event and its reader."""
    return {
        "name": reader.name,
        "title": lambda: in_language(event, "title")[0],
        "programme_link": lambda: cleaning.on_site(reverse("programme:page", args=[event.slug])),
        "reason": lambda: _(
            "You receive this letter because you speak at this event or starred sessions of it."
        ),
    }


def _joined(changes: Iterable[dict]) -> list[dict]:
    """One line for each session: a move into another hall is one change to its reader."""
    found: dict[int, dict] = {}
    for change in changes:
        found.setdefault(change["session"], change)
    return list(found.values())


def _row(change: dict, event: Event, zone: zoneinfo.ZoneInfo) -> dict[str, str]:
    """A change in words, in the active language: `title`, `old`, `new` ("" when taken out)."""
    before, after = change["before"], change["after"]
    return {
        "title": title_of(change),
        "old": _when_and_where(before, event, zone),
        "new": _when_and_where(after, event, zone) if after else "",
    }


def title_of(row: dict[str, Any]) -> str:
    """The title of a row or a change of a snapshot, in the active language where it has it."""
    return next((row[f"title_{code}"] for code in reading_order() if row[f"title_{code}"]), "")


def _when_and_where(side: dict, event: Event, zone: zoneinfo.ZoneInfo) -> str:
    starts, ends = snapshots.moment(side["starts"]), snapshots.moment(side["ends"])
    parts = [clock_text(starts, ends, zone)]
    if starts.astimezone(zone).utcoffset() != starts.astimezone(event.zone).utcoffset():
        parts.append(_("by the clock of the event: %s") % clock_text(starts, ends, event.zone))
    if side["hall"]:
        names = side["hall"]
        parts.append(next(names[f"name_{c}"] for c in reading_order() if names[f"name_{c}"]))
    return "; ".join(parts)


def clock_text(starts: datetime.datetime, ends: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """ "Thursday 20 May 2027, 10:00–11:00 Kazan time (UTC+3)"."""
    return f"{when_text(starts, ends, zone)} {zone_words(starts, zone)}"

"""A session as pages show it, made of a row of a snapshot: texts marked with their language."""

import datetime
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from content import dates
from content.languages import reading_order
from events.models import Event
from events.words import when_text
from programme import snapshots
from programme.models import ProgrammeVersion, Session, SpeakerRole

KINDS = dict(Session.Kind.choices)
ROLES = dict(SpeakerRole.Role.choices)
NEW, CHANGED = "new", "changed"


@dataclass(frozen=True)
class Text:
    """A text for the reader; `lang` is set where it is in the other language."""

    text: str
    lang: str = ""

    def __bool__(self):
        return bool(self.text)


@dataclass(frozen=True)
class Speaker:
    name: Text
    position: Text
    behalf: Text
    role: str
    minutes: int | None
    language: str
    url: str


@dataclass(frozen=True)
class Card:
    """One session; `mark` is "new", "changed" or empty, `anchor` its place on the page."""

    pk: int
    kind: str
    is_break: bool
    title: Text
    summary: Text
    hall: Text
    hall_pk: int | None
    hall_order: int
    is_online: bool
    starts: datetime.datetime
    ends: datetime.datetime
    zone: zoneinfo.ZoneInfo
    languages: str
    item: Text
    item_url: str
    speakers: list[Speaker] = field(default_factory=list)
    mark: str = ""

    @property
    def anchor(self) -> str:
        return f"s{self.pk}"

    @property
    def day(self) -> datetime.date:
        return dates.local_day(self.starts, self.zone)

    @property
    def hours(self) -> str:
        return f"{dates.time_text(self.starts, self.zone)}–{dates.time_text(self.ends, self.zone)}"

    @property
    def when(self) -> str:
        """Day and hours by the clock of the event."""
        return when_text(self.starts, self.ends, self.zone)

    @property
    def own_hours(self) -> str:
        """The start by the clock of the signed-in reader, where it differs."""
        return dates.own_clock(self.starts, self.zone)

    @property
    def machine_time(self) -> str:
        return self.starts.astimezone(self.zone).isoformat(timespec="minutes")

    @property
    def mark_words(self) -> str:
        return {NEW: _("new"), CHANGED: _("changed")}.get(self.mark, "")


def text_of(row: dict[str, Any] | None, name: str) -> Text:
    """A text of a snapshot for the reader: in their language, else in the other, marked."""
    order = reading_order()
    for code in order:
        if found := (row or {}).get(f"{name}_{code}"):
            return Text(found, code if code != order[0] else "")
    return Text("")


def of_version(version: ProgrammeVersion) -> list[Card]:
    """All sessions of a published version, with the marks of what it changed."""
    return of_snapshot(version.snapshot, marks(version.changes))


def of_snapshot(snapshot: dict[str, Any], marked: dict[int, str] | None = None) -> list[Card]:
    zone = zoneinfo.ZoneInfo(snapshot["zone"])
    return [_card(row, zone, (marked or {}).get(row["id"], "")) for row in snapshot["sessions"]]


def of_event(event: Event) -> Card:
    """A part of an event as if it were one session: for parts that have no programme yet."""
    row = {f"{name}_{code}": getattr(event, f"{name}_{code}")
           for name in ("title", "place") for code in reading_order()}  # fmt: skip
    return Card(
        pk=0, kind=capfirst(event.get_kind_display()), is_break=False, title=text_of(row, "title"),
        summary=Text(""), hall=text_of(row, "place"), hall_pk=None, hall_order=0,
        is_online=event.mode == Event.Mode.ONLINE, starts=event.starts_at, ends=event.ends_at,
        zone=event.zone, languages="", item=Text(""), item_url="",
    )  # fmt: skip


def marks(changes: Iterable[dict[str, Any]]) -> dict[int, str]:
    """The mark of every session that a version changed."""
    return {one["session"]: NEW if one["kind"] == snapshots.ADDED else CHANGED for one in changes}


def _card(row: dict[str, Any], zone: zoneinfo.ZoneInfo, mark: str) -> Card:
    hall, item = row["hall"], row["item"]
    slug = item["meeting_slug"] if item else ""
    return Card(
        pk=row["id"],
        kind=capfirst(str(KINDS.get(row["kind"], ""))),
        is_break=row["kind"] == Session.Kind.BREAK,
        title=text_of(row, "title"),
        summary=text_of(row, "summary"),
        hall=text_of(hall, "name"),
        hall_pk=hall["id"] if hall else None,
        hall_order=hall["order"] if hall else 0,
        is_online=row["online"],
        starts=snapshots.moment(row["starts"]),
        ends=snapshots.moment(row["ends"]),
        zone=zone,
        languages=languages_words(row["languages"], row["interpretation"]),
        item=text_of(item, "title"),
        item_url=reverse("meetings:detail", args=[slug]) if slug else "",
        speakers=[_speaker(one) for one in row["speakers"]],
        mark=mark,
    )


def _speaker(row: dict[str, Any]) -> Speaker:
    return Speaker(
        name=text_of(row, "name"),
        position=text_of(row, "position"),
        behalf=text_of(row, "behalf"),
        role="" if row["role"] == SpeakerRole.Role.SPEAKER else str(ROLES.get(row["role"], "")),
        minutes=row["minutes"],
        language=language_name(row["language"]),
        url=reverse("governance:person", args=[row["page"]]) if row["page"] else "",
    )


def language_name(code: str) -> str:
    """A language in the reader's words; its code where it has none."""
    try:
        name = str(get_language_info(code)["name_translated"]) if code else ""
    except KeyError:
        return code
    return name.lower() if reading_order()[0] == "ru" else name


def languages_words(spoken: Iterable[str], interpretation: Iterable[str]) -> str:
    """ "Russian, English; interpretation into Turkish": empty where nothing is known."""
    words = ", ".join(language_name(code) for code in spoken)
    into = ", ".join(language_name(code) for code in interpretation)
    if into:
        into = _("interpretation into: %(languages)s") % {"languages": into}
    return capfirst("; ".join(filter(None, [words, into])))

"""When something begins, by the clock of every city: the strip of pages, mails and documents."""

import datetime
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass

from content import dates, timezones
from content.languages import reading_order
from events.models import Event
from members.models import Member

# A zone's city under another name, from one day to another: (English, Russian after «по»).
NAMES_THEN = {
    "Asia/Almaty": [
        (datetime.date(2019, 3, 23), datetime.date(2022, 9, 17), ("Nur-Sultan", "Нур-Султану")),
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Start:
    """One hour of the strip. `date` is written only where the event's own date is another one.

    `clock` names the cities in a phrase: "Bishkek, Nur-Sultan", «по Бишкеку, Нур-Султану»; `own`
    marks the clock of the event.
    """

    time: str
    date: str
    clock: str
    offset: str
    own: bool

    def __str__(self):
        when = f"{self.date}, {self.time}" if self.date else self.time
        return f"{when} {self.clock} ({self.offset})"


def member_zones() -> list[str]:
    """The IANA names of the zones that members live in today: one query."""
    found = Member.objects.members().order_by().values_list("time_zone", flat=True).distinct()
    return sorted(found)


def strip(
    event: Event | datetime.datetime,
    zones: Iterable[str] | None = None,
    *,
    own: str = "Europe/Moscow",
    language: str | None = None,
) -> list[Start]:
    """The hours at which an event (or a moment) begins, from west to east, one for each local time.

    `zones` are IANA names, those of all members by default (one query). The event's own zone is
    always in it; for a bare moment it is `own`.
    """
    moment, own = (event.starts_at, event.time_zone) if isinstance(event, Event) else (event, own)
    groups: dict[datetime.timedelta, list[str]] = {}
    wanted = member_zones() if zones is None else zones
    for key in dict.fromkeys([own, *wanted]):
        offset = moment.astimezone(zoneinfo.ZoneInfo(key)).utcoffset()
        groups.setdefault(offset, []).append(key)
    return [_start(moment, groups[offset], own, language) for offset in sorted(groups)]


def lines(event: Event | datetime.datetime, zones: Iterable[str] | None = None, **more) -> list:
    """The same as sentences, for mails and documents: "14:00 Bishkek, Nur-Sultan (UTC+6)"."""
    return [str(start) for start in strip(event, zones, **more)]


def _start(moment: datetime.datetime, keys: list[str], own: str, language: str | None) -> Start:
    zone = zoneinfo.ZoneInfo(keys[0])
    day = dates.local_day(moment, zone)
    differs = day != dates.local_day(moment, zoneinfo.ZoneInfo(own))
    return Start(
        time=dates.time_text(moment, zone),
        date=dates.day_text(day, language) if differs else "",
        clock=_cities(keys, own, moment, language),
        offset=timezones.utc_offset(moment, zone),
        own=own in keys,
    )


def _cities(keys: list[str], own: str, moment: datetime.datetime, language: str | None) -> str:
    """The event's own city first, then the others by their names."""
    russian = reading_order(language)[0] == "ru"
    cities = sorted((key != own, _city(key, moment, russian)) for key in keys)
    names = ", ".join(dict.fromkeys(name for _other, name in cities))
    return f"по {names}" if russian else names


def _city(key: str, moment: datetime.datetime, russian: bool) -> str:
    day = dates.local_day(moment, zoneinfo.ZoneInfo(key))
    for since, until, names in NAMES_THEN.get(key, []):
        if since <= day < until:
            return names[russian]
    bare = key.rpartition("/")[2].replace("_", " ")
    return timezones.CITIES.get(key, (bare, bare))[russian]

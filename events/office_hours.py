"""Which hours of a day are office hours in all the cities that shall meet."""

import datetime
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass

from content import timezones
from content.dates import local_day, time_text
from events import clocks
from members.models import Member

OPENS, CLOSES = datetime.time(9), datetime.time(18)
HOUR = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Clock:
    """Cities that share a clock on the day: how it is called, who they are."""

    name: str
    offset: str
    cities: list[str]
    zone: zoneinfo.ZoneInfo


@dataclass(frozen=True)
class Cell:
    """The start at one clock; `is_office` when the whole meeting lies in office hours there."""

    time: str
    day_shift: int
    is_office: bool


@dataclass(frozen=True)
class Start:
    """One hour to begin at: by the event's clock, at every other, and how many cities it suits."""

    time: str
    cells: list[Cell]
    suits: int
    is_best: bool
    is_for_all: bool


@dataclass(frozen=True)
class Table:
    """The clocks as columns, the hours of the day as rows, and how many cities there are."""

    clocks: list[Clock]
    rows: list[Start]
    cities: int


def table(
    day: datetime.date, zone: zoneinfo.ZoneInfo, members: Iterable[Member], lasts: int
) -> Table:
    """Hours of a day by the clock of `zone`, for a meeting that lasts so many hours.

    The best hours are those that suit the most cities.
    """
    noon = datetime.datetime.combine(day, datetime.time(12), zone)
    columns = _columns(noon, members)
    total = sum(len(clock.cities) for clock in columns)
    starts = [datetime.datetime.combine(day, datetime.time(hour), zone) for hour in range(24)]
    judged = [(start, [_cell(start, lasts, clock, day) for clock in columns]) for start in starts]
    suits = [_suits(columns, cells) for _start, cells in judged]
    most = max(suits, default=0)
    rows = [
        Start(time_text(start, zone), cells, count, 0 < count == most, 0 < count == total)
        for (start, cells), count in zip(judged, suits, strict=True)
    ]
    return Table(columns, rows, total)


def _columns(noon: datetime.datetime, members: Iterable[Member]) -> list[Clock]:
    """One clock for every local time, from west to east."""
    groups: dict[datetime.timedelta, list[Member]] = {}
    for member in members:
        offset = noon.astimezone(zoneinfo.ZoneInfo(member.time_zone)).utcoffset()
        groups.setdefault(offset, []).append(member)
    return [_clock(noon, groups[offset]) for offset in sorted(groups)]


def _clock(noon: datetime.datetime, members: list[Member]) -> Clock:
    zone = zoneinfo.ZoneInfo(members[0].time_zone)
    (named,) = clocks.strip(noon, [], own=zone.key)
    return Clock(named.clock, timezones.utc_offset(noon, zone), sorted(map(str, members)), zone)


def _cell(start: datetime.datetime, lasts: int, clock: Clock, day: datetime.date) -> Cell:
    local = start.astimezone(clock.zone)
    end = (start + lasts * HOUR).astimezone(clock.zone)
    is_office = local.date() == end.date() and local.time() >= OPENS and end.time() <= CLOSES
    return Cell(time_text(start, clock.zone), (local_day(start, clock.zone) - day).days, is_office)


def _suits(columns: list[Clock], cells: list[Cell]) -> int:
    return sum(
        len(clock.cities) for clock, cell in zip(columns, cells, strict=True) if cell.is_office
    )

"""The association's year and month: events with their parts, deadlines, what has no day yet."""

import calendar
import datetime
from dataclasses import dataclass, field

from django.db.models import Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst

from content.dated import Precision
from content.dates import local_day, time_text
from content.languages import reading_order
from content.timezones import association_zone, zone_words
from events import calendar_sources, listing
from events.calendar_sources import Entry
from events.listing import EventFilterForm
from events.models import Event
from meetings.models import Minutes

# No clock is further than this from the association's: a margin for days by other clocks.
A_DAY = datetime.timedelta(days=1)
FIRST_YEAR = 1990
YEARS_AHEAD = 10


@dataclass
class Month:
    """One month of the plan. `rows` and `tentative` are rows of events, see `plan_row`."""

    number: int
    name: str
    rows: list[dict] = field(default_factory=list)
    tentative: list[dict] = field(default_factory=list)
    deadlines: list[dict] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.tentative or self.deadlines)


@dataclass
class Year:
    """A year: twelve months, and the events of which only the year is known (`sometime`)."""

    year: int
    months: list[Month]
    sometime: list[dict]

    @property
    def is_empty(self) -> bool:
        return not self.sometime and all(month.is_empty for month in self.months)


@dataclass
class Cell:
    """One day of the month's grid."""

    day: datetime.date
    is_inside: bool
    is_today: bool
    events: list[dict] = field(default_factory=list)
    deadlines: list[dict] = field(default_factory=list)


@dataclass
class Grid:
    """A month by weeks, Monday first; `tentative` are rows of events whose day is not known."""

    first: datetime.date
    name: str
    weeks: list[list[Cell]]
    tentative: list[dict]


def month_name(first: datetime.date) -> str:
    """October, «Октябрь»: as a heading."""
    return capfirst(date_format(first, "F"))


def years(at: datetime.datetime) -> tuple[int, int]:
    """The first and the last year that may be leafed to: from the oldest event on; one query."""
    found = Event.objects.published(at).aggregate(first=Min("starts_at"), last=Max("ends_at"))
    first = max(found["first"].year if found["first"] else at.year, FIRST_YEAR)
    last = min(found["last"].year if found["last"] else at.year, at.year + YEARS_AHEAD)
    return min(first, at.year), max(last, at.year + 1)


def year_plan(year: int, filters: EventFilterForm, at: datetime.datetime) -> Year:
    """The plan of a year: a number of queries that does not grow with its events."""
    first, last = datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
    months = [Month(number, month_name(datetime.date(year, number, 1))) for number in range(1, 13)]
    sometime = []
    for event in _planned(filters, at, first, last):
        day = local_day(event.starts_at, event.zone)
        if day.year != year:
            continue
        row = plan_row(event, at)
        month = months[day.month - 1]
        if event.date_precision == Precision.YEAR:
            sometime.append(row)
        else:
            (month.tentative if event.is_tentative else month.rows).append(row)
    for entry in _entries(filters, first, last):
        if entry.day.year == year:
            months[entry.day.month - 1].deadlines.append(entry_row(entry))
    return Year(year, months, sometime)


def month_grid(first: datetime.date, filters: EventFilterForm, at: datetime.datetime) -> Grid:
    """A month day by day; an event stands on each of its days by its own clock."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    start, end = weeks[0][0], weeks[-1][-1] + A_DAY
    today = local_day(at, association_zone())
    cells = {
        day: Cell(day, day.month == first.month, day == today) for week in weeks for day in week
    }
    tentative = []
    for event in _overlapping(filters, at, start, end):
        if event.is_tentative:
            known_to = event.date_precision
            day = local_day(event.starts_at, event.zone)
            if known_to == Precision.MONTH and (day.year, day.month) == (first.year, first.month):
                tentative.append(plan_row(event, at))
            continue
        _put_on_days(event, cells, at)
    for entry in _entries(filters, start, end):
        if entry.day in cells:
            cells[entry.day].deadlines.append(entry_row(entry))
    name = f"{month_name(first)} {first.year}"
    return Grid(first, name, [[cells[day] for day in week] for week in weeks], tentative)


def _put_on_days(event: Event, cells: dict[datetime.date, Cell], at: datetime.datetime) -> None:
    day, last = (local_day(moment, event.zone) for moment in (event.starts_at, event.ends_at))
    day, row, begins = max(day, min(cells)), plan_row(event, at), day
    while day <= min(last, max(cells)):
        hour = time_text(event.starts_at, event.zone) if day == begins else ""
        cells[day].events.append({**row, "hour": hour})
        day += A_DAY


def plan_row(event: Event, at: datetime.datetime) -> dict:
    """A row of a list (`listing.rows`) with `parts`, `minutes_url`, `attendance`, `countries`."""
    reader = reading_order()[0]
    meeting = event.meeting
    has_minutes = meeting is not None and meeting.is_public(at) and event.has_minutes
    return {
        **listing.row(event, at, reader),
        "pk": event.pk,
        "parts": [listing.row(part, at, reader) for part in event.shown_parts],
        "minutes_url": meeting.get_absolute_url() if has_minutes else "",
        "attendance": event.final_attendance,
        "countries": event.final_countries,
        "clock": zone_words(event.starts_at, event.zone),
    }


def entry_row(entry: Entry) -> dict:
    """A deadline for a page: `day`, `title`, `lang`, `kind`, `url`, `moment` and `zone`."""
    title, language = entry.title_in()
    is_moment = isinstance(entry.moment, datetime.datetime)
    return {
        "key": entry.key,
        "day": entry.day,
        "title": title,
        "lang": language if language != reading_order()[0] else "",
        "kind": entry.kind,
        "url": entry.address(),
        "moment": entry.moment if is_moment else None,
        "zone": entry.time_zone,
    }


def with_parts(events: QuerySet[Event], at: datetime.datetime) -> QuerySet[Event]:
    """Events with what `plan_row` reads of each, in a fixed number of queries."""
    minutes = Minutes.objects.filter(meeting=OuterRef("meeting"))
    parts = listing.listed(Event.objects.published(at)).order_by("starts_at", "pk")
    found = listing.listed(events).annotate(has_minutes=Exists(minutes))
    return (
        found.only(
            *listing.COLUMNS, "final_attendance", "final_countries", "meeting__slug",
            "meeting__status", "meeting__published_at",
        )
        .select_related("meeting")
        .prefetch_related(Prefetch("parts", queryset=parts, to_attr="shown_parts"))
    )  # fmt: skip


def _planned(filters, at, first: datetime.date, last: datetime.date) -> QuerySet[Event]:
    """Wholes that begin between two days; where a filter is set, parts on their own too."""
    found = filters.narrowed(Event.objects.published(at))
    if not filters.chosen:
        found = found.filter(parent__isnull=True)
    start, end = _moments(first, last)
    found = found.filter(starts_at__gte=start, starts_at__lt=end)
    return with_parts(found, at).order_by("starts_at", "pk")


def _overlapping(filters, at, first: datetime.date, last: datetime.date) -> QuerySet[Event]:
    start, end = _moments(first, last)
    found = filters.narrowed(Event.objects.published(at))
    found = found.filter(Q(starts_at__lt=end) & Q(ends_at__gte=start))
    return with_parts(found, at).order_by("starts_at", "pk")


def _entries(filters, first: datetime.date, last: datetime.date) -> list[Entry]:
    found = calendar_sources.entries(*_moments(first, last))
    return [entry for entry in found if filters.admits(entry)]


def _moments(first: datetime.date, last: datetime.date) -> list[datetime.datetime]:
    """The two days by the association's clock, with a margin for other clocks."""
    days = (first - A_DAY, last + A_DAY)
    return [datetime.datetime.combine(day, datetime.time(0), association_zone()) for day in days]

"""The plan of the demonstration: series, who makes events, invitations, a moved seminar."""

import calendar
import datetime
import zoneinfo
from typing import Any

from django.utils import timezone

from content.timezones import association_zone
from events import rescheduling
from events.models import Event, EventParty, Invitation, Series
from events.words import roman
from governance.models import Organisation
from members.models import Country, Member
from uclg_portal.demonstration import data

TABLE = "plan.toml"
Span = tuple[datetime.datetime, datetime.datetime]


def month_from_now(months: int, zone: zoneinfo.ZoneInfo) -> Span:
    """The whole month so many months from this one."""
    today = timezone.localdate(timezone=zone)
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return (
        datetime.datetime(year, month + 1, 1, tzinfo=zone),
        datetime.datetime(year, month + 1, last, 23, 59, tzinfo=zone),
    )


def next_first_monday(month: int, zone: zoneinfo.ZoneInfo) -> Span:
    """The next first Monday of a month, the whole day."""
    today = timezone.localdate(timezone=zone)
    days = (_first_monday(year, month) for year in (today.year, today.year + 1))
    day = next(day for day in days if day > today)
    return (
        datetime.datetime.combine(day, datetime.time(0), zone),
        datetime.datetime.combine(day, datetime.time(23, 59), zone),
    )


def _first_monday(year: int, month: int) -> datetime.date:
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta(days=-first.weekday() % 7)


def load_series() -> None:
    """The series, before the events that name them."""
    for row in data.table(TABLE)["series"]:
        series = Series.objects.create(slug=row["slug"], **data.texts(row, "title", "summary"))
        series.countries.set(Country.objects.filter(code__in=row.get("countries", [])))


def load(members: dict[str, Member], by: Any) -> None:
    """What hangs on the events: editions, parties, invitations, moves."""
    table = data.table(TABLE)
    for row in table["series"]:
        series = Series.objects.get(slug=row["slug"])
        for event in Event.objects.filter(slug__in=row.get("events", [])):
            event.series = series
            event.save(update_fields=["series"])
        if "editions" in row:
            _load_editions(series, row["editions"])
    for row in table["parties"]:
        _load_party(row, members)
    for row in table["invitations"]:
        _load_invitations(row, members, by)
    for row in table["moves"]:
        _move(row, by)


def _load_editions(series: Series, row: dict[str, Any]) -> None:
    """Past editions of which the year alone is given."""
    zone = association_zone()
    for number in range(1, row["count"] + 1):
        year = row["first_year"] + number - 1
        titles = {
            f"title_{code}": row[f"title_{code}"].format(roman=roman(number))
            for code in ("ru", "en")
        }
        event = Event.objects.create(
            slug=f"{series.slug}-{number}", series=series, edition=number, kind=row["kind"],
            starts_at=datetime.datetime(year, 1, 1, tzinfo=zone),
            ends_at=datetime.datetime(year, 12, 31, 23, 59, tzinfo=zone),
            date_precision="year", status=Event.Status.ANNOUNCED,
            published_at=datetime.datetime(year, 1, 1, tzinfo=zone), **titles,
        )  # fmt: skip
        organisation = Organisation.objects.filter(slug=row["organiser"]).first()
        EventParty.objects.create(event=event, organisation=organisation)


def _load_party(row: dict[str, Any], members: dict[str, Member]) -> None:
    event = Event.objects.get(slug=row["event"])
    organisation = None
    if "organisation" in row:
        organisation = Organisation.objects.get(slug=row["organisation"])
    EventParty.objects.create(
        event=event, role=row["role"], member=members.get(row.get("member")),
        organisation=organisation, order=event.parties.count() + 1, **data.texts(row, "name"),
    )  # fmt: skip


def _load_invitations(row: dict[str, Any], members: dict[str, Member], by: Any) -> None:
    event = Event.objects.get(slug=row["event"])
    until = data.day_from_now(row["answer_in_days"], "18:00", event.zone)
    for slug in row["members"]:
        Invitation.objects.create(
            event=event, member=members[slug], answer_until=until, invited_by=by
        )


def _move(row: dict[str, Any], by: Any) -> None:
    """Move an event to where it is from so many days before: the change is on record."""
    event = Event.objects.get(slug=row["event"])
    days = datetime.timedelta(days=row["days"])
    now = rescheduling.Whereabouts.of(event)
    Event.objects.filter(pk=event.pk).update(
        starts_at=event.starts_at - days, ends_at=event.ends_at - days
    )
    rescheduling.move(
        event, starts_at=now.starts_at, ends_at=now.ends_at, note_ru=row["note_ru"],
        note_en=row["note_en"], by=by, tells=False,
    )  # fmt: skip

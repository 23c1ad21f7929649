"""The contact card, the office hours and the people of the secretariat."""

import datetime
from dataclasses import dataclass
from itertools import groupby

from babel import Locale
from django.utils import timezone
from django.utils.dates import WEEKDAYS

from association.models import ContactCard, OfficeHours, StaffMember
from content import cacheversion
from content.languages import LANGUAGE_CODES, reading_order
from content.timezones import association_zone


@dataclass(frozen=True)
class Hours:
    """Days of the week with the same hours: first and last day (0 is Monday), spans of times."""

    first: int
    last: int
    spans: tuple[tuple[datetime.time, datetime.time], ...]

    @property
    def first_day(self) -> str:
        return str(WEEKDAYS[self.first])

    @property
    def last_day(self) -> str:
        return str(WEEKDAYS[self.last]) if self.last != self.first else ""


def card() -> ContactCard:
    """The contact card, remembered; unsaved and empty where staff wrote none."""
    return cacheversion.kept("contact-card", ContactCard.row)


def hours(of: ContactCard) -> list[Hours]:
    """The office hours; neighbouring days with the same hours are one line."""
    if of.pk is None:
        return []
    rows = OfficeHours.objects.filter(card=of).order_by("weekday", "opens_at")
    days = [
        Hours(weekday, weekday, tuple((row.opens_at, row.closes_at) for row in found))
        for weekday, found in groupby(rows, key=lambda row: row.weekday)
    ]
    joined: list[Hours] = []
    for day in days:
        if joined and joined[-1].spans == day.spans and joined[-1].last == day.first - 1:
            joined[-1] = Hours(joined[-1].first, day.last, day.spans)
        else:
            joined.append(day)
    return joined


def is_open(lines: list[Hours], at: datetime.datetime | None = None) -> bool:
    """Whether the secretariat answers at a moment (now when not given), by its own clock."""
    here = (at or timezone.now()).astimezone(association_zone())
    return any(
        line.first <= here.weekday() <= line.last
        and any(opens <= here.time() < closes for opens, closes in line.spans)
        for line in lines
    )


def staff() -> list[StaffMember]:
    """Who works in the secretariat today, in the order of the directory."""
    return list(StaffMember.objects.on().select_related("person"))


def language_names(codes: list[str]) -> list[str]:
    """Languages by their names in the reader's language."""
    names = Locale(reading_order()[0]).languages
    return [names.get(code, code) for code in codes]


# Languages a secretariat of this region answers in; Babel names them.
ANSWERED = (
    *LANGUAGE_CODES, "az", "be", "de", "es", "fr", "hy", "kk", "ky", "mn", "ro", "tg", "tk", "tr",
    "tt", "uz", "zh",
)  # fmt: skip

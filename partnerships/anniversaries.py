"""Anniversaries of agreements: 10, 25, 50 years and on, told months ahead.

Of an agreement known to the day the anniversary is that day; known to the month, that month; known
to the year, the whole year: it is told in January, after the holidays, and never as a day.
"""

import calendar
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content import dated
from content.dated import Precision
from content.dates import partial_text
from content.languages import in_language
from mailing import reminders
from members import mandates
from partnerships import letters
from partnerships.models import Partnership

YEARS = (10, 25, 50, 75, 100)
MONTHS_AHEAD = 4
# Of an agreement known to the year only: when the holidays are over.
IN_JANUARY = 10
HOUR = 9


@dataclass(frozen=True)
class Anniversary:
    """So many years of an agreement: `day` is the first day of the period that `precision` names.

    It is told from `told_from` on and past after `last_day`.
    """

    partnership: Partnership
    years: int

    @property
    def precision(self) -> str:
        return self.partnership.signed_precision

    @property
    def day(self) -> datetime.date:
        return years_later(self.partnership.signed_on, self.years)

    @property
    def last_day(self) -> datetime.date:
        return dated.last_day(self.day, self.precision)

    @property
    def told_from(self) -> datetime.date:
        if self.precision == Precision.YEAR:
            return self.day.replace(month=1, day=IN_JANUARY)
        return months_earlier(self.day, MONTHS_AHEAD)

    @property
    def when(self) -> str:
        """The day, the month or the year in words."""
        return partial_text(self.day, self.precision)

    def is_told_on(self, day: datetime.date) -> bool:
        return self.told_from <= day <= self.last_day


def years_later(day: datetime.date, years: int) -> datetime.date:
    """The same day so many years later; of 29 February the 28th where there is none."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def months_earlier(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months earlier, or the last day of that month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def candidates(day: datetime.date) -> QuerySet[Partnership]:
    """Signed agreements that may have an anniversary to tell on that day or within months.

    What the other side does not confirm is nobody's anniversary.
    """
    years = {year - span for year in (day.year, day.year + 1) for span in YEARS}
    return (
        Partnership.objects.with_sides()
        .filter(stage=Partnership.Stage.SIGNED, signed_on__year__in=years)
        .exclude(answer=Partnership.Answer.REFUSED)
        .order_by("signed_on", "pk")
    )


def told_on(day: datetime.date | None = None) -> list[Anniversary]:
    """The anniversaries to tell on that day (today when not given), the nearest first."""
    day = day or dated.today()
    found = [
        one
        for partnership in candidates(day)
        for one in _of(partnership, day)
        if one.is_told_on(day)
    ]
    return sorted(found, key=lambda one: (one.last_day, one.partnership.pk))


def _of(partnership: Partnership, day: datetime.date) -> Iterator[Anniversary]:
    for years in YEARS:
        if partnership.signed_on.year + years in (day.year, day.year + 1):
            yield Anniversary(partnership, years)


def words(anniversary: Anniversary) -> str:
    """10 years of Stavropol – Changzhou."""
    pair = anniversary.partnership
    names = [in_language(side, "name")[0] for side in (pair.member_a, pair.partner)]
    return _("%(years)d years of the ties between %(one)s and %(other)s") % {
        "years": anniversary.years, "one": names[0], "other": names[1],
    }  # fmt: skip


@reminders.register
def anniversary_letters(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """One letter for each anniversary to the representatives of both sides: three queries."""
    today = timezone.localdate(now, timezone.get_default_timezone())
    found = told_on(today)
    sides = {side.pk for one in found for side in one.partnership.sides}
    people = mandates.answering_for(sides) if sides else {}
    for one in found:
        yield from _letters(one, people)


def _letters(one: Anniversary, people: dict) -> Iterable[reminders.DueReminder]:
    for side in one.partnership.sides:
        for user in people.get(side.pk, []):
            yield reminders.DueReminder(
                occasion=f"partnerships.anniversary:{one.partnership.pk}:{one.years}:{side.pk}",
                email=user.email,
                language=user.language,
                user=user,
                template="partnerships/mail/anniversary",
                context={
                    "name": user.full_name,
                    "side": letters.name_of(side),
                    "other": letters.name_of(one.partnership.other(side)),
                    "years": one.years,
                    "signed": letters.signed_words(one.partnership),
                    "when": lambda one=one: partial_text(one.day, one.precision, get_language()),
                    "is_year_only": one.precision == Precision.YEAR,
                    "link": letters.cabinet_link("partnerships:cabinet", side.slug),
                    "reason": letters.ABOUT_CITY,
                },
                due_at=_morning(one.told_from),
                expires_at=_morning(one.last_day + datetime.timedelta(days=1)),
                about=one.partnership,
            )


def _morning(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(
        day, datetime.time(HOUR), timezone.get_default_timezone()
    )  # fmt: skip

"""Yearly figures of a member as tables: every bar of a chart is a number in a row as well."""

import datetime
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content import dated
from content.dates import grouped
from content.languages import in_language, reading_order
from members.models import Member, MemberFigure

# A table shows so many years at once; earlier ones stand under "Earlier years".
YEARS_AT_ONCE = 8


@dataclass(frozen=True)
class Figure:
    """A value in a year; `share` is its part of the largest one in per cent, for a bar."""

    year: int
    value: int
    share: float
    source: str
    source_language: str

    @property
    def bar(self) -> str:
        """The share as an attribute of a drawing: with a point, whatever the reader's language."""
        return str(self.share)


@dataclass(frozen=True)
class Series:
    """The figures of one kind, the latest first, and what they say in a sentence."""

    kind: str
    label: str
    sentence: str
    rows: list[Figure]

    @property
    def recent(self) -> list[Figure]:
        return self.rows[:YEARS_AT_ONCE]

    @property
    def earlier(self) -> list[Figure]:
        return self.rows[YEARS_AT_ONCE:]


def series_of(member: Member, day: datetime.date | None = None) -> list[Series]:
    """All figures up to the year of `day` (today when not given), by kind; from prefetched rows."""
    last = (day or dated.today()).year
    known = [row for row in member.figures.all() if row.year <= last]
    return [
        _series(kind, rows)
        for kind in MemberFigure.Kind
        if (rows := [row for row in known if row.kind == kind])
    ]


def _series(kind: MemberFigure.Kind, rows: list[MemberFigure]) -> Series:
    rows = sorted(rows, key=lambda row: -row.year)
    largest = max(row.value for row in rows) or 1
    figures = [_figure(row, largest) for row in rows]
    return Series(kind.value, capfirst(str(kind.label)), _sentence(figures), figures)


def _figure(row: MemberFigure, largest: int) -> Figure:
    source, language = in_language(row, "source")
    other = language if source and language != reading_order()[0] else ""
    return Figure(row.year, row.value, round(100 * row.value / largest, 1), source, other)


def _sentence(figures: list[Figure]) -> str:
    """The first and the last value and how far apart they are; empty for a single year."""
    last, first = figures[0], figures[-1]
    if last is first or not first.value:
        return ""
    words = {
        "first_year": first.year, "first": grouped(first.value),
        "last_year": last.year, "last": grouped(last.value),
        "percent": abs(round(100 * (last.value - first.value) / first.value)),
    }  # fmt: skip
    if not words["percent"]:
        return _("%(first)s in %(first_year)s, %(last)s in %(last_year)s: almost the same.") % words
    if last.value > first.value:
        text = _(
            "%(first)s in %(first_year)s, %(last)s in %(last_year)s: %(percent)s per cent more."
        )
        return text % words
    text = _("%(first)s in %(first_year)s, %(last)s in %(last_year)s: %(percent)s per cent less.")
    return text % words

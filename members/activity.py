"""The chronicle of a member: one timeline built from the records of all apps.

Apps register providers; a provider takes the member and yields `Activity`s with titles in the
reader's language. It reads prefetched rows where there are any and asks at most one query,
however long the history is:

    @activity.register
    def agreements(member):
        for agreement in …:
            yield Activity(agreement.signed_on, title=…, kind="partnership", url=…)

The same list is the evidence that ratings count: `activities_of`.
"""

import datetime
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import pgettext_lazy

from content import dated
from content.dated import Precision
from content.dates import partial_text


class Kind(models.TextChoices):
    """What sort of thing happened; the label stands beside the title."""

    JOINED = "joined", pgettext_lazy("chronicle", "Membership")
    NAME = "name", pgettext_lazy("chronicle", "New name")
    SEAT = "seat", pgettext_lazy("chronicle", "Seat")
    OFFICE = "office", pgettext_lazy("chronicle", "Office")
    HOST = "host", pgettext_lazy("chronicle", "Host of an event")
    EVENT = "event", pgettext_lazy("chronicle", "Took part in an event")
    PARTNERSHIP = "partnership", pgettext_lazy("chronicle", "Partnership")
    ASSOCIATION = "association", pgettext_lazy("chronicle", "Other association")
    AWARD = "award", pgettext_lazy("chronicle", "Award")
    RANK = "rank", pgettext_lazy("chronicle", "Rank")
    PRACTICE = "practice", pgettext_lazy("chronicle", "Practice")
    FIGURE = "figure", pgettext_lazy("chronicle", "Figure")
    NEWS = "news", pgettext_lazy("chronicle", "News")
    OTHER = "other", pgettext_lazy("chronicle", "Other")


def machine_day(day: datetime.date, precision: str) -> str:
    """A partial date for machines: 2004, 2004-05 or 2004-05-12."""
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(precision, 10)
    return day.isoformat()[:length]


@dataclass(frozen=True)
class Activity:
    """One thing that happened.

    `day` is the first day of the period that `precision` ("day", "month", "year") names;
    `kind` a code of `Kind`; `language` that of the title where it is not the reader's;
    `url` leads to the record, where it has a page.
    """

    day: datetime.date
    title: str
    kind: str
    precision: str = Precision.DAY.value
    url: str | None = None
    language: str = ""

    @property
    def when(self) -> str:
        """The day in words, never more precisely than it is known."""
        return partial_text(self.day, self.precision)

    @property
    def machine_day(self) -> str:
        """For the `datetime` of a page: 2004, 2004-05 or 2004-05-12."""
        return machine_day(self.day, self.precision)

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label) if self.kind in Kind.values else str(Kind.OTHER.label)


@dataclass(frozen=True)
class Year:
    """The activities of a year, the latest first."""

    number: int
    activities: list[Activity]


Provider = Callable[..., Iterable[Activity]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Register a function that takes a member and yields what happened to it."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def activities_of(
    member, since: datetime.date | None = None, until: datetime.date | None = None
) -> list[Activity]:
    """All that happened in those days (both included; until today when not given), latest first."""
    until = until or dated.today()
    found = [
        one
        for provider in _providers
        for one in provider(member)
        if one.day <= until and (since is None or one.day >= since)
    ]
    return sorted(found, key=lambda one: (-one.day.toordinal(), one.kind, one.title))


def chronicle(member, as_of: datetime.date | None = None) -> list[Year]:
    """The timeline up to a day (today when not given): years, the latest first."""
    rows = activities_of(member, until=as_of)
    return [
        Year(number, list(group))
        for number, group in itertools.groupby(rows, key=lambda one: one.day.year)
    ]

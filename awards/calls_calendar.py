"""Deadlines of calls for entries in the calendars of the association."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext, pgettext_lazy

from awards.models import Category, Round
from content.languages import in_each, in_language
from events import calendar_sources
from events.calendar_sources import Entry

KIND = pgettext_lazy("of a call for entries", "contest deadline")


@calendar_sources.register
def rounds_close(first: datetime.datetime, last: datetime.datetime) -> Iterator[Entry]:
    """Until when entries come to public rounds: two queries.

    A round whose categories all have deadlines of their own stands there with these alone.
    """
    found = Round.objects.visible().filter(closes_at__gte=first, closes_at__lt=last)
    for round in found.select_related("award").prefetch_related("categories"):
        own = [one.closes_at for one in round.categories.all()]
        if not own or None in own:
            yield _entry(f"award-round-{round.pk}", round, round.closes_at, lambda: "")


@calendar_sources.register
def categories_close(first: datetime.datetime, last: datetime.datetime) -> Iterator[Entry]:
    """Deadlines of categories that have their own: one query."""
    found = Category.objects.filter(
        closes_at__gte=first, closes_at__lt=last, round__in=Round.objects.visible()
    )
    for category in found.select_related("round__award"):
        yield _entry(
            f"award-category-{category.pk}",
            category.round,
            category.closes_at,
            lambda category=category: in_language(category, "title")[0],
        )


def _entry(key: str, round: Round, moment: datetime.datetime, category) -> Entry:
    return Entry(
        key=key,
        kind=KIND,
        moment=moment,
        zone=round.time_zone,
        address=round.get_absolute_url,
        updated_at=round.updated_at,
        **in_each("title", lambda: _words(round, category())),
    )


def _words(round: Round, category: str) -> str:
    title = in_language(round, "title")[0]
    if category:
        return gettext("Entries close: %(title)s, %(category)s") % {
            "title": title,
            "category": category,
        }
    return gettext("Entries close: %(title)s") % {"title": title}

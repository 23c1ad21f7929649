"""Live check: is there a window, and is the period over by then; who belongs to which class."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from content.dates import day_text, grouped, local_day
from content.languages import LANGUAGE_CODES
from ratings.models import Edition
from ratings.outline import Outline
from ratings.problems import Problem, error, warning


def found(whole: Outline, at: datetime.datetime) -> Iterator[Problem]:
    """Problems of dates and size classes."""
    edition = whole.edition
    yield from _window(edition, at)
    yield from _period(edition)
    yield from _publishing(edition)
    yield from _classes(whole)


def _window(edition: Edition, at: datetime.datetime) -> Iterator[Problem]:
    if edition.kind == Edition.Kind.KNOWN:
        yield error(_("A past edition of which only the outcome is known asks nothing."), edition)
    if not (edition.opens_at and edition.closes_at):
        yield error(_("Say from when and until when answers come."), edition)
    elif edition.closes_at <= at and not edition.opened_at:
        yield error(
            _("Answers were to close on %(day)s: that is past.")
            % {"day": day_text(local_day(edition.closes_at, edition.zone))},
            edition,
        )


def _period(edition: Edition) -> Iterator[Problem]:
    starts, ends = edition.period_starts_on, edition.period_ends_on
    if not (starts and ends):
        yield warning(_("The period that is asked about is not given."), edition)
    if not edition.closes_at:
        return
    last = local_day(edition.closes_at, edition.zone)
    if starts and starts > last:
        yield error(
            _("The period begins on %(day)s, after the last day of answers.")
            % {"day": day_text(starts)},
            edition,
        )
    elif ends and ends >= last:
        yield warning(
            _("Answers close on %(last)s, before the period ends on %(ends)s: cities will guess.")
            % {"last": day_text(last), "ends": day_text(ends)},
            edition,
        )
    if edition.population_year and edition.population_year > last.year:
        yield error(
            _("Inhabitants as of %(year)s are not known when answers close.")
            % {"year": edition.population_year},
            edition,
        )


def _publishing(edition: Edition) -> Iterator[Problem]:
    if edition.visible_from is None or edition.rating.visible_from is None:
        yield warning(_("The page of the edition is not public."), edition)
    for code in LANGUAGE_CODES:
        if not getattr(edition, f"title_{code}"):
            yield warning(_TITLE_LACKS[code](), edition)


_TITLE_LACKS = {
    "ru": lambda: _("The edition has no title in Russian."),
    "en": lambda: _("The edition has no title in English."),
}


def _classes(whole: Outline) -> Iterator[Problem]:
    """Constraints refuse overlaps; here the gaps, below, between and above."""
    if not whole.classes:
        yield warning(_("There are no size classes: there will be one list of all."), whole.edition)
    reached = 0
    for one in whole.classes:
        if reached is None:
            break
        if one.minimum > reached:
            yield error(
                _("No class for cities of %(least)s to %(most)s inhabitants, below “%(name)s”.")
                % {"least": grouped(reached), "most": grouped(one.minimum - 1), "name": one},
                whole.edition,
            )
        reached = one.maximum
    if whole.classes and reached is not None:
        yield error(
            _("No class for cities of %(least)s inhabitants and more.")
            % {"least": grouped(reached)},
            whole.edition,
        )
    if whole.classes and not whole.edition.population_year:
        yield error(_("Size classes need the year that inhabitants are counted in."), whole.edition)

"""The live check of an edition: everything that would make its questionnaire or scores wrong."""

import datetime

from django.utils import timezone

from ratings import check_dates, check_indicators, check_method, check_tree
from ratings.models import Edition
from ratings.outline import Outline, outline
from ratings.problems import Problem

CHECKS = (
    check_dates.found,
    check_tree.found,
    check_indicators.found,
    check_method.found,
)


def problems(edition: Edition, at: datetime.datetime | None = None) -> list[Problem]:
    """What is wrong with an edition at a moment (now, if not given), errors first."""
    return problems_of(outline(edition), at)


def problems_of(whole: Outline, at: datetime.datetime | None = None) -> list[Problem]:
    """The same of an edition that is fetched already; asks the database nothing."""
    at = at or timezone.now()
    found = [problem for check in CHECKS for problem in check(whole, at)]
    return sorted(found, key=lambda one: not one.is_error)


def errors(edition: Edition, at: datetime.datetime | None = None) -> list[Problem]:
    """Those that stop the opening."""
    return [one for one in problems(edition, at) if one.is_error]

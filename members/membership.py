"""Whether a member belongs to the association, and since when, in words of the reader."""

import datetime
import itertools
from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content import dated
from content.dates import partial_text, since_text
from members import lifecycle, steps
from members.models import Member, MembershipPeriod, StatusChange


def membership_words(member: Member, day: datetime.date | None = None) -> str:
    """How a member stands on that day, today when not given; from prefetched rows.

    "Member since 2004", "Former member: 2004–2012", "Accepted, due not paid", or that it is none.
    Who is suspended is still a member: pages say so beside it. Reads `periods` and
    `status_changes`. No date is printed more precisely than it is known.
    """
    day = day or dated.today()
    status = lifecycle.status_on(member, day)
    periods = sorted(member.periods.all(), key=lambda row: row.starts_on)
    begun = [row for row in periods if row.starts_on <= day]
    if status in steps.WITHIN:
        earlier = begun[:-1]
        words = _("Member since %(date)s") % {"date": _since(begun[-1])}
        return f"{words}, {_spans(earlier)}" if earlier else words
    if status == StatusChange.Status.ACCEPTED:
        return capfirst(str(StatusChange.Status.ACCEPTED.label))
    if begun:
        return _("Former member: %(years)s") % {"years": _spans(begun)}
    return _("Not a member of the association")


def suspended_words(day: datetime.date, precision: str) -> str:
    """ "suspended since 3 May 2025", for the middle of a sentence."""
    return _("suspended since %(date)s") % {"date": since_text(day, precision)}


def overlaps(rows: Iterable[MembershipPeriod]) -> list[str]:
    """What is wrong with the periods of one member, in sentences; nothing when none overlap."""
    periods = sorted((row for row in rows if row.starts_on), key=lambda row: row.starts_on)
    return [
        _("The membership period from %(start)s begins before the one from %(earlier)s has ended.")
        % {"start": _since(later), "earlier": _since(earlier)}
        for earlier, later in itertools.pairwise(periods)
        if earlier.ends_on is None or earlier.ends_on >= later.starts_on
    ]


def _since(row: MembershipPeriod) -> str:
    return since_text(row.starts_on, row.starts_precision)


def _start(row: MembershipPeriod) -> str:
    return partial_text(row.starts_on, row.starts_precision)


def _spans(rows: Iterable[MembershipPeriod]) -> str:
    return ", ".join(_span(row) for row in rows)


def _span(row: MembershipPeriod) -> str:
    """2004–2012; May 2004 – 12 March 2012."""
    start, end = _start(row), partial_text(row.ends_on, row.ends_precision)
    if start == end:
        return start
    return f"{start}–{end}" if start.isdecimal() and end.isdecimal() else f"{start} – {end}"

"""Whether a member belongs to the association, and since when, in words of the reader."""

import itertools
from collections.abc import Iterable

from django.utils.translation import gettext as _

from content import dated
from content.dates import partial_text, since_text
from members.models import Member, MembershipPeriod


def membership_words(member: Member) -> str:
    """ "Member since 2004", "Former member: 2004–2012", or that it is none; from prefetched rows.

    No date is printed more precisely than it is known.
    """
    today = dated.today()
    periods = sorted(member.periods.all(), key=lambda row: row.starts_on)
    begun = [row for row in periods if row.starts_on <= today]
    if not begun:
        return _("Not a member of the association")
    if begun[-1].is_valid_on(today):
        earlier = begun[:-1]
        words = _("Member since %(date)s") % {"date": _since(begun[-1])}
        return f"{words}, {_spans(earlier)}" if earlier else words
    return _("Former member: %(years)s") % {"years": _spans(begun)}


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

"""Totals that are computed from records and stand beside what was published.

An app above registers how it counts; the register knows nothing of members.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from content.dated import today
from facts.models import Fact
from facts.models.register import number_text


@dataclass(frozen=True)
class Derived:
    """A computed total: `value` as of `day`, `basis` says in words of what (a lazy text)."""

    value: int
    day: datetime.date
    basis: Any = ""

    @property
    def text(self) -> str:
        return number_text(self.value)


_counters: dict[str, tuple[Callable[[datetime.date], int], Any]] = {}


def register(code: str, count: Callable[[datetime.date], int], basis: Any = "") -> None:
    """Beside the subject `code`: `count` gives the total on a day, `basis` says of what."""
    _counters[code] = (count, basis)


def of(code: str, day: datetime.date | None = None) -> Derived | None:
    """The total of a subject on a day (today when not given); None where nobody counts."""
    if code not in _counters:
        return None
    count, basis = _counters[code]
    day = day or today()
    return Derived(count(day), day, basis)


def difference(claim: Fact, derived: Derived) -> str:
    """How far the published figure and the computed one are apart, in words."""
    if claim.value is None:
        return ""
    if claim.bound == Fact.Bound.OVER and derived.value > claim.value:
        return _("The records bear out what was published.")
    gap = Decimal(derived.value) - claim.value
    if not gap:
        return _("The records give the same figure.")
    words = {"gap": number_text(abs(gap)), "percent": number_text(_percent(gap, claim.value))}
    if gap > 0:
        return _("The records give %(gap)s more (%(percent)s %%).") % words
    return _("The records give %(gap)s less (%(percent)s %%).") % words


def _percent(gap: Decimal, value: Decimal) -> Decimal:
    return round(abs(gap) * 100 / value, 1) if value else Decimal(100)

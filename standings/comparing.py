"""Two results side by side: who moved where, and how alike the two orders are, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.sortkeys import sort_key
from standings.wording import change_kind, change_words

MOST_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Move:
    """One city in both results; a place is None where it has none. `kind`: up, down, same, ""."""

    key: int
    name: str
    before: int | None
    after: int | None
    score_before: float | None
    score_after: float | None

    @property
    def change(self) -> int:
        """Places gained; below 0 lost; 0 where one of the places is missing."""
        return self.before - self.after if self.before and self.after else 0

    @property
    def kind(self) -> str:
        return change_kind(self.before, self.after) if self.before and self.after else ""

    @property
    def arrow(self) -> str:
        return {"up": "↑", "down": "↓", "same": "="}.get(self.kind, "")

    @property
    def words(self) -> str:
        """ "up 3", or why there is nothing to compare."""
        if self.before and self.after:
            return change_words(self.before, self.after)
        if self.after:
            return _("has a place now")
        return _("has no place any more") if self.before else _("no place in either")


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All moves, the first place of the second result first; coefficients None if undefined."""

    moves: list[Move]
    spearman: float | None
    kendall: float | None

    @property
    def moved(self) -> list[Move]:
        """Those whose place changed, the largest moves first."""
        found = [one for one in self.moves if one.before != one.after]
        return sorted(found, key=lambda one: -abs(one.change))

    @property
    def summary(self) -> str:
        """How many changed their place."""
        if not self.moved:
            return _("No city changes its place.")
        return ngettext(
            "%(moved)d city of %(all)d changes its place.",
            "%(moved)d cities of %(all)d change their places.",
            len(self.moved),
        ) % {"moved": len(self.moved), "all": len(self.moves)}

    @property
    def largest(self) -> list[Move]:
        """Who moved most, the first five."""
        return [one for one in self.moved if one.change][:MOST_NAMED]

    @property
    def likeness(self) -> str:
        """Spearman's coefficient in words."""
        return likeness(self.spearman)


def likeness(coefficient: float | None) -> str:
    """What a rank correlation means for a reader."""
    if coefficient is None:
        return _("The two orders cannot be compared: fewer than two cities have different places.")
    bounds = [
        (0.9999999, _("The order is the same.")),
        (0.95, _("The order is nearly the same.")),
        (0.8, _("The order is similar, with visible moves.")),
        (0.5, _("The order differs clearly.")),
        (0.2, _("The two orders have little in common.")),
        (-0.2, _("The two orders have nothing to do with each other.")),
    ]
    words = next((words for bound, words in bounds if coefficient >= bound), None)
    return words or _("The second order rather turns the first one round.")


def compare(
    first: Iterable[Mapping[str, Any]],
    second: Iterable[Mapping[str, Any]],
    names: Mapping[int, str],
) -> Comparison:
    """Two results as `Outcome.as_rows` or `Run.results` have them; `names` by questionnaire."""
    before = {row["response"]: row for row in first}
    after = {row["response"]: row for row in second}
    moves = [_move(key, before.get(key, {}), after.get(key, {}), names) for key in
             dict.fromkeys([*after, *before])]  # fmt: skip
    moves.sort(key=lambda one: (one.after is None, one.after or 0, sort_key(one.name)))
    both = [one for one in moves if one.before and one.after]
    x, y = [one.before for one in both], [one.after for one in both]
    return Comparison(moves=moves, spearman=spearman(x, y), kendall=kendall(x, y))


def spearman(x: Iterable[float], y: Iterable[float]) -> float | None:
    """Spearman's rank correlation: Pearson's of mean ranks. None where it is not defined."""
    one, other = _mean_ranks(x), _mean_ranks(y)
    if one.size < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    one, other = one - one.mean(), other - other.mean()
    return float(np.clip((one * other).sum() / np.sqrt((one**2).sum() * (other**2).sum()), -1, 1))


def kendall(x: Iterable[float], y: Iterable[float]) -> float | None:
    """Kendall's tau-b, which allows for equal places. None where it is not defined."""
    one, other = (np.array(list(values), dtype=float) for values in (x, y))
    a = np.sign(one[:, None] - one[None, :])
    b = np.sign(other[:, None] - other[None, :])
    scale = np.sqrt((a**2).sum() * (b**2).sum())
    return float(np.clip((a * b).sum() / scale, -1, 1)) if scale > 0 else None


def _mean_ranks(values: Iterable[float]) -> np.ndarray:
    """Ranks from the smallest, equal values with the mean of theirs."""
    given = np.array(list(values), dtype=float)
    below = (given[:, None] > given[None, :]).sum(axis=1)
    equal = (given[:, None] == given[None, :]).sum(axis=1)
    return below + (equal + 1) / 2


def _move(key: int, before: Mapping, after: Mapping, names: Mapping[int, str]) -> Move:
    return Move(
        key=key, name=names.get(key) or _("questionnaire %(number)d") % {"number": key},
        before=before.get("rank"), after=after.get("rank"),
        score_before=before.get("score"), score_after=after.get("score"),
    )  # fmt: skip

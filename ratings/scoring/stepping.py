"""The cheapest steps up: which single answer, changed least, lifts a city by a place."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ratings.scoring.denominating import divisors, significant
from ratings.scoring.preparing import Prepared, columns, prepare
from ratings.scoring.ranking import ranks
from ratings.scoring.results import Step
from ratings.scoring.running import climbed
from ratings.scoring.types import Data, Rules, Structure


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What an answer can be: whole steps of `step`, within `minimum` and `maximum`."""

    step: float = 1.0
    minimum: float | None = 0.0
    maximum: float | None = None


@dataclass(frozen=True, kw_only=True)
class _Search:
    """What all trials of one city share; `places` (m,) are the columns that can move."""

    data: Data
    structure: Structure
    rules: Rules
    prepared: Prepared
    city: int
    among: np.ndarray | None
    places: np.ndarray
    raw: np.ndarray
    strides: np.ndarray
    divisor: np.ndarray

    def raw_after(self, steps: np.ndarray) -> np.ndarray:
        """Answers (m,) so many steps further in the good direction."""
        return significant(self.raw + steps * self.strides)

    def denominated_after(self, steps: np.ndarray) -> np.ndarray:
        """The same (m,), denominated."""
        return significant(self.raw_after(steps) / self.divisor)

    def places_after(self, steps: np.ndarray) -> np.ndarray:
        """The place (m,) of the city if each answer alone moved so many steps; all is rescored."""
        prepared = self.prepared
        values = prepared.denominated[:, self.places]
        values[self.city] = self.denominated_after(steps)
        own = [self.structure.indicators[place] for place in self.places]
        moved = columns(values, prepared.out, self.data.classes, own, self.rules)[1]
        trials = np.repeat(prepared.normalised[None], len(self.places), axis=0)
        trials[np.arange(len(self.places)), :, self.places] = moved.T
        index = climbed(prepared, self.rules, normalised=trials, index_only=True)[-1]
        return ranks(index, self.among)[:, self.city]


def steps_up(
    data: Data,
    structure: Structure,
    rules: Rules,
    city: int | str,
    *,
    most: int = 3,
    limits: Mapping[str, Limit] | None = None,
    among: np.ndarray | None = None,
) -> list[Step]:
    """The cheapest changes of one answer that lift a city by at least a place, cheapest first.

    `city` is its row or name; `limits` by code of the indicator, else whole numbers from 0. No
    answer goes past the best among the cities, and a question not answered is not tried. Every
    trial is a whole rescoring, so a minimum or maximum that moves is right. Cost: the change,
    denominated, as a share of the interquartile range of the answers (of their range, where the
    former is 0). Empty for a city without a score or in the first place.
    """
    row = data.cities.index(city) if isinstance(city, str) else city
    prepared = prepare(data, structure, rules)
    search = _search(data, structure, rules, prepared, row, limits or {}, among)
    place = ranks(climbed(prepared, rules)[-1, 0], among)[row]
    if not place > 1 or not search.places.size:
        return []
    least = _least_steps(search, _farthest(search, limits or {}), place)
    return _cheapest(search, least, int(place), most)


def _search(
    data: Data, structure: Structure, rules: Rules, prepared: Prepared, row: int,
    limits: Mapping[str, Limit], among: np.ndarray | None,
) -> _Search:  # fmt: skip
    counting = prepared.tree.shares(prepared.weights)[-1] > 0
    places = np.flatnonzero(counting & ~np.isnan(prepared.denominated[row]))
    own = [structure.indicators[place] for place in places]
    strides = [limits.get(one.code, Limit()).step * one.direction for one in own]
    divisor = [
        divisors(data, one.denominator, one.code)[row] / one.per
        if one.denominator and rules.is_denominated else 1.0
        for one in own
    ]  # fmt: skip
    return _Search(
        data=data, structure=structure, rules=rules, prepared=prepared, city=row, among=among,
        places=places, raw=np.asarray(data.values, dtype=float)[row, places],
        strides=np.array(strides), divisor=np.array(divisor),
    )  # fmt: skip


def _farthest(search: _Search, limits: Mapping[str, Limit]) -> np.ndarray:
    """How many whole steps (m,) lead at most to the best answer and to the limit."""
    found = []
    values = search.prepared.denominated[~search.prepared.out]
    for at, place in enumerate(search.places):
        one = search.structure.indicators[place]
        best = np.nanmax(values[:, place] * one.direction) * one.direction * search.divisor[at]
        limit = limits.get(one.code, Limit())
        end = limit.maximum if one.direction > 0 else limit.minimum
        if end is not None:
            best = min(best, end) if one.direction > 0 else max(best, end)
        steps = (best - search.raw[at]) / search.strides[at]
        found.append(max(np.floor(steps + 1e-9), 0.0))
    return np.array(found)


def _least_steps(search: _Search, farthest: np.ndarray, place: float) -> np.ndarray:
    """The fewest steps (m,) that lift the city, NaN where none do; all columns bisected at once."""
    can = (search.places_after(farthest) < place) & (farthest > 0)
    low, high = np.zeros(farthest.shape), np.where(can, farthest, 1.0)
    while (high - low > 1).any():
        middle = np.where(high - low > 1, np.floor((low + high) / 2), high)
        lifted = search.places_after(middle) < place
        high = np.where(lifted, middle, high)
        low = np.where(lifted, low, np.minimum(middle, high - 1))
    return np.where(can, high, np.nan)


def _cheapest(search: _Search, least: np.ndarray, place: int, most: int) -> list[Step]:
    known = np.where(np.isnan(least), 0.0, least)
    after, new = search.raw_after(known), search.places_after(known)
    away = np.abs(search.denominated_after(known) - search.denominated_after(0 * known))
    spread = _spreads(search)
    costs = np.where(np.isnan(least) | ~(spread > 0), np.inf, away / np.where(
        spread > 0, spread, 1.0))  # fmt: skip
    order = [at for at in np.argsort(costs, kind="stable")[:most] if np.isfinite(costs[at])]
    return [
        Step(
            indicator=search.structure.indicators[search.places[at]].code,
            before=float(search.raw[at]), after=float(after[at]),
            old_place=place, new_place=int(new[at]), cost=float(costs[at]),
        )
        for at in order
    ]  # fmt: skip


def _spreads(search: _Search) -> np.ndarray:
    """The interquartile range (m,) of each column that can move, its range where that is 0."""
    values = search.prepared.denominated[~search.prepared.out][:, search.places]
    spreads = []
    for column in values.T:
        low, q1, q3, high = np.quantile(column[~np.isnan(column)], (0, 0.25, 0.75, 1))
        spreads.append(q3 - q1 or high - low)
    return np.array(spreads)

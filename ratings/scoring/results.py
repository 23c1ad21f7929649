"""What the scoring gives."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Scores:
    """One scoring of n cities by k indicators; NaN where there is no value, never elsewhere.

    index (n,), groups {code: (n,)}; normalised, denominated (n, k), in the units of each step;
    filled (n, k) is `denominated` with what was imputed and with outliers brought in. `answered`
    (n, k) says where an answer counts as one, `used` (n, k) what went into the index. `reasons`
    has for each city why it has no score, "" where it has one: no_answers, too_few_answers,
    group_missing, nothing_counts. `weights` (k + g,) are those used.
    """

    cities: tuple[str, ...]
    index: np.ndarray
    groups: dict[str, np.ndarray]
    normalised: np.ndarray
    denominated: np.ndarray
    filled: np.ndarray
    answered: np.ndarray
    used: np.ndarray
    reasons: tuple[str, ...]
    weights: np.ndarray
    directions: np.ndarray
    screened: np.ndarray

    @property
    def left_out(self) -> np.ndarray:
        """Cities without a score, (n,) bool."""
        return np.isnan(self.index)


@dataclass(frozen=True, kw_only=True)
class Availability:
    """How much was answered: `missing` (n,) questions, `share` (n,), `groups` {code: (n,)}.

    Shares are from 0 to 1 by number of questions; NaN where no question counts.
    """

    missing: np.ndarray
    share: np.ndarray
    groups: dict[str, np.ndarray]


@dataclass(frozen=True, kw_only=True)
class Firmness:
    """Ranks under many sets of weights, each (n,); NaN for a city without a score.

    `nominal` is the rank under the stated weights, `lowest` and `highest` the smallest and the
    largest number (the best and the worst place), `same_share` the share of the sets, 0 to 1,
    that gave the nominal rank. `score_q05` and `score_q95` are of the index.
    """

    nominal: np.ndarray
    nominal_score: np.ndarray
    mean: np.ndarray
    median: np.ndarray
    q05: np.ndarray
    q95: np.ndarray
    lowest: np.ndarray
    highest: np.ndarray
    same_share: np.ndarray
    score_q05: np.ndarray
    score_q95: np.ndarray


@dataclass(frozen=True, kw_only=True)
class Peers:
    """The cities of a class: medians and bests of normalised values (k,), groups and index.

    `groups` is {code: (median, best)}, `cities` how many have a score; NaN where nobody has.
    """

    cities: int
    medians: np.ndarray
    bests: np.ndarray
    groups: dict[str, tuple[float, float]]
    index: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Step:
    """A change of one raw answer that lifts a city: from `before` to `after`.

    `cost` is the change, denominated, as a share of the interquartile range of the answers.
    """

    indicator: str
    before: float
    after: float
    old_place: int
    new_place: int
    cost: float


@dataclass(frozen=True, kw_only=True)
class Outranking:
    """Pairs of cities: `matrix` (n, n) the share of weights for the row against the column.

    `copeland` (n,) is wins minus losses, `ranks` (n,) theirs; the diagonal is 0, NaN where a
    pair has no question in common.
    """

    matrix: np.ndarray
    copeland: np.ndarray
    ranks: np.ndarray

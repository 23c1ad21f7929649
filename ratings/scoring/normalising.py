"""Normalisation: every indicator on one scale (Handbook, step 5; COINr `n_*`).

Each function takes directed answers (n, m), NaN where there is none, and gives (n, m). Lowest,
highest, mean and deviation are over the cities that answered. The formulas: docs/scoring.md.
"""

from collections.abc import Callable, Sequence

import numpy as np

from ratings.scoring import missing
from ratings.scoring.refusals import ScoringRefused
from ratings.scoring.types import Indicator, Rules


def normalise(directed: np.ndarray, indicators: Sequence[Indicator], rules: Rules) -> np.ndarray:
    """Bring directed answers (n, m) of m indicators to the scale of the rules.

    Refused: `goalposts_missing`, `target_missing` (where the weight is above 0).
    """
    if rules.normalisation == "goalposts":
        return _goalposts(directed, indicators)
    low, high = missing.lowest(directed), missing.highest(directed)
    constant = low == high
    span = np.where(high > low, high - low, 1.0)
    if rules.normalisation == "target":
        found = _target(directed, indicators, low)
    elif rules.normalisation in RELATIVE:
        found = RELATIVE[rules.normalisation](directed, low, span, rules)
    else:
        raise ScoringRefused("normalisation_unknown")
    if constant.any():
        value = _of_constant(directed[:, constant], rules)
        found[:, constant] = np.where(np.isnan(directed[:, constant]), np.nan, value)
    return found


def _min_max(x: np.ndarray, low: np.ndarray, span: np.ndarray, rules: Rules) -> np.ndarray:
    return (x - low) / span * (rules.scale_high - rules.scale_low) + rules.scale_low


def _z_score(x: np.ndarray, low: np.ndarray, span: np.ndarray, rules: Rules) -> np.ndarray:
    """Deviations with the divisor n - 1; counted on min-max values, which no size can overflow."""
    part = (x - low) / span
    present = ~np.isnan(part)
    away = part - missing.means(part)
    squares = np.where(present, away, 0.0) ** 2
    deviation = np.sqrt(squares.sum(axis=0) / np.maximum(present.sum(axis=0) - 1, 1))
    return away / np.where(deviation > 0, deviation, 1.0) * rules.scale_high + rules.scale_low


def _rank(x: np.ndarray, low: np.ndarray, span: np.ndarray, rules: Rules) -> np.ndarray:
    return _borda(x, low, span, rules) + 1


def _percentile_rank(x: np.ndarray, low: np.ndarray, span: np.ndarray, rules: Rules) -> np.ndarray:
    return _borda(x, low, span, rules) / np.maximum((~np.isnan(x)).sum(axis=0) - 1, 1)


def _borda(x: np.ndarray, low: np.ndarray, span: np.ndarray, rules: Rules) -> np.ndarray:
    """How many answers are strictly worse."""
    found = np.empty(x.shape)
    ordered = np.sort(x, axis=0)
    for column in range(x.shape[1]):
        found[:, column] = np.searchsorted(ordered[:, column], x[:, column], side="left")
    return np.where(np.isnan(x), np.nan, found)


def _distance_to_max(x: np.ndarray, low: np.ndarray, span: np.ndarray, rules: Rules) -> np.ndarray:
    return 1 - (low + span - x) / span


RELATIVE: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray, Rules], np.ndarray]] = {
    "min_max": _min_max,
    "z_score": _z_score,
    "rank": _rank,
    "percentile_rank": _percentile_rank,
    "borda": _borda,
    "distance_to_max": _distance_to_max,
}


def _goalposts(directed: np.ndarray, indicators: Sequence[Indicator]) -> np.ndarray:
    found = np.full(directed.shape, np.nan)
    for column, one in enumerate(indicators):
        if one.goalposts is not None:
            low, high = sorted(post * one.direction for post in one.goalposts)
            part = (directed[:, column] - low) / (high - low)
            found[:, column] = np.clip(part * 100, 0, 100)
        elif one.weight > 0:
            raise ScoringRefused("goalposts_missing", indicator=one.code)
    return found


def _target(directed: np.ndarray, indicators: Sequence[Indicator], low: np.ndarray) -> np.ndarray:
    found = np.full(directed.shape, np.nan)
    for column, one in enumerate(indicators):
        if one.target is not None:
            found[:, column] = _to_target(directed[:, column], low[column], one)
        elif one.weight > 0:
            raise ScoringRefused("target_missing", indicator=one.code)
    return found


def _to_target(x: np.ndarray, low: float, indicator: Indicator) -> np.ndarray:
    """(x - low) / (target - low), at most 1; a target below every answer was met by all."""
    target = (indicator.target or 0.0) * indicator.direction
    if not target > low:
        return np.where(np.isnan(x), np.nan, 1.0)
    return np.minimum((x - low) / (target - low), 1.0)


def _of_constant(x: np.ndarray, rules: Rules) -> np.ndarray | float:
    """What an indicator gives on which all answered alike, by the rule."""
    if rules.constant == "left_out":
        return np.nan
    bottom, top = _ends(x, rules)
    return top if rules.constant == "full" else (bottom + top) / 2


def _ends(x: np.ndarray, rules: Rules) -> tuple[np.ndarray | float, np.ndarray | float]:
    """The ends of a scale; z-scores have none, so a deviation each way from their mean."""
    count = (~np.isnan(x)).sum(axis=0).astype(float)
    if rules.normalisation == "min_max":
        return rules.scale_low, rules.scale_high
    if rules.normalisation == "z_score":
        return rules.scale_low - rules.scale_high, rules.scale_low + rules.scale_high
    if rules.normalisation in ("rank", "borda"):
        first = 1.0 if rules.normalisation == "rank" else 0.0
        return np.full(count.shape, first), count - 1 + first
    return 0.0, 1.0

"""Denomination: answers in proportion to the size of a city (Handbook, 5; COINr `Denominate`)."""

import numpy as np

from ratings.scoring.refusals import ScoringRefused
from ratings.scoring.types import Data, Rules, Structure

# Equal quotients have to be equal numbers, whatever route of rounding led to them.
DIGITS = 12


def denominate(data: Data, structure: Structure, rules: Rules) -> np.ndarray:
    """Answers (n, k) divided by denominator / per, to twelve significant digits.

    A denominator that is missing, 0 or less gives NaN: such an answer counts as not given.
    Refused: `answer_infinite`, `denominator_unknown`.
    """
    values = np.array(data.values, dtype=float).reshape(len(data.cities), len(structure.indicators))
    if np.isinf(values).any():
        raise ScoringRefused("answer_infinite", indicator=_first(np.isinf(values), structure))
    if not rules.is_denominated:
        return values
    for column, one in enumerate(structure.indicators):
        if one.denominator:
            divisor = divisors(data, one.denominator, one.code) / one.per
            values[:, column] = significant(values[:, column] / divisor)
    return values


def divisors(data: Data, name: str, indicator: str) -> np.ndarray:
    """A denominator (n,), NaN where it is not more than 0."""
    if name not in data.denominators:
        raise ScoringRefused("denominator_unknown", indicator=indicator)
    given = np.asarray(data.denominators[name], dtype=float)
    return np.where(np.isfinite(given) & (given > 0), given, np.nan)


def significant(values: np.ndarray) -> np.ndarray:
    """Values to twelve significant digits."""
    sizes = np.abs(values)
    sizes = np.where(sizes > 0, sizes, 1.0)
    powers = 10.0 ** np.clip(DIGITS - 1 - np.floor(np.log10(sizes)), -300, 300)
    return np.round(values * powers) / powers


def _first(marked: np.ndarray, structure: Structure) -> str:
    return structure.indicators[int(np.flatnonzero(marked.any(axis=0))[0])].code

"""Outliers: winsorising by skewness and kurtosis (COINr `winsorise`, `check_SkewKurt`)."""

import numpy as np

from ratings.scoring.types import Rules

FEWEST = 4


def treat(values: np.ndarray, rules: Rules) -> np.ndarray:
    """Values (n, m) after the treatment of outliers, column by column; NaN stays."""
    if rules.outliers == "none":
        return values
    found = values.copy()
    for column in range(values.shape[1]):
        rows = ~np.isnan(values[:, column])
        found[rows, column] = winsorised(values[rows, column], rules)
    return found


def winsorised(values: np.ndarray, rules: Rules) -> np.ndarray:
    """Answers (a,) whose farthest value became the next one until the bounds are kept.

    At most `outliers_most` answers are touched (equal ones together, as in COINr), and never so
    many that all answers become equal.
    """
    found = values.copy()
    touched = 0
    while touched < rules.outliers_most and not keeps_bounds(found, rules):
        if np.unique(found).size <= 2:
            break
        touched = _bring_in(found)
    return found


def keeps_bounds(values: np.ndarray, rules: Rules) -> bool:
    """Whether |skewness| or kurtosis is below its bound; fewer than four answers always do."""
    if values.size < FEWEST or values.min() == values.max():
        return True
    return bool(
        abs(skewness(values)) < rules.skewness_bound or kurtosis(values) < rules.kurtosis_bound
    )


def skewness(values: np.ndarray) -> float:
    """Sample skewness G1 of (a,) answers, as in spreadsheets (e1071 type 2)."""
    n, away = values.size, _away(values)
    plain = np.sqrt(n) * (away**3).sum() / (away**2).sum() ** 1.5
    return float(plain * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(values: np.ndarray) -> float:
    """Sample excess kurtosis G2 of (a,) answers, as in spreadsheets (e1071 type 2)."""
    n, away = values.size, _away(values)
    plain = n * (away**4).sum() / (away**2).sum() ** 2
    return float(((n + 1) * (plain - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)))


def _away(values: np.ndarray) -> np.ndarray:
    """Distances from the mean as shares of the greatest, so that no power leaves the floats."""
    away = values - values.mean()
    return away / np.abs(away).max()


def _bring_in(values: np.ndarray) -> int:
    """Bring the farthest answers to the next one, in place; how many there are."""
    end = values.max() if skewness(values) >= 0 else values.min()
    farthest = values == end
    rest = values[~farthest]
    values[farthest] = rest.max() if end > rest.max() else rest.min()
    return int(farthest.sum())

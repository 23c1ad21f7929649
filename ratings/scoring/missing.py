"""Missing answers: shares answered, screening, thresholds, imputation (Handbook, step 3)."""

from collections.abc import Sequence

import numpy as np

from ratings.scoring.results import Availability
from ratings.scoring.tree import Tree, stated_weights, tree_of
from ratings.scoring.types import Data, Rules, Structure

# Thresholds are kept to four decimals: two thirds are 0.6667, and two thirds answered pass.
DECIMALS = 4


def availability(data: Data, structure: Structure) -> Availability:
    """How much each city answered, by number of questions that count."""
    tree, answered = tree_of(structure), ~np.isnan(np.asarray(data.values, dtype=float))
    counting = tree.shares(stated_weights(structure, Rules())) > 0
    shares = shares_answered(answered, counting)
    return Availability(
        missing=(~answered & counting[-1]).sum(axis=1), share=shares[:, -1],
        groups={code: shares[:, place] for place, code in enumerate(tree.codes)},
    )  # fmt: skip


def shares_answered(answered: np.ndarray, counting: np.ndarray) -> np.ndarray:
    """Shares (n, g + 1) of the questions of each node that were answered; NaN: it has none."""
    asked = counting.sum(axis=1)
    given = answered.astype(float) @ counting.T.astype(float)
    shares = np.full(given.shape, np.nan)
    return np.divide(given, asked, out=shares, where=asked > 0)


def passes(shares: np.ndarray, least: float | None) -> np.ndarray:
    """Where a share reaches the threshold; equal is enough, no threshold lets all pass."""
    if least is None:
        return np.ones(shares.shape, dtype=bool)
    return np.round(np.nan_to_num(shares), DECIMALS) >= np.round(least, DECIMALS)


def blocked_groups(shares: np.ndarray, tree: Tree, rules: Rules) -> np.ndarray:
    """Groups (n, g) with too few answers for a score."""
    return ~passes(shares[:, : tree.g], rules.least_of_group)


def impute(
    values: np.ndarray, directions: np.ndarray, classes: Sequence[str], rules: Rules
) -> np.ndarray:
    """Values (n, m) with the missing filled in by the rule; a column nobody answered stays empty.

    Means and medians of a class in which nobody answered, and of cities without a class, are
    those of all cities.
    """
    if rules.missing == "leave_out" or not values.size:
        return values
    if rules.missing == "worst":
        return _filled(values, directions * lowest(values * directions))
    middle = means if rules.missing.startswith("mean") else medians
    if rules.missing.endswith("_of_class"):
        values = _by_class(values, np.array(classes), middle)
    return _filled(values, middle(values) if not rules.missing.endswith("_of_class") else
                   np.full(values.shape[1], np.nan))  # fmt: skip


def _by_class(values: np.ndarray, classes: np.ndarray, middle) -> np.ndarray:
    found, of_all = values.copy(), middle(values)
    for code in np.unique(classes):
        rows = classes == code
        own = middle(values[rows]) if code else of_all
        found[rows] = _filled(values[rows], np.where(np.isnan(own), of_all, own))
    return found


def _filled(values: np.ndarray, by_column: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), by_column, values)


def lowest(values: np.ndarray) -> np.ndarray:
    """The least answer of each column (m,), NaN where there is none."""
    found = np.where(np.isnan(values), np.inf, values).min(axis=0, initial=np.inf)
    return np.where(np.isinf(found), np.nan, found)


def highest(values: np.ndarray) -> np.ndarray:
    """The greatest answer of each column (m,), NaN where there is none."""
    return -lowest(-values)


def means(values: np.ndarray) -> np.ndarray:
    """The mean answer of each column (m,), within its least and greatest; NaN: no answer."""
    present = ~np.isnan(values)
    count = present.sum(axis=0)
    total = np.where(present, values, 0.0).sum(axis=0)
    mean = np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0)
    return np.clip(mean, lowest(values), highest(values))


def medians(values: np.ndarray, axis: int = 0) -> np.ndarray:
    """The median of what is there along an axis, NaN where nothing is."""
    ordered = np.moveaxis(np.sort(values, axis=axis), axis, -1)
    count = (~np.isnan(ordered)).sum(axis=-1)[..., None]
    if not ordered.shape[-1]:
        return np.full(ordered.shape[:-1], np.nan)
    low = np.take_along_axis(ordered, np.maximum(count - 1, 0) // 2, axis=-1)
    high = np.take_along_axis(ordered, np.minimum(count // 2, ordered.shape[-1] - 1), axis=-1)
    return ((low + high) / 2)[..., 0]

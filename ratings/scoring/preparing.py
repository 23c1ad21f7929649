"""Everything before the weights, once for all sets of them: from answers to normalised values."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ratings.scoring import missing, normalising, outliers
from ratings.scoring.denominating import denominate
from ratings.scoring.tree import Tree, stated_weights, tree_of
from ratings.scoring.types import Data, Indicator, Rules, Structure


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """The steps up to normalisation; arrays as in `Scores`, `blocked` (n, g) as in `climb`."""

    tree: Tree
    weights: np.ndarray
    denominated: np.ndarray
    filled: np.ndarray
    normalised: np.ndarray
    blocked: np.ndarray
    silent: np.ndarray
    screened: np.ndarray

    @property
    def out(self) -> np.ndarray:
        """Cities (n,) that leave before anything is compared."""
        return self.silent | self.screened


def prepare(
    data: Data, structure: Structure, rules: Rules, weights: np.ndarray | None = None
) -> Prepared:
    """Denominate, screen, impute, treat outliers, normalise; `weights` say which questions count.

    Cities without any answer, and those screened, are taken out before the others are compared.
    """
    tree = tree_of(structure)
    given = stated_weights(structure, rules) if weights is None else weights
    denominated = denominate(data, structure, rules)
    shares = missing.shares_answered(~np.isnan(denominated), tree.shares(given) > 0)
    silent = shares[:, -1] == 0
    screened = ~missing.passes(shares[:, -1], rules.least_answered)
    filled, normalised = columns(
        denominated, silent | screened, data.classes, structure.indicators, rules
    )
    return Prepared(
        tree=tree, weights=given, denominated=denominated, filled=filled, normalised=normalised,
        blocked=missing.blocked_groups(shares, tree, rules), silent=silent, screened=screened,
    )  # fmt: skip


def columns(
    denominated: np.ndarray,
    out: np.ndarray,
    classes: Sequence[str],
    indicators: Sequence[Indicator],
    rules: Rules,
) -> tuple[np.ndarray, np.ndarray]:
    """Denominated values (n, m) of m indicators after outliers, and normalised: (n, m) each.

    The cities of `out` (n,) are empty in both and change nothing for the others.
    """
    directions = np.array([one.direction for one in indicators], dtype=float)
    values = np.where(out[:, None], np.nan, denominated)
    labels = classes or ("",) * len(out)
    values = np.where(out[:, None], np.nan, missing.impute(values, directions, labels, rules))
    directed = outliers.treat(values * directions, rules)
    return directed * directions, normalising.normalise(directed, indicators, rules)

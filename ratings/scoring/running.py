"""One scoring, from answers to the index."""

import numpy as np

from ratings.scoring.aggregating import climb
from ratings.scoring.outranked import climb_by_pairs
from ratings.scoring.preparing import Prepared, prepare
from ratings.scoring.results import Scores
from ratings.scoring.tree import checked_weights
from ratings.scoring.types import Data, Rules, Structure


def score(
    data: Data, structure: Structure, rules: Rules, weights: np.ndarray | None = None
) -> Scores:
    """Score n cities by the rules; `weights` (k + g,) replace those of the structure.

    Refused with `ScoringRefused` where the method does not fit: docs/scoring.md has the codes.
    """
    given = None if weights is None else checked_weights(weights, structure)
    prepared = prepare(data, structure, rules, given)
    nodes = climbed(prepared, rules)[:, 0]
    index = nodes[-1]
    directions = np.array([one.direction for one in structure.indicators], dtype=float)
    return Scores(
        cities=tuple(data.cities), index=index, directions=directions,
        groups={code: nodes[place] for place, code in enumerate(prepared.tree.codes)},
        normalised=prepared.normalised, denominated=prepared.denominated, filled=prepared.filled,
        answered=~np.isnan(prepared.denominated), used=_used(prepared, nodes),
        reasons=_reasons(prepared, nodes), weights=prepared.weights, screened=prepared.out,
    )  # fmt: skip


def climbed(
    prepared: Prepared,
    rules: Rules,
    weights: np.ndarray | None = None,
    normalised: np.ndarray | None = None,
    *,
    index_only: bool = False,
) -> np.ndarray:
    """Scores (g + 1, b, n) of the nodes under weights (b, k + g), or those of `prepared`.

    The last is the index; with `index_only` nobody reads the others.
    """
    given = prepared.weights[None] if weights is None else weights
    values = prepared.normalised if normalised is None else normalised
    if rules.within_groups == "copeland" or rules.across_groups == "copeland":
        return climb_by_pairs(prepared.tree, values, given, prepared.blocked, index_only=index_only)
    return climb(prepared.tree, rules, values, given, prepared.blocked)


def _used(prepared: Prepared, nodes: np.ndarray) -> np.ndarray:
    """Values (n, k) that reached the index: they are there and count, their groups have scores."""
    tree = prepared.tree
    counting = tree.shares(prepared.weights) > 0
    used = ~np.isnan(prepared.normalised) & counting[-1] & ~np.isnan(nodes[-1])[:, None]
    for place in range(tree.g):
        used &= ~(np.isnan(nodes[place])[:, None] & counting[place])
    return used


def _reasons(prepared: Prepared, nodes: np.ndarray) -> tuple[str, ...]:
    """Why a city has no score, "" where it has one."""
    missing_group = ~np.isnan(nodes[:-1]).all(axis=0)
    reasons = np.select(
        [~np.isnan(nodes[-1]), prepared.silent, prepared.screened, missing_group],
        ["", "no_answers", "too_few_answers", "group_missing"],
        "nothing_counts",
    )
    return tuple(str(reason) for reason in reasons)

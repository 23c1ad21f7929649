"""Aggregation: from indicators to groups and to the index, one level at a time (Handbook, step 6).

Works on b sets of weights at once. Weighted means divide by the weights of the values present.
"""

from collections.abc import Callable

import numpy as np

from ratings.scoring import missing
from ratings.scoring.refusals import ScoringRefused
from ratings.scoring.tree import Node, Tree
from ratings.scoring.types import Rules

# Before the sum, and after the division: f⁻¹(Σ w f(x) / Σ w).
SCALES: dict[str, tuple[Callable, Callable]] = {
    "arithmetic": (np.positive, np.positive),
    "geometric": (np.log, np.exp),
    "harmonic": (np.reciprocal, np.reciprocal),
}


def climb(
    tree: Tree,
    rules: Rules,
    normalised: np.ndarray,
    weights: np.ndarray,
    blocked: np.ndarray,
) -> np.ndarray:
    """Scores (g + 1, b, n) of every node, the index last; NaN where there is none.

    `normalised` is (n, k), or (b, n, k); `weights` (b, k + g); `blocked` (n, g) the groups
    without a score. Refused: `not_positive` where a geometric or harmonic mean meets 0 or less.
    """
    sets = max(len(weights), normalised.shape[0] if normalised.ndim == 3 else 1)
    found = np.full((tree.g + 1, sets, normalised.shape[-2]), np.nan)
    for node in tree.nodes:
        given = tree.weights_of(node, weights)
        values = values_below(node, normalised, found)
        kind = rules.within_groups if node.is_lowest else rules.across_groups
        found[node.place] = mean_of(kind, values, given, tree.codes[node.place : node.place + 1])
        if node.place < tree.g:
            found[node.place][:, blocked[:, node.place]] = np.nan
    if rules.all_groups_needed:
        _need_all(tree, found, weights)
    return found


def values_below(node: Node, normalised: np.ndarray, found: np.ndarray) -> np.ndarray:
    """What a node is made of: (n, m), or (b, n, m) where it differs between the sets."""
    own = normalised[..., node.columns]
    if node.is_lowest:
        return own
    groups = np.moveaxis(found[node.below], 0, -1)
    return np.concatenate([np.broadcast_to(own, (*groups.shape[:2], own.shape[-1])), groups], -1)


def mean_of(
    kind: str, values: np.ndarray, weights: np.ndarray, code: tuple[str, ...] = ()
) -> np.ndarray:
    """The mean (b, n) of values (n, m) or (b, n, m) with weights (b, m); `code` for a refusal."""
    if kind == "median":
        return _median(values, weights)
    if kind not in SCALES:
        raise ScoringRefused("aggregation_unknown")
    there, back = SCALES[kind]
    present = ~np.isnan(values)
    if kind != "arithmetic":
        _need_positive(values, weights, code)
        values = np.where(values > 0, values, 1.0)
    total = _product(present.astype(float), weights)
    summed = _product(np.where(present, there(values), 0.0), weights)
    mean = np.divide(summed, total, out=np.full(summed.shape, np.nan), where=total > 0)
    return back(mean)


def _product(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Σ w x over the last axis: (b, n)."""
    if values.ndim == 2:
        return weights @ values.T
    return np.matmul(values, weights[..., None])[..., 0]


def _median(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The plain median of what has a weight above 0."""
    counting = weights > 0
    if (counting == counting[0]).all():
        found = missing.medians(np.where(counting[0], values, np.nan), axis=-1)
    else:
        found = missing.medians(np.where(counting[:, None, :], values, np.nan), axis=-1)
    sets = max(len(weights), values.shape[0] if values.ndim == 3 else 1)
    return np.broadcast_to(found, (sets, values.shape[-2]))


def _need_positive(values: np.ndarray, weights: np.ndarray, code: tuple[str, ...]) -> None:
    if ((values <= 0) & (weights[:, None, :] > 0).any(axis=0)).any():
        raise ScoringRefused("not_positive", **({"group": code[0]} if code else {}))


def _need_all(tree: Tree, found: np.ndarray, weights: np.ndarray) -> None:
    """No index without every group that counts; one that has a score for nobody is not needed."""
    counting = tree.shares(weights.max(axis=0))[-1] > 0
    own = tree.shares(np.ones(weights.shape[-1])) > 0
    for place in range(tree.g):
        has = ~np.isnan(found[place])
        if has.any() and (own[place] & counting).any():
            found[tree.g][~has] = np.nan

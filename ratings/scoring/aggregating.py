"""Aggregation: from indicators to groups and to the index, one level at a time (Handbook, step 6).

Works on b sets of weights at once. Weighted means divide by the weights of the values present.
"""

from collections.abc import Callable, Sequence

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
    found = np.empty((tree.g + 1, sets, normalised.shape[-2]))
    for node in tree.nodes:
        found[node.place] = _of_node(tree, node, rules, normalised, weights, found)
        if node.place < tree.g and blocked[:, node.place].any():
            found[node.place][:, blocked[:, node.place]] = np.nan
    if rules.all_groups_needed:
        _need_all(tree, found, weights)
    return found


def _of_node(
    tree: Tree, node: Node, rules: Rules, normalised: np.ndarray, weights: np.ndarray,
    found: np.ndarray,
) -> np.ndarray:  # fmt: skip
    kind = rules.within_groups if node.is_lowest else rules.across_groups
    if kind not in (*SCALES, "median"):
        raise ScoringRefused("aggregation_unknown")
    own = normalised[..., node.columns]
    given = tree.weights_of(node, weights)
    code = tree.codes[node.place] if node.place < tree.g else None
    if node.is_lowest and kind != "median":
        return mean_of(kind, own, given, code)
    parts = [*np.moveaxis(own, -1, 0), *found[node.below]]
    if kind == "median":
        return _median(parts, given, found[0].shape)
    return mean_of_parts(kind, parts, given, code)


def mean_of(
    kind: str, values: np.ndarray, weights: np.ndarray, code: str | None = None
) -> np.ndarray:
    """The mean (b, n) of values (n, m) or (b, n, m) with weights (b, m); `code` for a refusal."""
    there, back = SCALES[kind]
    if kind != "arithmetic":
        values = _positive(values, (weights > 0).any(axis=0), code)
    present = ~np.isnan(values)
    summed = _product(np.where(present, there(values), 0.0), weights)
    if present.all():
        return back(_divided(summed, weights.sum(axis=-1, keepdims=True)))
    return back(_divided(summed, _product(present.astype(float), weights)))


def mean_of_parts(
    kind: str, parts: Sequence[np.ndarray], weights: np.ndarray, code: str | None = None
) -> np.ndarray:
    """The same of m parts, each (n,) or (b, n): the sets of weights differ in their values too."""
    there, back = SCALES[kind]
    summed: np.ndarray | float = 0.0
    total: np.ndarray | float = 0.0
    for part, given in zip(parts, weights.T[:, :, None], strict=True):
        if kind != "arithmetic":
            part = _positive(part, (given > 0).any(), code)
        present = ~np.isnan(part)
        if present.all():
            summed, total = summed + there(part) * given, total + given
        else:
            summed = summed + np.where(present, there(part), 0.0) * given
            total = total + present * given
    return back(_divided(np.asarray(summed), np.asarray(total)))


def _product(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Σ w x over the last axis: (b, n)."""
    if values.ndim == 2:
        return weights @ values.T
    return np.matmul(values, weights[..., None])[..., 0]


def _divided(summed: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Σ w x / Σ w, NaN where nothing weighs anything."""
    if (total > 0).all():
        return summed / total
    return np.divide(summed, total, out=np.full(summed.shape, np.nan), where=total > 0)


def _positive(values: np.ndarray, counting: np.ndarray, code: str | None) -> np.ndarray:
    """Values above 0, NaN where there is none; what weighs nothing may be 0 or less."""
    if ((values <= 0) & counting).any():
        raise ScoringRefused("not_positive", **({"group": code} if code else {}))
    return np.where(values <= 0, 1.0, values)


def _median(parts: Sequence[np.ndarray], weights: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The plain median (b, n) of the parts, (n,) or (b, n), whose weight is above 0."""
    counting = (weights > 0).T[:, :, None]
    if (counting == counting[:, :1]).all():
        counting = counting[:, :1]
    counted = [np.where(own, part, np.nan) for part, own in zip(parts, counting, strict=True)]
    if not counted:
        return np.full(shape, np.nan)
    return np.broadcast_to(missing.medians(np.stack(np.broadcast_arrays(*counted), -1), -1), shape)


def _need_all(tree: Tree, found: np.ndarray, weights: np.ndarray) -> None:
    """No index without every group that counts; one that has a score for nobody is not needed."""
    counting = tree.shares(weights.max(axis=0))[-1] > 0
    own = tree.shares(np.ones(weights.shape[-1])) > 0
    for place in range(tree.g):
        has = ~np.isnan(found[place])
        if has.any() and (own[place] & counting).any():
            found[tree.g][~has] = np.nan

"""Back to the data: what made a score, how far it is from others (Handbook, steps 4 and 9)."""

from collections.abc import Sequence

import numpy as np

from ratings.scoring import missing, outranked
from ratings.scoring.aggregating import SCALES
from ratings.scoring.refusals import ScoringRefused
from ratings.scoring.results import Outranking, Peers, Scores
from ratings.scoring.tree import Node, Tree, tree_of
from ratings.scoring.types import Rules, Structure

FEWEST_PAIRS = 3


def contributions(
    scores: Scores, structure: Structure, rules: Rules, of: str | None = None
) -> np.ndarray:
    """What each indicator gives to the index (n, k), or to the score of the group `of`.

    Euler's theorem: every mean here is homogeneous of degree 1, so Σ x ∂f/∂x = f. 0 where
    nothing was used, NaN for a city without the score. Refused: `no_contributions` (Copeland).
    """
    if "copeland" in (rules.within_groups, rules.across_groups):
        raise ScoringRefused("no_contributions")
    tree = tree_of(structure)
    nodes = np.array([*scores.groups.values(), scores.index])
    top = tree.g if of is None else tree.codes.index(of)
    slopes = _slopes(tree, rules, scores, nodes, top)
    given = np.where(np.isnan(scores.normalised), 0.0, scores.normalised) * slopes
    return np.where(np.isnan(nodes[top])[:, None], np.nan, given)


def _slopes(tree: Tree, rules: Rules, scores: Scores, nodes: np.ndarray, top: int) -> np.ndarray:
    """∂ top / ∂ indicator (n, k), down the tree by the chain rule."""
    of_nodes = np.zeros(nodes.shape)
    of_nodes[top] = ~np.isnan(nodes[top])
    found = np.zeros(scores.normalised.shape)
    for node in reversed(tree.nodes):
        values = _below(node, scores.normalised, nodes)
        kind = rules.within_groups if node.is_lowest else rules.across_groups
        own = slopes_of(kind, values, tree.weights_of(node, scores.weights), nodes[node.place])
        own = own * of_nodes[node.place][:, None]
        found[:, node.columns] = own[:, : node.columns.size]
        of_nodes[node.below] += own[:, node.columns.size :].T
    return found


def _below(node: Node, normalised: np.ndarray, nodes: np.ndarray) -> np.ndarray:
    return np.concatenate([normalised[:, node.columns], nodes[node.below].T], axis=1)


def slopes_of(kind: str, values: np.ndarray, weights: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """∂ mean / ∂ value (n, m) of a mean (n,) of values (n, m); 0 where a value is missing.

    Arithmetic w / Σw; geometric f w / (x Σw); harmonic f² w / (x² Σw); the median gives all to
    the middle, in equal parts to the values equal to it.
    """
    present = ~np.isnan(values) & (weights > 0) & ~np.isnan(mean)[:, None]
    if kind == "median":
        return _median_slopes(np.where(present, values, np.nan))
    own = np.where(present, weights, 0.0)
    total = own.sum(axis=1, keepdims=True)
    share = own / np.where(total > 0, total, 1.0)
    power = list(SCALES).index(kind)
    ratio = np.where(present, mean[:, None], 1.0) / np.where(present & (power > 0), values, 1.0)
    return share * ratio**power


def _median_slopes(values: np.ndarray) -> np.ndarray:
    ordered = np.sort(values, axis=1)
    count = (~np.isnan(values)).sum(axis=1, keepdims=True)
    found = np.zeros(values.shape)
    for place in (np.maximum(count - 1, 0) // 2, np.minimum(count // 2, values.shape[1] - 1)):
        equal = values == np.take_along_axis(ordered, place, axis=1)
        found += 0.5 * equal / np.maximum(equal.sum(axis=1, keepdims=True), 1)
    return found


def gaps(scores: Scores, classes: Sequence[str]) -> dict[str, Peers]:
    """The cities with a score of each class, and of all of them as "": medians and bests."""
    labels = np.array(classes, dtype=str)
    kept = ~scores.left_out
    codes = ["", *sorted({code for code in classes if code})]
    return {code: _peers(scores, kept & ((labels == code) | (code == ""))) for code in codes}


def _peers(scores: Scores, rows: np.ndarray) -> Peers:
    def both(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        chosen = values[rows] if values.ndim == 2 else values[rows, None]
        return missing.medians(chosen), missing.highest(chosen)

    def pair(values: np.ndarray) -> tuple[float, float]:
        median, best = both(values)
        return float(median[0]), float(best[0])

    medians, bests = both(scores.normalised)
    return Peers(
        cities=int(rows.sum()), medians=medians, bests=bests, index=pair(scores.index),
        groups={code: pair(values) for code, values in scores.groups.items()},
    )  # fmt: skip


def correlations(scores: Scores) -> np.ndarray:
    """Pearson correlation (k, k) of the directed answers, each pair over the cities with both.

    Answers as denominated, before imputing; NaN where fewer than three cities answered both or
    one of the two is constant among them.
    """
    return correlated(
        np.where(scores.screened[:, None], np.nan, scores.denominated * scores.directions)
    )


def correlated(values: np.ndarray) -> np.ndarray:
    """Pearson correlation (m, m) of the columns of values (n, m); NaN as in `correlations`."""
    found = np.full((values.shape[1], values.shape[1]), np.nan)
    for one in range(values.shape[1]):
        for other in range(one, values.shape[1]):
            found[one, other] = found[other, one] = _pearson(values[:, one], values[:, other])
    return found


def _pearson(x: np.ndarray, y: np.ndarray) -> float:
    both = ~np.isnan(x) & ~np.isnan(y)
    x, y = x[both], y[both]
    if x.size < FEWEST_PAIRS or x.min() == x.max() or y.min() == y.max():
        return float("nan")
    x, y = _standard(x), _standard(y)
    return float(np.clip((x * y).sum(), -1.0, 1.0))


def _standard(x: np.ndarray) -> np.ndarray:
    """Away from the mean, of length 1."""
    away = (x - x.min()) / (x.max() - x.min())
    away = away - away.mean()
    return away / np.sqrt((away**2).sum())


def outranking(scores: Scores, structure: Structure) -> Outranking:
    """Pairs of cities by the effective weights of the scoring; see `ratings.scoring.outranked`."""
    shares = tree_of(structure).shares(scores.weights)[-1]
    return outranked.compare(scores.normalised, shares)

"""Ranks: the highest score is 1, equal scores share it, the next number is skipped: 1, 2, 2, 4."""

import numpy as np

# Two routes of arithmetic can part a tie by 1e-14: equality is judged on nine decimals.
DECIMALS = 9


def ranks(values: np.ndarray, among: np.ndarray | None = None) -> np.ndarray:
    """Ranks of scores (n,), or of each row of (b, n), as floats; NaN where there is no score.

    `among` is a mask (n,) bool of the cities that take part, or a label for each: ranks are then
    those within equal labels, none where the label is "".
    """
    scores = np.round(np.asarray(values, dtype=float), DECIMALS)
    if among is None:
        return _ranks(scores)
    groups = np.asarray(among)
    if groups.dtype == bool:
        return _ranks(np.where(groups, scores, np.nan))
    found = np.full(scores.shape, np.nan)
    for label in np.unique(groups[groups != ""]):
        found[..., groups == label] = _ranks(scores[..., groups == label])
    return found


def _ranks(scores: np.ndarray) -> np.ndarray:
    if not scores.size:
        return np.full(scores.shape, np.nan)
    order = np.argsort(-scores, axis=-1)
    ordered = np.take_along_axis(scores, order, axis=-1)
    starts = np.ones(scores.shape, dtype=bool)
    starts[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    places = np.where(starts, np.arange(1, scores.shape[-1] + 1), 0)
    found = np.empty(scores.shape)
    np.put_along_axis(found, order, np.maximum.accumulate(places, axis=-1).astype(float), axis=-1)
    return np.where(np.isnan(scores), np.nan, found)

"""Outranking: cities compared in pairs (Handbook, step 6; COINr `outrankMatrix`, Copeland).

City i against city j: the weights of the indicators where i is better, plus half of those where
they are equal, as a share of the weights of the indicators both have. Above one half i wins.
"""

import numpy as np

from ratings.scoring.ranking import DECIMALS, ranks
from ratings.scoring.results import Outranking
from ratings.scoring.tree import Tree


def compare(normalised: np.ndarray, shares: np.ndarray) -> Outranking:
    """Pairs of cities by normalised values (n, k) and effective weights (k,)."""
    matrix = np.array([_against_all(normalised, row, shares) for row in range(len(normalised))])
    matrix = matrix.reshape(len(normalised), len(normalised))
    copeland = _wins(matrix).sum(axis=1)
    has = ~np.isnan(normalised[:, shares > 0]).all(axis=1)
    copeland = np.where(has, copeland, np.nan)
    np.fill_diagonal(matrix, 0.0)
    return Outranking(matrix=matrix, copeland=copeland, ranks=ranks(copeland))


def climb_by_pairs(
    tree: Tree,
    normalised: np.ndarray,
    weights: np.ndarray,
    blocked: np.ndarray,
    *,
    index_only: bool = False,
) -> np.ndarray:
    """Copeland scores (g + 1, b, n) of every node; arguments as those of `aggregating.climb`.

    No node needs another: `index_only` leaves the groups at NaN and saves most of the work.
    """
    one = normalised.ndim == 2
    sets = max(len(weights), 1 if one else normalised.shape[0])
    found = np.full((tree.g + 1, sets, normalised.shape[-2]), np.nan)
    shares = np.array([tree.shares(given) for given in weights])
    for node in range(tree.g if index_only else 0, tree.g + 1):
        if one:
            found[node] = _copeland(normalised, shares[:, node])
        else:
            for number, values in enumerate(normalised):
                found[node, number] = _copeland(values, shares[:1, node])[0]
        if node < tree.g:
            found[node][:, blocked[:, node]] = np.nan
    return found


def _copeland(normalised: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Wins minus losses (b, n) under each of the effective weights (b, k)."""
    counting = np.flatnonzero((shares > 0).any(axis=0))
    values, own = normalised[:, counting], np.ascontiguousarray(shares[:, counting].T)
    wins = np.zeros((len(shares), len(values)))
    for row in range(len(values) - 1):
        won = _wins(_share_for(values[row], values[row + 1 :], own))
        wins[:, row] += won.sum(axis=0)
        wins[:, row + 1 :] -= won.T
    present = ~np.isnan(values)
    wins[~((shares[:, counting] > 0) @ present.T)] = np.nan
    return wins


def _share_for(values: np.ndarray, others: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Shares (o, b) of the weights (k, b) for one city (k,) against others (o, k)."""
    both = (~np.isnan(values) & ~np.isnan(others)).astype(float)
    better = (values > others) + 0.5 * (values == others)
    total = both @ weights
    return np.divide(better @ weights, total, out=np.full(total.shape, np.nan), where=total > 0)


def _against_all(normalised: np.ndarray, row: int, shares: np.ndarray) -> np.ndarray:
    return _share_for(normalised[row], normalised, shares[:, None])[:, 0]


def _wins(matrix: np.ndarray) -> np.ndarray:
    """1 above one half, -1 below, 0 at one half and where nothing can be compared."""
    return np.sign(np.round(np.nan_to_num(matrix, nan=0.5), DECIMALS) - 0.5)

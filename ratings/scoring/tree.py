"""The tree of a structure, read once: who stands below whom, and how much each counts."""

from dataclasses import dataclass

import numpy as np

from ratings.scoring.refusals import ScoringRefused
from ratings.scoring.types import Rules, Structure


@dataclass(frozen=True, kw_only=True)
class Node:
    """A group, or the index itself: `columns` of its indicators, `below` its groups."""

    place: int
    columns: np.ndarray
    below: np.ndarray

    @property
    def is_lowest(self) -> bool:
        """Whether only indicators stand directly below."""
        return not self.below.size


@dataclass(frozen=True, kw_only=True)
class Tree:
    """The nodes from the lowest to the index, whose place is `g`; places are those of groups."""

    nodes: tuple[Node, ...]
    codes: tuple[str, ...]
    k: int

    @property
    def g(self) -> int:
        """How many groups."""
        return len(self.codes)

    def weights_of(self, node: Node, weights: np.ndarray) -> np.ndarray:
        """Weights (…, m) of what stands directly below: indicators, then groups."""
        return weights[..., np.concatenate([node.columns, self.k + node.below])]

    def shares(self, weights: np.ndarray) -> np.ndarray:
        """Effective weights (g + 1, k): the share of each indicator in each node, were all there.

        A row adds up to 1, or to 0 where nothing counts. The last row is that of the index.
        """
        found = np.zeros((self.g + 1, self.k))
        for node in self.nodes:
            rows = np.zeros((node.columns.size + node.below.size, self.k))
            rows[np.arange(node.columns.size), node.columns] = 1
            rows[node.columns.size :] = found[node.below]
            given = self.weights_of(node, weights) * (rows.sum(axis=1) > 0)
            if given.sum() > 0:
                found[node.place] = given @ rows / given.sum()
        return found


def tree_of(structure: Structure) -> Tree:
    """Read a structure; refused (`tree_broken`): an unknown parent, a circle, a code twice."""
    places = {one.code: place for place, one in enumerate(structure.groups)}
    index = len(places)
    if index != len(structure.groups):
        raise ScoringRefused("tree_broken")
    above = [_place(places, one.parent) if one.parent else index for one in structure.groups]
    owners = [_place(places, one.group) for one in structure.indicators]
    return Tree(
        nodes=tuple(
            Node(place=place, columns=_equal_to(owners, place), below=_equal_to(above, place))
            for place in _lowest_first(above)
        ),
        codes=tuple(places),
        k=len(owners),
    )


def stated_weights(structure: Structure, rules: Rules) -> np.ndarray:
    """Weights (k + g,) of indicators, then of groups; `equal_weights` makes those above 0 one."""
    given = [one.weight for one in (*structure.indicators, *structure.groups)]
    weights = checked_weights(np.array(given, dtype=float), structure)
    return np.where(weights > 0, 1.0, 0.0) if rules.equal_weights else weights


def checked_weights(weights: np.ndarray, structure: Structure) -> np.ndarray:
    """Weights (…, k + g) as floats; refused (`weights_wrong`) where negative or no number."""
    given = np.asarray(weights, dtype=float)
    if given.shape[-1:] != (len(structure.indicators) + len(structure.groups),):
        raise ValueError(f"weights of shape {given.shape} for another structure")
    if not np.isfinite(given).all() or (given < 0).any():
        raise ScoringRefused("weights_wrong")
    return given


def _place(places: dict[str, int], code: str) -> int:
    if code not in places:
        raise ScoringRefused("tree_broken", group=code)
    return places[code]


def _equal_to(owners: list[int], place: int) -> np.ndarray:
    return np.flatnonzero(np.array(owners, dtype=int) == place)


def _lowest_first(above: list[int]) -> list[int]:
    """Every place after all below it; the index last."""
    index = len(above)
    depths = [_depth(place, above) for place in range(index)]
    return [*sorted(range(index), key=lambda place: -depths[place]), index]


def _depth(place: int, above: list[int]) -> int:
    depth = 0
    while place != len(above):
        place, depth = above[place], depth + 1
        if depth > len(above):
            raise ScoringRefused("tree_broken")
    return depth

"""What the scoring takes and gives: plain data, no rows of the database."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Group:
    """A node of the tree; `parent` is None directly below the index."""

    code: str
    parent: str | None = None
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A leaf of the tree. `direction` is 1 where more is better, -1 where less is."""

    code: str
    group: str
    weight: float = 1.0
    direction: int = 1
    denominator: str | None = None
    per: float = 1.0
    goalposts: tuple[float, float] | None = None
    target: float | None = None


@dataclass(frozen=True, kw_only=True)
class Structure:
    """The tree: k indicators in the order of the columns of the data, g groups."""

    groups: tuple[Group, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The method; the words are the values of the choices of `ratings.models.Method`."""

    is_denominated: bool = True
    least_answered: float | None = None
    missing: str = "leave_out"
    least_of_group: float | None = None
    all_groups_needed: bool = False
    outliers: str = "none"
    outliers_most: int = 5
    skewness_bound: float = 2.0
    kurtosis_bound: float = 3.5
    normalisation: str = "min_max"
    scale_low: float = 0.0
    scale_high: float = 100.0
    constant: str = "left_out"
    within_groups: str = "arithmetic"
    across_groups: str = "arithmetic"
    equal_weights: bool = False


@dataclass(frozen=True, kw_only=True)
class Data:
    """Answers of n cities to k indicators: `values` is (n, k), NaN where nothing was answered.

    `denominators` has an array (n,) per name. `classes` has the code of each city's size class,
    "" where it has none.
    """

    cities: tuple[str, ...]
    values: np.ndarray
    denominators: dict[str, np.ndarray] = field(default_factory=dict)
    classes: tuple[str, ...] = ()

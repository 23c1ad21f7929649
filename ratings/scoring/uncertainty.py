"""How firm the ranks are: other weights, other methods, without one question (Handbook, step 7)."""

from dataclasses import replace

import numpy as np

from ratings.scoring.preparing import prepare
from ratings.scoring.ranking import ranks
from ratings.scoring.refusals import ScoringRefused
from ratings.scoring.results import Firmness
from ratings.scoring.running import climbed, score
from ratings.scoring.tree import checked_weights, stated_weights
from ratings.scoring.types import Data, Rules, Structure

# Sets of weights scored at once: of 500 cities in 10 groups, 4 MB.
BLOCK = 100


def draw_weights(structure: Structure, move: float, sets: int, seed: int) -> np.ndarray:
    """Sets of weights (sets, k + g): each stated weight times its own factor from 1 ∓ move.

    Factors are drawn evenly by PCG64 from the seed: the same seed gives the same sets.
    """
    stated = stated_weights(structure, Rules())
    draws = np.random.Generator(np.random.PCG64(seed)).random((sets, stated.size))
    return stated * (1 + move * (2 * draws - 1))


def under_weights(
    data: Data,
    structure: Structure,
    rules: Rules,
    weight_sets: np.ndarray,
    among: np.ndarray | None = None,
) -> Firmness:
    """Ranks of n cities under each of the sets (s, k + g); `among` as in `ranks`.

    Where the rules make all weights equal, a set counts by its proportion to the stated weights.
    """
    sets = checked_weights(np.atleast_2d(weight_sets), structure)
    if rules.equal_weights:
        stated = stated_weights(structure, Rules())
        sets = np.divide(sets, stated, out=np.zeros_like(sets), where=stated > 0)
    prepared = prepare(data, structure, rules)
    nominal = climbed(prepared, rules)[-1, 0]
    index = np.empty((len(data.cities), len(sets)))
    places = np.empty(index.shape)
    for start in range(0, len(sets), BLOCK):
        block = climbed(prepared, rules, sets[start : start + BLOCK], index_only=True)[-1]
        index[:, start : start + BLOCK] = block.T
        places[:, start : start + BLOCK] = ranks(block, among).T
    return _firmness(nominal, ranks(nominal, among), index, places)


def _firmness(
    score: np.ndarray, nominal: np.ndarray, index: np.ndarray, places: np.ndarray
) -> Firmness:
    """Figures by city (n,) of indices and ranks (n, s); sorts both in place."""
    none = np.isnan(places).any(axis=1) | np.isnan(nominal)
    same = (places == nominal[:, None]).mean(axis=1)
    mean = places.mean(axis=1)
    places.sort(axis=1)
    index.sort(axis=1)
    figures = {
        "nominal": nominal, "nominal_score": score, "mean": mean,
        "median": quantile(places, 0.5), "q05": quantile(places, 0.05),
        "q95": quantile(places, 0.95), "lowest": places[:, 0], "highest": places[:, -1],
        "same_share": same, "score_q05": quantile(index, 0.05), "score_q95": quantile(index, 0.95),
    }  # fmt: skip
    return Firmness(**{name: np.where(none, np.nan, column) for name, column in figures.items()})


def quantile(ordered: np.ndarray, share: float) -> np.ndarray:
    """Quantile (n,) of ordered rows (n, s), linear between order statistics: 1 + (s - 1) p."""
    place = (ordered.shape[1] - 1) * share
    low = int(np.floor(place))
    high = min(low + 1, ordered.shape[1] - 1)
    return ordered[:, low] + (ordered[:, high] - ordered[:, low]) * (place - low)


def methods(rules: Rules) -> dict[str, Rules]:
    """Other defensible methods by name: "step.choice" of the one step that differs."""
    hundred = {"normalisation": "min_max", "scale_low": 0.0, "scale_high": 100.0}
    positive = hundred | {"scale_low": 1.0}
    changes: dict[str, dict] = {
        "normalisation.min_max": hundred,
        "normalisation.z_score": {"normalisation": "z_score", "scale_low": 0.0, "scale_high": 1.0},
        "normalisation.rank": {"normalisation": "rank"},
        "normalisation.goalposts": {"normalisation": "goalposts"},
        "normalisation.target": {"normalisation": "target"},
        "aggregation.arithmetic": _by("arithmetic"),
        "aggregation.geometric": positive | _by("geometric"),
        "aggregation.harmonic": positive | _by("harmonic"),
        "aggregation.median": _by("median"),
        "aggregation.copeland": _by("copeland"),
        "missing.leave_out": {"missing": "leave_out"},
        "missing.mean": {"missing": "mean"},
        "missing.median_of_class": {"missing": "median_of_class"},
        "missing.worst": {"missing": "worst"},
        "outliers.winsorise": {"outliers": "winsorise"},
        "weights.equal": {"equal_weights": True},
        "denominated.no": {"is_denominated": False},
    }  # fmt: skip
    others = {name: replace(rules, **change) for name, change in changes.items()}
    return {"stated": rules} | {name: one for name, one in others.items() if one != rules}


def _by(kind: str) -> dict[str, str]:
    return {"within_groups": kind, "across_groups": kind}


def under_methods(data: Data, structure: Structure, rules: Rules) -> dict[str, np.ndarray]:
    """Ranks (n,) by the stated method ("stated") and by others, by name.

    A method that does not fit the data (no goalposts, values of 0) is not among them.
    """
    found = {"stated": ranks(score(data, structure, rules).index)}
    for name, other in methods(rules).items():
        try:
            found[name] = ranks(score(data, structure, other).index)
        except ScoringRefused:
            continue
    return found


def without_each(data: Data, structure: Structure, rules: Rules) -> dict[str, np.ndarray]:
    """Ranks (n,) without each indicator that counts, by its code: its weight becomes 0."""
    stated = stated_weights(structure, rules)
    found = {}
    for place, one in enumerate(structure.indicators):
        if stated[place] > 0:
            weights = stated.copy()
            weights[place] = 0.0
            found[one.code] = ranks(score(data, structure, rules, weights).index)
    return found

"""How the scoring bears 500 cities × 100 indicators: CPU seconds, memory, a ratio to NumPy.

`python -m bench.ratings` needs no services and uses one core. The floor is NumPy alone doing the
same sums on the same arrays, with none of the rules: no missing answer, no other step than
denomination, min-max and two weighted means, and a plain sort as the ranking.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import resource
import sys
import time

import numpy as np

from ratings import scoring

GROUPS = 10
LIMITS = {"one scoring": 0.2, "sets of weights": 10.0}
MOST_MEMORY = 1024
MOST_RATIO = 2.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ratings", description=__doc__)
    parser.add_argument("--cities", type=int, default=500)
    parser.add_argument("--indicators", type=int, default=100)
    parser.add_argument("--sets", type=int, default=10_000)
    options = parser.parse_args()
    data, structure = _made(options.cities, options.indicators, missing=0.1)
    sets = scoring.draw_weights(structure, 0.25, options.sets, seed=1)
    rules = scoring.Rules()
    seconds = {
        "one scoring": _timed(lambda: scoring.score(data, structure, rules), 20),
        "sets of weights": _timed(lambda: scoring.under_weights(data, structure, rules, sets), 1),
    }
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, limit in LIMITS.items():
        print(f"  {name}: {seconds[name]:.3f} s (goal: under {limit} s)")
    print(f"  memory: {memory:.0f} MB at most (goal: under {MOST_MEMORY} MB)")
    _analyses(data, structure, rules)
    ratio = _ratios(options, sets)
    print(f"ratings: {ratio:.2f} of plain NumPy (goal: at most {MOST_RATIO:.0f})")
    kept = all(seconds[name] < limit for name, limit in LIMITS.items())
    return 0 if kept and memory < MOST_MEMORY and ratio <= MOST_RATIO else 1


def _made(cities: int, indicators: int, missing: float) -> tuple[scoring.Data, scoring.Structure]:
    """Skewed answers in ten groups; every fourth question by inhabitants, every ninth reversed."""
    draws = np.random.default_rng(1)
    values = np.floor(draws.gamma(2, 10, (cities, indicators)))
    values[draws.random(values.shape) < missing] = np.nan
    structure = scoring.Structure(
        groups=tuple(scoring.Group(code=f"G{one}", weight=one + 1) for one in range(GROUPS)),
        indicators=tuple(
            scoring.Indicator(
                code=f"I{one}", group=f"G{one % GROUPS}", weight=1 + one % 3, per=1e5,
                direction=1 if one % 9 else -1, denominator=None if one % 4 else "population",
            )
            for one in range(indicators)
        ),
    )  # fmt: skip
    population = draws.integers(10_000, 2_000_000, cities).astype(float)
    data = scoring.Data(
        cities=tuple(f"C{one}" for one in range(cities)), values=values,
        denominators={"population": population},
    )  # fmt: skip
    return data, structure


def _analyses(data: scoring.Data, structure: scoring.Structure, rules: scoring.Rules) -> None:
    small, tree = _made(60, 40, missing=0.1)
    last = int(np.nanargmin(scoring.score(small, tree, rules).index))
    deeds = {
        "other methods": lambda: scoring.under_methods(data, structure, rules),
        "without each question": lambda: scoring.without_each(data, structure, rules),
        "steps up of 60 × 40": lambda: scoring.steps_up(small, tree, rules, last),
    }
    for name, deed in deeds.items():
        print(f"  {name}: {_timed(deed, 1):.3f} s")


def _ratios(options: argparse.Namespace, sets: np.ndarray) -> float:
    """The time of complete answers under all sets of weights, as a ratio to the floor's."""
    data, structure = _made(options.cities, options.indicators, missing=0)
    rules = scoring.Rules()
    found = scoring.under_weights(data, structure, rules, sets[:50]).mean
    np.testing.assert_allclose(found, _floor(data, structure, sets[:50]))
    own = min(
        _timed(lambda: scoring.under_weights(data, structure, rules, sets), 1) for _ in range(3)
    )
    plain = min(_timed(lambda: _floor(data, structure, sets), 1) for _ in range(3))
    print(f"  complete answers: {own:.2f} s, plain NumPy {plain:.2f} s")
    return own / plain


def _floor(data: scoring.Data, structure: scoring.Structure, sets: np.ndarray) -> np.ndarray:
    """Mean ranks (n,) in plain NumPy, in blocks of the same size; no ties, nothing missing."""
    k, values = len(structure.indicators), data.values.copy()
    for column, one in enumerate(structure.indicators):
        if one.denominator:
            values[:, column] /= data.denominators[one.denominator] / one.per
        values[:, column] *= one.direction
    low, high = values.min(axis=0), values.max(axis=0)
    values = (values - low) / (high - low) * 100
    places = np.empty((len(values), len(sets)))
    for start in range(0, len(sets), 250):
        block = sets[start : start + 250]
        index = np.zeros((len(block), len(values)))
        for group in range(GROUPS):
            own = block[:, group:k:GROUPS]
            mean = own @ values[:, group::GROUPS].T / own.sum(axis=1, keepdims=True)
            index += block[:, k + group, None] * mean
        index /= block[:, k:].sum(axis=1, keepdims=True)
        order = np.argsort(-index, axis=1)
        ranks = np.empty(index.shape)
        np.put_along_axis(ranks, order, np.arange(1.0, len(values) + 1)[None], axis=1)
        places[:, start : start + 250] = ranks.T
    mean = places.mean(axis=1)
    np.quantile(places, (0.05, 0.5, 0.95), axis=1)
    return mean


def _timed(deed, times: int) -> float:
    """CPU seconds of one core, so that neighbours on the machine do not count."""
    started = time.process_time()
    for _ in range(times):
        deed()
    return (time.process_time() - started) / times


if __name__ == "__main__":
    sys.exit(main())

"""From the answers of an edition to its places: the one place where it is scored."""

from dataclasses import dataclass, replace

import numpy as np

from questionnaires.models import Response
from ratings import scoring
from ratings.models import Edition
from ratings.scoring import types
from standings.gathering import (
    Inputs,
    Overlay,
    Rows,
    Weights,
    answered,
    answers_digest,
    inputs,
    inputs_of,
    load,
    plain,
    rules_of,
)

__all__ = [
    "Inputs",
    "Outcome",
    "Place",
    "Rows",
    "answered",
    "answers_digest",
    "compute",
    "inputs",
    "inputs_of",
    "load",
    "outcome_of",
    "plain",
    "rules_of",
]


@dataclass(frozen=True, kw_only=True)
class Place:
    """What came out for one city. Plain numbers; None where there is none.

    `low` and `high` are the 5th and the 95th percentile of its place under perturbed weights,
    `same_share` the share of these runs with the same place, from 0 to 1. `groups` is
    {code: {"score", "rank"}}. `reason` says in a code why it was left out ("" where it was not).
    """

    response: Response
    class_code: str
    score: float | None
    rank: int | None
    rank_in_class: int | None
    rank_among_members: int | None
    rank_among_members_in_class: int | None
    low: float | None
    high: float | None
    mean: float | None
    median: float | None
    same_share: float | None
    groups: dict[str, dict]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """All places, in the order of `inputs.responses`; `scores` is None where nothing counts."""

    inputs: Inputs
    scores: scoring.Scores | None
    places: list[Place]

    def as_rows(self) -> list[dict]:
        """Plain Python for storing: one object per city, no NumPy types, None for no number.

        Of the groups only the directions, which everybody may read: a group inside one can hold
        a single question, and its score would tell the city's answer.
        """
        directions = {one.code for one in self.inputs.structure.groups if one.parent is None}
        return [
            {
                "response": place.response.pk, "class": place.class_code,
                "is_guest": place.response.is_guest,
                "score": place.score, "rank": place.rank, "rank_in_class": place.rank_in_class,
                "rank_among_members": place.rank_among_members,
                "rank_among_members_in_class": place.rank_among_members_in_class,
                "rank_low": place.low, "rank_high": place.high, "rank_mean": place.mean,
                "rank_median": place.median, "same_rank_share": place.same_share,
                "groups": {code: one for code, one in place.groups.items() if code in directions},
                "left_out": place.reason,
            }
            for place in self.places
        ]  # fmt: skip


def compute(
    edition: Edition,
    overlay: Overlay | None = None,
    rules: types.Rules | None = None,
    weights: Weights | None = None,
    *,
    firm: bool = True,
) -> Outcome:
    """Score an edition: the outcome with every place. `firm=False` leaves out likely places."""
    taken = inputs(edition, overlay, weights)
    return outcome_of(replace(taken, rules=rules) if rules else taken, firm=firm)


def outcome_of(taken: Inputs, *, firm: bool = True) -> Outcome:
    """Score what `inputs` gave."""
    if taken.is_empty:
        nowhere = [_nowhere(taken, row) for row in range(len(taken.responses))]
        return Outcome(inputs=taken, scores=None, places=nowhere)
    scores = scoring.score(taken.data, taken.structure, taken.rules)
    columns = _ranks(taken, scores) | (_firmness(taken) if firm else {})
    places = [_place(taken, scores, columns, row) for row in range(len(taken.responses))]
    return Outcome(inputs=taken, scores=scores, places=places)


def _ranks(taken: Inputs, scores: scoring.Scores) -> dict[str, np.ndarray]:
    """Places among all, in the class, and both among members; NaN where there is none."""
    index = np.asarray(scores.index, dtype=float)
    of_members = np.where([one.is_guest for one in taken.responses], np.nan, index)
    classes = np.array(taken.data.classes)
    return {
        "rank": scoring.ranks(index),
        "rank_in_class": _within(index, classes),
        "rank_among_members": scoring.ranks(of_members),
        "rank_among_members_in_class": _within(of_members, classes),
    } | {f"group {code}": scoring.ranks(column) for code, column in scores.groups.items()}


def _within(index: np.ndarray, classes: np.ndarray) -> np.ndarray:
    return np.where(classes == "", np.nan, scoring.ranks(index, among=classes))


def _firmness(taken: Inputs) -> dict[str, np.ndarray]:
    method = taken.method
    sets = scoring.draw_weights(
        taken.structure, float(method.weights_move), method.weight_sets, method.seed
    )
    firm = scoring.under_weights(taken.data, taken.structure, taken.rules, sets)
    return {
        "low": firm.q05, "high": firm.q95, "mean": firm.mean, "median": firm.median,
        "same_share": firm.same_share,
    }  # fmt: skip


def _place(
    taken: Inputs, scores: scoring.Scores, columns: dict[str, np.ndarray], row: int
) -> Place:
    def figure(name: str) -> float | None:
        return plain(columns[name][row]) if name in columns else None

    def place(name: str) -> int | None:
        number = figure(name)
        return None if number is None else round(number)

    score = plain(scores.index[row])
    firm = ("low", "high", "mean", "median", "same_share")
    return Place(
        response=taken.responses[row], class_code=taken.data.classes[row], score=score,
        rank=place("rank"), rank_in_class=place("rank_in_class"),
        rank_among_members=place("rank_among_members"),
        rank_among_members_in_class=place("rank_among_members_in_class"),
        **{name: figure(name) if score is not None else None for name in firm},
        groups={
            code: {"score": plain(column[row]), "rank": place(f"group {code}")}
            for code, column in scores.groups.items()
        },
        reason=str(scores.reasons[row] or "no_score") if score is None else "",
    )  # fmt: skip


def _nowhere(taken: Inputs, row: int) -> Place:
    """A city of an edition in which nothing counts."""
    names = (
        "score", "rank", "rank_in_class", "rank_among_members", "rank_among_members_in_class",
        "low", "high", "mean", "median", "same_share",
    )  # fmt: skip
    return Place(
        response=taken.responses[row], class_code=taken.data.classes[row], groups={},
        reason="nothing_counts", **dict.fromkeys(names),
    )  # fmt: skip

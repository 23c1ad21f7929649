"""Every point of one city as numbers and codes; the words are made when somebody reads them.

What comes out goes into `Points.detail` and stays as it is. It is of one city alone, except for
the median and the best of its class, and these only where at least three cities answered: of
fewer, a reader could tell a neighbour's answer.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from questionnaires.models import Answer, Response
from ratings import scoring
from ratings.models import Edition, Indicator
from ratings.scoring.tree import tree_of
from standings.computing import Inputs, Outcome, compute, plain

FORMAT = 1
LEAST_CITIES = 3
STEPS = 3
# Answers (cities times questions) of an edition up to which steps up are looked for: every trial
# rescores all, so that the work grows with the square. 60 × 40 take three seconds in all.
MOST_ANSWERS = 5000
WHOLE = (Indicator.Kind.COUNT, Indicator.Kind.YES_NO, Indicator.Kind.SCALE)


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What the points of all cities are made of, computed once."""

    outcome: Outcome
    rows: dict[int, int]
    contributions: np.ndarray
    shares: np.ndarray
    corrections: dict[tuple[int, int], str]
    limits: dict[str, scoring.Limit]


def points_of(outcome: Outcome | Edition, response: Response) -> dict[str, Any]:
    """The points of one city: plain Python, finite numbers or None.

    {"format", "score", "class", "left_out", "sum", "indicators": [...], "steps": [...]}; the
    contributions add up to the score. See `_indicator` for a line.
    """
    if isinstance(outcome, Edition):
        outcome = compute(outcome, firm=False)
    return _points(_shared(outcome), response)


def all_points(outcome: Outcome) -> dict[int, dict[str, Any]]:
    """The points of every city by the key of its questionnaire: for sealing, in one go."""
    shared = _shared(outcome)
    return {one.pk: _points(shared, one) for one in outcome.inputs.responses}


def corrections(edition: Edition) -> dict[tuple[int, int], str]:
    """Why answers count otherwise than given: {(response pk, indicator pk): reason}. One query."""
    rows = Answer.objects.filter(
        response__in=edition.responses.counted(), check_state=Answer.Check.CORRECTED
    ).order_by()
    return {
        (response, indicator): reason
        for response, indicator, reason in rows.values_list(
            "response_id", "indicator_id", "check_reason"
        )
    }


def _shared(outcome: Outcome) -> Shared:
    taken, scores = outcome.inputs, outcome.scores
    width = len(taken.indicators)
    if scores is None:
        contributions, shares = np.zeros((len(taken.responses), width)), np.zeros(width)
    else:
        contributions = _contributions(outcome)
        shares = tree_of(taken.structure).shares(scores.weights)[-1]
    return Shared(
        outcome=outcome,
        rows={one.pk: row for row, one in enumerate(taken.responses)},
        contributions=contributions,
        shares=shares,
        limits=_limits(taken),
        corrections=corrections(taken.edition) | dict.fromkeys(taken.rows.corrected, ""),
    )


def _contributions(outcome: Outcome) -> np.ndarray:
    """Points (n, k) of each answer; NaN where cities are compared in pairs: nothing adds up."""
    taken = outcome.inputs
    try:
        return scoring.contributions(outcome.scores, taken.structure, taken.rules)
    except scoring.ScoringRefused:
        return np.full(outcome.scores.normalised.shape, np.nan)


def _points(shared: Shared, response: Response) -> dict[str, Any]:
    taken, row = shared.outcome.inputs, shared.rows[response.pk]
    place = shared.outcome.places[row]
    has_score = place.score is not None
    lines = [
        _indicator(shared, row, column) for column in range(len(taken.indicators))
    ] if shared.outcome.scores is not None else []  # fmt: skip
    return {
        "format": FORMAT, "score": place.score, "class": place.class_code,
        "left_out": place.reason, "indicators": lines,
        "sum": plain(shared.contributions[row].sum()) if has_score else None,
        "steps": _steps(shared, row) if has_score else [],
    }  # fmt: skip


def _indicator(shared: Shared, row: int, column: int) -> dict[str, Any]:
    """One line: raw answer, denominated and normalised value, weight in the index in per cent,
    contribution in points, and `peers` answering cities of the class with their median and best.
    """
    taken, scores = shared.outcome.inputs, shared.outcome.scores
    one = taken.indicators[column]
    key = (taken.responses[row].pk, one.pk)
    has_score = shared.outcome.places[row].score is not None
    return {
        "code": one.code, "raw": shared.outcome.inputs.rows.answers.get(key),
        "is_corrected": key in shared.corrections, "reason": shared.corrections.get(key, ""),
        "value": plain(scores.denominated[row, column]),
        "normalised": plain(scores.normalised[row, column]),
        "is_used": bool(scores.used[row, column]),
        "is_imputed": bool(scores.used[row, column] and not scores.answered[row, column]),
        "weight": round(float(shared.shares[column]) * 100, 9),
        "contribution": plain(shared.contributions[row, column]) if has_score else None,
        **_peers(shared, row, column, one),
    }  # fmt: skip


def _peers(shared: Shared, row: int, column: int, one: Indicator) -> dict[str, Any]:
    """Median and best of the class; nothing where fewer than three of its cities answered."""
    scores = shared.outcome.scores
    classes = np.array(shared.outcome.inputs.data.classes)
    alike = (classes == classes[row]) & scores.answered[:, column] & ~np.isnan(scores.index)
    count = int(alike.sum()) if classes[row] else 0
    if count < LEAST_CITIES:
        return {"peers": 0, "median": None, "best": None, "median_value": None,
                "best_value": None, "gap": None}  # fmt: skip
    values, levels = scores.denominated[alike, column], scores.normalised[alike, column]
    best = np.nanmin if one.is_reversed else np.nanmax
    own, median, top = scores.normalised[row, column], _median(levels), _best(levels)
    return {
        "peers": count, "median": median, "best": top, "median_value": _median(values),
        "best_value": plain(best(values)) if np.isfinite(values).any() else None,
        "gap": plain(own - median) if median is not None else None,
    }  # fmt: skip


def _median(values: np.ndarray) -> float | None:
    return plain(np.nanmedian(values)) if np.isfinite(values).any() else None


def _best(values: np.ndarray) -> float | None:
    return plain(np.nanmax(values)) if np.isfinite(values).any() else None


def _steps(shared: Shared, row: int) -> list[dict[str, Any]] | None:
    """The cheapest three changes of one answer that lift the city, the others staying.

    None where the edition is too large to look for them.
    """
    taken = shared.outcome.inputs
    if taken.data.values.size > MOST_ANSWERS:
        return None
    found = scoring.steps_up(
        taken.data, taken.structure, taken.rules, row, limits=shared.limits, most=STEPS
    )
    return [
        {
            "code": step.indicator, "before": plain(step.before), "after": plain(step.after),
            "old_place": int(step.old_place), "new_place": int(step.new_place),
        }
        for step in found
    ]  # fmt: skip


def _limits(taken: Inputs) -> dict[str, scoring.Limit]:
    """What answers can be: whole numbers or the decimal places of the question, in its range."""
    return {
        one.code: scoring.Limit(
            step=1.0 if one.kind in WHOLE else 10.0**-one.decimals,
            minimum=plain(one.minimum),
            maximum=1.0 if one.kind == Indicator.Kind.YES_NO else plain(one.maximum),
        )
        for one in taken.indicators
    }

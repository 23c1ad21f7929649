"""From the rows of an edition to its places: the one place where answers become arrays."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from django.db.models import Case, F, FloatField, Q, When
from django.db.models.functions import Cast

from questionnaires.models import Answer, Response
from ratings import scoring
from ratings.models import Edition, Indicator, IndicatorGroup, Method, SizeClass
from ratings.scoring import types

POPULATION = "population"
RULES = (
    "is_denominated", "missing", "outliers", "outliers_most", "normalisation", "constant",
    "all_groups_needed", "within_groups", "across_groups", "equal_weights",
)  # fmt: skip
SHARES = ("least_answered", "least_of_group")
FIGURES = ("skewness_bound", "kurtosis_bound", "scale_low", "scale_high")

# {(response pk, indicator pk): what counts instead of the answer, or None: not answered}.
Overlay = Mapping[tuple[int, int], Decimal | float | None]
Weights = Mapping[str, Decimal | float]


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What the scoring takes, and the rows it was made of.

    `responses` are the n rows of the data, `indicators` its k columns, `groups` the nodes of the
    tree; only what counts: neither texts nor weights of 0 nor anything below a group of weight 0.
    """

    edition: Edition
    data: types.Data
    structure: types.Structure
    rules: types.Rules
    responses: list[Response]
    indicators: list[Indicator]
    groups: list[IndicatorGroup]
    classes: list[SizeClass]
    method: Method

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to score: no city, or nothing that counts."""
        return not (self.responses and self.indicators)


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
    scores: "scoring.Scores | None"
    places: list[Place]

    def as_rows(self) -> list[dict]:
        """Plain Python for storing: one object per city, no NumPy types, None for no number."""
        return [
            {
                "response": place.response.pk, "class": place.class_code,
                "is_guest": place.response.is_guest,
                "score": place.score, "rank": place.rank, "rank_in_class": place.rank_in_class,
                "rank_among_members": place.rank_among_members,
                "rank_among_members_in_class": place.rank_among_members_in_class,
                "rank_low": place.low, "rank_high": place.high, "rank_mean": place.mean,
                "rank_median": place.median, "same_rank_share": place.same_share,
                "groups": place.groups, "left_out": place.reason,
            }
            for place in self.places
        ]  # fmt: skip


def inputs(
    edition: Edition, overlay: Overlay | None = None, weights: Weights | None = None
) -> Inputs:
    """Counted questionnaires of an edition as arrays, in a constant number of queries.

    `overlay` replaces single answers (corrections), `weights` those of groups and indicators by
    code (trials). Population denominators are inhabitants; an answer as a denominator is named by
    the code of its indicator.
    """
    responses = list(edition.responses.counted().select_related("member", "country").order_by("pk"))
    classes = list(SizeClass.objects.filter(edition=edition))
    groups, indicators = _counting(edition, weights or {})
    method = Method.objects.filter(edition=edition).first() or Method(edition=edition)
    answers = answered(edition, overlay)
    return Inputs(
        edition=edition, responses=responses, indicators=indicators, groups=groups,
        classes=classes, method=method, rules=rules_of(method),
        structure=_structure(groups, indicators, weights or {}),
        data=_data(responses, indicators, classes, answers),
    )  # fmt: skip


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
        return Outcome(inputs=taken, scores=None, places=[_nowhere(taken, one) for one in range(
            len(taken.responses))])  # fmt: skip
    scores = scoring.score(taken.data, taken.structure, taken.rules)
    columns = _ranks(taken, scores) | (_firmness(taken) if firm else {})
    places = [_place(taken, scores, columns, row) for row in range(len(taken.responses))]
    return Outcome(inputs=taken, scores=scores, places=places)


def rules_of(method: Method) -> types.Rules:
    """The method as the scoring takes it: numbers as floats."""
    given = {name: getattr(method, name) for name in RULES}
    shares = {name: plain(getattr(method, name)) for name in SHARES}
    figures = {name: float(getattr(method, name)) for name in FIGURES}
    return types.Rules(**given, **shares, **figures)


def answered(edition: Edition, overlay: Overlay | None = None) -> dict[tuple[int, int], float]:
    """Every number that counts: {(response pk, indicator pk): value}, from counted questionnaires.

    One query. What counts is `Answer.counted_number`, here in SQL: 500 × 100 answers are many.
    """
    counts = Case(
        When(check_state=Answer.Check.CORRECTED, then=F("corrected_number")), default=F("number")
    )
    rows = (
        Answer.objects.filter(response__in=edition.responses.counted())
        .annotate(counted=Cast(counts, FloatField()))
        .filter(counted__isnull=False).order_by()
        .values_list("response_id", "indicator_id", "counted")
    )  # fmt: skip
    found = {(response, indicator): value for response, indicator, value in rows.iterator()}
    for key, value in (overlay or {}).items():
        if value is None:
            found.pop(key, None)
        else:
            found[key] = float(value)
    return found


def answers_digest(edition: Edition) -> str:
    """SHA-256 of the counted answers in canonical form: the same while no answer changes."""
    cities = edition.responses.counted().order_by("pk").values_list("pk", "population", "is_guest")
    answers = sorted([*key, value] for key, value in answered(edition).items())
    text = json.dumps([[list(city) for city in cities], answers], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(number) -> float | None:
    """A finite number as Python's own, anything else None."""
    return float(number) if number is not None and np.isfinite(float(number)) else None


def _counting(edition: Edition, weights: Weights) -> tuple[list[IndicatorGroup], list[Indicator]]:
    """Groups and indicators that count, in the order of the questionnaire."""
    groups = {one.pk: one for one in IndicatorGroup.objects.filter(edition=edition).order_by(
        "order", "pk")}  # fmt: skip
    indicators = [
        one
        for one in Indicator.objects.filter(~Q(kind="text"), edition=edition)
        .select_related("denominator_indicator").order_by("group__order", "group", "order", "pk")
        if _weight(one, weights) > 0 and _counts(groups[one.group_id], groups, weights)
    ]  # fmt: skip
    needed: set[int] = set()
    for one in indicators:
        above: int | None = one.group_id
        while above is not None and above not in needed:
            needed.add(above)
            above = groups[above].parent_id
    return [one for pk, one in groups.items() if pk in needed], indicators


def _counts(group: IndicatorGroup, groups: dict[int, IndicatorGroup], weights: Weights) -> bool:
    above: IndicatorGroup | None = group
    while above is not None:
        if _weight(above, weights) <= 0:
            return False
        above = groups[above.parent_id] if above.parent_id else None
    return True


def _weight(row: IndicatorGroup | Indicator, weights: Weights) -> float:
    return float(weights.get(row.code, row.weight))


def _structure(
    groups: Sequence[IndicatorGroup], indicators: Sequence[Indicator], weights: Weights
) -> types.Structure:
    codes = {one.pk: one.code for one in groups}
    return types.Structure(
        groups=tuple(
            types.Group(
                code=one.code, parent=codes[one.parent_id] if one.parent_id else None,
                weight=_weight(one, weights),
            )
            for one in groups
        ),
        indicators=tuple(_leaf(one, codes, weights) for one in indicators),
    )  # fmt: skip


def _leaf(one: Indicator, codes: dict[int, str], weights: Weights) -> types.Indicator:
    posts = (one.goalpost_low, one.goalpost_high)
    return types.Indicator(
        code=one.code, group=codes[one.group_id], weight=_weight(one, weights),
        direction=-1 if one.is_reversed else 1, denominator=_denominator(one), per=float(one.per),
        goalposts=(float(posts[0]), float(posts[1])) if None not in posts else None,
        target=plain(one.target),
    )  # fmt: skip


def _denominator(one: Indicator) -> str | None:
    if one.denominator == Indicator.Denominator.POPULATION:
        return POPULATION
    if one.denominator == Indicator.Denominator.INDICATOR:
        return one.denominator_indicator.code
    return None


def _data(
    responses: Sequence[Response],
    indicators: Sequence[Indicator],
    classes: list[SizeClass],
    answers: Mapping[tuple[int, int], float],
) -> types.Data:
    rows = {one.pk: row for row, one in enumerate(responses)}
    own = [one.size_class(classes) for one in responses]
    denominators = {POPULATION: np.array(
        [one.population if one.population else np.nan for one in responses], dtype=float
    )}  # fmt: skip
    for one in indicators:
        if one.denominator_indicator is not None:
            pk = one.denominator_indicator_id
            denominators[one.denominator_indicator.code] = np.array(
                [answers.get((city.pk, pk), np.nan) for city in responses], dtype=float
            )
    return types.Data(
        cities=tuple(str(one.pk) for one in responses),
        values=_values(rows, {one.pk: place for place, one in enumerate(indicators)}, answers),
        denominators=denominators,
        classes=tuple(one.code if one else "" for one in own),
    )


def _values(
    rows: dict[int, int], columns: dict[int, int], answers: Mapping[tuple[int, int], float]
) -> np.ndarray:
    values = np.full((len(rows), len(columns)), np.nan)
    for (response, indicator), value in answers.items():
        if response in rows and indicator in columns:
            values[rows[response], columns[indicator]] = value
    return values


def _ranks(taken: Inputs, scores: "scoring.Scores") -> dict[str, np.ndarray]:
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
    taken: Inputs, scores: "scoring.Scores", columns: dict[str, np.ndarray], row: int
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

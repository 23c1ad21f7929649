"""The rows of an edition as arrays: what its scoring takes, in a constant number of queries."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.db.models import Case, F, FloatField, When
from django.db.models.functions import Cast

from questionnaires.models import Answer, Response
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
class Rows:
    """All rows of an edition that the scoring may need, before it is said what counts."""

    edition: Edition
    responses: list[Response]
    groups: dict[int, IndicatorGroup]
    indicators: list[Indicator]
    classes: list[SizeClass]
    method: Method
    answers: dict[tuple[int, int], float]
    corrected: frozenset[tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What the scoring takes, and the rows it was made of.

    `responses` are the n rows of the data, `indicators` its k columns, `groups` the nodes of the
    tree; only what counts: neither texts nor weights of 0 nor anything below a group of weight 0.
    """

    rows: Rows
    data: types.Data
    structure: types.Structure
    rules: types.Rules
    indicators: list[Indicator]
    groups: list[IndicatorGroup]

    @property
    def edition(self) -> Edition:
        return self.rows.edition

    @property
    def responses(self) -> list[Response]:
        return self.rows.responses

    @property
    def classes(self) -> list[SizeClass]:
        return self.rows.classes

    @property
    def method(self) -> Method:
        return self.rows.method

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to score: no city, or nothing that counts."""
        return not (self.responses and self.indicators)


def load(edition: Edition, overlay: Overlay | None = None) -> Rows:
    """The rows of an edition, in six queries; indicators without the texts, which never count."""
    groups = IndicatorGroup.objects.filter(edition=edition).order_by("order", "pk")
    indicators = (
        Indicator.objects.filter(edition=edition).exclude(kind=Indicator.Kind.TEXT)
        .select_related("denominator_indicator").order_by("group__order", "group", "order", "pk")
    )  # fmt: skip
    responses = (
        edition.responses.counted().select_related("member__country", "country").order_by("pk")
    )
    return Rows(
        edition=edition, groups={one.pk: one for one in groups},
        responses=list(responses),
        indicators=list(indicators), classes=list(SizeClass.objects.filter(edition=edition)),
        method=Method.objects.filter(edition=edition).first() or Method(edition=edition),
        answers=answered(edition, overlay), corrected=frozenset(overlay or ()),
    )  # fmt: skip


def inputs(
    edition: Edition, overlay: Overlay | None = None, weights: Weights | None = None
) -> Inputs:
    """Counted questionnaires of an edition as arrays.

    `overlay` replaces single answers (corrections), `weights` those of groups and indicators by
    code (trials). Population denominators are inhabitants; an answer as a denominator is named by
    the code of its indicator.
    """
    return inputs_of(load(edition, overlay), weights)


def inputs_of(rows: Rows, weights: Weights | None = None) -> Inputs:
    """What counts of the rows, with other weights where they are given."""
    weights = weights or {}
    groups, indicators = _counting(rows, weights)
    return Inputs(
        rows=rows, data=_data(rows, indicators), rules=rules_of(rows.method),
        structure=_structure(groups, indicators, weights),
        indicators=indicators, groups=groups,
    )  # fmt: skip


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


def _counting(rows: Rows, weights: Weights) -> tuple[list[IndicatorGroup], list[Indicator]]:
    """Groups and indicators that count, in the order of the questionnaire."""
    indicators = [
        one
        for one in rows.indicators
        if _weight(one, weights) > 0 and _counts(rows.groups[one.group_id], rows.groups, weights)
    ]
    needed: set[int] = set()
    for one in indicators:
        above: int | None = one.group_id
        while above is not None and above not in needed:
            needed.add(above)
            above = rows.groups[above].parent_id
    return [one for pk, one in rows.groups.items() if pk in needed], indicators


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


def _data(rows: Rows, indicators: Sequence[Indicator]) -> types.Data:
    own = [one.size_class(rows.classes) for one in rows.responses]
    return types.Data(
        cities=tuple(str(one.pk) for one in rows.responses),
        values=_values(
            {one.pk: row for row, one in enumerate(rows.responses)},
            {one.pk: place for place, one in enumerate(indicators)},
            rows.answers,
        ),
        denominators=_denominators(rows, indicators),
        classes=tuple(one.code if one else "" for one in own),
    )


def _denominators(rows: Rows, indicators: Sequence[Indicator]) -> dict[str, np.ndarray]:
    """Inhabitants, and every answer that another one is divided by; NaN where there is none."""
    people = [one.population or np.nan for one in rows.responses]
    found = {POPULATION: np.array(people, dtype=float)}
    for one in indicators:
        if one.denominator_indicator is not None:
            pk = one.denominator_indicator_id
            answers = [rows.answers.get((city.pk, pk), np.nan) for city in rows.responses]
            found[one.denominator_indicator.code] = np.array(answers, dtype=float)
    return found


def _values(
    rows: dict[int, int], columns: dict[int, int], answers: Mapping[tuple[int, int], float]
) -> np.ndarray:
    values = np.full((len(rows), len(columns)), np.nan)
    for (response, indicator), value in answers.items():
        if response in rows and indicator in columns:
            values[rows[response], columns[indicator]] = value
    return values

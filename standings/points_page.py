"""The points of one city in words: questions, answers as counted, what each gave, steps up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from content.languages import in_language
from questionnaires.numbers import shown
from ratings.models import Edition, Indicator, IndicatorGroup, ScaleStep
from standings.wording import score_text

ADDS_UP = 1e-6
SCALED = (Indicator.Kind.SCALE, Indicator.Kind.YES_NO)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One question: `own`, `median` and `best` are places on the strip in per cent, or None."""

    code: str
    question: str
    answer: str
    value: str
    correction: str
    note: str
    weight: str
    contribution: str
    compared: bool
    median: str
    best: str
    gap: str
    former: str
    strip: tuple[float | None, float | None, float | None]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A direction with its questions and what they gave together."""

    title: str
    lines: list[Line]
    total: str


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A page of points; `score` and `total` are texts, `adds_up` whether they say the same."""

    score: str
    total: str
    adds_up: bool
    sections: list[Section]
    steps: list[str]
    are_steps_known: bool
    in_pairs: bool
    left_out: str
    has_former: bool = field(default=False)


@dataclass(frozen=True, kw_only=True)
class _Words:
    """The rows of an edition that turn codes into words."""

    indicators: dict[str, Indicator]
    groups: dict[int, IndicatorGroup]
    steps: dict[tuple[int, Decimal], str]


def explained(
    edition: Edition, detail: Mapping[str, Any], former: Mapping[str, Any] | None = None
) -> Explained:
    """`Points.detail` in the reader's language, in three queries; `former`: of the city's last.

    A detail without lines, as of a city without a single answer, gives a page without sections.
    """
    words, rows = _words(edition), detail.get("indicators", [])
    earlier = {row["code"]: row for row in (former or {}).get("indicators", [])}
    lines = [(row, _line(row, words, earlier)) for row in rows if row["code"] in words.indicators]
    score, total = detail.get("score"), detail.get("sum")
    steps = detail.get("steps", [])
    return Explained(
        score=score_text(score), total=score_text(total), left_out=detail.get("left_out", ""),
        adds_up=score is not None and total is not None and abs(score - total) < ADDS_UP,
        sections=_sections(lines, words), are_steps_known=steps is not None,
        steps=[_step(one, words) for one in steps or [] if one["code"] in words.indicators],
        in_pairs=score is not None and total is None,
        has_former=bool(earlier),
    )  # fmt: skip


def answer_words(number: float | None, indicator: Indicator, steps: Mapping) -> str:
    """An answer as a person gave it: "yes", the words of a step, "12 projects", "no answer"."""
    if number is None:
        return _("no answer")
    value = _decimal(number)
    if indicator.kind == Indicator.Kind.YES_NO:
        return _("yes") if value else _("no")
    if indicator.kind == Indicator.Kind.SCALE:
        return steps.get((indicator.scale_id, value), shown(value))
    if indicator.kind == Indicator.Kind.PERCENT:
        return f"{shown(value)} %"
    unit = in_language(indicator, "unit")[0]
    return f"{shown(value)} {unit}".strip()


def _words(edition: Edition) -> _Words:
    steps = ScaleStep.objects.filter(scale__edition=edition)
    return _Words(
        indicators={one.code: one for one in Indicator.objects.filter(edition=edition)
                    .select_related("denominator_indicator")},
        groups={one.pk: one for one in IndicatorGroup.objects.filter(edition=edition)},
        steps={(one.scale_id, one.value.normalize()): in_language(one, "label")[0]
               for one in steps},
    )  # fmt: skip


def _sections(lines: Sequence[tuple[Mapping, Line]], words: _Words) -> list[Section]:
    """By the direction directly below the index, in the order of the questionnaire."""
    found: dict[int, list[tuple[Mapping, Line]]] = {}
    for row, line in lines:
        found.setdefault(_top(words, row["code"]).pk, []).append((row, line))
    return [
        Section(
            title=in_language(words.groups[pk], "title")[0],
            lines=[line for _row, line in pairs], total=_total([row for row, _line in pairs]),
        )
        for pk, pairs in found.items()
    ]  # fmt: skip


def _top(words: _Words, code: str) -> IndicatorGroup:
    group = words.groups[words.indicators[code].group_id]
    while group.parent_id:
        group = words.groups[group.parent_id]
    return group


def _total(rows: Sequence[Mapping]) -> str:
    given = [row["contribution"] for row in rows]
    return "—" if any(one is None for one in given) else score_text(sum(given))


def _given(row: Mapping[str, Any]) -> float | None:
    """What an answer gave; nothing, and not zero, where it does not count for the city."""
    return row.get("contribution") if row.get("is_used") or row.get("is_imputed") else None


def _line(row: Mapping[str, Any], words: _Words, earlier: Mapping[str, Mapping]) -> Line:
    one = words.indicators[row["code"]]
    before = earlier.get(row["code"], {})
    return Line(
        code=one.code, question=in_language(one, "question")[0],
        answer=answer_words(row["raw"], one, words.steps), value=_value(row["value"], one),
        correction=_correction(row), note=_note(row),
        weight=_percent(row["weight"]), contribution=score_text(_given(row)),
        compared=bool(row["peers"]),
        median=_compared(row["median_value"], one, words), gap=_gap(row["gap"]),
        best=_compared(row["best_value"], one, words),
        former=score_text(_given(before)), strip=_strip(row),
    )  # fmt: skip


def _value(number: float | None, one: Indicator) -> str:
    """A denominated value: "3.2 per 100,000 inhabitants"; empty where nothing is divided."""
    if number is None or one.denominator == Indicator.Denominator.NONE:
        return ""
    if one.denominator == Indicator.Denominator.POPULATION:
        words = _("%(value)s per %(per)s inhabitants")
    else:
        words = pgettext("share of another answer", "%(value)s per %(per)s of question %(code)s")
    code = one.denominator_indicator.code if one.denominator_indicator else ""
    return words % {"value": _short(number), "per": shown(one.per), "code": code}


def _compared(number: float | None, one: Indicator, words: _Words) -> str:
    if number is None:
        return ""
    return _value(number, one) or (
        answer_words(number, one, words.steps)
        if (one.scale_id, _decimal(number)) in words.steps or one.kind not in SCALED
        else _short(number)
    )


def _correction(row: Mapping[str, Any]) -> str:
    if not row["is_corrected"]:
        return ""
    if row["reason"]:
        return _("Corrected when it was checked: %(reason)s") % {"reason": row["reason"]}
    return _("Corrected after the sealing; the reason stands with the results.")


def _note(row: Mapping[str, Any]) -> str:
    if row["is_imputed"]:
        return _("No answer that counts: a value by the method stands in for it.")
    if not row["is_used"]:
        return _("It does not count for your city; the other questions weigh more instead.")
    return ""


def _gap(number: float | None) -> str:
    """How far from the median of the class, on the scale of points of the question."""
    if number is None:
        return ""
    if abs(number) < ADDS_UP:
        return _("as the median")
    words = _("%(points)s above the median") if number > 0 else _("%(points)s below the median")
    return words % {"points": score_text(abs(number))}


def _strip(row: Mapping[str, Any]) -> tuple[float | None, float | None, float | None]:
    """Own value, median and best as per cent of the way from the lowest of them, or of 0."""
    given = [row["normalised"], row["median"], row["best"]]
    known = [one for one in given if one is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    if high <= low:
        return None, None, None
    own, median, best = (
        None if one is None else round((one - low) / (high - low) * 100, 1) for one in given
    )
    return own, median, best


def _step(one: Mapping[str, Any], words: _Words) -> str:
    """ "“Sister cities”: 7 instead of 5 (2 more): place 5 instead of 7, …"."""
    indicator = words.indicators[one["code"]]
    change = _decimal(one["after"] - one["before"])
    said = {
        "question": in_language(indicator, "question")[0],
        "after": answer_words(one["after"], indicator, words.steps),
        "before": answer_words(one["before"], indicator, words.steps),
        "new": one["new_place"], "old": one["old_place"], "change": shown(abs(change)),
    }  # fmt: skip
    if indicator.kind in SCALED:
        return (
            _(
                "%(question)s: “%(after)s” instead of “%(before)s” gives place %(new)d instead of "
                "%(old)d, if the others stay as they are."
            )
            % said
        )
    words_more = _(
        "%(question)s: %(change)s more (%(after)s instead of %(before)s) gives place %(new)d "
        "instead of %(old)d, if the others stay as they are."
    )
    words_less = _(
        "%(question)s: %(change)s less (%(after)s instead of %(before)s) gives place %(new)d "
        "instead of %(old)d, if the others stay as they are."
    )
    return (words_more if change > 0 else words_less) % said


def _percent(number: float) -> str:
    return f"{shown(Decimal(str(round(number, 1))))} %"


def _short(number: float) -> str:
    """Three significant digits at least, no idle zeros."""
    size = abs(number)
    places = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 1 else 4
    return shown(Decimal(str(round(number, places))))


def _decimal(number: float) -> Decimal:
    return Decimal(str(round(number, 4))).normalize()

"""Hints for the check: what is unusual about an answer, in a sentence. A hint is never a verdict.

Far from the others: the robust z-score (x - median) / (1.4826 * MAD), MAD the median of the
distances from the median (Iglewicz and Hoaglin 1993, with their bound of 3.5), over the values as
the rating divides them: per inhabitant or per another answer where the indicator says so. With
fewer than five answers, or where half of them are equal (MAD 0), nothing is compared, and `notes`
says so. A jump: from three times the number of the last edition held here, or a third of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from questionnaires.checkers import SENT
from questionnaires.models import Answer, Evidence, Response
from questionnaires.wording import figure
from ratings.models import Edition, Indicator

TO_DEVIATION = 1.4826  # of normally spread values: the MAD times this is the standard deviation
FAR = 3.5
LEAST = 5
FACTOR = 3
NEAR = 0.01
MEASURED = (Indicator.Kind.COUNT, Indicator.Kind.NUMBER, Indicator.Kind.PERCENT)


@dataclass(frozen=True)
class Hint:
    """Something unusual: its kind and the numbers it names."""

    kind: str
    numbers: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence, in the reader's language."""
        said = {name: figure(value) for name, value in self.numbers.items()}
        return _SENTENCES[self.kind]() % said


_SENTENCES = {
    "above": lambda: _(
        "Much more than other cities: %(score)s robust deviations above the median %(median)s of "
        "%(count)s answers (a hint from %(bound)s)."
    ),
    "below": lambda: _(
        "Much less than other cities: %(score)s robust deviations below the median %(median)s of "
        "%(count)s answers (a hint from %(bound)s)."
    ),
    "grown": lambda: _(
        "%(times)s times the number of the last edition, %(last)s (a hint from %(bound)s times)."
    ),
    "shrunk": lambda: _(
        "The number of the last edition, %(last)s, was %(times)s times as high (a hint from "
        "%(bound)s times)."
    ),
    "from_zero": lambda: _("The last edition had 0 here."),
    "to_zero": lambda: _("The last edition had %(last)s here, this one has 0."),
    "proof": lambda: _("A proof is required, and none is given."),
    "zero": lambda: _("The answer is 0, and the city comments on it."),
    "offer": lambda: _("The portal offered %(offered)s; the city changed it."),
    "bound": lambda: _("Close to the highest number that can be given, %(most)s."),
}


@dataclass
class Hints:
    """Of an edition: hints by key of answer, why nothing is compared by key of indicator, the
    value as the rating divides it and the number of the last edition by key of answer.
    """

    by_answer: dict[int, list[Hint]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[int, str] = field(default_factory=dict)
    divided: dict[int, float] = field(default_factory=dict)
    last: dict[int, Decimal] = field(default_factory=dict)


class _Row(NamedTuple):
    pk: int
    response: int
    indicator: int
    number: Decimal | None
    check_state: str
    corrected: Decimal | None
    comment: str
    offered: dict
    has_proof: bool

    @property
    def counted(self) -> Decimal | None:
        return self.corrected if self.check_state == Answer.Check.CORRECTED else self.number


def of_edition(edition: Edition, indicators: Iterable[Indicator] | None = None) -> Hints:
    """Hints for all answers that were sent, to these indicators or to all; at most five queries."""
    chosen = list(indicators if indicators is not None else edition.indicators.all())
    population = dict(
        Response.objects.filter(edition=edition, state__in=SENT)
        .order_by("pk").values_list("pk", "population")
    )  # fmt: skip
    needed = {one.pk for one in chosen} | {one.denominator_indicator_id for one in chosen} - {None}
    rows = _rows(edition, needed)
    found = Hints()
    _compare_cities(chosen, rows, population, found)
    _compare_editions(edition, chosen, rows, found)
    by_key = {one.pk: one for one in chosen}
    for row in rows:
        if indicator := by_key.get(row.indicator):
            found.by_answer[row.pk] += _own_hints(indicator, row)
    return found


def _rows(edition: Edition, indicators: set[int]) -> list[_Row]:
    proofs = Exists(Evidence.objects.filter(answer=OuterRef("pk")))
    found = Answer.objects.filter(
        response__edition=edition, response__state__in=SENT, indicator__in=indicators
    )
    return [
        _Row(*row)
        for row in found.order_by().values_list(
            "pk", "response", "indicator", "number", "check_state", "corrected_number", "comment",
            "offered", proofs,
        )
    ]  # fmt: skip


def _compare_cities(chosen, rows: list[_Row], population: dict, found: Hints) -> None:
    """Robust z-scores of all measured indicators at once."""
    measured = [one for one in chosen if one.kind in MEASURED]
    cities = {pk: place for place, pk in enumerate(population)}
    if not measured or not cities:
        return
    values, keys = _matrix(measured, rows, population, cities)
    scores, medians, counts, spread = robust_scores(values)
    for column, indicator in enumerate(measured):
        if reason := _not_compared(counts[column], spread[column]):
            found.notes[indicator.pk] = reason
    for city, column in zip(*np.nonzero(~np.isnan(values)), strict=True):
        key = int(keys[city, column])
        if measured[column].denominator != Indicator.Denominator.NONE:
            found.divided[key] = float(values[city, column])
        score = scores[city, column]
        if abs(score) > FAR:
            numbers = {
                "score": abs(score), "median": medians[column], "count": int(counts[column]),
                "bound": FAR,
            }  # fmt: skip
            found.by_answer[key].append(Hint("above" if score > 0 else "below", numbers))


def robust_scores(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Robust z-scores of the columns of (n, k) values with NaN for what is missing.

    Gives the scores (n, k), the medians, the numbers of values and the MADs (k,). A column with
    fewer than LEAST values or a MAD of 0 has scores of NaN.
    """
    counts = (~np.isnan(values)).sum(axis=0)
    medians, spread = np.full(values.shape[1], np.nan), np.full(values.shape[1], np.nan)
    enough = counts >= LEAST
    medians[enough] = np.nanmedian(values[:, enough], axis=0)
    spread[enough] = np.nanmedian(np.abs(values[:, enough] - medians[enough]), axis=0)
    divisor = np.where(spread > 0, TO_DEVIATION * spread, np.nan)
    return (values - medians) / divisor, medians, counts, spread


def _not_compared(count: int, spread: float) -> str:
    if count < LEAST:
        return _("Fewer than five answers: cities are not compared.")
    if spread == 0:
        return _("Half of the answers or more are equal: cities are not compared.")
    return ""


def _matrix(measured, rows, population, cities) -> tuple[np.ndarray, np.ndarray]:
    """Values (cities, indicators) as the rating divides them, and the keys of the answers."""
    counted = {(row.response, row.indicator): row for row in rows}
    shape = (len(cities), len(measured))
    values, keys = np.full(shape, np.nan), np.zeros(shape, dtype=np.int64)
    for column, indicator in enumerate(measured):
        for pk, place in cities.items():
            row = counted.get((pk, indicator.pk))
            if row is None or row.counted is None:
                continue
            keys[place, column] = row.pk
            divisor = _divisor(indicator, pk, population, counted)
            if divisor > 0:
                values[place, column] = float(row.counted) / divisor
    return values, keys


def _divisor(indicator: Indicator, response: int, population: dict, counted: dict) -> float:
    """What a number of this city is divided by; 0 where that is not known."""
    if indicator.denominator == Indicator.Denominator.NONE:
        return 1.0
    if indicator.denominator == Indicator.Denominator.POPULATION:
        base = population.get(response)
    else:
        row = counted.get((response, indicator.denominator_indicator_id))
        base = row.counted if row else None
    return float(base or 0) / float(indicator.per)


def _compare_editions(edition: Edition, chosen, rows: list[_Row], found: Hints) -> None:
    """Numbers of the same city and code in the last edition held here, and jumps from them."""
    earlier = Edition.objects.held().filter(rating=edition.rating_id, year__lt=edition.year)
    last = earlier.filter(responses__state__in=SENT).order_by("-year", "-pk").first()
    if last is None:
        return
    codes = {one.pk: one.code for one in chosen if one.kind in MEASURED}
    numbers = _numbers_of(last, set(codes.values()))
    members = dict(
        Response.objects.filter(edition=edition, state__in=SENT, member__isnull=False)
        .values_list("pk", "member")
    )  # fmt: skip
    for row in rows:
        before = numbers.get((members.get(row.response), codes.get(row.indicator)))
        if before is None:
            continue
        found.last[row.pk] = before
        if row.counted is not None and (hint := jump(before, row.counted)):
            found.by_answer[row.pk].append(hint)


def _numbers_of(edition: Edition, codes: set[str]) -> dict[tuple[int, str], Decimal]:
    rows = Answer.objects.filter(
        response__edition=edition, response__state__in=SENT, response__member__isnull=False,
        indicator__code__in=codes, indicator__kind__in=MEASURED,
    ).values_list(
        "response__member", "indicator__code", "check_state", "corrected_number", "number"
    )  # fmt: skip
    counted = {
        (member, code): corrected if state == Answer.Check.CORRECTED else number
        for member, code, state, corrected, number in rows.order_by()
    }
    return {key: number for key, number in counted.items() if number is not None}


def jump(before: Decimal, now: Decimal) -> Hint | None:
    """What is unusual about the way from the last edition's number to this one's."""
    if before == now:
        return None
    if before == 0:
        return Hint("from_zero") if now >= FACTOR else None
    if now == 0:
        return Hint("to_zero", {"last": before}) if before >= FACTOR else None
    if before < 0 or now < 0:
        return None
    if now >= FACTOR * before:
        return Hint("grown", {"times": now / before, "last": before, "bound": FACTOR})
    if before >= FACTOR * now:
        return Hint("shrunk", {"times": before / now, "last": before, "bound": FACTOR})
    return None


def _own_hints(indicator: Indicator, row: _Row) -> list[Hint]:
    """What can be said of an answer without looking at others."""
    number, found = row.counted, []
    if number is None:
        return found
    if indicator.evidence == Indicator.Evidence.REQUIRED and number != 0 and not row.has_proof:
        found.append(Hint("proof"))
    if number == 0 and row.comment.strip():
        found.append(Hint("zero"))
    offered = _offered(row.offered)
    if offered is not None and row.number is not None and offered != row.number:
        found.append(Hint("offer", {"offered": offered}))
    if indicator.kind in MEASURED and _is_near(indicator, number):
        found.append(Hint("bound", {"most": indicator.maximum}))
    return found


def _offered(offered: dict) -> Decimal | None:
    """The number that the portal offered, where it was a number."""
    value = offered.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def _is_near(indicator: Indicator, number: Decimal) -> bool:
    if indicator.maximum is None:
        return False
    width = indicator.maximum - (indicator.minimum or 0)
    return number >= indicator.maximum - width * Decimal(str(NEAR))

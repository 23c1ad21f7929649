"""How votes become scores and places: pure arithmetic on exact fractions, nothing of the database.

What is counted: the total of each vote, then one score for each work of all its totals, then
places. Scores are rounded half up to four digits, as the protocol prints them, and compared as
printed: what looks equal is equal. Every category is counted by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from judging.models import Stage

Method, Aggregation, TieRule = Stage.Method, Stage.Aggregation, Stage.TieRule
FULL = 100
TRIMMED_FROM = 4
DIGITS = Decimal("0.0001")
WORKING_DIGITS = 60


@dataclass(frozen=True)
class Scale:
    """A criterion: its key, what it weighs, the most points it can get."""

    key: int
    weight: int
    most: int


@dataclass(frozen=True)
class Vote:
    """What one juror gave one work: points by criterion (None: as a whole), or a place from 1."""

    work: int
    juror: int
    points: Mapping[int | None, int]
    position: int | None = None


@dataclass(frozen=True)
class Rule:
    """How a stage counts; `scales` in their order."""

    method: str
    aggregation: str
    tie_rule: str
    votes_needed: int
    scales: tuple[Scale, ...] = ()


@dataclass(frozen=True)
class Count:
    """What was counted for a work; no score and no place with fewer votes than needed."""

    work: int
    votes: int
    score: Decimal | None
    spread: Decimal | None
    place: int | None = None


def count(rule: Rule, works: Iterable[int], votes: Sequence[Vote]) -> list[Count]:
    """Scores and places of the works of one category, the best first, unplaced ones last."""
    totals = totals_of(rule, votes)
    measured = standardised(totals) if _standardises(rule) else totals
    given, shown = _by_work(measured), _by_work(totals)
    counts = [
        Count(
            work=work,
            votes=len(given[work]),
            score=_score(rule, given[work]),
            spread=spread([*shown[work].values()]),
        )
        for work in works
    ]
    return _placed(rule, counts, votes)


def totals_of(rule: Rule, votes: Sequence[Vote]) -> dict[tuple[int, int], Fraction]:
    """The total of each vote by (work, juror).

    yes or no: 100 or 0, so that the mean is the share of yes in per cent. stars: 1 to 5.
    criteria: each share of the most points times its weight, over the sum of the weights, from 0
    to 100. order: see `borda`.
    """
    if rule.method == Method.RANKING:
        return borda(votes)
    return {(one.work, one.juror): _total(rule, one) for one in votes}


def _total(rule: Rule, vote: Vote) -> Fraction:
    if rule.method == Method.CRITERIA:
        return weighted(rule.scales, vote.points)
    return Fraction(vote.points[None] * (FULL if rule.method == Method.YES_NO else 1))


def weighted(scales: Sequence[Scale], points: Mapping[int | None, int]) -> Fraction:
    """The weighted mean of the shares of the most points, from 0 to 100."""
    shares = sum(one.weight * Fraction(points[one.key], one.most) for one in scales)
    return FULL * shares / sum(one.weight for one in scales)


def borda(votes: Sequence[Vote]) -> dict[tuple[int, int], Fraction]:
    """Borda's count, as a share: of the other works in this juror's order, how many stand below.

    100 for the first, 0 for the last, so that jurors who abstained from some works weigh the same
    as others; a juror who ordered a single work says nothing: 50. After J.-C. de Borda, Mémoire
    sur les élections au scrutin (1781).
    """
    orders = defaultdict(list)
    for one in votes:
        orders[one.juror].append(one)
    return {
        (one.work, juror): Fraction(FULL * below, len(order) - 1)
        if len(order) > 1
        else Fraction(FULL, 2)
        for juror, order in orders.items()
        for below, one in enumerate(sorted(order, key=lambda one: -(one.position or 0)))
    }


def standardised(totals: Mapping[tuple[int, int], Fraction]) -> dict[tuple[int, int], Fraction]:
    """Totals on one scale for all jurors: 50 is a juror's own mean, 10 their own deviation.

    z = (x - mean) / deviation over the juror's votes in the category, the deviation with n, as
    these are all the votes there are; 50 + 10 z is the T-score of W. A. McCall, How to Measure in
    Education (1922). Who gave every work the same tells works not apart: z is 0.
    """
    own = defaultdict(list)
    for (_work, juror), total in totals.items():
        own[juror].append(total)
    norms = {juror: (mean(given), _deviation(given, len(given))) for juror, given in own.items()}
    return {
        (work, juror): 50 + 10 * _z(total, *norms[juror]) for (work, juror), total in totals.items()
    }


def _z(total: Fraction, middle: Fraction, deviation: Fraction) -> Fraction:
    return (total - middle) / deviation if deviation else Fraction(0)


def mean(given: Sequence[Fraction]) -> Fraction:
    """The arithmetic mean."""
    return Fraction(sum(given, Fraction(0)), len(given))


def trimmed_mean(given: Sequence[Fraction]) -> Fraction:
    """The mean without one highest and one lowest total; of fewer than four the plain mean.

    After J. W. Tukey, The Future of Data Analysis (1962): one on each side, as juries do.
    """
    kept = sorted(given)[1:-1] if len(given) >= TRIMMED_FROM else given
    return mean(kept)


def median(given: Sequence[Fraction]) -> Fraction:
    """The total in the middle; of an even number the mean of the two in the middle."""
    ordered, half = sorted(given), len(given) // 2
    return ordered[half] if len(ordered) % 2 else mean(ordered[half - 1 : half + 1])


def spread(given: Sequence[Fraction]) -> Decimal | None:
    """How far jurors were apart: the standard deviation of their totals with n - 1 (Bessel's
    correction: some votes stand for a jury that could be larger); None of a single vote."""
    return rounded(_deviation(given, len(given) - 1)) if len(given) > 1 else None


def _deviation(given: Sequence[Fraction], divisor: int) -> Fraction:
    middle = mean(given)
    variance = sum((one - middle) ** 2 for one in given) / divisor
    with localcontext() as context:
        context.prec = WORKING_DIGITS
        return Fraction((Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt())


def rounded(number: Fraction) -> Decimal:
    """Four digits, half up (away from zero)."""
    with localcontext() as context:
        context.prec = WORKING_DIGITS
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        return exact.quantize(DIGITS, rounding=ROUND_HALF_UP)


AGGREGATIONS = {
    Aggregation.MEAN: mean,
    Aggregation.TRIMMED: trimmed_mean,
    Aggregation.MEDIAN: median,
    Aggregation.STANDARDISED: mean,
}


def aggregates(method: str) -> bool:
    """Whether a stage of this method chooses how points are put together.

    A share of yes and Borda's count are means by themselves.
    """
    return method in {Method.STARS, Method.CRITERIA}


def _standardises(rule: Rule) -> bool:
    return aggregates(rule.method) and rule.aggregation == Aggregation.STANDARDISED


def _score(rule: Rule, given: Mapping[int, Fraction]) -> Decimal | None:
    if len(given) < max(rule.votes_needed, 1):
        return None
    chosen = Aggregation(rule.aggregation) if aggregates(rule.method) else Aggregation.MEAN
    return rounded(AGGREGATIONS[chosen]([*given.values()]))


def _by_work(totals: Mapping[tuple[int, int], Fraction]) -> dict[int, dict[int, Fraction]]:
    found = defaultdict(dict)
    for (work, juror), total in totals.items():
        found[work][juror] = total
    return found


def _placed(rule: Rule, counts: list[Count], votes: Sequence[Vote]) -> list[Count]:
    """Places 1, 2, 2, 4: one more than the works that are better; ties parted by the rule."""
    parts = _tie_breaker(rule, votes)
    placed = [one for one in counts if one.score is not None]
    keys = {one.work: (one.score, parts.get(one.work, ())) for one in placed}
    ordered = sorted(placed, key=lambda one: keys[one.work], reverse=True)
    ranks = {}
    for place, one in enumerate(ordered, start=1):
        ranks.setdefault(keys[one.work], place)
    unplaced = [one for one in counts if one.score is None]
    return [replace(one, place=ranks[keys[one.work]]) for one in ordered] + unplaced


def _tie_breaker(rule: Rule, votes: Sequence[Vote]) -> dict[int, tuple]:
    """What parts works of one score, the higher the better; nothing where they share the place or
    people decide."""
    if rule.tie_rule == TieRule.TOP_MARKS:
        return top_marks(rule, votes)
    if rule.tie_rule == TieRule.FIRST_CRITERION and rule.scales:
        return heaviest(rule.scales, votes)
    return {}


def top_marks(rule: Rule, votes: Sequence[Vote]) -> dict[int, tuple[Fraction, ...]]:
    """The marks of each work from the highest down: more highest marks win, then more second
    highest. A mark is what a juror gave for one criterion, as a share of its most points; where
    there are no criteria, the total."""
    found = defaultdict(list)
    if rule.method == Method.CRITERIA:
        most = {one.key: one.most for one in rule.scales}
        for vote in votes:
            found[vote.work] += [Fraction(vote.points[key], most[key]) for key in most]
    else:
        for (work, _juror), total in totals_of(rule, votes).items():
            found[work].append(total)
    return {work: tuple(sorted(marks, reverse=True)) for work, marks in found.items()}


def heaviest(scales: Sequence[Scale], votes: Sequence[Vote]) -> dict[int, tuple[Fraction]]:
    """The mean points of each work for the criterion that weighs most, the first of equal ones."""
    key = max(scales, key=lambda one: one.weight).key
    found = defaultdict(list)
    for vote in votes:
        found[vote.work].append(Fraction(vote.points[key]))
    return {work: (mean(given),) for work, given in found.items()}

"""How a rating is computed, in plain sentences: for pages, letters and documents.

Everything here speaks the language that is active when it is called.
"""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.dates import grouped
from ratings.models import Indicator, Method

MISSING = {
    Method.Missing.LEAVE_OUT: lambda: _(
        "A question without an answer is left out for that city, and its other answers count in "
        "proportion: nothing turns into a zero."
    ),
    Method.Missing.MEAN: lambda: _("In place of a missing answer stands the mean of all cities."),
    Method.Missing.MEDIAN: lambda: _(
        "In place of a missing answer stands the median of all cities."
    ),
    Method.Missing.MEAN_OF_CLASS: lambda: _(
        "In place of a missing answer stands the mean of the cities of the same size class."
    ),
    Method.Missing.MEDIAN_OF_CLASS: lambda: _(
        "In place of a missing answer stands the median of the cities of the same size class."
    ),
    Method.Missing.WORST: lambda: _(
        "A missing answer counts as the worst that any city gave to this question."
    ),
}
NORMALISED = {
    Method.Normalisation.MIN_MAX: lambda: _(
        "For each question the lowest value becomes %(low)s and the highest %(high)s; the others "
        "stand between them in proportion."
    ),
    Method.Normalisation.Z_SCORE: lambda: _(
        "Each value is told by how far it lies from the mean of all cities, in standard "
        "deviations; the mean becomes %(low)s and one deviation %(high)s."
    ),
    Method.Normalisation.RANK: lambda: _(
        "For each question cities are put in order, and the number in that order counts, not the "
        "value itself."
    ),
    Method.Normalisation.PERCENTILE_RANK: lambda: _(
        "For each question it counts what share of the other cities a city has left behind."
    ),
    Method.Normalisation.BORDA: lambda: _(
        "For each question a city gets a point for every city that it has left behind (Borda)."
    ),
    Method.Normalisation.GOALPOSTS: lambda: _(
        "Each question has two stated goalposts: at the lower one a city gets %(low)s, at the "
        "upper one and beyond %(high)s, between them in proportion."
    ),
    Method.Normalisation.TARGET: lambda: _(
        "Each question has a stated target; it counts how close to it a city has come."
    ),
    Method.Normalisation.DISTANCE_TO_MAX: lambda: _(
        "For each question it counts how far a city is from the best value."
    ),
}
CONSTANT = {
    Method.Constant.LEFT_OUT: lambda: _(
        "A question that all cities answered alike tells them not apart and is left out."
    ),
    Method.Constant.MIDDLE: lambda: _(
        "Where all cities gave the same answer, all get the middle of the scale."
    ),
    Method.Constant.FULL: lambda: _(
        "Where all cities gave the same answer, all get the top of the scale."
    ),
}
WITHIN = {
    Method.Aggregation.ARITHMETIC: lambda: _(
        "Within a direction the questions are averaged by their weights."
    ),
    Method.Aggregation.GEOMETRIC: lambda: _(
        "Within a direction the weighted geometric mean is taken: a weak answer is only partly "
        "made up for by a strong one."
    ),
    Method.Aggregation.HARMONIC: lambda: _(
        "Within a direction the weighted harmonic mean is taken: weak answers pull down most."
    ),
    Method.Aggregation.MEDIAN: lambda: _(
        "Within a direction the middle one of the values is taken, without weights."
    ),
}
ACROSS = {
    Method.Aggregation.ARITHMETIC: lambda: _(
        "The index is the average of the directions by their weights."
    ),
    Method.Aggregation.GEOMETRIC: lambda: _(
        "The index is the weighted geometric mean of the directions: a weak direction is only "
        "partly made up for by a strong one."
    ),
    Method.Aggregation.HARMONIC: lambda: _(
        "The index is the weighted harmonic mean of the directions: the weak ones pull down most."
    ),
    Method.Aggregation.MEDIAN: lambda: _(
        "The index is the middle one of the values of the directions, without weights."
    ),
}


def method_sentences(method: Method) -> list[str]:
    """The whole method, a sentence for each step, in the order in which they are taken."""
    return [
        *_before_scoring(method),
        *_scaling(method),
        *_adding_up(method),
        _("Cities whose scores agree to nine decimal places share a place; after two second places "
          "comes the fourth."),
        _firmness(method),
    ]  # fmt: skip


def _before_scoring(method: Method) -> Iterator[str]:
    if method.is_denominated:
        yield _(
            "Where a question says so, its answer is divided by the inhabitants of the city or by "
            "another answer, so that large and small cities can be compared."
        )
    else:
        yield _("Answers count as they are, however large the city is.")
    if method.least_answered:
        yield _(
            "A city that answered less than %(share)s of the scored questions has no place: too "
            "little is known of it."
        ) % {"share": percent(method.least_answered)}
    yield MISSING[Method.Missing(method.missing)]()
    if method.least_of_group:
        yield _(
            "A direction of which a city answered less than %(share)s has no score for that city."
        ) % {"share": percent(method.least_of_group)}
    if method.all_groups_needed:
        yield _("A city without a score in one of the directions has no place.")


def _scaling(method: Method) -> Iterator[str]:
    if method.outliers == Method.Outliers.WINSORISE:
        most = method.outliers_most
        yield ngettext(
            "Where answers are spread very unevenly (skewness beyond %(skewness)s together with "
            "kurtosis beyond %(kurtosis)s), at most %(most)d value farthest from the others is "
            "brought to the next one.",
            "Where answers are spread very unevenly (skewness beyond %(skewness)s together with "
            "kurtosis beyond %(kurtosis)s), at most %(most)d values farthest from the others are "
            "brought to the next one.",
            most,
        ) % {
            "skewness": plain(method.skewness_bound),
            "kurtosis": plain(method.kurtosis_bound),
            "most": most,
        }
    else:
        yield _("Values far from the others count as they are.")
    ends = {"low": plain(method.scale_low), "high": plain(method.scale_high)}
    yield NORMALISED[Method.Normalisation(method.normalisation)]() % ends
    yield _("Where less is better, the scale is turned round.")
    yield CONSTANT[Method.Constant(method.constant)]()


def _adding_up(method: Method) -> Iterator[str]:
    if method.within_groups == Method.Aggregation.COPELAND:
        yield _(
            "Cities are compared in pairs: one outranks another when the questions in which it is "
            "better weigh more. It counts how many cities a city outranks, less those that outrank "
            "it (Copeland)."
        )
    else:
        yield WITHIN[Method.Aggregation(method.within_groups)]()
        yield ACROSS[Method.Aggregation(method.across_groups)]()
    if method.equal_weights:
        yield _("All weights are equal.")


def _firmness(method: Method) -> str:
    return _(
        "To see how firm the places are, the rating was computed %(times)s more times, with every "
        "weight moved at random by up to %(share)s either way."
    ) % {"times": grouped(method.weight_sets), "share": percent(method.weights_move)}


def divided_words(indicator: Indicator) -> str:
    """By what an answer is divided, in words: "per 1,000 inhabitants"; or empty."""
    if indicator.denominator == Indicator.Denominator.POPULATION:
        if indicator.per == 1:
            return _("per inhabitant")
        return _("per %(number)s inhabitants") % {"number": plain(indicator.per)}
    below = indicator.denominator_indicator
    if indicator.denominator == Indicator.Denominator.INDICATOR and below:
        if indicator.per == 1:
            return _("divided by the answer %(code)s") % {"code": below.code}
        return _("per %(number)s of the answer %(code)s") % {
            "number": plain(indicator.per),
            "code": below.code,
        }
    return ""


def percent(share: Decimal | float) -> str:
    """A share from 0 to 1 in per cent: 34 %; 12.5 %."""
    return _("%(number)s %%") % {"number": plain(Decimal(str(share)) * 100)}


def plain(number: Decimal) -> str:
    """A number without trailing zeros as readers write it: 1,000; 0.25; 1000; 0,25."""
    number = Decimal(number)
    if number == number.to_integral_value():
        return grouped(int(number))
    digits = -number.normalize().as_tuple().exponent
    return number_format(number, decimal_pos=digits, use_l10n=True)

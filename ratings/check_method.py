"""Live check of the method: does each of its steps have what it needs."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ratings.models import Indicator, Method
from ratings.outline import Outline
from ratings.problems import Problem, error, warning

MEANS_OF_POSITIVES = (Method.Aggregation.GEOMETRIC, Method.Aggregation.HARMONIC)
# Where the lowest score is the lower end of the scale.
ON_THE_SCALE = (Method.Normalisation.MIN_MAX, Method.Normalisation.GOALPOSTS)
PER_CLASS = (Method.Missing.MEAN_OF_CLASS, Method.Missing.MEDIAN_OF_CLASS)


def found(whole: Outline, _at: datetime.datetime) -> Iterator[Problem]:
    """Problems of the method; without one nothing is scored."""
    if whole.method is None:
        yield error(_("The edition has no method: choose one on its form."), whole.edition)
        return
    scored = [leaf.indicator for leaf in whole.leaves() if leaf.counts]
    yield from _bounds(whole.method, scored)
    yield from _means(whole)
    if whole.method.missing in PER_CLASS and not whole.classes:
        yield error(
            _("Missing answers are filled from the size class, and there are no classes."),
            whole.edition,
        )


def _bounds(method: Method, scored: list[Indicator]) -> Iterator[Problem]:
    for one in scored:
        code = {"code": one.code}
        if method.normalisation == Method.Normalisation.GOALPOSTS and one.goalpost_low is None:
            yield error(_("%(code)s has no goalposts, and the method needs them.") % code, one)
        if method.normalisation == Method.Normalisation.TARGET and one.target is None:
            yield error(_("%(code)s has no target, and the method needs it.") % code, one)
    given = [one for one in scored if one.goalpost_low is not None]
    if method.normalisation != Method.Normalisation.GOALPOSTS and given:
        codes = ", ".join(one.code for one in given)
        yield warning(
            _("Goalposts are given and the method does not use them: %(codes)s.")
            % {"codes": codes},
            method.edition,
        )


def _means(whole: Outline) -> Iterator[Problem]:
    """Geometric and harmonic means are of positive numbers alone."""
    method = whole.method
    if not {method.within_groups, method.across_groups} & set(MEANS_OF_POSITIVES):
        return
    if method.normalisation == Method.Normalisation.Z_SCORE:
        yield error(
            _("Z-scores are negative for half of the cities; a geometric or harmonic mean needs "
              "positive scores."),
            whole.edition,
        )  # fmt: skip
    elif method.normalisation in ON_THE_SCALE and method.scale_low <= 0:
        yield error(
            _("The scale reaches %(low)s; a geometric or harmonic mean needs positive scores: let "
              "it begin at 1.") % {"low": f"{method.scale_low.normalize():f}"},
            whole.edition,
        )  # fmt: skip
    elif method.normalisation not in (*ON_THE_SCALE, Method.Normalisation.RANK):
        yield error(
            _("“%(way)s” scores the last city 0: there is no geometric or harmonic mean of it.")
            % {"way": method.get_normalisation_display()},
            whole.edition,
        )

"""Live check of single indicators: what they are divided by, and the range of their answers."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ratings.models import Indicator, Method
from ratings.outline import Outline
from ratings.problems import Problem, error, warning

KINDS_OF_NUMBERS = (Indicator.Kind.COUNT, Indicator.Kind.NUMBER, Indicator.Kind.PERCENT)


def found(whole: Outline, _at: datetime.datetime) -> Iterator[Problem]:
    """Problems of denominators and ranges."""
    yield from _inhabitants(whole)
    for one in whole.indicators:
        yield from _divided(one)
        yield from _range(one)


def _inhabitants(whole: Outline) -> Iterator[Problem]:
    """One sentence for all that are divided by inhabitants."""
    codes = ", ".join(
        one.code
        for one in whole.indicators
        if one.denominator == Indicator.Denominator.POPULATION and one.is_scored
    )
    if not codes:
        return
    if not _is_denominated(whole.method):
        yield warning(
            _("The method divides nothing; these say they are divided by inhabitants: %(codes)s.")
            % {"codes": codes},
            whole.edition,
        )
    elif not whole.edition.population_year:
        yield error(
            _("These are divided by inhabitants, and the year they are counted in is not given: "
              "%(codes)s.") % {"codes": codes},
            whole.edition,
        )  # fmt: skip


def _is_denominated(method: Method | None) -> bool:
    return method is None or method.is_denominated


def _divided(one: Indicator) -> Iterator[Problem]:
    below = one.denominator_indicator
    if one.denominator != Indicator.Denominator.INDICATOR or below is None:
        return
    codes = {"code": one.code, "below": below.code}
    if below.kind not in KINDS_OF_NUMBERS:
        yield error(
            _("%(code)s is divided by %(below)s, which is not answered with a number.") % codes,
            one,
        )
    elif below.minimum is None or below.minimum <= 0:
        yield warning(
            _("%(code)s is divided by %(below)s, which may be 0: with 0 below there is no figure, "
              "it counts as no answer.") % codes,
            one,
        )  # fmt: skip
    if one.kind not in KINDS_OF_NUMBERS:
        yield error(_("%(code)s is not a number and cannot be divided.") % codes, one)


def _range(one: Indicator) -> Iterator[Problem]:
    code = {"code": one.code}
    if one.kind == Indicator.Kind.PERCENT and one.maximum is None:
        yield warning(_("%(code)s is a share in per cent without an upper bound.") % code, one)
    if one.kind == Indicator.Kind.PERCENT and one.maximum is not None and one.maximum > 100:
        yield warning(_("%(code)s is a share in per cent and takes more than 100.") % code, one)
    if one.kind == Indicator.Kind.COUNT and one.decimals:
        yield warning(_("%(code)s is a whole number with decimal places.") % code, one)
    if one.kind == Indicator.Kind.COUNT and one.maximum is not None and _holds_no_whole(one):
        yield error(_("No whole number lies in the range of %(code)s.") % code, one)
    if one.is_scored and not one.unit and one.kind in KINDS_OF_NUMBERS:
        yield warning(_("%(code)s has no unit.") % code, one)


def _holds_no_whole(one: Indicator) -> bool:
    if one.minimum is None or one.minimum == one.minimum.to_integral_value():
        return False
    return one.minimum.to_integral_value(rounding="ROUND_CEILING") > one.maximum

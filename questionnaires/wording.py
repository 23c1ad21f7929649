"""Answers and decisions on them in words, in the reader's language."""

import math
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from questionnaires.models import Answer
from questionnaires.numbers import shown
from ratings.models import Indicator


def said(answer: Answer) -> str:
    """What the city said: "12", "yes", the words of a step, its text; empty: nothing."""
    kind = answer.indicator.kind
    if answer.is_unknown:
        return _("no such figure")
    if kind == Indicator.Kind.TEXT:
        return answer.text
    if kind == Indicator.Kind.SCALE and answer.step is not None:
        return str(answer.step)
    return value_words(answer.indicator, answer.number)


def counted(answer: Answer) -> str:
    """What counts now: the city's words, or the value it was corrected to."""
    if answer.check_state != Answer.Check.CORRECTED:
        return said(answer)
    if answer.corrected_to_nothing:
        return _("counts as not answered")
    return value_words(answer.indicator, answer.corrected_number)


def value_words(indicator: Indicator, number: Decimal | None) -> str:
    """A number as an answer to a question: "yes" for 1 where yes or no was asked."""
    if number is None:
        return ""
    if indicator.kind == Indicator.Kind.YES_NO:
        return pgettext("answer", "yes") if number else pgettext("answer", "no")
    return f"{shown(number)} %" if indicator.kind == Indicator.Kind.PERCENT else shown(number)


def decision(answer: Answer) -> str:
    """What was decided: "accepted", "corrected to 12 (counted twice)"."""
    if answer.check_state != Answer.Check.CORRECTED:
        return str(answer.get_check_state_display())
    if answer.corrected_to_nothing:
        return _("counts as not answered (%(reason)s)") % {"reason": answer.check_reason}
    return _("corrected to %(value)s (%(reason)s)") % {
        "value": value_words(answer.indicator, answer.corrected_number),
        "reason": answer.check_reason,
    }


def figure(value: Decimal | float | None) -> str:
    """A computed number for reading, with about three digits; nothing where there is none."""
    if value is None or not math.isfinite(value):
        return ""
    if isinstance(value, Decimal) and value == value.quantize(Decimal("0.01")):
        return shown(value)
    size = math.floor(math.log10(abs(value))) if value else 0
    places = max(0, min(4, 2 - size))
    return shown(Decimal(f"{float(value):.{places}f}"))

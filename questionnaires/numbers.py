"""Numbers as people type them, and as they are shown: one reading for every form of this app.

`read` takes a number out of a text, `fitting` judges it for a question besides. What cannot be
told for sure is asked about and never guessed; what was understood in another form than typed is
said. Nothing here is a float: there is no NaN, no infinity, and no exponent.
"""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from content.dated import today
from questionnaires.models.answers import FARTHEST
from questionnaires.refusals import Refused
from ratings.models import Indicator

LONGEST = 60
NO_BREAK = "\u00a0"
# Between thousands: blanks of every kind, and the apostrophe of the Swiss.
BETWEEN = "[ \u00a0\u2007\u2009\u202f\t'’]"
MINUS = "-−–"
MULTIPLES = [
    (r"тыс(?:яч[аи]?|\.)?|thousand|[kк]", Decimal(1000)),
    (r"млн\.?|миллион(?:а|ов)?|million|mln\.?", Decimal(10) ** 6),
    (r"млрд\.?|миллиард(?:а|ов)?|billion|bn\.?", Decimal(10) ** 9),
]
PLAIN = re.compile(rf"[0-9]+|[0-9]{{1,3}}(?:{BETWEEN}[0-9]{{3}})+")
FRACTION = re.compile(rf"({PLAIN.pattern})?[.,]([0-9]*)")
# Marks that may stand between thousands as well as before the fraction: 1,234; 1.234,5.
UNSURE = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+"
                    r"|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")  # fmt: skip
YEARS = {"year", "calendar year", "год"}


class NotANumber(Refused):
    """Why a text is no answer, as a sentence in the reader's language."""


@dataclass(frozen=True)
class Reading:
    """A number, None where nothing was typed; `said`: how a word in it was understood."""

    value: Decimal | None
    said: str = ""
    is_share: bool = False


def read(text: str) -> Reading:
    """The number in a text, whatever language it is written in. NotANumber says what to change.

    "1 234" is 1234, "1,5" and "1.5" are the same, "12 тыс." is 12000 and says so; "1.234" could
    be two numbers and is asked about; words, spans and exponents are refused.
    """
    text = " ".join(text.split())
    if not text:
        return Reading(None)
    if len(text) > LONGEST:
        raise NotANumber(_words())
    sign = -1 if text[0] in MINUS else 1
    rest = text[1:].strip() if text[0] in f"{MINUS}+" else text
    is_share, rest = rest.endswith("%"), rest.removesuffix("%").strip()
    digits, multiple = _without_multiple(rest)
    value = sign * _plain(digits) * multiple
    if abs(value) >= FARTHEST:
        raise NotANumber(_("This number is too large. Check the zeros."))
    if multiple == 1:
        return Reading(value, is_share=is_share)
    said = _("Understood as %(number)s. Correct it if you meant another number.")
    return Reading(value, said % {"number": shown(value)}, is_share)


def fitting(text: str, indicator: Indicator, day: datetime.date | None = None) -> Reading:
    """The number in a text, where the question takes it; NotANumber says why it does not.

    Nothing is rounded: more decimal places than the question has are refused. `day` is today
    unless given: a year to come is no answer to a question about a year.
    """
    found = read(text)
    if found.value is None:
        return found
    if found.is_share and indicator.kind != Indicator.Kind.PERCENT:
        raise NotANumber(
            _("A number is asked here, not a share: write it without the per cent sign.")
        )
    _refuse_decimals(found.value, indicator)
    _refuse_outside(found.value, indicator)
    if is_year(indicator) and found.value > (day or today()).year:
        raise NotANumber(_("This year is still to come. Check the digits."))
    return found


def is_year(indicator: Indicator) -> bool:
    """Whether a calendar year is asked: the unit says so."""
    units = (indicator.unit_ru, indicator.unit_en)
    return any((unit or "").strip().lower() in YEARS for unit in units)


def shown(value: Decimal | None, language: str | None = None) -> str:
    """A number for reading: 12,000.5; 12 000,5. Empty for none."""
    if value is None:
        return ""
    whole, _point, fraction = _digits(value).partition(".")
    is_russian = _is_russian(language)
    if len(whole.lstrip("-")) > 4 or not is_russian:
        whole = f"{int(whole):,}" if whole != "-0" else whole
        whole = whole.replace(",", NO_BREAK) if is_russian else whole
    whole = whole.replace("-", "−")
    return f"{whole}{',' if is_russian else '.'}{fraction}" if fraction else whole


def in_field(value: Decimal | None, language: str | None = None) -> str:
    """A number as a field holds it: nothing between thousands, so that `read` takes it again."""
    if value is None:
        return ""
    whole, _point, fraction = _digits(value).partition(".")
    if not fraction:
        return whole
    # Three places could be read as thousands: a fourth makes it plain.
    fraction = f"{fraction}0" if len(fraction) == 3 else fraction
    return f"{whole}{',' if _is_russian(language) else '.'}{fraction}"


def _is_russian(language: str | None) -> bool:
    return (language or get_language() or "ru")[:2] == "ru"


def _digits(value: Decimal) -> str:
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _without_multiple(text: str) -> tuple[str, Decimal]:
    for pattern, multiple in MULTIPLES:
        found = re.fullmatch(rf"(.*[0-9])\s*(?:{pattern})", text, re.IGNORECASE)
        if found:
            return found[1].strip(), multiple
    return text, Decimal(1)


def _plain(text: str) -> Decimal:
    bare = re.sub(BETWEEN, "", text)
    if PLAIN.fullmatch(text):
        return Decimal(bare)
    if UNSURE.fullmatch(text) and not re.match(r"0[.,]", text):
        raise NotANumber(_unsure(text))
    found = FRACTION.fullmatch(text)
    if not found or not (found[1] or found[2]):
        raise NotANumber(_words())
    whole = re.sub(BETWEEN, "", found[1] or "0")
    return Decimal(f"{whole}.{found[2] or '0'}")


def _unsure(text: str) -> str:
    together = re.sub("[.,]", "", text)
    last = max(text.rfind("."), text.rfind(","))
    mark = "," if _is_russian(None) else "."
    apart = f"{re.sub('[.,]', '', text[:last])}{mark}{text[last + 1 :]}"
    if sum(text.count(one) for one in ".,") == 1:
        return _(
            "“%(typed)s” can be read in two ways. Write %(together)s for thousands, or %(apart)s "
            "for a fraction."
        ) % {"typed": text, "together": together, "apart": f"{apart}0"}
    number = apart if len(set(text) & set(".,")) == 2 else together
    return _("“%(typed)s” can be read in two ways. Write %(number)s if that is what you mean.") % {
        "typed": text,
        "number": number,
    }


def _words() -> str:
    return _("Write one number in digits, such as 12 or 1.5, without words.")


def _refuse_decimals(value: Decimal, indicator: Indicator) -> None:
    places = 0 if indicator.kind == Indicator.Kind.COUNT else min(indicator.decimals, 4)
    if value == value.quantize(Decimal(1).scaleb(-places)):
        return
    if places == 0:
        raise NotANumber(_("A whole number is asked here, without a fraction."))
    raise NotANumber(
        ngettext(
            "At most %(places)d digit after the decimal mark.",
            "At most %(places)d digits after the decimal mark.",
            places,
        )
        % {"places": places}
    )


def _refuse_outside(value: Decimal, indicator: Indicator) -> None:
    low, high = indicator.minimum, indicator.maximum
    if low is not None and value < low:
        if low == 0:
            raise NotANumber(_("This cannot be below zero."))
        raise NotANumber(_("At least %(number)s.") % {"number": shown(low)})
    if high is not None and value > high:
        if indicator.kind == Indicator.Kind.PERCENT:
            raise NotANumber(_("At most %(number)s per cent.") % {"number": shown(high)})
        raise NotANumber(_("At most %(number)s.") % {"number": shown(high)})

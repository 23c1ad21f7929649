"""Amounts as people type and read them: exact to the hundredth, always with a currency."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

MOST = Decimal("9999999999.99")  # what the column holds
NO_BREAK = "\u00a0"
SPACES = re.compile(r"[\s\u00a0\u202f'’]+")


def money_text(amount: Decimal, currency: str, language: str | None = None) -> str:
    """ "1 500,00 RUB" in Russian, "1,500.00 RUB" in English; the spaces do not break."""
    return f"{number_text(amount, language)}{NO_BREAK}{currency}"


def number_text(amount: Decimal, language: str | None = None) -> str:
    """The amount alone, where a heading names the currency: "1 500,00"; "1,500.00"."""
    with translation.override(language or translation.get_language()):
        number = number_format(amount, decimal_pos=2, use_l10n=True, force_grouping=True)
    return number.replace(" ", NO_BREAK)


def parse_amount(text: str) -> Decimal:
    """The amount meant by "1 500,00", "1,500.00", "1500.5" or "1500".

    Raises ValidationError for what is no amount, is not more than zero, has parts of a hundredth,
    is larger than any due, or may be read in two ways ("1,500").
    """
    bare = SPACES.sub("", text)
    if bare.startswith(("-", "−", "–")):
        raise ValidationError(_("An amount is more than zero."), code="not_positive")
    amount = Decimal(_with_one_dot(bare))
    if amount <= 0:
        raise ValidationError(_("An amount is more than zero."), code="not_positive")
    if amount > MOST:
        raise ValidationError(_("This is more than any due. Check the zeros."), code="too_much")
    return amount.quantize(Decimal("0.01"))


def _with_one_dot(bare: str) -> str:
    whole, mark, part = _split(bare)
    if re.fullmatch(r"\d+", whole) is None or (mark and re.fullmatch(r"\d+", part) is None):
        raise ValidationError(
            _("This is not an amount. Write it like 1500.00 or 1 500,00."), code="no_amount"
        )
    if len(part) > 2:
        raise ValidationError(
            _("It is not clear where the hundredths begin. Write it like 1500.00."),
            code="unclear",
        )
    return f"{whole}.{part or '0'}"


def _split(bare: str) -> tuple[str, str, str]:
    """Whole part, decimal mark, hundredths. Of two different marks the last one is decimal."""
    place = max(bare.rfind(","), bare.rfind("."))
    if place < 0:
        return bare, "", ""
    mark = bare[place]
    other = "." if mark == "," else ","
    groups = bare[:place].split(other)
    if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
        return "", mark, ""
    return "".join(groups), mark, bare[place + 1 :]


class AmountField(forms.Field):
    """An amount of money, typed as people of either language write it."""

    def __init__(self, *, max_digits=None, decimal_places=None, **kwargs):
        # A model form passes what its column holds; `parse_amount` knows the limits.
        attrs = {"inputmode": "decimal", "maxlength": 30, "class": "vTextField amount"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, Decimal):
            return value or None
        return parse_amount(str(value))

    def has_changed(self, initial, data):
        try:
            return (initial or None) != self.to_python(data)
        except ValidationError:
            return True

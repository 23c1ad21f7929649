"""A field for dates known to the day, the month or the year, as people write them."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content.dated import Precision, parse_partial

# 2014; 05.2014 or 2014-05; 12.05.2014 or 2014-05-12.
SHAPE = re.compile(r"\d{4}(-\d{1,2}){0,2}", re.ASCII)
EARLIEST = 1000


def read(text: str) -> tuple[datetime.date, str]:
    """First day and precision of what a person wrote; ValueError for what is no date."""
    text = text.strip()
    if text[4:5] != "-":
        text = "-".join(reversed(re.split(r"[./]", text)))
    if not SHAPE.fullmatch(text) or int(text[:4]) < EARLIEST:
        raise ValueError(text)
    return parse_partial(text)


def write(day: datetime.date, precision: str) -> str:
    """What the field shows for a stored date."""
    pattern = {Precision.YEAR: "%Y", Precision.MONTH: "%m.%Y"}.get(precision, "%d.%m.%Y")
    return day.strftime(pattern)


class PartialDateField(forms.CharField):
    """Gives (first day, precision), or None when it is left empty."""

    def __init__(self, **options):
        super().__init__(
            **{
                "max_length": 10,
                "help_text": _("A day, a month or a year: 12.05.2014, 05.2014 or 2014."),
                **options,
            }
        )

    def prepare_value(self, value):
        if isinstance(value, tuple):
            return write(*value) if value[0] else ""
        return value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return read(text)
        except ValueError as error:
            raise ValidationError(
                _("Write a day, a month or a year: 12.05.2014, 05.2014 or 2014."), code="date"
            ) from error

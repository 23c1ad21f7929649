"""Words of the desk of results."""

from decimal import Decimal

from django import template

from questionnaires.numbers import shown
from standings.comparing import likeness

register = template.Library()


@register.filter
def as_percent(share: Decimal) -> str:
    """0.25 as "25"."""
    return shown((share * 100).normalize())


@register.filter
def likeness_words(coefficient: float | None) -> str:
    """What a rank correlation means."""
    return likeness(coefficient)

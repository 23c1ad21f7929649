"""Words of the desk of results."""

from decimal import Decimal

from django import template

from questionnaires.numbers import shown
from standings import wording
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


@register.filter
def likely_places(place) -> str:
    """ "3–10" of a place, as the public reads it; "—" where nothing was recalculated."""
    return "—" if place.low is None else wording.likely(place.low, place.high)

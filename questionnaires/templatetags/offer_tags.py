"""An offer beside a question of the questionnaire."""

from django import template

from questionnaires.models import Answer
from questionnaires.offers import Offer, kept_items

register = template.Library()


@register.inclusion_tag("questionnaires/cabinet/offer.html")
def offer_beside(offer: Offer | None, code: str, answer: Answer | None, take_url: str = "") -> dict:
    """What the portal knows for the question of this code; nothing without an offer.

    The button stands inside the form of the questionnaire and posts it to `take_url`; empty:
    nothing can be changed now.
    """
    is_taken = offer is not None and offer.is_taken(answer)
    return {"offer": offer, "code": code, "is_taken": is_taken, "take_url": take_url}


@register.inclusion_tag("questionnaires/cabinet/offered_items.html")
def taken_over(answer: Answer) -> dict:
    """What an answer was taken over from, as it was then: for the city and for the check."""
    return {"items": kept_items(answer)}

"""The way to the journey on the pages of a registration."""

from django import template
from django.urls import reverse

from events import placelinks
from travel import pages

register = template.Library()


@register.inclusion_tag("travel/includes/link.html")
def travel_of_delegation(member, event) -> dict:
    """On the page of a delegation: what the event asks about the journey, and where to tell it."""
    offer = pages.offer_of(event)
    return {"offer": offer, "url": reverse("travel:cabinet", args=[member.slug, event.slug])}


@register.inclusion_tag("travel/includes/link.html")
def travel_of_place(person) -> dict:
    """The same on the page of one participant, who came by the link of a letter."""
    offer = pages.offer_of(person.event) if person.is_active else None
    return {"offer": offer, "url": reverse("travel:place", args=[placelinks.token(person)])}

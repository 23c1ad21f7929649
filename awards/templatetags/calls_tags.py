"""What other pages show of calls for entries."""

from django import template
from django.utils import timezone

from awards.calls import CallCard
from awards.models import Round

register = template.Library()


@register.inclusion_tag("awards/includes/open_calls.html")
def open_calls(count: int = 3) -> dict:
    """The open calls that close first, for the front page. Two queries, one where none is open."""
    now = timezone.now()
    found = Round.objects.open(now).select_related("award").prefetch_related("categories")
    return {"cards": [CallCard(one, now) for one in found[:count]]}

"""What other pages show of a programme."""

from django import template

from events.models import Event
from programme import cards, grid
from programme.models import ProgrammeVersion

register = template.Library()


@register.inclusion_tag("programme/includes/programme_of.html")
def programme_of(event: Event) -> dict:
    """The days of the published programme, for the page of the event; nothing before that."""
    version = ProgrammeVersion.objects.latest_of(event)
    if version is None:
        return {"event": event, "days": []}
    counts: dict = {}
    for card in cards.of_version(version):
        counts[card.day] = counts.get(card.day, 0) + (not card.is_break)
    days = [
        {"title": grid.day_title(day), "anchor": f"d{day.isoformat()}", "count": counts[day]}
        for day in sorted(counts)
    ]
    return {"event": event, "days": days, "has_changes": bool(version.changes)}

"""What other pages show of a programme."""

from django import template
from django.db.models import Q

from events import placelinks
from events.models import Event, Participant
from members.models import Member
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


@register.inclusion_tag("programme/includes/own_link.html")
def programme_of_place(person: Participant) -> dict:
    """The link to the sessions that a participant without an account has chosen."""
    is_there = ProgrammeVersion.objects.filter(event=person.event_id).exists()
    return {"token": placelinks.token(person) if is_there and person.is_active else ""}


@register.inclusion_tag("programme/includes/agenda_link.html")
def agenda_of_delegation(member: Member, event: Event) -> dict:
    """The link to the agenda of a member's delegation, once a programme is published."""
    whole = event.parent_id or event.pk
    found = ProgrammeVersion.objects.filter(Q(event=whole) | Q(event__parent=whole))
    return {"member": member, "event": event, "is_there": found.exists()}

"""What other pages show of the events."""

from django import template
from django.utils import timezone

from events import listing
from events.activity import events_of
from events.models import Event
from members.models import Member

register = template.Library()


@register.inclusion_tag("events/includes/upcoming_events.html")
def upcoming_events(count: int = 4) -> dict:
    """The next events, for the front page."""
    now = timezone.now()
    events = Event.objects.upcoming(now).only(*listing.COLUMNS)[:count]
    return {"rows": listing.rows(events, now)}


@register.inclusion_tag("events/includes/member_events.html")
def member_events(member: Member, count: int = 5) -> dict:
    """Events that a member hosts, hosted or took part in, the latest first, for its page."""
    now = timezone.now()
    events = events_of(member, now).only(*listing.COLUMNS)
    return {"rows": listing.rows(events[:count], now)}

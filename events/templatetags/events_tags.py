"""What other pages show of the events."""

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from events import calendar, listing, words
from events.activity import events_of
from events.models import Event, EventChange
from members.models import Member

register = template.Library()


@register.inclusion_tag("events/includes/upcoming_events.html")
def upcoming_events(count: int = 4) -> dict:
    """The next events, for the front page."""
    now = timezone.now()
    events = listing.listed(Event.objects.upcoming(now))[:count]
    return {"rows": listing.rows(events, now)}


@register.inclusion_tag("events/includes/member_events.html")
def member_events(member: Member, count: int = 5) -> dict:
    """Events that a member hosts, hosted or took part in, the latest first, for its page."""
    now = timezone.now()
    events = listing.listed(events_of(member, now))
    return {"rows": listing.rows(events[:count], now)}


@register.simple_tag
def event_days(event: Event) -> SafeString:
    """The days of an event as far as they are known: 11–12 May 2027; October 2020."""
    return format_html(
        '<time datetime="{}">{}</time>', words.machine_day(event), words.days_text(event)
    )


@register.simple_tag
def moved_from(change: EventChange, language: str) -> str:
    """When the event was to be before it was moved, in this language."""
    return calendar.moved_words(change, language)

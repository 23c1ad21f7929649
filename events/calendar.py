"""Events as calendar files (RFC 5545): the real zone of the place, one lasting UID each."""

import datetime
from collections.abc import Iterable
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from content.languages import in_language
from events.models import Event
from mailing.cleaning import one_line

PRODUCT = "-//UCLG-Eurasia//Portal//EN"
# Calendars keep what was; a subscription goes back a year.
FEED_REACHES_BACK = datetime.timedelta(days=366)
REFRESH = datetime.timedelta(hours=6)
MARGIN = datetime.timedelta(days=366)


def feed_events(at: datetime.datetime | None = None):
    """What the subscription shows: public events of the last year and to come, cancelled too."""
    at = at or timezone.now()
    return (
        Event.objects.published(at)
        .filter(ends_at__gte=at - FEED_REACHES_BACK)
        .order_by("starts_at", "pk")
    )


def event_file(event: Event, language: str) -> bytes:
    """The calendar file of one event, in UTF-8."""
    return _written([event], language, in_language(event, "title", language)[0])


def feed(events: Iterable[Event], language: str) -> bytes:
    """The subscription: these events, in the reader's language where they have it."""
    with translation.override(language):
        name = _("Events of UCLG-Eurasia")
    return _written(events, language, name)


def _written(events: Iterable[Event], language: str, name: str) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("X-WR-CALNAME", one_line(name))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", icalendar.vDuration(REFRESH))
    days = []
    for event in events:
        calendar.add_component(_component(event, language))
        days += [event.starts_at.date(), event.ends_at.date()]
    if days:
        # Only the changes of clocks around these days: all since 1970 would be most of the file.
        calendar.add_missing_timezones(min(days) - MARGIN, max(days) + MARGIN)
    return calendar.to_ical()


def _component(event: Event, language: str) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("UID", f"event-{event.pk}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("DTSTAMP", event.updated_at.astimezone(datetime.UTC))
    entry.add("LAST-MODIFIED", event.updated_at.astimezone(datetime.UTC))
    entry.add("SEQUENCE", event.sequence)
    entry.add("STATUS", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    entry.add("DTSTART", event.starts_at.astimezone(event.zone))
    entry.add("DTEND", event.ends_at.astimezone(event.zone))
    for name, field in (("SUMMARY", "title"), ("LOCATION", "place"), ("DESCRIPTION", "summary")):
        text, code = in_language(event, field, language)
        if text:
            entry.add(name, one_line(text), parameters={"LANGUAGE": code})
    with translation.override(language):
        entry.add("URL", settings.SITE_URL + event.get_absolute_url())
    return entry

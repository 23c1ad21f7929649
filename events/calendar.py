"""Events as calendar files (RFC 5545): the real zone of the place, one lasting UID each."""

import datetime
from collections.abc import Iterable
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from content.languages import in_language
from events import clocks
from events.calendar_sources import Entry
from events.models import Event, EventChange
from events.words import title_with_state, when_text
from mailing.cleaning import one_line

PRODUCT = "-//UCLG-Eurasia//Portal//EN"
# Calendars keep what was; a subscription goes back a year and three ahead.
FEED_REACHES_BACK = datetime.timedelta(days=366)
FEED_REACHES_AHEAD = datetime.timedelta(days=3 * 366)
REFRESH = datetime.timedelta(hours=6)
MARGIN = datetime.timedelta(days=366)


def feed_events(at: datetime.datetime | None = None) -> QuerySet[Event]:
    """What the subscription shows: public events of the last year and to come, cancelled too.

    Tentative ones are left out: no calendar can hold "October 2020".
    """
    at = at or timezone.now()
    found = Event.objects.published(at).dated().filter(ends_at__gte=at - FEED_REACHES_BACK)
    return with_changes(found).order_by("starts_at", "pk")


def with_changes(events: QuerySet[Event]) -> QuerySet[Event]:
    """With `moves`: when and where the events were before, the latest first; one more query."""
    moves = EventChange.objects.filter(what__in=("moved", "new_date")).order_by("-at", "-pk")
    return events.defer("body", "body_ru", "body_en").prefetch_related(
        Prefetch("changes", queryset=moves, to_attr="moves")
    )


def event_file(event: Event, language: str) -> bytes:
    """The calendar file of one event (see `with_changes`), in UTF-8."""
    return _written([event], [], language, in_language(event, "title", language)[0])


def feed(
    events: Iterable[Event], language: str, entries: Iterable[Entry] = (), name: str = ""
) -> bytes:
    """A subscription: events and further entries, in the reader's language where they have it."""
    with translation.override(language):
        name = name or _("Events of UCLG-Eurasia")
    return _written(list(events), list(entries), language, name)


def _written(events: list[Event], entries: list[Entry], language: str, name: str) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("X-WR-CALNAME", one_line(name))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", icalendar.vDuration(REFRESH))
    zones = clocks.member_zones() if any(_has_strip(event) for event in events) else []
    for event in events:
        calendar.add_component(_component(event, language, zones))
    for entry in entries:
        calendar.add_component(_entry(entry, language))
    days = [day.date() for event in events for day in (event.starts_at, event.ends_at)]
    days += [entry.day for entry in entries]
    if days:
        # Only the changes of clocks around these days: all since 1970 would be most of the file.
        calendar.add_missing_timezones(min(days) - MARGIN, max(days) + MARGIN)
    return calendar.to_ical()


def _component(event: Event, language: str, zones: list[str]) -> icalendar.Event:
    component = _begun(f"event-{event.pk}", event.updated_at)
    component.add("SEQUENCE", event.sequence)
    # Days that no longer hold are taken out of calendars; a new date brings the same UID back.
    is_off = event.is_cancelled or event.is_postponed
    component.add("STATUS", "CANCELLED" if is_off else "CONFIRMED")
    component.add("DTSTART", event.starts_at.astimezone(event.zone))
    component.add("DTEND", event.ends_at.astimezone(event.zone))
    _add_text(component, "SUMMARY", *title_with_state(event, language))
    _add_text(component, "LOCATION", *in_language(event, "place", language))
    summary, code = in_language(event, "summary", language)
    _add_text(component, "DESCRIPTION", _description(event, summary, zones, code), code)
    with translation.override(language):
        component.add("URL", settings.SITE_URL + event.get_absolute_url())
    return component


def _entry(entry: Entry, language: str) -> icalendar.Event:
    component = _begun(entry.key, entry.updated_at or entry.sort_moment)
    component.add("TRANSP", "TRANSPARENT")
    moment = entry.moment
    if isinstance(moment, datetime.datetime):
        moment = moment.astimezone(entry.time_zone)
    component.add("DTSTART", moment)
    _add_text(component, "SUMMARY", *entry.title_in(language))
    with translation.override(language):
        if address := entry.address():
            component.add("URL", settings.SITE_URL + address)
    return component


def _begun(key: str, updated_at: datetime.datetime) -> icalendar.Event:
    component = icalendar.Event()
    component.add("UID", f"{key}@{urlsplit(settings.SITE_URL).hostname}")
    component.add("DTSTAMP", updated_at.astimezone(datetime.UTC))
    component.add("LAST-MODIFIED", updated_at.astimezone(datetime.UTC))
    return component


def _add_text(component: icalendar.Event, name: str, text: str, code: str) -> None:
    """Text in lines of its own choosing cannot break out: each is folded to one."""
    lines = [line for part in text.split("\n") if (line := one_line(part))]
    if lines:
        joint = "\n" if name == "DESCRIPTION" else " "
        component.add(name, joint.join(lines), parameters={"LANGUAGE": code})


def _has_strip(event: Event) -> bool:
    return event.mode != Event.Mode.IN_PERSON


def _description(event: Event, summary: str, zones: list[str], code: str) -> str:
    """The summary, when it was before, and the start by the clocks of all members."""
    lines = [one_line(summary)]
    if event.moves:
        lines.append(moved_words(event.moves[0], code))
    if _has_strip(event):
        lines += clocks.lines(event, zones, language=code)
    return "\n".join(lines)


def moved_words(change: EventChange, language: str) -> str:
    """When the event was to be before it was moved, by the clock of that time."""
    with translation.override(language):
        when = when_text(change.old_starts_at, change.old_ends_at, change.old_zone, language)
        return _("Moved: was %(when)s") % {"when": when}

"""Sessions as calendar files: one, all of a programme, or those that somebody has starred."""

import datetime
from collections.abc import Iterable
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from content.languages import in_language
from events.calendar import MARGIN, PRODUCT
from mailing.cleaning import one_line
from programme import cards
from programme.cards import Card
from programme.models import ProgrammeVersion


def written(version: ProgrammeVersion, language: str, chosen: Iterable[int] | None = None) -> bytes:
    """The calendar of a version in UTF-8: all sessions, or those of `chosen` that it has."""
    wanted = None if chosen is None else set(chosen)
    with translation.override(language):
        found = [one for one in cards.of_version(version) if wanted is None or one.pk in wanted]
        return _calendar(version, found, language)


def _calendar(version: ProgrammeVersion, found: list[Card], language: str) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("X-WR-CALNAME", one_line(in_language(version.event, "title")[0]))
    for card in found:
        calendar.add_component(_entry(version, card, language))
    if found:
        days = [moment.date() for card in found for moment in (card.starts, card.ends)]
        calendar.add_missing_timezones(min(days) - MARGIN, max(days) + MARGIN)
    return calendar.to_ical()


def _entry(version: ProgrammeVersion, card: Card, language: str) -> icalendar.Event:
    event, entry = version.event, icalendar.Event()
    entry.add("UID", f"session-{card.pk}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("DTSTAMP", version.published_at.astimezone(datetime.UTC))
    # Calendars take over what has a higher number: those of the versions rise.
    entry.add("SEQUENCE", version.number)
    entry.add("STATUS", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    entry.add("DTSTART", card.starts.astimezone(card.zone))
    entry.add("DTEND", card.ends.astimezone(card.zone))
    title = {"LANGUAGE": card.title.lang or language}
    entry.add("SUMMARY", one_line(card.title.text), parameters=title)
    place = ", ".join(filter(None, [card.hall.text, in_language(event, "place")[0]]))
    if place:
        entry.add("LOCATION", one_line(place))
    if about := "; ".join(filter(None, [in_language(event, "title")[0], card.summary.text])):
        entry.add("DESCRIPTION", one_line(about))
    page = reverse("programme:page", args=[event.slug])
    entry.add("URL", f"{settings.SITE_URL}{page}#{card.anchor}")
    return entry

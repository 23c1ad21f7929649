"""What the public page of an event says, written once for all readers of a language."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from content import cacheversion, structured
from content.languages import in_language, written_in
from content.templatetags.social_tags import address_of
from content.timezones import zone_words
from events import calendar, clocks, listing, words
from events.card import RegistrationCard
from events.models import Event, EventParty


def written_event(
    slug: str, among: QuerySet[Event] | None = None, *, is_preview: bool = False
) -> dict[str, Any]:
    """The page of an event in the reader's language. Raises Http404.

    Gives `text` (HTML of the whole page) and what its head says. `among`: published ones by
    default.
    """
    event, now = _event(slug, among), timezone.now()
    _text, language = in_language(event, "body" if event.body else "title")
    title = in_language(event, "title")[0]
    values = {
        **_facts(event, now), **_around(event, now), **_below(event, now), "is_preview": is_preview
    }  # fmt: skip
    return {
        "slug": event.slug,
        "title": title,
        "description": in_language(event, "summary")[0] or title,
        "is_tentative": event.is_tentative,
        "text": render_to_string("events/includes/event_page.html", values),
        "written_in": written_in(event, "title", "body"),
        "is_in_other_language": language != get_language(),
        "structured": described(event),
    }


STATES = {"cancelled": "EventCancelled", "postponed": "EventPostponed"}
MODES = {"online": "OnlineEventAttendanceMode", "hybrid": "MixedEventAttendanceMode"}


def described(event: Event) -> structured.Thing:
    """The event for search engines, no more exact than its days are known."""
    starts, ends = (
        moment.astimezone(event.zone).isoformat(timespec="minutes")
        for moment in (event.starts_at, event.ends_at)
    )
    if event.is_tentative:
        starts, ends = starts[: 4 if event.date_precision == "year" else 7], ""
    return structured.event(
        in_language(event, "title")[0], event.get_absolute_url(), starts, ends,
        state=STATES.get(event.status, "EventScheduled"),
        mode=MODES.get(event.mode, "OfflineEventAttendanceMode"),
        place=in_language(event, "place")[0], summary=in_language(event, "summary")[0],
        image=address_of("events", event.slug),
    )  # fmt: skip


def _event(slug: str, among: QuerySet[Event] | None) -> Event:
    events = Event.objects.published() if among is None else among
    found = (
        calendar.with_changes(events)
        .defer(None)
        .select_related(
            "host_member__country", "meeting", "picture", "series", "parent", "venue",
            "body_invited",
        )
        .prefetch_related("topics", "picture__renditions")
    )  # fmt: skip
    return get_object_or_404(found, slug=slug)


def _facts(event: Event, now: datetime.datetime) -> dict[str, Any]:
    """The event itself: when, where, what state its registration is in."""
    card = RegistrationCard.of(event, now)
    return {
        "event": event,
        "card": card,
        "deadline_strip": card.elsewhere(_member_zones()),
        "move": event.moves[0] if event.moves and event.ends_at >= now else None,
        "starts": event.starts_at.astimezone(event.zone).isoformat(timespec="minutes"),
        "clock": zone_words(event.starts_at, event.zone),
        "when": words.when_of(event),
        "opens_later": event.visible_from is not None and not event.is_public(now),
        "email": settings.ASSOCIATION_EMAIL,
        "phone": settings.ASSOCIATION_PHONE,
    }


def _around(event: Event, now: datetime.datetime) -> dict[str, Any]:
    """What the event belongs to, and when it begins elsewhere."""
    whole = event.parent
    strip = [] if event.is_tentative else clocks.strip(event, _member_zones())
    return {
        "strip": strip if len(strip) > 1 else [],
        "strip_is_open": event.mode != Event.Mode.IN_PERSON,
        "whole": whole if whole and whole.is_public(now) else None,
        "edition": words.roman(event.edition or 0),
        "spoken": words.languages_text(event.languages),
        "interpreted": words.languages_text(event.interpretation),
    }


def _member_zones() -> list[str]:
    return cacheversion.remembered("member-zones", clocks.member_zones)


def _below(event: Event, now: datetime.datetime) -> dict[str, Any]:
    """Parts and parties, for what stands below the facts."""
    parts = listing.listed(Event.objects.published(now).filter(parent=event))
    parties = event.parties.select_related("member", "organisation", "logo")
    return {
        "part_rows": listing.rows(parts.order_by("starts_at", "pk"), now),
        "parties": _by_role(parties.prefetch_related("logo__renditions")),
    }


def _by_role(parties) -> list[tuple[str, list[EventParty]]]:
    """Organisers and partners by their role, in the order of the roles."""
    rows = list(parties)
    roles = {role: [one for one in rows if one.role == role] for role in EventParty.Role}
    return [(role.label, found) for role, found in roles.items() if found]

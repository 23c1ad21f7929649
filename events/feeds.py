"""Calendar files over the web: asked again, they answer 304 until something has changed."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from events import calendar, calendar_sources
from events.listing import EventFilterForm
from events.models import Event


@require_safe
def event_file(request: HttpRequest, slug: str) -> HttpResponse:
    """One public event as a file; drafts and tentative ones are not found, cancelled say so."""
    found = calendar.with_changes(Event.objects.published().dated())
    event = get_object_or_404(found, slug=slug)
    return answer(request, calendar.event_file(event, request.LANGUAGE_CODE), f"{event.slug}.ics")


@require_safe
def subscription(request: HttpRequest) -> HttpResponse:
    """The events of the association with the deadlines, for calendars that ask again and again.

    Narrowed as the list is: by kind, country and topic. A filter that says nothing is not found.
    """
    filters = EventFilterForm(request.GET)
    if not filters.is_valid():
        raise Http404
    now = timezone.now()
    first, last = now - calendar.FEED_REACHES_BACK, now + calendar.FEED_REACHES_AHEAD
    entries = [entry for entry in calendar_sources.entries(first, last) if filters.admits(entry)]
    events = filters.narrowed(calendar.feed_events(now))
    body = calendar.feed(events, request.LANGUAGE_CODE, entries)
    return answer(request, body, "uclg-eurasia.ics")


def answer(
    request: HttpRequest, body: bytes, name: str, keeping: str = "public, max-age=300"
) -> HttpResponse:
    """A calendar file, or 304 for who has it; `keeping` is who may keep it for how long."""
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = keeping
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)

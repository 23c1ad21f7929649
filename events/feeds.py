"""Calendar files over the web: asked again, they answer 304 until something has changed."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from events import calendar
from events.models import Event


@require_safe
def event_file(request: HttpRequest, slug: str) -> HttpResponse:
    """One public event as a file; drafts are not found, cancelled events say so."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    return _answer(request, calendar.event_file(event, request.LANGUAGE_CODE), f"{event.slug}.ics")


@require_safe
def subscription(request: HttpRequest) -> HttpResponse:
    """The events of the association, for calendars that ask again and again."""
    body = calendar.feed(calendar.feed_events(), request.LANGUAGE_CODE)
    return _answer(request, body, "uclg-eurasia.ics")


def _answer(request: HttpRequest, body: bytes, name: str) -> HttpResponse:
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)

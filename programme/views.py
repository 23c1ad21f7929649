"""The public programme of an event: page, calendar files, PDF."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from content import privatefiles
from content.languages import in_language
from content.timezones import zone_words
from events import clocks
from events.models import Event
from programme import calendar, cards, changelist, grid, papers
from programme.filters import ProgrammeFilterForm
from programme.models import ProgrammeVersion


def published_version(slug: str) -> ProgrammeVersion:
    """The version that the public sees; Http404 where event or programme is not public."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    version = ProgrammeVersion.objects.latest_of(event)
    if version is None:
        raise Http404
    version.event = event
    return version


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Days, halls side by side or as a list, what is new; from the frozen version alone."""
    version = published_version(slug)
    event, all_cards = version.event, cards.of_version(version)
    form = ProgrammeFilterForm(request.GET, all_cards)
    context = {
        "event": event,
        "version": version,
        "days": grid.days(form.narrowed()),
        "filters": form,
        "clock": zone_words(event.starts_at, event.zone),
        "changes": changelist.lines(version.changes, event.zone),
        "strip": clocks.strip(event) if _is_online(event, all_cards) else [],
        "is_in_other_language": in_language(event, "title")[1] != request.LANGUAGE_CODE,
    }
    return render(request, "programme/programme.html", context)


def _is_online(event: Event, found: list[cards.Card]) -> bool:
    return event.mode != Event.Mode.IN_PERSON or any(card.is_online for card in found)


@require_safe
def programme_file(request: HttpRequest, slug: str) -> HttpResponse:
    """All sessions as a calendar file."""
    version = published_version(slug)
    return ics_response(request, calendar.written(version, request.LANGUAGE_CODE), slug)


@require_safe
def session_file(request: HttpRequest, slug: str, session: int) -> HttpResponse:
    """One session as a calendar file."""
    version = published_version(slug)
    if session not in {row["id"] for row in version.snapshot["sessions"]}:
        raise Http404
    body = calendar.written(version, request.LANGUAGE_CODE, [session])
    return ics_response(request, body, f"{slug}-{session}")


def ics_response(request: HttpRequest, body: bytes, name: str, *, own: bool = False):
    """A calendar as an answer; asked again it is 304 until something has changed.

    own: it is somebody's own and kept by nobody on its way.
    """
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response.headers["Cache-Control"] = "private, no-store" if own else "public, max-age=300"
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


@require_safe
def programme_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The bilingual programme on paper; made once for each version."""
    return privatefiles.response_for(papers.of_version(published_version(slug)))

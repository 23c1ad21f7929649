"""The page for joining an online event: the link is on it for the registered alone, in its time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.dates import moment_text, own_clock
from events import joining, placelinks
from events.models import Event


@never_cache
@require_safe
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """For whoever is signed in: a participant, or a representative of a delegation with places."""
    event = _event(slug)
    return _page(request, event, joining.is_registered(event, request.user))


@never_cache
@require_safe
def join_by_link(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """For the participant whose letter holds this link, without an account."""
    event, person = _event(slug), placelinks.find(token)
    return _page(request, event, person is not None and joining.may_join(person, event))


def _event(slug: str) -> Event:
    """Events in person have no such page."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    if event.mode == Event.Mode.IN_PERSON:
        raise Http404
    return event


def _page(request: HttpRequest, event: Event, is_registered: bool) -> HttpResponse:
    door = joining.door(event, is_registered=is_registered)
    context = {
        "event": event,
        "door": door,
        "opens": moment_text(door.opens_at, event.zone),
        "opens_own": own_clock(door.opens_at, event.zone),
    }
    status = 403 if door.state == "register" else 200
    response = render(request, "events/join.html", context, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

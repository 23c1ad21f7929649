"""The page of a door: for staff, and for helpers with the link of one event and one day.

Every scan is a plain form; the script only fills it from the camera and keeps it without a line.
"""

import datetime
import uuid

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from attendance import checkin, checkin_doors
from attendance.checkin import Answer, Keeper
from attendance.models import CheckIn
from content.keys import as_key
from events.models import Event

PERMISSION = "attendance.check_in"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_door(request: HttpRequest, slug: str) -> HttpResponse:
    """The door of an event for the staff who may check people in."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not request.user.has_perm(PERMISSION):
        raise Http404
    event = get_object_or_404(Event, slug=slug)
    return _door(request, event, Keeper(user=request.user))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def helper_door(request: HttpRequest, token: str) -> HttpResponse:
    """The same page by the link of one door; a link that is over says nothing."""
    door = checkin_doors.find(token)
    if door is None:
        raise Http404
    return _door(request, door.event, Keeper(door=door))


def _door(request: HttpRequest, event: Event, keeper: Keeper) -> HttpResponse:
    answer = undone = None
    if request.method == "POST":
        if undo := as_key(request.POST.get("undo")):
            undone = checkin.undo(event, undo, keeper)
        else:
            answer = _answer(request, event, keeper)
    asked = request.GET.get("q", "").strip()[:80]
    context = {
        "event": event,
        "door": keeper.door,
        "answer": answer,
        "undone": undone,
        "sender": _sender(answer),
        "name": answer.person.name_in(get_language()) if answer and answer.person else "",
        "asked": asked,
        "found": checkin.search(event, asked) if asked else [],
        "counts": checkin.counts(event),
        "cities": checkin.by_city(event) if "cities" in request.GET else None,
        "key": uuid.uuid4(),
        "language": get_language(),
        "Status": checkin.Status,
        "parts": _relatives(event) if keeper.user else [],
    }
    response = render(request, "attendance/door.html", context)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _answer(request: HttpRequest, event: Event, keeper: Keeper) -> Answer:
    fields = {"way": _way(request.POST.get("way")), "key": _key(request), "at": _moment(request)}
    if pk := as_key(request.POST.get("person")):
        return checkin.let_in(event, pk, keeper, **{**fields, "way": CheckIn.Way.NAME})
    return checkin.scan(event, request.POST.get("code", "")[:200], keeper, **fields)


def _sender(answer: Answer | None) -> str:
    person = answer.person if answer else None
    return person.delegation.sender_in(get_language()) if person else ""


def _relatives(event: Event) -> list[Event]:
    """The whole and the other parts, each with a door of its own."""
    whole = event.parent or event
    return [one for one in [whole, *whole.parts.order_by("starts_at", "pk")] if one != event]


def _key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _way(text: str | None) -> str:
    return text if text in CheckIn.Way.values else CheckIn.Way.CODE


def _moment(request: HttpRequest) -> datetime.datetime | None:
    try:
        at = parse_datetime(request.POST.get("at", ""))
    except ValueError:
        return None
    return at if at and timezone.is_aware(at) else None

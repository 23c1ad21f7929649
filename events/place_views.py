"""The page of one participant, opened by the signed link in their letters, without an account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events import deadlines, joining, leaving, own_data, placelinks, places, waiting, words
from events.guest_form import PlaceForm
from events.models import Participant
from events.people import RegistrationRefused
from events.question_form import guarded_uploads

DEEDS = {"take": waiting.accept_offer, "decline": leaving.give_back_or_ask}


@guarded_uploads
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, token: str) -> HttpResponse:
    """Show the state of a registration; a post takes or gives back the place, or keeps own data."""
    person = placelinks.find(token)
    if person is None or not person.event.is_public():
        raise Http404
    problem, form = "", _form(person)
    if request.method == "POST":
        deed = request.POST.get("deed")
        if deed == "save":
            form = _form(person, request.POST, request.FILES, request.too_large)
            problem = _save(person, form)
        elif deed in DEEDS:
            problem = _do(DEEDS[deed], person)
        if not problem and not form.errors:
            return redirect("events:place", token)
    response = render(request, "events/place.html", _context(person, problem, form))
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _do(deed, person: Participant) -> str:
    """Why it was refused; empty when it was done."""
    try:
        deed(person)
    except (waiting.OfferRefused, RegistrationRefused) as refused:
        return str(refused)
    return ""


def _save(person: Participant, form: PlaceForm) -> str:
    if not form.is_valid():
        return ""
    try:
        own_data.change(person, form.own(), form.answers())
    except RegistrationRefused as refused:
        return str(refused)
    return ""


def _form(person: Participant, data=None, files=None, too_large=()) -> PlaceForm:
    event, now = person.event, timezone.now()
    late = places.why_final(event, now) or deadlines.why_no_change(event, now)
    is_open = person.is_active and not late
    return PlaceForm(data, files, person=person, is_open=is_open, too_large=too_large)


def _context(person: Participant, problem: str, form: PlaceForm) -> dict:
    event, now = person.event, timezone.now()
    position = event.participants.positions().get(person.pk)
    return {
        "person": person,
        "sender": person.delegation.sender_in(get_language()),
        "event": event,
        "problem": problem,
        "form": form,
        "asked": leaving.asked_for(person),
        "late": person.is_active and deadlines.why_no_change(event, now),
        "when": words.when_text(event.starts_at, event.ends_at, event.zone),
        "state": words.state_words(person, position),
        "position": words.ordinal(position) if position else "",
        "joins": joining.page_of(person),
        "final": places.why_final(event, now),
        "Status": Participant.Status,
    }

"""The page of one participant, opened by the signed link in their letters, without an account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events import placelinks, places, waiting, words
from events.models import Participant


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, token: str) -> HttpResponse:
    """Show the state of a registration; a post takes the offered place or gives it back."""
    person = placelinks.find(token)
    if person is None or not person.event.is_public():
        raise Http404
    problem = ""
    if request.method == "POST":
        deed = waiting.accept_offer if request.POST.get("deed") == "take" else waiting.decline_offer
        try:
            deed(person)
            return redirect("events:place", token)
        except waiting.OfferRefused as refused:
            problem = str(refused)
    response = render(request, "events/place.html", _context(person, problem))
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _context(person: Participant, problem: str) -> dict:
    event = person.event
    position = event.participants.positions().get(person.pk)
    return {
        "person": person,
        "sender": person.delegation.sender_in(get_language()),
        "event": event,
        "problem": problem,
        "when": words.when_text(event.starts_at, event.ends_at, event.zone),
        "state": words.state_words(person, position),
        "position": words.ordinal(position) if position else "",
        "final": places.why_final(event, timezone.now()),
        "Status": Participant.Status,
    }

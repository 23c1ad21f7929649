"""One's own programme: sessions are starred, and go into one's own calendar."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from content.keys import as_key
from content.timezones import zone_words
from events import placelinks
from programme import calendar, cards, grid, stars
from programme.models import ProgrammeVersion
from programme.stars import Owner
from programme.views import ics_response, published_version


def _of_user(request: HttpRequest, slug: str) -> tuple[ProgrammeVersion, Owner]:
    return published_version(slug), Owner(user=request.user)


def _of_participant(request: HttpRequest, token: str) -> tuple[ProgrammeVersion, Owner]:
    person = placelinks.find(token)
    if person is None or not person.is_active:
        raise Http404
    return published_version(person.event.slug), Owner(participant=person)


def _page(find: Callable, calendar_name: str) -> Callable:
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, key: str) -> HttpResponse:
        version, owner = find(request, key)
        if request.method == "POST":
            return _starred(request, version, owner)
        response = render(request, "programme/own.html", _context(version, owner))
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    def _context(version: ProgrammeVersion, owner: Owner) -> dict:
        chosen = owner.keys(version.event)
        found = [one for one in cards.of_version(version) if not one.is_break]
        key = version.event.slug if owner.user else placelinks.token(owner.participant)
        return {
            "event": version.event,
            "version": version,
            "clock": zone_words(version.event.starts_at, version.event.zone),
            "own": _by_day([one for one in found if one.pk in chosen]),
            "days": _by_day(found),
            "chosen": chosen,
            "calendar": reverse(f"programme:{calendar_name}", args=[key]),
        }

    return view


def _by_day(found: list[cards.Card]) -> list[tuple[str, list[cards.Card]]]:
    days: dict[str, list[cards.Card]] = {}
    for card in found:
        days.setdefault(grid.day_title(card.day), []).append(card)
    return list(days.items())


def _starred(request: HttpRequest, version: ProgrammeVersion, owner: Owner) -> HttpResponse:
    session = request.POST.get("session", "")
    key, wanted = as_key(session), request.POST.get("deed") == "star"
    if key is None or not stars.toggle(version, owner, key, wanted):
        raise Http404
    return redirect(f"{request.path}#s{session}")


def _file(find: Callable) -> Callable:
    @require_safe
    def view(request: HttpRequest, key: str) -> HttpResponse:
        version, owner = find(request, key)
        body = calendar.written(version, request.LANGUAGE_CODE, owner.keys(version.event))
        return ics_response(request, body, version.event.slug, own=True)

    return view


own_page = login_required(_page(_of_user, "own_ics"))
own_file = login_required(_file(_of_user))
place_page = _page(_of_participant, "place_ics")
place_file = _file(_of_participant)

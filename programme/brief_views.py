"""The brief of one speaker, opened by the signed link of their letter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.downloads import pdf_response
from programme import briefs
from programme.models import ProgrammeVersion, SpeakerRole


def _role(token: str) -> SpeakerRole:
    role = briefs.find(token)
    if role is None:
        raise Http404
    return role


@never_cache
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Slot, audience, language, what was promised and what is missing."""
    role = _role(token)
    event = role.session.event
    is_public = ProgrammeVersion.objects.filter(event=event).exists() and event.is_public()
    context = {"brief": briefs.facts(role), "event": event, "token": token, "is_public": is_public}
    response = render(request, "programme/brief.html", context)
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@never_cache
@require_safe
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """The same on paper, in the language of the page."""
    return pdf_response(briefs.pdf(_role(token), request.LANGUAGE_CODE), "brief.pdf")

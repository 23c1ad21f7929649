"""Error pages in both languages; 500 and 503 need neither context nor database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from content.publishing import Withdrawn


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    """No such page; of one that was withdrawn, that it was."""
    if isinstance(exception, Withdrawn):
        return render(request, "410.html", status=410)
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest, exception=None) -> HttpResponse:
    """Limits on sign-in and mails count within five minutes: later it goes on."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = "300"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", {"is_form_expired": True}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("500.html"), status=500)


def service_unavailable(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = "10"
    response.headers["Cache-Control"] = "no-store"
    return response

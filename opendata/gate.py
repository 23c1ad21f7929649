"""What stands around every address of the API: methods, limits, parameters, CORS, errors."""

import functools
from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from opendata import limits, problems

View = Callable[..., HttpResponseBase]
READING = ("GET", "HEAD")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, RateLimit-Limit, RateLimit-Remaining, "
    "RateLimit-Reset",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}


def put(response: HttpResponseBase, headers: Mapping[str, str]) -> None:
    """Set headers of an answer."""
    for name, value in headers.items():
        response.headers[name] = value


def guarded(view: View, known: Sequence[str] | None = ()) -> View:
    """The view behind the gate. known: the parameters that there are; None: any."""

    @functools.wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        response = _answer(request, view, known, args, kwargs)
        put(response, CORS)
        return response

    answered.csrf_exempt = True  # type: ignore[attr-defined] # nothing is changed here
    return answered


def _answer(
    request: HttpRequest, view: View, known: Sequence[str] | None, args: tuple, kwargs: dict
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT)
    with translation.override(_language(request)):
        spent = limits.spend(request)
        response = (
            problems.too_many_requests(request, spent.seconds)
            if spent.is_too_much
            else _refusal(request, known) or _read(request, view, args, kwargs)
        )
    put(response, spent.headers)
    return response


def _language(request: HttpRequest) -> str:
    """The language of problems: the one asked for, else that of the browser."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or "ru"


def _refusal(request: HttpRequest, known: Sequence[str] | None) -> HttpResponse | None:
    """Why the question is not even asked, or None."""
    if request.method not in READING:
        return problems.not_allowed(request)
    if not request.accepts("application/json"):
        return problems.not_acceptable(request)
    if known is None:
        return None
    if unknown := [name for name in request.GET if name not in known]:
        return problems.unknown_parameters(request, unknown, known)
    twice = [name for name, values in request.GET.lists() if len(values) > 1]
    if twice:
        said = _("It is given twice.")
        return problems.bad_parameters(request, [(name, said) for name in twice])
    return None


def _read(request: HttpRequest, view: View, args: tuple, kwargs: dict) -> HttpResponseBase:
    request.method = "GET"  # the server leaves the body out for HEAD
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return problems.not_found(request)

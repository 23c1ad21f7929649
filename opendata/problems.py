"""What the API answers when it cannot: problem+json (RFC 9457), in the reader's language."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy
from ninja import Schema
from pydantic import Field

MEDIA_TYPE = "application/problem+json"
TITLES = {
    "bad-parameter": gettext_lazy("A parameter cannot be read"),
    "unknown-parameter": gettext_lazy("There is no such parameter"),
    "not-found": gettext_lazy("There is no such thing"),
    "not-allowed": gettext_lazy("The data can only be read"),
    "not-acceptable": pgettext_lazy("answer of a server", "Not in this form"),
    "too-many-requests": gettext_lazy("Too many requests"),
    "error": gettext_lazy("The portal made a mistake"),
    "unavailable": gettext_lazy("The portal does not answer at the moment"),
}


class ParameterError(Schema):
    parameter: str
    message: str


class Problem(Schema):
    """Why there is no answer."""

    type: str = Field(description=gettext_noop("Address that explains the kind of problem"))
    title: str = Field(description=gettext_noop("Kind of problem, in words"))
    status: int = Field(description=gettext_noop("Status of the answer"))
    detail: str = Field(description=gettext_noop("What happened and what helps"))
    instance: str = Field(description=gettext_noop("Address that was asked for"))
    known: list[str] | None = Field(None, description=gettext_noop("Parameters that there are"))
    errors: list[ParameterError] | None = Field(
        None, description=gettext_noop("What is wrong, parameter by parameter")
    )


def answer(
    request: HttpRequest, status: int, code: str, detail: str, *,
    known: Sequence[str] = (), errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """A problem as an answer. code: a key of TITLES."""
    body: dict[str, Any] = {
        "type": f"{settings.SITE_URL}/api/v1/docs#{code}", "title": str(TITLES[code]),
        "status": status, "detail": detail, "instance": request.get_full_path()[:1000],
    }  # fmt: skip
    if known:
        body["known"] = list(known)
    if errors:
        body["errors"] = list(errors)
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
        status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}),
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def unknown_parameters(
    request: HttpRequest, unknown: Sequence[str], known: Sequence[str]
) -> HttpResponse:
    """400 for parameters that there are not; the answer lists those that there are."""
    names = ", ".join(name[:60] for name in unknown[:5])
    detail = _("There is no parameter %(unknown)s here. Known: %(known)s.") % {
        "unknown": names, "known": ", ".join(known),
    }  # fmt: skip
    return answer(request, 400, "unknown-parameter", detail, known=known)


def bad_parameters(request: HttpRequest, errors: Sequence[tuple[str, str]]) -> HttpResponse:
    """400 for values that cannot be read, with a sentence for each."""
    told = [{"parameter": name, "message": message} for name, message in errors]
    detail = " ".join(f"{name}: {message}" for name, message in errors)
    return answer(request, 400, "bad-parameter", detail, errors=told)


def not_found(request: HttpRequest, detail: str = "") -> HttpResponse:
    return answer(
        request, 404, "not-found",
        detail or _("Nothing public is at this address. The reference lists all addresses."),
    )  # fmt: skip


def not_allowed(request: HttpRequest) -> HttpResponse:
    detail = _("Ask with GET. Nothing can be changed here.")
    return answer(request, 405, "not-allowed", detail, headers={"Allow": "GET, HEAD, OPTIONS"})


def not_acceptable(request: HttpRequest) -> HttpResponse:
    detail = _("The answers are JSON: accept application/json.")
    return answer(request, 406, "not-acceptable", detail)


def too_many_requests(request: HttpRequest, seconds: int) -> HttpResponse:
    detail = _(
        "You ask too often. Wait %(seconds)s seconds, or take the files of "
        "the page of open data: they hold everything."
    ) % {"seconds": seconds}
    headers = {"Retry-After": str(seconds)}
    return answer(request, 429, "too-many-requests", detail, headers=headers)


def server_error(request: HttpRequest) -> HttpResponse:
    detail = _("Something went wrong on our side. The mistake is noted; try again later.")
    return answer(request, 500, "error", detail)


def unavailable(request: HttpRequest) -> HttpResponse:
    detail = _("The database is being restarted. Try again in a few seconds.")
    return answer(request, 503, "unavailable", detail, headers={"Retry-After": "10"})

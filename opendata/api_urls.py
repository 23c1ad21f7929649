"""The addresses of the API, /api/…, all behind the gate."""

import functools

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import path, re_path, reverse
from ninja import Schema

from opendata import gate, problems
from opendata.api import api
from opendata.resources import ALL, BY_CODE

PREFIX = "api/v1/"
QUESTIONS: dict[str, type[Schema]] = {
    **{f"{one.code}_list": one.asked for one in ALL},
    **{f"{one.code}_one": one.one for one in ALL if one.one},
}


def parameters_of(name: str) -> list[str]:
    """The parameters of an address, by its name."""
    return sorted(QUESTIONS[name].model_fields)


def openapi(_request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    response = JsonResponse(document(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@functools.cache
def document() -> dict:
    """The OpenAPI document, written once: it hangs on the code alone."""
    return dict(api.get_openapi_schema(path_prefix=PREFIX))


def reference(_request: HttpRequest) -> HttpResponse:
    """The reference is a page in both languages: here is the way to it."""
    return HttpResponseRedirect(reverse("opendata:reference"))


def elsewhere(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that there is not: to the present version, or a problem."""
    wanted = rest.removeprefix("v1/").strip("/")
    is_known = wanted.partition("/")[0] in BY_CODE
    if is_known and rest != f"v1/{wanted}":
        query = request.META.get("QUERY_STRING", "")
        whole = f"/{PREFIX}{wanted}"
        return redirect(f"{whole}?{query}" if query else whole, permanent=True)
    return problems.not_found(request)


app_name = "api"
urlpatterns = [
    path("v1/openapi.json", gate.guarded(openapi), name="openapi"),
    path("v1/docs", reference, name="docs"),
    path("v1/", reference, name="root"),
    *(
        path(f"v1/{pattern.pattern}", gate.guarded(pattern.callback, parameters_of(pattern.name)),
             name=pattern.name)
        for pattern in api.urls[0]
        if pattern.name in QUESTIONS
    ),
    re_path(r"^(?P<rest>.*)$", gate.guarded(elsewhere, None), name="elsewhere"),
]  # fmt: skip

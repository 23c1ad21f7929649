"""The public API, /api/v1/: every kind of open data as a list and one by one."""

import logging
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Schema
from ninja.errors import ValidationError
from psycopg_pool import PoolTimeout
from pydantic import Field, create_model

from opendata import answers, problems
from opendata.columns import schema_of
from opendata.openapi import PortalAPI
from opendata.resources import ALL, Resource
from opendata.resources.base import Asked, Refused

logger = logging.getLogger(__name__)

api = PortalAPI(
    title="UCLG-Eurasia: open data",
    version="1",
    description=(
        "Public records of the association as JSON. Texts stand in Russian and in English: "
        "title_ru, title_en. Everything is CC BY 4.0 unless a row says otherwise."
    ),
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
PROBLEMS = dict.fromkeys((400, 404, 405, 406, 429, 500, 503), problems.Problem)


class LicenceOut(Schema):
    name: str = Field(examples=["CC BY 4.0"])
    url: str = Field(examples=["https://creativecommons.org/licenses/by/4.0/"])


class Paging(Schema):
    page: int = Field(examples=[1])
    limit: int = Field(examples=[20])
    total: int = Field(description=gettext_noop("Rows of all pages"), examples=[143])
    pages: int = Field(examples=[8])
    next: str | None = Field(description=gettext_noop("Address of the next page"))
    previous: str | None = Field(description=gettext_noop("Address of the page before"))


class Envelope(Schema):
    licence: LicenceOut
    attribution: str = Field(description=gettext_noop("How to name the source"))
    as_of: str = Field(description=gettext_noop("The day that the data are about"))
    language: str | None = Field(description=gettext_noop("The language that was asked for"))
    generated: str = Field(description=gettext_noop("When the answer was made"))


def _add(resource: Resource) -> None:
    """The list of a kind, and where it has numbers, one record by its number."""
    row = schema_of(resource.schema, resource.columns)
    many: Any = create_model(
        f"{resource.schema}List", __base__=Envelope, data=(list[row], ...), paging=(Paging, ...)
    )

    @api.get(
        f"/{resource.code}", response={200: many, 304: None, **PROBLEMS},
        operation_id=f"{resource.code}_list", url_name=f"{resource.code}_list",
        summary=resource.title, description=resource.summary, tags=[resource.code],
    )  # fmt: skip
    def listed(request: HttpRequest, asked: resource.asked = Query(...)) -> HttpResponse:  # type: ignore[name-defined] # noqa: B008
        return answers.of_list(request, resource, asked)

    if resource.one is not None:
        _add_one(resource, resource.one, row)


def _add_one(resource: Resource, question: type[Asked], row: type[Schema]) -> None:
    one: Any = create_model(f"{resource.schema}Answer", __base__=Envelope, data=(row, ...))

    @api.get(
        f"/{resource.code}/{{int:id}}", response={200: one, 304: None, **PROBLEMS},
        operation_id=f"{resource.code}_one", url_name=f"{resource.code}_one",
        tags=[resource.code], summary=resource.title,
        description=gettext_noop("One record by its number"),
    )  # fmt: skip
    def shown(request: HttpRequest, id: int, asked: question = Query(...)) -> HttpResponse:  # type: ignore[valid-type] # noqa: B008
        return answers.of_one(request, resource, asked, id)


for _resource in ALL:
    _add(_resource)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """400 with a sentence for every parameter that cannot be read."""
    found = {str(one["loc"][-1]): _sentence(one) for one in reversed(error.errors)}
    return problems.bad_parameters(request, list(found.items()))


def _sentence(error: dict[str, Any]) -> str:
    bounds = error.get("ctx") or {}
    kind = error["type"]
    if kind == "literal_error":
        return _("Choose one of %(values)s.") % {"values": bounds.get("expected", "")}
    if kind == "greater_than_equal":
        return _("Write %(number)s or more.") % {"number": bounds["ge"]}
    if kind == "less_than_equal":
        return _("Write %(number)s or less.") % {"number": bounds["le"]}
    if kind.startswith("int_"):
        return _("Write a whole number.")
    return _("It cannot be read like this; the reference has an example.")


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problems.bad_parameters(request, [(error.parameter, str(error.message))])


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    told = str(error) if isinstance(error, answers.PastTheEnd) else ""
    return problems.not_found(request, told)


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
        logger.error("The database does not answer: %s", error)
        return problems.unavailable(request)
    logger.exception("The API failed at %s", request.path, exc_info=error)
    return problems.server_error(request)

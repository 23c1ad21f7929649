"""The OpenAPI document: what ninja writes, made exact and given examples."""

from typing import Any

from ninja import NinjaAPI

from opendata.columns import example_of
from opendata.problems import MEDIA_TYPE
from opendata.resources import ALL

Document = dict[str, Any]
SPENT = {
    "RateLimit-Limit": "Requests a minute for one client.",
    "RateLimit-Remaining": "How many are left of this minute.",
    "RateLimit-Reset": "Seconds until the next minute begins.",
}
DESCRIPTIONS = {
    200: "The data.",
    304: "Nothing has changed since the answer whose ETag was sent in If-None-Match.",
    400: "A parameter is unknown or cannot be read.",
    404: "There is no such record, or no such page of the list.",
    405: "Another method than GET, HEAD or OPTIONS.",
    406: "The client takes no JSON.",
    429: "Too many requests of one client in a minute.",
    500: "A mistake on our side.",
    503: "The database is being restarted.",
}


class PortalAPI(NinjaAPI):
    """The API with a document that says exactly what is answered."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params=None) -> Document:
        """The document; `path_prefix` stands before every path."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        examples = _examples()
        for operations in document["paths"].values():
            for operation in operations.values():
                for parameter in operation["parameters"]:
                    _without_null(parameter)
                for status, answer in operation["responses"].items():
                    _exact(int(status), answer, examples[operation["operationId"]])
        return document


def _without_null(parameter: Document) -> None:
    """A parameter is left out, never null."""
    schema = parameter["schema"]
    parameter.pop("examples", None)  # those of the schema say the same
    if kept := [one for one in schema.pop("anyOf", []) if one.get("type") != "null"]:
        schema.update(kept[0])
    if schema.get("default", "") is None:
        del schema["default"]


def _exact(status: int, answer: Document, example: Document) -> None:
    answer["description"] = DESCRIPTIONS[status]
    if status == 304:
        return
    answer["headers"] = {
        name: {"description": said, "schema": {"type": "string"}} for name, said in SPENT.items()
    }
    content = answer.pop("content")["application/json"]
    if status == 200:
        answer["content"] = {"application/json": content | {"example": example}}
    else:
        answer["content"] = {MEDIA_TYPE: content | {"example": _problem(status)}}
    if status in (429, 503):
        answer["headers"]["Retry-After"] = {
            "description": "Seconds to wait.", "schema": {"type": "string"},
        }  # fmt: skip


def _examples() -> dict[str, Document]:
    """What each operation answers, made of the examples of the columns."""
    common = {
        "licence": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        "attribution": "UCLG-Eurasia, https://example.org", "as_of": "2026-03-14",
        "language": None, "generated": "2026-03-14T09:00:00Z",
    }  # fmt: skip
    paging = {"page": 1, "limit": 20, "total": 1, "pages": 1, "next": None, "previous": None}
    found = {}
    for one in ALL:
        row = example_of(one.columns)
        found[f"{one.code}_list"] = {"data": [row], "paging": paging} | common
        found[f"{one.code}_one"] = {"data": row} | common
    return found


def _problem(status: int) -> Document:
    return {
        "type": "https://example.org/api/v1/docs#not-found", "title": DESCRIPTIONS[status],
        "status": status, "detail": DESCRIPTIONS[status], "instance": "/api/v1/members/0",
    }  # fmt: skip

"""The reference of the API for people, in the reader's language."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from opendata import api_urls, problems
from opendata.columns import TYPES, Column, example_of
from opendata.openapi import DESCRIPTIONS
from opendata.resources import ALL, Resource


def page() -> dict[str, Any]:
    """The context of the page, from the OpenAPI document and the columns it is made of."""
    document = api_urls.document()
    return {
        "resources": [_resource(document, one) for one in ALL],
        "problems": [{"code": code, "title": title} for code, title in problems.TITLES.items()],
        "document_url": reverse("api:openapi"),
        "example_url": f"{settings.SITE_URL}/{api_urls.PREFIX}members?as_of=2019-06-01&lang=en",
        "statuses": sorted(DESCRIPTIONS),
    }


def _resource(document: dict, resource: Resource) -> dict[str, Any]:
    path = f"/{api_urls.PREFIX}{resource.code}"
    operation = document["paths"][path]["get"]
    return {
        "code": resource.code, "title": gettext(resource.title), "path": path,
        "summary": gettext(resource.summary), "has_one": resource.one is not None,
        "parameters": [_parameter(one) for one in operation["parameters"]],
        "columns": [_column(one) for one in resource.columns],
        "example": json.dumps(example_of(resource.columns), ensure_ascii=False, indent=1),
    }  # fmt: skip


def _parameter(parameter: dict) -> dict[str, Any]:
    schema = parameter["schema"]
    return {
        "name": parameter["name"], "said": gettext(parameter["description"]),
        "values": schema.get("enum", []), "example": (schema.get("examples") or [""])[0],
    }  # fmt: skip


def _column(column: Column) -> dict[str, Any]:
    return {"name": column.name, "type": TYPES[column.kind], "said": column.said(),
            "values": column.values}  # fmt: skip

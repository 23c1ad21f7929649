"""What the API answers: rows in an envelope with paging, licence and the day they are about."""

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from content import cacheversion
from content.licences import ADDRESSES, Licence
from opendata.columns import at, in_one_language
from opendata.resources import Resource
from opendata.resources.base import Asked, AskedList, day_of

SECONDS = 60
LICENCE = {"name": "CC BY 4.0", "url": ADDRESSES[Licence.CC_BY]}
ATTRIBUTION = "UCLG-Eurasia"

Body = dict[str, Any]


class PastTheEnd(Http404):
    """There are fewer pages than were asked for."""


def of_list(request: HttpRequest, resource: Resource, asked: AskedList) -> HttpResponse:
    """A page of a list. Raises Refused, Http404."""
    return _kept(request, resource, asked, lambda: _page(request, resource, asked))


def of_one(request: HttpRequest, resource: Resource, asked: Asked, pk: int) -> HttpResponse:
    """One record. Raises Refused, Http404."""
    return _kept(request, resource, asked, lambda: _record(request, resource, asked, pk))


def _page(request: HttpRequest, resource: Resource, asked: AskedList) -> Body:
    day = day_of(asked)
    found = resource.find(asked, day)
    total = found.count() if isinstance(found, QuerySet) else len(found)
    pages = max(-(-total // asked.limit), 1)
    if asked.page > pages:
        raise PastTheEnd(_("There is no page %(page)s; the last is %(last)s.")
                         % {"page": asked.page, "last": pages})  # fmt: skip
    start = (asked.page - 1) * asked.limit
    rows = resource.rows(list(found[start : start + asked.limit]), day)
    paging = {
        "page": asked.page, "limit": asked.limit, "total": total, "pages": pages,
        "next": _address(request, asked.page + 1) if asked.page < pages else None,
        "previous": _address(request, asked.page - 1) if asked.page > 1 else None,
    }  # fmt: skip
    return {"data": [in_one_language(row, asked.lang) for row in rows], "paging": paging,
            "as_of": day.isoformat()}  # fmt: skip


def _record(request: HttpRequest, resource: Resource, asked: Asked, pk: int) -> Body:
    day = day_of(asked)
    found: Sequence = resource.find(asked, day).filter(pk=pk)[:1]
    rows = resource.rows(list(found), day)
    if not rows:
        raise Http404
    return {"data": in_one_language(rows[0], asked.lang), "as_of": day.isoformat()}


def _address(request: HttpRequest, page: int) -> str:
    query = {**request.GET.dict(), "page": page}
    return f"{settings.SITE_URL}{request.path}?{urlencode(query)}"


def _kept(
    request: HttpRequest, resource: Resource, asked: Asked, make: Callable[[], Body]
) -> HttpResponse:
    """The answer, remembered until the content changes; 304 for who has it already."""
    said = repr((request.path, sorted(asked.dict().items()))).encode()
    name = f"api-{resource.code}-{hashlib.blake2b(said, digest_size=16).hexdigest()}"
    body, etag = cacheversion.remembered(name, lambda: _written(asked, make()))
    response = HttpResponse(body, content_type="application/json")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return get_conditional_response(request, etag=etag, response=response)


def _written(asked: Asked, body: Body) -> tuple[bytes, str]:
    """The bytes of an answer and its tag, which does not hang on the moment of writing."""
    same = _json(body)
    etag = f'"{hashlib.blake2b(same, digest_size=12).hexdigest()}"'
    told = {
        "licence": LICENCE, "attribution": f"{ATTRIBUTION}, {settings.SITE_URL}",
        "language": asked.lang, "generated": at(timezone.now()),
    }  # fmt: skip
    return _json(body | told), etag


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()

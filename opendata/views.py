"""The pages of open data, and its files."""

import hashlib
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from opendata import bulk, cards, catalogue, reference
from opendata.gate import CORS, put
from opendata.models import DataFile

SECONDS = 3600


class DataPage(TemplateView):
    """What may be taken: files with sizes and checksums, ratings, feeds, the API."""

    template_name = "opendata/data.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(**catalogue.page(), **kwargs)


class ReferencePage(TemplateView):
    """The reference of the API, written from its OpenAPI document."""

    template_name = "opendata/reference.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        written = reference.page() | {"limit": settings.API_REQUESTS_A_MINUTE}
        return super().get_context_data(**written, **kwargs)


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A bulk file for anybody; asked again, 304 until there is another version."""
    found = get_object_or_404(DataFile, name=name)
    etag = f'"{found.sha256[:32]}"'
    if (fresh := get_conditional_response(request, etag=etag)) is not None:
        return _public(fresh, etag)
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name,
        content_type=bulk.TYPES[found.name.rpartition(".")[2]],
    )  # fmt: skip
    return _public(response, etag)


@require_safe
def sums(request: HttpRequest) -> HttpResponseBase:
    """The checksums of all files."""
    text = bulk.sums()
    etag = f'"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    return _public(get_conditional_response(request, etag=etag, response=response), etag)


@require_safe
def card(request: HttpRequest, kind: str, key: str, language: str) -> HttpResponseBase:
    """The picture of a public page for social networks; 404 for all that is not public."""
    words = cards.words_of(kind, key, language)
    if words is None:
        raise Http404
    etag = f'"{cards.tag_of(*words, language)}"'
    if (fresh := get_conditional_response(request, etag=etag)) is not None:
        return _public(fresh, etag)
    return _public(HttpResponse(cards.picture(*words, language), content_type="image/png"), etag)


def _public(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    put(response, CORS)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return response

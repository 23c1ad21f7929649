"""The page behind a preview link."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from editorial import preview_links, previews, publishing


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """A record as readers will see it, for whoever has the link; not kept, not indexed.

    Once the record is public the link leads to its page. 410 for a link that ran out or was
    revoked, and for any that was never made: what does not work looks the same.
    """
    link = preview_links.found(token)
    record = link.record if link and link.is_usable() else None
    page = previews.page_of(type(record)) if record else None
    if page is not None and not publishing.is_over(record):
        return _sealed(page(request, record))
    if page is not None and record.is_public():
        return _sealed(HttpResponseRedirect(record.get_absolute_url()))
    return _sealed(render(request, "editorial/preview_gone.html", status=410))


def _sealed(response: HttpResponse) -> HttpResponse:
    """The address is a secret: no cache keeps the page, no other site learns where it is."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

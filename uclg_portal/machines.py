"""What machines read: robots.txt, the sitemap, and pictures where no web server stands in front."""

from django.conf import settings
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.static import serve

from content import cacheversion
from uclg_portal.sitemaps import SITEMAPS

MOST_ADDRESSES = 10_000


@cache_control(public=True, max_age=3600)
def robots(_request: HttpRequest) -> HttpResponse:
    """Everything public may be read; a demonstration asks not to be indexed on its pages."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Disallow: /*/cabinet/",
        "Disallow: /*/search/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=600)
def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponseBase:
    """All addresses in one map; where they are too many, an index of a map for each section."""
    if section is None and addresses_in_maps() > MOST_ADDRESSES:
        response = sitemap_index(request, SITEMAPS, sitemap_url_name="sitemap_section")
    else:
        response = sitemap_view(request, SITEMAPS, section=section)
    response.headers.pop("X-Robots-Tag", None)
    return response


def addresses_in_maps() -> int:
    """How many addresses all maps hold together, counted once for a version of the content."""

    def counted() -> int:
        pages = (made().paginator for made in SITEMAPS.values())
        return sum(paginator.count for paginator in pages)

    return cacheversion.remembered("sitemap-addresses", counted)


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture or one of its renditions; their names never come again, so they may be kept."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

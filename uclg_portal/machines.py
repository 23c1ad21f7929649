"""What machines read: robots.txt, the sitemap, and pictures where no web server stands in front."""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.static import serve

from uclg_portal.sitemaps import SITEMAPS


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
def sitemap(request: HttpRequest) -> HttpResponseBase:
    response = sitemap_view(request, SITEMAPS)
    response.headers.pop("X-Robots-Tag", None)
    return response


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture or one of its renditions; their names never come again, so they may be kept."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

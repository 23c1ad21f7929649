"""The portal's own middleware: what stands around every page."""

import hashlib
import logging

from django.conf import settings
from django.core.cache import cache
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

from content import cacheversion
from uclg_portal import errors

logger = logging.getLogger(__name__)


# Addresses with other parameters, or longer ones, are answered but not kept: nobody fills the
# cache with pages that no reader asks for.
KNOWN_PARAMETERS = {
    "page", "topic", "year", "kind", "country", "size", "letter", "when", "q",
    "since", "status", "part", "stage", "member", "day", "hall", "award",
    "class", "direction", "list", "city",
    "body", "series", "recommended", "goal",
    "lang", "from",
}  # fmt: skip
LONGEST_QUERY = 200


class DatabaseGoneMiddleware:
    """While the database restarts readers get a page that says so, in both languages, and 503."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception):
        if isinstance(exception, OperationalError | InterfaceError | PoolTimeout):
            logger.error("The database does not answer: %s", exception)
            return errors.service_unavailable(request)
        return None


class SecurityHeadersMiddleware:
    """Headers that Django and django-csp do not set, on every answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy",
            "accelerometer=(), camera=(self), geolocation=(), gyroscope=(), microphone=(), "
            "payment=(), usb=(), publickey-credentials-get=(self)",
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Also on pages from the cache and on errors, which Django's middleware never sees.
        if not getattr(response, "xframe_options_exempt", False):
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        return response


class PublicPageCacheMiddleware:
    """Whole public pages for visitors without a session, kept for a minute at most.

    The key holds the version of the content, which every change renews: no page is stale after an
    edit; the minute is for what becomes public by the clock. Pages with a nonce, a cookie,
    `private` or headers of their own (those that other sites may frame) are never kept.
    """

    seconds = 60

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_cacheable(request):
            return self.get_response(request)
        key = self._key(request)
        if (kept := cache.get(key)) is not None:
            return self._answer(request, kept)
        response = self.get_response(request)
        if not self._may_keep(response):
            return response
        kept = {
            "body": response.content,
            "type": response.headers["Content-Type"],
            "language": response.headers.get("Content-Language", ""),
            "etag": f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"',
        }
        cache.set(key, kept, self.seconds)
        return self._answer(request, kept)

    def _is_cacheable(self, request: HttpRequest) -> bool:
        if request.method not in ("GET", "HEAD"):
            return False
        first = request.path_info.lstrip("/").partition("/")[0]
        return (
            first in dict(settings.LANGUAGES)
            and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
            and KNOWN_PARAMETERS.issuperset(request.GET)
            and "/cabinet/" not in request.path_info
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and "messages" not in request.COOKIES
        )

    def _key(self, request: HttpRequest) -> str:
        address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
        digest = hashlib.blake2b(address.encode(), digest_size=16).hexdigest()
        return f"page:{cacheversion.current()}:{digest}"

    def _may_keep(self, response: HttpResponse) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and not getattr(response, "xframe_options_exempt", False)
            and "private" not in response.headers.get("Cache-Control", "")
            and "no-store" not in response.headers.get("Cache-Control", "")
            and "Cookie" not in response.headers.get("Vary", "")
            and response.headers.get("Content-Type", "").startswith("text/html")
        )

    def _answer(self, request: HttpRequest, kept: dict) -> HttpResponse:
        if request.headers.get("If-None-Match") == kept["etag"]:
            response = HttpResponse(status=304)
        else:
            response = HttpResponse(kept["body"], content_type=kept["type"])
        if kept["language"]:
            response.headers["Content-Language"] = kept["language"]
        response.headers["ETag"] = kept["etag"]
        # Browsers keep it and ask each time whether it is still right: an edit shows at once.
        response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
        return response

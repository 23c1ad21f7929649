"""Nobody signs in before personal data whose time is over were erased from this database."""

import logging
import time

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

from content import retention
from uclg_portal import errors

logger = logging.getLogger(__name__)

NO_DATABASE = ("healthz", "readyz", "static", "media", "robots.txt", "sitemap.xml", "favicon.ico")


class OpeningMiddleware:
    """Behind every door but the public one a restored database is purged first.

    The first request that comes to such a door does it; while it fails, the answer is 503. Each
    process asks the database every few seconds, not for every page.
    """

    seconds = 5

    def __init__(self, get_response):
        self.get_response = get_response
        self.open_until = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PURGE_BEFORE_SIGN_IN and self._is_a_door(request) and not self._is_open():
            return errors.service_unavailable(request)
        return self.get_response(request)

    @staticmethod
    def _is_a_door(request: HttpRequest) -> bool:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return True
        first, _slash, rest = request.path_info.lstrip("/").partition("/")
        if first in dict(settings.LANGUAGES):
            return rest.startswith(("cabinet/", "events/places/", "door/"))
        return bool(first) and first not in NO_DATABASE

    def _is_open(self) -> bool:
        if time.monotonic() < self.open_until:
            return True
        try:
            retention.open_up()
        except retention.PurgeFailed as error:
            logger.error("Sign-in stays closed, personal data could not be erased: %s", error)
            return False
        except (DatabaseError, InterfaceError, PoolTimeout) as error:
            logger.error("Sign-in stays closed, the database does not answer: %s", error)
            return False
        self.open_until = time.monotonic() + self.seconds
        return True

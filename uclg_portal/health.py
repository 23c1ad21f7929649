"""Is the process alive, and is what it needs within reach? For monitors and the supervisor."""

import logging
import time

from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

logger = logging.getLogger(__name__)

WORKER_KEY = "worker-heartbeat"
WORKER_LIFETIME = 30


@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 while the database answers; says of cache and worker how they are."""
    database = _database_answers()
    report = {
        "database": "ok" if database else "gone",
        "cache": "ok" if _cache_answers() else "gone",
        "worker": "ok" if cache.get(WORKER_KEY) else "silent",
    }
    return JsonResponse(report, status=200 if database else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Error as error:
        logger.error("The database does not answer: %s", error)
        return False
    return True


def _cache_answers() -> bool:
    stamp = str(time.time_ns())
    cache.set("cache-probe", stamp, 10)
    return cache.get("cache-probe") == stamp

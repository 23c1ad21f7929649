"""A cache that may be gone: pages go on, and say nothing of it to the reader."""

import logging
import time
from collections.abc import Callable
from typing import Any

import redis
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)

# Limits on sign-in and on the API, codes already used: not to be forgotten while the cache is gone.
GUARDED = ("allauth:", "allauth.", "limit:")
SECONDS_BEFORE_NEXT_TRY = 5


def _soft(name: str, lost: Any) -> Callable:
    original = getattr(RedisCache, name)

    def method(self, *args, **kwargs):
        if time.monotonic() >= self.away_until:
            try:
                return original(self, *args, **kwargs)
            except redis.RedisError as error:
                self.away_until = time.monotonic() + SECONDS_BEFORE_NEXT_TRY
                logger.warning("The cache does not answer (%s): %s", name, error)
        key = args[0] if args else kwargs.get("key")
        if isinstance(key, str) and key.startswith(GUARDED):
            return getattr(caches["counters"], name)(*args, **kwargs)
        return lost(args, kwargs) if callable(lost) else lost

    method.__name__ = name
    return method


def _default_of_get(args: tuple, kwargs: dict) -> Any:
    return args[1] if len(args) > 1 else kwargs.get("default")


class FailSoftRedisCache(RedisCache):
    """Django's Redis cache; while the server is gone reads miss and writes are dropped.

    After a failure nobody waits for the server for a few seconds. Keys that begin with one of
    GUARDED go to the cache "counters" meanwhile, which is in the database.
    """

    away_until = 0.0

    get = _soft("get", _default_of_get)
    set = _soft("set", None)
    add = _soft("add", True)
    incr = _soft("incr", 1)
    touch = _soft("touch", False)
    delete = _soft("delete", False)
    get_many = _soft("get_many", lambda *_: {})
    set_many = _soft("set_many", lambda *_: [])
    delete_many = _soft("delete_many", None)
    has_key = _soft("has_key", False)
    clear = _soft("clear", False)

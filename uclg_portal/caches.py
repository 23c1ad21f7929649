"""A cache that may be gone: pages go on, and say nothing of it to the reader."""

import logging
from collections.abc import Callable
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)


def _soft(name: str, lost: Any) -> Callable:
    original = getattr(RedisCache, name)

    def method(self, *args, **kwargs):
        try:
            return original(self, *args, **kwargs)
        except (redis.ConnectionError, redis.TimeoutError) as error:
            logger.warning("The cache does not answer (%s): %s", name, error)
            return lost(args, kwargs) if callable(lost) else lost

    method.__name__ = name
    return method


def _default_of_get(args: tuple, kwargs: dict) -> Any:
    return args[1] if len(args) > 1 else kwargs.get("default")


class FailSoftRedisCache(RedisCache):
    """Django's Redis cache; while the server is gone reads miss and writes are dropped."""

    get = _soft("get", _default_of_get)
    set = _soft("set", None)
    add = _soft("add", True)
    touch = _soft("touch", False)
    delete = _soft("delete", False)
    get_many = _soft("get_many", lambda *_: {})
    set_many = _soft("set_many", lambda *_: [])
    delete_many = _soft("delete_many", None)
    has_key = _soft("has_key", False)
    clear = _soft("clear", False)

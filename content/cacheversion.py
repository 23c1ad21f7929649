"""One number that every change of public content raises, so that no cached page is ever stale."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

KEY = "content-version"
SECONDS = 60
LONG = 3600

Value = TypeVar("Value")


def current() -> str:
    """The version of the public content: changes with every committed change, and every minute.

    The minute is for what becomes public by the clock; all layers of the cache turn with it at
    once, so that none adds its own delay to another's.
    """
    return f"{_version()}-{int(timezone.now().timestamp()) // SECONDS}"


def _version() -> str:
    version = cache.get(KEY)
    if version is None:
        version = _new()
        cache.set(KEY, version, None)
    return version


def bump() -> None:
    """Renew the version once the running transaction is committed."""
    transaction.on_commit(lambda: cache.set(KEY, _new(), None))


def remembered(name: str, make: Callable[[], Value]) -> Value:
    """What `make` gives, kept while the version stays the same.

    `name` must tell the language where the value depends on it.
    """
    key = f"{name}:{current()}"
    value = cache.get(key)
    if value is None:
        value = make()
        cache.set(key, value, SECONDS)
    return value


def kept(name: str, make: Callable[[], Value]) -> Value:
    """The same for what no clock changes: kept until the next change, an hour at most."""
    key = f"{name}:{_version()}"
    value = cache.get(key)
    if value is None:
        value = make()
        cache.set(key, value, LONG)
    return value


def _new() -> str:
    return str(time.time_ns())

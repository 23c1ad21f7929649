"""One number that every change of public content raises, so that no cached page is ever stale."""

import time

from django.core.cache import cache
from django.db import transaction

KEY = "content-version"


def current() -> str:
    """The version of the public content; changes with every committed change."""
    version = cache.get(KEY)
    if version is None:
        version = _new()
        cache.set(KEY, version, None)
    return version


def bump() -> None:
    """Renew the version once the running transaction is committed."""
    transaction.on_commit(lambda: cache.set(KEY, _new(), None))


def _new() -> str:
    return str(time.time_ns())

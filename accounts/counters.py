"""Counters of the limits on sign-in while the cache is gone: in the database, never forgotten.

A cache backend with what allauth needs of one (`get`, `set`, `add`, `delete`). Values must be JSON.
Rows exist only for as long as the cache is away and go as they expire.
"""

import datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import SignInCounter


class DatabaseCounters(BaseCache):
    def __init__(self, _location, params):
        super().__init__(params)

    def get(self, key, default=None, version=None) -> Any:
        row = self._rows(key, version).filter(expires_at__gt=timezone.now()).first()
        return default if row is None else row.value

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> None:
        self._forget_expired()
        SignInCounter.objects.update_or_create(
            key=self.make_and_validate_key(key, version),
            defaults={"value": value, "expires_at": self._end(timeout)},
        )

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        """Store a value unless there is one; whether it was stored. Safe under concurrency."""
        self._forget_expired()
        _row, is_new = SignInCounter.objects.get_or_create(
            key=self.make_and_validate_key(key, version),
            defaults={"value": value, "expires_at": self._end(timeout)},
        )
        return is_new

    def delete(self, key, version=None) -> bool:
        return self._rows(key, version).delete()[0] > 0

    def clear(self) -> None:
        SignInCounter.objects.all().delete()

    def _rows(self, key, version) -> QuerySet[SignInCounter]:
        return SignInCounter.objects.filter(key=self.make_and_validate_key(key, version))

    def _end(self, timeout) -> datetime.datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return timezone.now() + datetime.timedelta(seconds=seconds)

    def _forget_expired(self) -> None:
        SignInCounter.objects.filter(expires_at__lte=timezone.now()).delete()

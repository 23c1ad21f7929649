"""Personal data that end: apps register what they hold, why, and how it is erased in time.

    retention.register(
        "travel.passports", label=_("Passport data"), purpose=_("visa support"),
        basis=_("consent"), keeps=_("14 days after the event"), purge=purge,
    )

`purge` takes the moment and gives back how many rows it erased. All of them run every night, and
before anybody signs in to a database that was restored or started anew: such a database has
another mark than the last complete run (`is_open`), and what an old backup brought back is erased
before a page can show it.
"""

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from content.models import RetentionRun

logger = logging.getLogger(__name__)

LOCK = 7_301_194  # any number that no other advisory lock of the portal has


@dataclass(frozen=True)
class PersonalData:
    """One kind of personal data: all texts in the reader's language."""

    key: str
    label: str
    purpose: str
    basis: str
    keeps: str
    purge: Callable[[datetime.datetime], int]


class PurgeFailed(Exception):
    """Something could not be erased; the log says what."""


_registered: dict[str, PersonalData] = {}


def register(
    key: str,
    *,
    label: str,
    purpose: str,
    basis: str,
    keeps: str,
    purge: Callable[[datetime.datetime], int],
) -> None:
    """Register one kind of personal data under a key of its own; registered again, replaced."""
    _registered[key] = PersonalData(key, label, purpose, basis, keeps, purge)


def registry() -> list[PersonalData]:
    """All that is registered, by key."""
    return [_registered[key] for key in sorted(_registered)]


def is_open() -> bool:
    """Whether this database, since it was started or restored, was purged completely."""
    return RetentionRun.objects.filter(mark=mark(), failed=[]).exists()


def open_up() -> None:
    """Purge unless that was done: called before anybody signs in, at every start.

    Raises PurgeFailed. Who comes second waits for the first and does nothing.
    """
    if is_open():
        return
    with transaction.atomic():
        _wait_for_the_turn()
        done = None if is_open() else run(RetentionRun.Cause.OPENING)
    if done and not done.is_complete:
        raise PurgeFailed(", ".join(done.failed))


def run(cause: str, now: datetime.datetime | None = None) -> RetentionRun:
    """Erase all that has to go, each kind in a transaction of its own, and write down what went."""
    began = timezone.now()
    erased, failed = {}, []
    for data in registry():
        try:
            with transaction.atomic():
                erased[data.key] = data.purge(now or began)
        except Exception:  # one kind that fails keeps no other
            logger.exception("Personal data could not be erased: %s", data.key)
            failed.append(data.key)
    done = RetentionRun.objects.create(
        cause=cause,
        mark=mark(),
        started_at=began,
        finished_at=timezone.now(),
        erased=erased,
        failed=failed,
        total=sum(erased.values()),
    )
    logger.info("Personal data erased (%s): %s", cause, erased)
    return done


def mark() -> str:
    """What a database has only for itself: lost by a restore and by a new start of the server.

    The file of the table is another one after `pg_restore`; after a copy of the whole folder, or a
    return to a point in time, the server was started anew.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.oid, c.oid, pg_relation_filenode(c.oid), pg_postmaster_start_time()"
            " FROM pg_database d, pg_class c"
            " WHERE d.datname = current_database() AND c.oid = to_regclass(%s)",
            [RetentionRun._meta.db_table],
        )
        *numbers, started = cursor.fetchone()
    return ":".join(map(str, [*numbers, int(started.timestamp() * 1_000_000)]))


def _wait_for_the_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])

"""Reminders: sources say what is due, the planner writes it once, whatever was missed before.

An app registers a source in its `AppConfig.ready()`:

    @reminders.register
    def event_reminders(now):
        yield reminders.DueReminder(occasion=…, email=…, language=…, template=…, context=…,
                                    due_at=…, expires_at=…, user=…)

It yields everything with `due_at <= now` that expires later than `now - LOOK_BACK`. What was
written it may yield again, the planner knows; a source with many rows leaves it out. Due before and
never written, because no planner ran, goes out now; what has expired meanwhile is kept as missed
and not sent.
"""

import datetime
import itertools
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from mailing import outbox
from mailing.models import Heartbeat, Message, normalised_address

logger = logging.getLogger(__name__)

LOOK_BACK = datetime.timedelta(days=30)
PLANNER_LOCK = 7_244_100_001  # any number that nothing else in this database locks


@dataclass(frozen=True, kw_only=True)
class DueReminder(outbox.Letter):
    """A letter with a moment. From `expires_at` on it makes no sense (None: it always does).

    `still_holds` is asked in the transaction that stores the letter, and locks what it judges by:
    nothing is written about what was called off while the source was read. Reminders that share
    the function are asked for once, in their order.
    """

    due_at: datetime.datetime
    is_bulk: bool = True
    still_holds: Callable[[], bool] | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.occasion, normalised_address(self.email)


Source = Callable[[datetime.datetime], Iterable[DueReminder]]

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Register a source of reminders; usable as a decorator."""
    if source not in _sources:
        _sources.append(source)
    return source


def plan(now: datetime.datetime | None = None) -> Counter | None:
    """Write what is due at `now` and was not written before.

    Returns the counts of `written`, `missed` and `broken` (reminders or sources that raised, see
    the log), or None when another planner is at work.
    """
    now = now or timezone.now()
    with _only_planner() as is_ours:
        if not is_ours:
            return None
        counts = Counter(written=0, missed=0, broken=0)
        for source in _sources:
            counts.update(_plan_source(source, now))
        Heartbeat.objects.record_run(Heartbeat.PLANNER, counts)
    return counts


def _plan_source(source: Source, now: datetime.datetime) -> Counter:
    counts: Counter = Counter()
    try:
        due = (reminder for reminder in source(now) if reminder.due_at <= now)
        counts.update(write(due, now))
    except Exception:
        logger.exception("A source of reminders failed: %s.%s", source.__module__, source.__name__)
        counts["broken"] += 1
    return counts


def write(due: Iterable[DueReminder], now: datetime.datetime | None = None) -> Counter:
    """Write what was not written before, a transaction for every 500; what still holds alone.

    For letters to very many that something else than the clock calls for, too. Returns the counts
    of `written`, `missed` and `broken`.
    """
    now = now or timezone.now()
    counts = Counter(written=0, missed=0, broken=0)
    for chunk in _chunks(due):
        counts.update(_plan_chunk(chunk, now))
    return counts


def _chunks(reminders: Iterable[DueReminder]) -> Iterator[list[DueReminder]]:
    reminders = iter(reminders)
    while chunk := list(itertools.islice(reminders, outbox.ROWS_AT_ONCE)):
        yield chunk


def _plan_chunk(chunk: list[DueReminder], now: datetime.datetime) -> Counter:
    written = Message.objects.written([reminder.key for reminder in chunk])
    fresh, missed, broken = [], [], 0
    for reminder in chunk:
        if reminder.key in written:
            continue
        is_late = reminder.expires_at is not None and reminder.expires_at <= now
        try:
            if is_late:
                missed.append(outbox.missed_message_from(reminder))
            else:
                fresh.append((reminder, outbox.message_from(reminder)))
        except Exception:
            logger.exception("A reminder cannot be written: %s", reminder.occasion)
            broken += 1
    return Counter(written=_insert_fresh(fresh), missed=outbox.insert(missed), broken=broken)


def _insert_fresh(fresh: list[tuple[DueReminder, Message]]) -> int:
    """Store what still holds; what it was judged by stays locked until the rows are committed."""
    with transaction.atomic():
        checks = dict.fromkeys(reminder.still_holds for reminder, _message in fresh)
        holds = {check: check is None or check() for check in checks}
        return outbox.insert(message for reminder, message in fresh if holds[reminder.still_holds])


@contextmanager
def _only_planner() -> Iterator[bool]:
    """Whether this caller plans alone. Saves double work; the unique occasion does the rest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [PLANNER_LOCK])
        (is_ours,) = cursor.fetchone()
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [PLANNER_LOCK])

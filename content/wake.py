"""Wakes workers up. The database stays the queue of record: the timetable finds what was missed."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def after_commit(task: str, *args) -> None:
    """Hand a task, named by its dotted path, to a worker once the transaction is committed."""
    transaction.on_commit(lambda: _send(task, args))


def _send(task: str, args: tuple) -> None:
    """By name: a web process need not have imported the task."""
    try:
        current_app.signature(task, args).apply_async(retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("No worker could be woken for %s: %s", task, error)

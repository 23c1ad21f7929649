"""Tell a worker that there is work. Nothing depends on it: the timetable finds the work as well."""

import logging

from celery import signature
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def after_commit(task: str) -> None:
    """Queue a task, by its name, once the running transaction is committed.

    A broker that does not answer is logged, never an error for the person whose work was saved.
    """
    transaction.on_commit(lambda: _queue(task))


def _queue(task: str) -> None:
    try:
        signature(task).apply_async(retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("The broker does not answer, %s waits for the timetable: %s", task, error)

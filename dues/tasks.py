"""What happens by itself to dues."""

import logging

from celery import shared_task

from dues import issuing, ladder
from dues.models import IssueRun

logger = logging.getLogger(__name__)


@shared_task
def run_issue(pk: int) -> None:
    """Issue what is left of a run; a repeated call makes nothing twice."""
    issuing.run(pk)


@shared_task
def resume_issues() -> None:
    """Go on with runs whose worker was lost: the database is the queue of record.

    One that cannot go on (its payee is gone, say) keeps no other one waiting.
    """
    running = IssueRun.objects.filter(status=IssueRun.Status.RUNNING)
    for pk in running.order_by("pk").values_list("pk", flat=True):
        try:
            issuing.run(pk)
        except Exception:
            logger.exception("The issue of invoices %s stands still", pk)


@shared_task
def climb_ladder() -> int:
    """Take the rung of the day for every unpaid invoice; a missed morning heals by itself."""
    return ladder.climb()

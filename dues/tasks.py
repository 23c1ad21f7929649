"""What happens by itself to dues."""

from celery import shared_task

from dues import issuing, ladder
from dues.models import IssueRun


@shared_task
def run_issue(pk: int) -> None:
    """Issue what is left of a run; a repeated call makes nothing twice."""
    issuing.run(pk)


@shared_task
def resume_issues() -> None:
    """Go on with runs whose worker was lost: the database is the queue of record."""
    running = IssueRun.objects.filter(status=IssueRun.Status.RUNNING)
    for pk in running.order_by("pk").values_list("pk", flat=True):
        issuing.run(pk)


@shared_task
def climb_ladder() -> int:
    """Take the rung of the day for every unpaid invoice; a missed morning heals by itself."""
    return ladder.climb()

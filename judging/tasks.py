"""What the timetable calls; every task may run twice."""

from celery import shared_task
from django.utils import timezone

from judging import assigning
from judging.models import Stage


@shared_task
def complete_assignments() -> int:
    """Give works admitted since, and those of jurors who left, to the juries of open stages."""
    stages = Stage.objects.filter(state=Stage.State.OPEN, closes_at__gt=timezone.now())
    return sum(len(assigning.complete(stage).added) for stage in stages)

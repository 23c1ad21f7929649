"""Work of the ground floor in the background. The database says what is to be done."""

import datetime

from celery import shared_task
from django.utils import timezone

from content import cacheversion, jobs, pictures, retention
from content.models import Picture, RetentionRun, SubmittedForm


@shared_task
def make_renditions(picture_id: int) -> None:
    """Make the sizes of one picture; a repeated call makes nothing twice."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is not None and pictures.make_renditions(picture):
        cacheversion.bump()


@shared_task
def make_missing_renditions() -> None:
    """Make what an earlier call did not come to."""
    for picture_id in pictures.without_renditions().values_list("pk", flat=True)[:50]:
        make_renditions(picture_id)


@shared_task
def forget_old_form_keys() -> None:
    """Forget keys of forms that nobody can send again: older than a week."""
    week_ago = timezone.now() - datetime.timedelta(days=7)
    SubmittedForm.objects.filter(created_at__lt=week_ago).delete()


@shared_task
def purge_personal_data() -> None:
    """Erase personal data whose time is over."""
    retention.run(RetentionRun.Cause.TIMETABLE)


@shared_task
def run_job(pk: int) -> None:
    """Do one long work that somebody asked for."""
    jobs.run(pk)


@shared_task
def run_open_jobs() -> None:
    """Do what a lost message or a dead worker left undone."""
    for pk in jobs.open_jobs():
        jobs.run(pk)


@shared_task
def forget_old_results() -> None:
    """Erase what long works made, two weeks later."""
    jobs.forget_results()

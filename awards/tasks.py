"""Work of awards in the background. The database says what is to be done."""

from celery import shared_task

from awards import works
from awards.models import EntryFile


@shared_task
def make_work_renditions(file_id: int) -> None:
    """Make the sizes of one picture of a work."""
    file = EntryFile.objects.select_related("file").filter(pk=file_id).first()
    if file is not None:
        works.make_renditions(file)


@shared_task
def make_missing_work_renditions() -> None:
    """Make what an earlier call did not come to."""
    for file in works.without_renditions().select_related("file")[: works.SWEPT_AT_ONCE]:
        works.make_renditions(file)

"""Work of awards in the background. The database says what is to be done."""

from celery import shared_task

from awards import batches, look_alikes, works
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


@shared_task
def read_batch(pk: int) -> None:
    """Read one batch of a school."""
    batches.run(pk)


@shared_task
def read_open_batches() -> None:
    """Read what a lost message or a dead worker left."""
    for pk in batches.open_batches():
        batches.run(pk)


@shared_task
def compare_new_works() -> None:
    """Find works that look like others."""
    look_alikes.compare_new()

"""Work of the library in the background."""

from celery import shared_task

from library import reading
from library.models import PublicationFile

AT_ONCE = 20


@shared_task
def read_file(pk: int) -> None:
    """Read one file: pages, text, cover."""
    reading.read_file(pk)


@shared_task
def read_waiting_files() -> None:
    """Read what an earlier call did not come to."""
    for pk in PublicationFile.objects.unread().values_list("pk", flat=True)[:AT_ONCE]:
        reading.read_file(pk)

"""Work of laureates in the background. The database says what is to be done."""

from celery import shared_task

from laureates import pictures

SWEPT_AT_ONCE = 50


@shared_task
def show_work(laureate_id: int) -> None:
    """Make the public copy of one work."""
    pictures.show_work(laureate_id)


@shared_task
def show_missing_works() -> None:
    """Make the copies an earlier call did not come to."""
    for pk in pictures.without_copies().values_list("pk", flat=True)[:SWEPT_AT_ONCE]:
        pictures.show_work(pk)

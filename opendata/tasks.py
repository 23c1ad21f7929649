"""What the worker does for open data."""

from celery import shared_task

from opendata import bulk


@shared_task
def remake_files() -> list[str]:
    """Make the bulk files anew whose data have changed."""
    return bulk.remake_all()

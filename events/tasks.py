"""What the timetable calls; every task may run twice."""

from celery import shared_task

from events import waiting


@shared_task
def expire_offers() -> None:
    """End the offers that ran out; their places go to whoever is next."""
    waiting.expire_offers()

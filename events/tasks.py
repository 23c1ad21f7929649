"""What the timetable calls; every task may run twice."""

from celery import shared_task

from events import invitation_ladder, telling, waiting


@shared_task
def expire_offers() -> None:
    """End the offers that ran out; their places go to whoever is next."""
    waiting.expire_offers()


@shared_task
def climb_invitations() -> int:
    """Remind members of invitations they have not answered; a missed day heals."""
    return invitation_ladder.climb()


@shared_task
def tell_everybody() -> None:
    """Write the letters that were promised to the people of events."""
    telling.keep_promises()

"""What the timetable and `mailing.wake` call; every task may run twice."""

from celery import shared_task

from mailing import delivery, reminders


@shared_task
def plan_reminders() -> None:
    """Write the reminders that are due into the outbox."""
    reminders.plan()


@shared_task
def deliver_due() -> None:
    """Settle lost claims and mails that are out of date, then send what is due."""
    delivery.deliver_due()


@shared_task
def deliver_batch() -> None:
    """Send what is due now."""
    delivery.deliver_batch()

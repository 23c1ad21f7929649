"""What happens by itself to members."""

from celery import shared_task

from members import naming


@shared_task
def refresh_current_names() -> int:
    """Let names that begin or end with the day take effect; a missed night heals by itself."""
    return naming.refresh_stale()

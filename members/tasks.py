"""What happens by itself to members."""

from celery import shared_task
from django.conf import settings

from members import confirmation, ladder, linkcheck, naming
from members.importing import staging


@shared_task
def refresh_current_names() -> int:
    """Let names that begin or end with the day take effect; a missed night heals by itself."""
    return naming.refresh_stale()


@shared_task
def run_import(import_id: int) -> None:
    """Judge or write a long import; a repeated call for the same state does nothing."""
    staging.run(import_id)


@shared_task
def keep_confirmations() -> None:
    """Ask the members once a year, and climb the ladder of reminders; a missed morning heals."""
    confirmation.open_round()
    ladder.climb()


@shared_task
def check_links() -> int:
    """Visit the members' addresses, each once a week; an hour takes a part of them.

    The demonstration visits nobody: its cities are real, its sites are data.
    """
    return 0 if settings.DEMO else linkcheck.check_due()

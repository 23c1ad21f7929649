"""What the timetable does: notices of undelivered mail are read, weekly digests are written."""

import imaplib
import logging

from celery import shared_task

from newsletter import digests, mailbox

logger = logging.getLogger(__name__)


@shared_task
def read_bounces() -> None:
    """Read the mailbox of the settings. A server that is away is asked again next time."""
    try:
        mailbox.read_configured()
    except (OSError, imaplib.IMAP4.error, ValueError) as error:
        logger.warning("The mailbox of bounces cannot be read: %s", type(error).__name__)


@shared_task
def write_digests() -> None:
    """Write the weekly digest to the members that have not had it this week."""
    digests.write_due()

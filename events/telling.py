"""Keeps the promises to write to everybody of an event: each letter once.

Killed in between, the next run goes on: what was written is known by its occasion.
"""

from django.utils import timezone

from events import change_letters, staff_letters
from events.models import EventChange, EventLetter
from mailing import reminders


def keep_promises() -> int:
    """Write all letters that are promised and not written; returns how many were new."""
    written = 0
    for change in EventChange.objects.filter(tells=True, told_at=None).select_related("event"):
        written += reminders.write(change_letters.about(change))["written"]
        EventChange.objects.filter(pk=change.pk).update(told_at=timezone.now())
    for letter in EventLetter.objects.filter(done_at=None).select_related("event"):
        written += reminders.write(staff_letters.of(letter))["written"]
        EventLetter.objects.filter(pk=letter.pk).update(done_at=timezone.now())
    return written

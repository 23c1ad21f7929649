"""Cancelling an event: one deed, after which page, calendars, reminders and people all know."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit
from events import letters, places
from events.models import Event, Participant
from mailing import outbox

Status = Participant.Status


class CancellationRefused(Exception):
    """Why the event cannot be cancelled: one sentence."""


@transaction.atomic
def cancel(event: Event, note_ru: str, note_en: str, by) -> Event:
    """Cancel an announced event and write to everybody it was for, once.

    Registrations stay as they are on record; running offers end. Cancelling twice changes nothing.
    CancellationRefused: the event is not announced, or over.
    """
    event = places.lock(event.pk)
    if event.is_cancelled:
        return event
    if event.status != Event.Status.ANNOUNCED:
        raise CancellationRefused(_("Only an announced event can be cancelled."))
    now = timezone.now()
    if event.ends_at <= now:
        raise CancellationRefused(_("The event is over."))
    event.status, event.cancelled_at = Event.Status.CANCELLED, now
    event.cancellation_note_ru, event.cancellation_note_en = note_ru, note_en
    event.save(
        update_fields=[
            "status", "cancelled_at", "cancellation_note_ru", "cancellation_note_en", "updated_at"
        ],
        by=by,
    )  # fmt: skip
    event.participants.filter(status=Status.OFFERED).update(
        status=Status.WAITING, offer_expires_at=None
    )
    outbox.cancel_about(event)
    letters.cancelled(event)
    audit.record("events.event.cancelled", event, by, f"{event}: {note_ru or note_en}")
    return event

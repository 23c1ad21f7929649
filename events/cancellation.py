"""Cancelling an event: one deed, after which page, calendars, reminders and people all know."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit
from events import places, rescheduling
from events.models import Event
from mailing import outbox


class CancellationRefused(Exception):
    """Why the event cannot be cancelled: one sentence."""


@transaction.atomic
def cancel(event: Event, note_ru: str, note_en: str, by) -> Event:
    """Cancel an announced or postponed event; everybody it was for is written to, once.

    The letters are promised here and written by a worker. Registrations stay as they are on record;
    running offers end. Cancelling twice changes nothing.
    CancellationRefused: the event is neither announced nor postponed, or it is over.
    """
    event = places.lock(event.pk)
    if event.is_cancelled:
        return event
    if event.status not in (Event.Status.ANNOUNCED, Event.Status.POSTPONED):
        raise CancellationRefused(_("Only an announced event can be cancelled."))
    now = timezone.now()
    if event.status == Event.Status.ANNOUNCED and event.ends_at <= now:
        raise CancellationRefused(_("The event is over."))
    event.status, event.cancelled_at = Event.Status.CANCELLED, now
    event.cancellation_note_ru, event.cancellation_note_en = note_ru, note_en
    event.save(
        update_fields=[
            "status", "cancelled_at", "cancellation_note_ru", "cancellation_note_en", "updated_at"
        ],
        by=by,
    )  # fmt: skip
    rescheduling.end_offers(event)
    outbox.cancel_about(event)
    rescheduling.record_cancelled(event, by)
    audit.record("events.event.cancelled", event, by, f"{event}: {note_ru or note_en}")
    return event

"""Moving and postponing an announced event: one deed, after which everybody is told, once.

Every deed leaves an `EventChange`, raises the SEQUENCE for the calendars, takes reminders of the
old date back and promises letters, which a worker writes (`events.telling`). The same deed a second
time finds nothing to do.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit
from content.languages import LANGUAGE_CODES
from events import places, promises, waiting, wholes
from events.models import Event, EventChange, Participant
from mailing import outbox

Status = Participant.Status
What = EventChange.What
PLACES = tuple(f"place_{code}" for code in LANGUAGE_CODES)
# What people plan by: a change of these is told.
MOVING = ("starts_at", "ends_at", "time_zone", *PLACES)


class ReschedulingRefused(Exception):
    """Why the event cannot be moved or postponed: one sentence."""


@dataclass(frozen=True)
class Whereabouts:
    """When and where an event is, at one moment of its history."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    time_zone: str
    place_ru: str
    place_en: str

    @classmethod
    def of(cls, event: Event) -> "Whereabouts":
        return cls(
            event.starts_at, event.ends_at, event.time_zone,
            event.place_ru or "", event.place_en or "",
        )  # fmt: skip

    def differs_from(self, other: "Whereabouts") -> bool:
        """Whether people have to plan anew; a place in a further language is a translation."""
        times = ("starts_at", "ends_at", "time_zone")
        if any(getattr(self, name) != getattr(other, name) for name in times):
            return True
        pairs = [(getattr(other, name), getattr(self, name)) for name in PLACES]
        had_none = not any(before for before, _after in pairs)
        return any(before != after for before, after in pairs if before or had_none)


@transaction.atomic
def move(
    event: Event, *, note_ru: str = "", note_en: str = "", by, tells: bool = True, **fields
) -> EventChange | None:
    """Give an announced event other values of `MOVING`; None when nothing differs.

    Offers that would outlive the new start end with it. ReschedulingRefused: not announced, over,
    or it would end before it starts.
    """
    event = _running(event)
    before = Whereabouts.of(event)
    for name, value in fields.items():
        setattr(event, name, value)
    _refuse_bad_times(event)
    event.save(update_fields=[*fields, "updated_at"], by=by)
    return moved(event, before, note_ru, note_en, by=by, tells=tells)


@transaction.atomic
def moved(
    event: Event, before: Whereabouts, note_ru: str = "", note_en: str = "", *, by,
    tells: bool = True,
) -> EventChange | None:  # fmt: skip
    """Record that an announced event was saved with other whereabouts; None when none differ."""
    if event.status != Event.Status.ANNOUNCED or not Whereabouts.of(event).differs_from(before):
        return None
    change = _record(What.MOVED, event, before, note_ru, note_en, by, tells)
    outbox.cancel_about(event, "events.reminder")
    event.participants.filter(offer_expires_at__gt=event.starts_at).update(
        offer_expires_at=event.starts_at
    )
    audit.record("events.event.moved", event, by, f"{event}", _differences(before, event))
    return change


@transaction.atomic
def postpone(event: Event, note_ru: str, note_en: str, by) -> EventChange | None:
    """Take the date of an announced event away; None when it is postponed already.

    Registrations stay, running offers end, reminders stop until a new date is announced.
    """
    event = places.lock(event.pk)
    if event.status == Event.Status.POSTPONED:
        return None
    _refuse_unless_running(event)
    before = Whereabouts.of(event)
    event.status = Event.Status.POSTPONED
    event.save(update_fields=["status", "updated_at"], by=by)
    end_offers(event)
    outbox.cancel_about(event)
    change = _record(What.POSTPONED, event, before, note_ru, note_en, by)
    audit.record("events.event.postponed", event, by, f"{event}: {note_ru or note_en}")
    return change


@transaction.atomic
def announce_new_date(
    event: Event, *, note_ru: str = "", note_en: str = "", by, **fields
) -> EventChange | None:
    """Announce when a postponed event will be; None when it is announced already.

    `fields` are values of `MOVING`. Free places are offered again. ReschedulingRefused: it is not
    postponed, the date is past, or it would end before it starts.
    """
    event = places.lock(event.pk)
    if event.status == Event.Status.ANNOUNCED:
        return None
    if event.status != Event.Status.POSTPONED:
        raise ReschedulingRefused(_("Only a postponed event gets a new date."))
    before = Whereabouts.of(event)
    for name, value in fields.items():
        setattr(event, name, value)
    _refuse_bad_times(event)
    event.status = Event.Status.ANNOUNCED
    event.save(update_fields=[*fields, "status", "updated_at"], by=by)
    change = _record(What.NEW_DATE, event, before, note_ru, note_en, by)
    waiting.offer(event, timezone.now())
    audit.record("events.event.announced_anew", event, by, f"{event}", _differences(before, event))
    return change


def end_offers(event: Event) -> None:
    """Whoever has an offer goes back to their place on the waiting list."""
    event.participants.filter(status=Status.OFFERED).update(
        status=Status.WAITING, offer_expires_at=None
    )


def record_cancelled(event: Event, by) -> EventChange:
    """The promise to tell everybody that an event is cancelled; the event is locked."""
    notes = [event.cancellation_note_ru or "", event.cancellation_note_en or ""]
    return _record(What.CANCELLED, event, Whereabouts.of(event), *notes, by)


def _record(
    what: str, event: Event, before: Whereabouts, note_ru: str, note_en: str, by,
    tells: bool = True,
) -> EventChange:  # fmt: skip
    has_date = what in (What.MOVED, What.NEW_DATE)
    change = EventChange.objects.create(
        event=event, what=what, by=by, tells=tells, note_ru=note_ru, note_en=note_en,
        old_starts_at=before.starts_at, old_ends_at=before.ends_at,
        old_time_zone=before.time_zone, old_place_ru=before.place_ru, old_place_en=before.place_en,
        new_starts_at=event.starts_at if has_date else None,
        new_ends_at=event.ends_at if has_date else None,
        new_time_zone=event.time_zone if has_date else "",
        new_place_ru=event.place_ru or "", new_place_en=event.place_en or "",
    )  # fmt: skip
    if tells:
        promises.promise()
    return change


def _differences(before: Whereabouts, event: Event) -> dict[str, list[str]]:
    after = Whereabouts.of(event)
    return {
        name: [str(getattr(before, name)), str(getattr(after, name))]
        for name in MOVING
        if getattr(before, name) != getattr(after, name)
    }


def _running(event: Event) -> Event:
    event = places.lock(event.pk)
    _refuse_unless_running(event)
    return event


def _refuse_unless_running(event: Event) -> None:
    if event.status != Event.Status.ANNOUNCED:
        raise ReschedulingRefused(_("Only an announced event can be moved or postponed."))
    if event.ends_at <= timezone.now():
        raise ReschedulingRefused(_("The event is over."))


def _refuse_bad_times(event: Event) -> None:
    if event.ends_at < event.starts_at:
        raise ReschedulingRefused(_("An event cannot end before it starts."))
    if event.starts_at <= timezone.now():
        raise ReschedulingRefused(_("The new date is past."))
    span = (event.starts_at, event.ends_at)
    misfit = wholes.misfit_of_parts(event, *span)
    if event.parent is not None:
        misfit = wholes.misfit_of_part(event, event.parent, *span) or misfit
    if misfit:
        raise ReschedulingRefused(misfit)

"""Who holds a place: counted only while the row of the event is locked.

Confirmed and offered places together never exceed the capacity. Every function here expects the
event that `lock` returned, inside the transaction that locked it.
"""

import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from content import audit
from content.dates import moment_text
from events.models import Delegation, Event, Participant
from events.models.registration import HOLDING, WITHIN_QUOTA

Status = Participant.Status
# The fields that `allot` and `admit` write.
SEATING = ("status", "queued_at", "confirmed_at")
STEP = datetime.timedelta(microseconds=1)


def lock(event_id: int) -> Event:
    """The event as it is now; other registrations wait until this transaction ends."""
    return Event.objects.select_for_update(of=("self",)).get(pk=event_id)


def taken(event: Event) -> int:
    """Places that somebody holds, offers that run included."""
    return event.participants.holding_a_place().count()


def free(event: Event) -> int | None:
    """Places that nobody holds; None when there is no limit."""
    return None if event.capacity is None else max(event.capacity - taken(event), 0)


def free_for_newcomers(event: Event) -> int | None:
    """Places somebody who comes now may take: none while others wait; None: no limit."""
    if event.participants.queue().exists():
        return 0
    return free(event)


def quota_of(event: Event, delegation: Delegation) -> int | None:
    """How many people of a delegation come without a decision: its own quota, or the event's."""
    return delegation.own_quota or event.quota


def allot(event: Event, people: list[Participant], now: datetime.datetime) -> list[Participant]:
    """Give the people of one delegation their states, in the delegation's own order.

    Only those without a state and those over the quota are judged; where the secretariat approves
    everybody they are to be approved first, and take no place yet. Returns those whose state
    changed; saves nothing.
    """
    if not people:
        return []
    limit = quota_of(event, people[0].delegation)
    within = sum(person.status in WITHIN_QUOTA for person in people)
    places, slot, changed = free_for_newcomers(event), _end_of_queue(event, now), []
    for person in people:
        if person.status not in ("", Status.OVER_QUOTA):
            continue
        before = person.status
        if limit is not None and within >= limit:
            person.status = Status.OVER_QUOTA
        elif event.needs_approval:
            within += 1
            person.status = Status.PENDING
        else:
            within += 1
            places, slot = _seat(person, places, slot, now)
        if person.status != before:
            changed.append(person)
    return changed


def admit(event: Event, person: Participant, now: datetime.datetime) -> None:
    """Let one person in: a place when one is free and nobody waits, else the end of the queue."""
    _seat(person, free_for_newcomers(event), _end_of_queue(event, now), now)


def _seat(person: Participant, places: int | None, slot: datetime.datetime, now: datetime.datetime):
    if places is None or places > 0:
        person.status, person.confirmed_at = Status.CONFIRMED, now
        return (None if places is None else places - 1), slot
    person.status, person.queued_at = Status.WAITING, slot
    return places, slot + STEP


def _end_of_queue(event: Event, now: datetime.datetime) -> datetime.datetime:
    """A moment behind everybody who waits, whatever the clocks of two servers say."""
    last = event.participants.queue().aggregate(last=Max("queued_at"))["last"]
    return now if last is None else max(now, last + STEP)


def settle_head(delegation: Delegation) -> None:
    """When the head has left, the next one who comes is head: the first with a place, if any."""
    people = list(delegation.participants.active().exclude(status=Status.OVER_QUOTA))
    if any(person.is_head for person in people) or not people:
        return
    people.sort(key=lambda person: (person.status not in HOLDING, person.order, person.pk))
    people[0].is_head = True
    people[0].save(update_fields=["is_head"])


def log(verb: str, event: Event, delegation: Delegation, by: User | None, before=None) -> None:
    """Write a deed to the audit log; `before` maps participants to the states they had.

    People are named by their keys only: the log is never erased.
    """
    changes = {
        f"participant {person.pk}": [str(status), str(person.status)]
        for person, status in (before or {}).items()
    }
    sender = delegation.member or delegation.guest_of
    audit.record(verb, delegation, by, f"{sender}: {event}", changes)


def why_closed(event: Event, now: datetime.datetime) -> str:
    """Why nobody can be registered at this moment, as a sentence; empty when it is open."""
    match event.registration_state(now):
        case Event.Registration.OPEN:
            return ""
        case Event.Registration.CANCELLED:
            return _("The event is cancelled.")
        case Event.Registration.OVER:
            return _("The event has begun: registration is over.")
        case Event.Registration.NOT_YET:
            opens = moment_text(event.registration_opens_at, event.zone)
            return _("Registration opens on %(moment)s.") % {"moment": opens}
        case Event.Registration.CLOSED:
            closed = moment_text(event.registration_closes_at, event.zone)
            return _("Registration closed on %(moment)s.") % {"moment": closed}
    return _("Delegations do not register for this event here.")


def why_final(event: Event, now: datetime.datetime) -> str:
    """Why nobody can leave or be moved any more, as a sentence; empty while it is possible."""
    if event.is_cancelled:
        return _("The event is cancelled.")
    if now >= event.starts_at:
        return _("The event has begun.")
    return ""

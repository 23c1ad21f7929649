"""What the secretariat decides: over the quota, to be approved, a quota of their own."""

import datetime

from django.db import transaction

from content import cacheversion
from events import decision_letters, places, waiting
from events.models import Delegation, Event, Participant
from events.registration import running_event, stored

Status = Participant.Status
TO_DECIDE = (Status.OVER_QUOTA, Status.PENDING)


def decide_over_quota(participant: Participant, accept: bool, by, reason: str = "") -> Participant:
    """The secretariat lets somebody in beyond the quota, or does not; the first decision stays.

    `reason` goes into the letters of those who are turned down.
    """
    return _decide(participant, Status.OVER_QUOTA, accept, by, reason)


def decide_pending(participant: Participant, accept: bool, by, reason: str = "") -> Participant:
    """The secretariat approves somebody, or does not; the first decision stays.

    Whoever is approved gets a place when one is free and nobody waits, else the end of the queue.
    """
    return _decide(participant, Status.PENDING, accept, by, reason)


@transaction.atomic
def _decide(participant: Participant, state: str, accept: bool, by, reason: str) -> Participant:
    event, now = running_event(participant.event_id)
    person = Participant.objects.with_delegation().get(pk=participant.pk)
    if person.status != state:
        return person
    person.event = event
    if accept:
        places.admit(event, person, now)
        person.save(update_fields=places.SEATING)
    else:
        _turn_down(event, person, now)
    places.log(_verb(state, accept), event, person.delegation, by, {person: state})
    decision_letters.decided(event, person, was=state, reason=reason)
    cacheversion.bump()
    return person


def _turn_down(event: Event, person: Participant, now: datetime.datetime) -> None:
    """They come to no part either; within the quota somebody of theirs moves up."""
    person.status, person.is_head = Status.DECLINED, False
    person.save(update_fields=["status", "is_head"])
    waiting.leave_parts([person], Participant.Departure.WITHDRAWN)
    waiting.move_up(event, person.delegation, now)
    places.settle_head(person.delegation)


def _verb(state: str, accept: bool) -> str:
    deed = "over_quota" if state == Status.OVER_QUOTA else "approval"
    return f"events.{deed}.{'accepted' if accept else 'declined'}"


@transaction.atomic
def give_quota(delegation: Delegation, number: int | None, by) -> Delegation:
    """A quota of its own for one delegation; None: the event's again. Nobody loses a place by it.

    Those over the quota take what it leaves, in the delegation's order.
    """
    event, now = running_event(delegation.event_id)
    delegation = stored(delegation)
    if delegation.own_quota == number:
        return delegation
    delegation.own_quota = number
    delegation.version += 1
    delegation.save(update_fields=["own_quota", "version", "updated_at"])
    waiting.move_up(event, delegation, now)
    places.settle_head(delegation)
    places.log("events.delegation.quota", event, delegation, by)
    return delegation

"""The waiting list: a place that becomes free is offered to the first who waits, for a time."""

import datetime
import logging
from collections import defaultdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import cacheversion
from content.dates import moment_text
from events import deadlines, letters, places
from events.models import Event, Participant
from events.models.registration import ACTIVE

logger = logging.getLogger(__name__)

Status = Participant.Status
Departure = Participant.Departure


class OfferRefused(Exception):
    """Why a place cannot be taken or given back now: one sentence for the reader."""


class TooLateToLeave(OfferRefused):
    """Leaving has to be asked for now, see `events.leaving`."""


@transaction.atomic
def offer_freed_places(event: Event) -> list[Participant]:
    """Offer every free place to those who wait, first come first. Returns those who got one."""
    return offer(places.lock(event.pk), timezone.now())


def offer(event: Event, now: datetime.datetime) -> list[Participant]:
    """The same for an event that is already locked."""
    if event.status != Event.Status.ANNOUNCED or now >= event.starts_at:
        return []
    number = places.free(event)
    if number == 0:
        return []
    queue = event.participants.queue().with_delegation()
    lucky = list(queue if number is None else queue[:number])
    for person in lucky:
        person.status = Status.OFFERED
        person.offer_expires_at = min(
            now + datetime.timedelta(hours=event.offer_hours), event.starts_at
        )
    Participant.objects.bulk_update(lucky, ["status", "offer_expires_at"])
    for person in lucky:
        person.event = event
        letters.offered(person)
    if lucky:
        cacheversion.bump()
    return lucky


def depart(people: list[Participant], how: str) -> list[Participant]:
    """Mark that these people leave; returns those who had not left before. The event is locked."""
    leaving = [person for person in people if person.status in ACTIVE]
    for person in leaving:
        person.status, person.departure = Status.CANCELLED, how
        person.is_head, person.offer_expires_at = False, None
    leave_parts(leaving, how)
    Participant.objects.bulk_update(leaving, ["status", "departure", "is_head", "offer_expires_at"])
    return leaving


def leave_parts(people: list[Participant], how: str) -> None:
    """Whoever leaves the whole leaves its parts, which are locked after it, by their keys."""
    in_parts = defaultdict(list)
    wholes = [person.pk for person in people]
    for person in Participant.objects.active().filter(whole__in=wholes).with_delegation():
        in_parts[person.event_id].append(person)
    for event_id in sorted(in_parts):
        release(places.lock(event_id), in_parts[event_id], how, timezone.now())


def release(
    event: Event, people: list[Participant], how: str, now: datetime.datetime
) -> list[Participant]:
    """These people leave, and their places go to whoever is next. The event is locked.

    Within their delegation somebody over the quota moves up; free places are offered to the queue.
    Returns those who left: whoever had left before is passed over.
    """
    leaving = depart(people, how)
    delegations = {person.delegation for person in leaving}
    for delegation in delegations:
        delegation.version += 1
        delegation.save(update_fields=["version", "updated_at"])
        move_up(event, delegation, now)
    offer(event, now)
    for delegation in delegations:
        places.settle_head(delegation)
    if leaving:
        cacheversion.bump()
    return leaving


def move_up(event: Event, delegation, now: datetime.datetime) -> None:
    """Those over the quota take what the quota has left, in the delegation's order."""
    people = list(delegation.participants.active())
    moved = places.allot(event, people, now)
    Participant.objects.bulk_update(moved, places.SEATING)
    letters.told_their_state(event, delegation, moved)


def accept_offer(participant: Participant, by=None) -> Participant:
    """Take the offered place. Taking it twice is as good as once.

    OfferRefused: nothing is offered, the offer ran out, or the event is off.
    """
    with transaction.atomic():
        event, person, now = _locked(participant)
        if person.status == Status.CONFIRMED:
            return person
        _refuse_when_final(event, now)
        if person.status != Status.OFFERED:
            raise OfferRefused(_("No place is offered at the moment."))
        if person.offer_expires_at <= now:
            until = moment_text(person.offer_expires_at, event.zone)
            raise OfferRefused(_("The offer ran out on %(moment)s.") % {"moment": until})
        person.status, person.confirmed_at, person.offer_expires_at = Status.CONFIRMED, now, None
        person.save(update_fields=["status", "confirmed_at", "offer_expires_at"])
        places.settle_head(person.delegation)
        places.log("events.offer.taken", event, person.delegation, by, {person: Status.OFFERED})
        letters.taken(event, person, by)
        cacheversion.bump()
        return person


def decline_offer(participant: Participant, by=None) -> Participant:
    """Give back a place or leave the queue; once is enough. OfferRefused when it is too late.

    TooLateToLeave: the place was taken, and the deadline of leaving is over.
    """
    with transaction.atomic():
        event, person, now = _locked(participant)
        if person.status not in ACTIVE:
            return person
        _refuse_when_final(event, now)
        late = deadlines.why_no_withdrawal(event, now)
        if late and person.status == Status.CONFIRMED:
            raise TooLateToLeave(late)
        how = Departure.REFUSED if person.status == Status.OFFERED else Departure.WITHDRAWN
        before = {person: person.status}
        release(event, [person], how, now)
        places.log("events.place.given_back", event, person.delegation, by, before)
        letters.left(event, person, by)
        return person


def expire_offers() -> int:
    """End the offers that ran out and offer their places on. Returns how many ended.

    An event that fails is logged and does not hold up the others; the next run tries it again.
    """
    due = Participant.objects.filter(
        status=Status.OFFERED, offer_expires_at__lte=timezone.now()
    ).order_by("event_id")
    ended = 0
    for event_id in list(due.values_list("event_id", flat=True).distinct()):
        try:
            ended += _expire(event_id)
        except Exception:
            logger.exception("The offers of event %s that ran out cannot be ended.", event_id)
    return ended


@transaction.atomic
def _expire(event_id: int) -> int:
    event, now = places.lock(event_id), timezone.now()
    lapsed = list(
        event.participants.filter(status=Status.OFFERED, offer_expires_at__lte=now)
        .with_delegation()
        .order_by("offer_expires_at", "pk")
    )
    gone = release(event, lapsed, Departure.LAPSED, now)
    for person in gone:
        letters.left(event, person, by=None)
    return len(gone)


def _locked(participant: Participant) -> tuple[Event, Participant, datetime.datetime]:
    """The event, locked, and the participant as they are now."""
    event = places.lock(participant.event_id)
    person = Participant.objects.with_delegation().get(pk=participant.pk)
    person.event = event
    return event, person, timezone.now()


def _refuse_when_final(event: Event, now: datetime.datetime) -> None:
    if reason := places.why_final(event, now):
        raise OfferRefused(reason)

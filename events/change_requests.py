"""Changes after the deadline: asked for, shown as a difference, accepted or refused (EVT-5).

The delegation stays as it is until the secretariat agrees. One request of a delegation is open at a
time; a newer one takes its place. The journey is asked about apart, see `travel.trips`.
"""

import dataclasses
import datetime
from collections.abc import Sequence

from django.db import transaction

from events import decision_letters, part_places, places, registration
from events.models import ChangeRequest, Delegation, Event, Participant
from events.people import DelegationChanged, Person, refuse_bad_rows

State = ChangeRequest.State


def open_request(delegation: Delegation) -> ChangeRequest | None:
    """The request that waits for the secretariat, if there is one."""
    return delegation.change_requests.filter(state=State.OPEN).first()


@transaction.atomic
def ask(
    delegation: Delegation,
    by,
    *,
    seen_version: int,
    people: Sequence[Person] | None = None,
    note: str | None = None,
    reason: str = "",
) -> ChangeRequest:
    """Ask for a change of an open delegation; what was asked before and is not named here stays.

    `people`: all who shall come, in order; an empty list withdraws the delegation.
    DelegationChanged: not the version that was seen.
    """
    event, now = registration.running_event(delegation.event_id)
    delegation = registration.stored(delegation)
    if delegation.version != seen_version:
        raise DelegationChanged(delegation)
    if people:
        refuse_bad_rows(event, delegation, people)
    request = open_request(delegation) or ChangeRequest(delegation=delegation, wanted={})
    request.wanted = _merged(request.wanted, delegation, people, note)
    request.seen_version, request.asked_by, request.asked_at = delegation.version, by, now
    request.reason = reason or request.reason
    request.save()
    places.log("events.change.asked", event, delegation, by)
    return request


def ask_to_leave(person: Participant, by, reason: str = "") -> ChangeRequest:
    """Ask that one person need not come, after the deadline for it; `by` None: they ask."""
    if person.whole_id:
        return _ask_to_leave_part(person, by, reason)
    delegation = person.delegation
    request = open_request(delegation)
    people = wanted_people(request) if request and "people" in request.wanted else None
    people = people if people is not None else stored_people(delegation)
    left = [one for one in people if one.pk != person.pk]
    return ask(delegation, by, seen_version=delegation.version, people=left, reason=reason)


def _ask_to_leave_part(person: Participant, by, reason: str) -> ChangeRequest:
    """Who comes to a part with the delegation to the whole is asked for there."""
    whole = Participant.objects.select_related("delegation").get(pk=person.whole_id)
    taken = part_places.taken_by([whole])[whole.pk]
    parts = frozenset(row.event_id for row in taken if row.event_id != person.event_id)
    delegation = whole.delegation
    people = [
        dataclasses.replace(one, parts=parts) if one.pk == whole.pk else one
        for one in stored_people(delegation)
    ]
    return ask(delegation, by, seen_version=delegation.version, people=people, reason=reason)


@transaction.atomic
def take_back(request: ChangeRequest, by) -> ChangeRequest:
    """The delegation asks no longer. A request that was decided stays decided."""
    _event, now = registration.running_event(request.delegation.event_id)
    return _close(request, State.WITHDRAWN, by, now) or request


@transaction.atomic
def accept(request: ChangeRequest, by, seen_version: int, answer: str = "") -> ChangeRequest:
    """Write what was asked for, through the same capability as any change; the first answer stays.

    DelegationChanged: the delegation is no longer the version the staff saw the difference to.
    RegistrationRefused: it cannot be written as it is.
    """
    event, now = registration.running_event(request.delegation.event_id)
    delegation = registration.stored(request.delegation)
    if delegation.version != seen_version:
        raise DelegationChanged(delegation)
    closed = _close(request, State.ACCEPTED, by, now, answer)
    if closed is None:
        return request
    closed.delegation = delegation
    _write(event, closed, delegation, by, now)
    decision_letters.answered(event, closed)
    return closed


@transaction.atomic
def refuse(request: ChangeRequest, by, answer: str) -> ChangeRequest:
    """The delegation stays as it was; the answer goes to whoever answers for it."""
    event, now = registration.running_event(request.delegation.event_id)
    closed = _close(request, State.REFUSED, by, now, answer)
    if closed is None:
        return request
    closed.delegation = registration.stored(request.delegation)
    decision_letters.answered(event, closed)
    return closed


def _close(request: ChangeRequest, state: str, by, now, answer: str = "") -> ChangeRequest | None:
    """The request in its last state; None when it was decided before."""
    request = ChangeRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.state != State.OPEN:
        return None
    request.state, request.decided_by, request.decided_at = state, by, now
    request.answer = answer
    request.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    delegation = request.delegation
    places.log(f"events.change.{state}", delegation.event, delegation, by)
    return request


def _write(
    event: Event, request: ChangeRequest, delegation: Delegation, by, now: datetime.datetime
) -> None:
    note, people = request.wanted.get("note"), shall_be(request, delegation)
    if people:
        registration.rewrite(event, delegation, people, by, now, note, is_decided=True)
    else:
        registration.leave(event, delegation, list(delegation.participants.active()), by, now)


def stored_people(delegation: Delegation) -> list[Person]:
    """The delegation as its form would send it back unchanged."""
    return [
        Person(
            pk=row.pk,
            is_head=row.is_head,
            **{name: getattr(row, name) or "" for name in Person.FIELDS},
        )
        for row in registration.own_people(delegation)
    ]


def wanted_people(request: ChangeRequest) -> list[Person]:
    """The people as they were asked for."""
    return [
        Person(**{**row, "parts": None if row["parts"] is None else frozenset(row["parts"])})
        for row in request.wanted.get("people", [])
    ]


def shall_be(request: ChangeRequest, delegation: Delegation) -> list[Person]:
    """The people as they would be now: who left meanwhile is out, who joined since stays."""
    if "people" not in request.wanted:
        return stored_people(delegation)
    present = stored_people(delegation)
    here, known = {person.pk for person in present}, set(request.wanted["known"])
    wanted = [one for one in wanted_people(request) if one.pk is None or one.pk in here]
    named = {person.pk for person in wanted}
    joined = [one for one in present if one.pk not in known and one.pk not in named]
    if any(person.is_head for person in wanted):
        joined = [dataclasses.replace(person, is_head=False) for person in joined]
    return [*wanted, *joined]


def _merged(wanted: dict, delegation: Delegation, people, note) -> dict:
    wanted = dict(wanted)
    if people is not None:
        wanted["people"] = [_json(person) for person in people]
        known = registration.own_people(delegation).values_list("pk", flat=True)
        wanted["known"] = sorted(known)
    if note is not None:
        wanted["note"] = note
    return wanted


def _json(person: Person) -> dict:
    parts = None if person.parts is None else sorted(person.parts)
    return {**dataclasses.asdict(person), "parts": parts}

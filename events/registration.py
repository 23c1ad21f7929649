"""Registering delegations: every function is one transaction under the lock of the event.

What is wrong comes as `RegistrationRefused`, with a sentence for each row of the form. Deadlines
are judged by the clock of the server once the lock is held.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from content import cacheversion
from events import audience_rules, deadlines, invitations, letters, part_places, places, waiting
from events.models import Delegation, Event, Participant
from events.models.registration import HOLDING
from events.people import (
    DelegationChanged,
    Person,
    Problem,
    RegistrationRefused,
    TooLate,
    folded,
    refuse_bad_rows,
)

__all__ = [
    "DelegationChanged", "Person", "Problem", "RegistrationRefused", "TooLate",
    "cancel_delegation", "cancel_participant", "change", "folded", "leave", "limits_changed",
    "register", "register_guests", "rewrite", "running_event", "stored",
]  # fmt: skip

Status = Participant.Status
WITHDRAWN = Participant.Departure.WITHDRAWN
Registration = Event.Registration


@transaction.atomic
def register(event: Event, member, people: Sequence[Person], by, note: str = "") -> Delegation:
    """Register a delegation; its people get places in their order, the rest wait.

    A member whose delegation was cancelled may register again.
    """
    event, now = _open_event(event)
    if reason := audience_rules.why_not(event, member):
        raise RegistrationRefused(Problem(reason))
    delegation, is_new = Delegation.objects.get_or_create(
        event=event, member=member, defaults={"registered_by": by, "note": note}
    )
    if not is_new:
        if own_people(delegation).exists():
            raise RegistrationRefused(Problem(_("Your delegation is registered already.")))
        delegation.registered_by, delegation.note = by, note
    registered = _enter(event, delegation, people, by, now)
    invitations.accept_by_registering(event, member, by)
    return registered


@transaction.atomic
def register_guests(
    event: Event, guest_of: str, guest_country: str, people: Sequence[Person], by=None, note=""
) -> Delegation:
    """Register guests of no member; `guest_country` is the ISO code of two letters.

    They stand behind whoever registered before them and share the places with everybody.
    """
    event, now = _open_event(event)
    if reason := audience_rules.why_not(event, None):
        raise RegistrationRefused(Problem(reason))
    delegation = Delegation.objects.create(
        event=event, guest_of=guest_of, guest_country=guest_country, registered_by=by, note=note
    )
    return _enter(event, delegation, people, by, now)


def _enter(event: Event, delegation: Delegation, people, by, now) -> Delegation:
    """The people of a delegation that nobody is in yet; those of a whole keep their places."""
    refuse_bad_rows(event, delegation, people)
    rows = [_row(event, delegation, person, now) for person in people]
    _order_and_seat(event, delegation, rows, now, is_head_new=True)
    Participant.objects.bulk_create(rows)
    part_places.follow(event, delegation, rows, people, by, now)
    return _finish(event, delegation, by, "events.delegation.registered", rows)


@transaction.atomic
def change(
    delegation: Delegation, people: Sequence[Person], by, seen_version: int, note: str | None = None
) -> Delegation:
    """Edit, add, reorder and remove people: the delegation shall be `people` in this order.

    Who holds a place keeps it; the order says who comes next. Whoever is not in `people` leaves.
    DelegationChanged: it is no longer the version that was seen. TooLate: it has to be asked for.
    """
    event, now = running_event(delegation.event_id)
    if event.registration_state(now) not in (Registration.OPEN, Registration.CLOSED):
        raise RegistrationRefused(Problem(places.why_closed(event, now)))
    if reason := deadlines.why_no_change(event, now):
        raise TooLate(Problem(reason))
    delegation = stored(delegation)
    present = {person.pk for person in own_people(delegation)}
    if delegation.version != seen_version or not {p.pk for p in people if p.pk} <= present:
        raise DelegationChanged(delegation)
    if present - {person.pk for person in people} and (
        reason := deadlines.why_no_withdrawal(event, now)
    ):
        raise TooLate(Problem(reason))
    return rewrite(event, delegation, people, by, now, note)


def rewrite(
    event: Event, delegation: Delegation, people: Sequence[Person], by, now: datetime.datetime,
    note: str | None = None, *, is_decided: bool = False,
) -> Delegation:  # fmt: skip
    """The delegation shall be `people`, whatever the deadlines; event and delegation are locked.

    `is_decided`: the secretariat has accepted it, deadlines of parts hold nothing up either.
    """
    refuse_bad_rows(event, delegation, people)
    present = {person.pk: person for person in own_people(delegation)}
    kept = {person.pk for person in people if person.pk}
    gone = waiting.depart([p for p in present.values() if p.pk not in kept], WITHDRAWN)
    old_head = next((pk for pk, person in present.items() if person.is_head), None)
    delegation.participants.filter(whole__isnull=True).update(is_head=False)
    rows, moved_mail = _merged(event, delegation, people, present, now)
    head = next((row for row in rows if row.is_head), None)
    is_head_new = head is None or head.pk != old_head
    seated = _order_and_seat(event, delegation, rows, now, is_head_new=is_head_new)
    _save_rows(delegation, rows)
    part_places.follow(event, delegation, rows, people, by, now, is_decided=is_decided)
    if note is not None:
        delegation.note = note
    told = {id(row): row for row in [*seated, *moved_mail]}
    finished = _finish(event, delegation, by, "events.delegation.changed", list(told.values()))
    for person in gone:
        letters.left(event, person, by)
    waiting.offer(event, now)
    return finished


@transaction.atomic
def cancel_participant(participant: Participant, by, *, is_decided: bool = False) -> None:
    """One person does not come; once is enough. The place goes to whoever is next.

    TooLate after the deadline, unless the secretariat has decided so.
    """
    event, now = running_event(participant.event_id)
    person = Participant.objects.with_delegation().get(pk=participant.pk)
    if person.is_active:
        _refuse_late_withdrawal(event, now, is_decided)
    leave(event, person.delegation, [person], by, now)


@transaction.atomic
def cancel_delegation(delegation: Delegation, by, *, is_decided: bool = False) -> None:
    """Nobody of the delegation comes. It can register again while registration is open.

    TooLate after the deadline, unless the secretariat has decided so.
    """
    event, now = running_event(delegation.event_id)
    delegation = stored(delegation)
    people = list(delegation.participants.active())
    if people:
        _refuse_late_withdrawal(event, now, is_decided)
    leave(event, delegation, people, by, now)


def _refuse_late_withdrawal(event: Event, now: datetime.datetime, is_decided: bool) -> None:
    reason = "" if is_decided else deadlines.why_no_withdrawal(event, now)
    if reason:
        raise TooLate(Problem(reason))


@transaction.atomic
def limits_changed(event: Event) -> None:
    """After capacity, quota or start were changed: those who can move up do, first come first."""
    event, now = places.lock(event.pk), timezone.now()
    offers = event.participants.filter(offer_expires_at__gt=event.starts_at)
    offers.update(offer_expires_at=event.starts_at)
    if places.why_final(event, now):
        return
    waiting.offer(event, now)
    over = Participant.objects.filter(event=event, status=Status.OVER_QUOTA)
    for delegation in Delegation.objects.filter(participants__in=over).distinct().order_by("pk"):
        waiting.move_up(event, delegation, now)


def _open_event(event: Event) -> tuple[Event, datetime.datetime]:
    event, now = places.lock(event.pk), timezone.now()
    if reason := places.why_closed(event, now):
        raise RegistrationRefused(Problem(reason))
    return event, now


def running_event(event_id: int) -> tuple[Event, datetime.datetime]:
    """The event, locked, and the moment; refused once nobody can leave or be moved any more."""
    event, now = places.lock(event_id), timezone.now()
    if reason := places.why_final(event, now):
        raise RegistrationRefused(Problem(reason))
    return event, now


def own_people(delegation: Delegation):
    """Those registered here; those who come with the delegation to the whole are kept there."""
    return delegation.participants.active().filter(whole__isnull=True)


def stored(delegation: Delegation) -> Delegation:
    """The delegation as it is now, locked; with what letters read."""
    return (
        Delegation.objects.select_for_update(of=("self",))
        .select_related("member", "registered_by")
        .get(pk=delegation.pk)
    )


def _row(event: Event, delegation: Delegation, person: Person, now) -> Participant:
    row = Participant(event=event, delegation=delegation, is_head=person.is_head, status="")
    if event.mode == Event.Mode.ONLINE:
        row.mode = Participant.Mode.ONLINE
    _write(row, person, now)
    return row


def _write(row: Participant, person: Person, now: datetime.datetime) -> None:
    values = person.values()
    if values.get("is_listed", row.is_listed) != row.is_listed:
        row.listed_changed_at = now
    for name, value in values.items():
        setattr(row, name, value)


def _merged(event, delegation, people, present, now) -> tuple[list[Participant], list[Participant]]:
    """The rows as they shall be, in order, and those whose mail goes to another address now."""
    rows, moved = [], []
    for person in people:
        row = present.get(person.pk) if person.pk else None
        if row is None:
            rows.append(_row(event, delegation, person, now))
            continue
        if person.email and person.email.lower() != row.email.lower():
            moved.append(row)
        _write(row, person, now)
        row.is_head = person.is_head
        rows.append(row)
    return rows, moved


def _order_and_seat(
    event: Event,
    delegation: Delegation,
    rows: list[Participant],
    now: datetime.datetime,
    is_head_new: bool,
) -> list[Participant]:
    """Number the rows, give states to those who have none, judge the head. Returns the seated.

    In a part those who come with the delegation to the whole stand before them.
    """
    fixed = list(delegation.participants.active().filter(whole__isnull=False))
    for number, row in enumerate(rows, len(fixed) + 1):
        row.order = number
    slots = sorted(row.queued_at for row in rows if row.status == Status.WAITING)
    for row, slot in zip((r for r in rows if r.status == Status.WAITING), slots, strict=True):
        row.queued_at = slot
    seated = places.allot(event, [*fixed, *rows], now)
    if not any(person.is_head for person in fixed):
        _settle_wanted_head(rows, is_head_new)
    return seated


def _settle_wanted_head(rows: list[Participant], is_new: bool) -> None:
    """The head is one of the accepted. Nobody named: the first of them."""
    wanted = [number for number, row in enumerate(rows) if row.is_head]
    holders = [row for row in rows if row.status in HOLDING]
    others = [row for row in rows if row.status in (Status.WAITING, Status.PENDING)]
    if not wanted:
        for row in (holders or others)[:1]:
            row.is_head = True
        return
    head = rows[wanted[0]]
    if head.status == Status.OVER_QUOTA or (is_new and holders and head not in holders):
        raise RegistrationRefused(
            Problem(
                _(
                    "The head of the delegation must be one of those who get a place. "
                    "Move this person up or choose another head."
                ),
                row=wanted[0],
                field="is_head",
            )
        )


def _save_rows(delegation: Delegation, rows: list[Participant]) -> None:
    """Write all rows; addresses may change hands between them, hence the blank in between."""
    kept = [row for row in rows if row.pk]
    delegation.participants.filter(pk__in=[row.pk for row in kept]).update(email="")
    names = [
        *(*Person.FIELDS, *Person.KEPT_UNLESS_SAID, "listed_changed_at", "is_head", "order"),
        *places.SEATING,
    ]
    Participant.objects.bulk_update(kept, names)
    Participant.objects.bulk_create([row for row in rows if not row.pk])


def leave(event: Event, delegation: Delegation, people: list[Participant], by, now) -> None:
    """These people leave and are told; the event is locked."""
    before = {person: person.status for person in people if person.is_active}
    gone = waiting.release(event, people, WITHDRAWN, now)
    if not gone:
        return
    places.log("events.delegation.left", event, delegation, by, before)
    for person in gone:
        letters.left(event, person, by)


def _finish(event, delegation, by, verb, told: list[Participant]) -> Delegation:
    """What every change ends with: the version, the log, the letters, the caches."""
    delegation.version += 1
    delegation.save(update_fields=["registered_by", "note", "version", "updated_at"])
    places.log(verb, event, delegation, by)
    prefetch_related_objects([delegation], "member__names")
    letters.told_their_state(event, delegation, told)
    letters.summed_up(event, delegation)
    cacheversion.bump()
    return delegation

"""Registering delegations: every function is one transaction under the lock of the event.

What is wrong comes as `RegistrationRefused`, with a sentence for each row of the form. Deadlines
are judged by the clock of the server once the lock is held.
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from content import cacheversion
from content.editing import CONFLICT
from events import letters, places, waiting
from events.models import Delegation, Event, Participant
from events.models.registration import ACTIVE, HOLDING

Status = Participant.Status
WITHDRAWN = Participant.Departure.WITHDRAWN


@dataclass(frozen=True)
class Person:
    """One person as a delegation names them; `pk` for somebody who is registered already."""

    name_cyrillic: str = ""
    name_latin: str = ""
    position_ru: str = ""
    position_en: str = ""
    email: str = ""
    language: str = "ru"
    is_head: bool = False
    pk: int | None = None

    FIELDS = (
        "name_cyrillic", "name_latin", "position_ru", "position_en", "email", "language"
    )  # fmt: skip

    def values(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.FIELDS}


@dataclass(frozen=True)
class Problem:
    """What is wrong: with a row of the form (from 0) and its field, or with the whole."""

    message: str
    row: int | None = None
    field: str | None = None


class RegistrationRefused(Exception):
    """Nothing was written."""

    def __init__(self, *problems: Problem):
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = list(problems)


class DelegationChanged(RegistrationRefused):
    """Somebody saved the delegation meanwhile: `delegation` is what is stored now."""

    def __init__(self, delegation: Delegation):
        super().__init__(Problem(str(CONFLICT)))
        self.delegation = delegation


@transaction.atomic
def register(event: Event, member, people: Sequence[Person], by, note: str = "") -> Delegation:
    """Register a delegation; its people get places in their order, the rest wait.

    A member whose delegation was cancelled may register again.
    """
    event, now = _open_event(event)
    delegation, is_new = Delegation.objects.get_or_create(
        event=event, member=member, defaults={"registered_by": by, "note": note}
    )
    if not is_new:
        if delegation.participants.active().exists():
            raise RegistrationRefused(Problem(_("Your delegation is registered already.")))
        delegation.registered_by, delegation.note = by, note
    _refuse_bad_rows(event, delegation, people)
    rows = [_row(event, delegation, person) for person in people]
    _order_and_seat(event, rows, now, is_head_new=True)
    Participant.objects.bulk_create(rows)
    return _finish(event, delegation, by, "events.delegation.registered", rows)


@transaction.atomic
def change(
    delegation: Delegation, people: Sequence[Person], by, seen_version: int, note: str | None = None
) -> Delegation:
    """Edit, add, reorder and remove people: the delegation shall be `people` in this order.

    Who holds a place keeps it; the order says who comes next. Whoever is not in `people` leaves.
    DelegationChanged: it is no longer the version that was seen.
    """
    event, now = _open_event(delegation.event)
    delegation = _stored(delegation)
    present = {person.pk: person for person in delegation.participants.active()}
    if delegation.version != seen_version or not {p.pk for p in people if p.pk} <= set(present):
        raise DelegationChanged(delegation)
    _refuse_bad_rows(event, delegation, people)
    kept = {person.pk for person in people if person.pk}
    gone = waiting.depart([p for p in present.values() if p.pk not in kept], WITHDRAWN)
    old_head = next((pk for pk, person in present.items() if person.is_head), None)
    delegation.participants.update(is_head=False)
    rows, moved_mail = _merged(event, delegation, people, present)
    head = next((row for row in rows if row.is_head), None)
    seated = _order_and_seat(event, rows, now, is_head_new=head is None or head.pk != old_head)
    _save_rows(delegation, rows)
    if note is not None:
        delegation.note = note
    told = {id(row): row for row in [*seated, *moved_mail]}
    finished = _finish(event, delegation, by, "events.delegation.changed", list(told.values()))
    for person in gone:
        letters.left(event, person, by)
    waiting.offer(event, now)
    return finished


@transaction.atomic
def cancel_participant(participant: Participant, by) -> None:
    """One person does not come; once is enough. The place goes to whoever is next."""
    event, now = _running_event(participant.event_id)
    person = Participant.objects.with_delegation().get(pk=participant.pk)
    _leave(event, person.delegation, [person], by, now)


@transaction.atomic
def cancel_delegation(delegation: Delegation, by) -> None:
    """Nobody of the delegation comes. It can register again while registration is open."""
    event, now = _running_event(delegation.event_id)
    delegation = _stored(delegation)
    people = list(delegation.participants.active())
    _leave(event, delegation, people, by, now)


@transaction.atomic
def decide_over_quota(participant: Participant, accept: bool, by) -> Participant:
    """The secretariat lets somebody in beyond the quota, or does not; the first decision stays."""
    event, now = _running_event(participant.event_id)
    person = Participant.objects.with_delegation().get(pk=participant.pk)
    if person.status != Status.OVER_QUOTA:
        return person
    if accept:
        places.admit(event, person, now)
    else:
        person.status = Status.DECLINED
    person.save(update_fields=places.SEATING)
    verb = "events.over_quota.accepted" if accept else "events.over_quota.declined"
    places.log(verb, event, person.delegation, by, {person: Status.OVER_QUOTA})
    letters.decided(event, person)
    cacheversion.bump()
    return person


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


def _running_event(event_id: int) -> tuple[Event, datetime.datetime]:
    event, now = places.lock(event_id), timezone.now()
    if reason := places.why_final(event, now):
        raise RegistrationRefused(Problem(reason))
    return event, now


def _stored(delegation: Delegation) -> Delegation:
    return (
        Delegation.objects.select_for_update(of=("self",))
        .select_related("member", "registered_by")
        .get(pk=delegation.pk)
    )


def _row(event: Event, delegation: Delegation, person: Person) -> Participant:
    return Participant(
        event=event, delegation=delegation, is_head=person.is_head, status="", **person.values()
    )


def _merged(event, delegation, people, present) -> tuple[list[Participant], list[Participant]]:
    """The rows as they shall be, in order, and those whose mail goes to another address now."""
    rows, moved = [], []
    for person in people:
        row = present.get(person.pk) if person.pk else None
        if row is None:
            rows.append(_row(event, delegation, person))
            continue
        if person.email and person.email.lower() != row.email.lower():
            moved.append(row)
        for name, value in person.values().items():
            setattr(row, name, value)
        row.is_head = person.is_head
        rows.append(row)
    return rows, moved


def _order_and_seat(
    event: Event, rows: list[Participant], now: datetime.datetime, is_head_new: bool
) -> list[Participant]:
    """Number the rows, give states to those who have none, judge the head. Returns the seated."""
    for number, row in enumerate(rows, 1):
        row.order = number
    slots = sorted(row.queued_at for row in rows if row.status == Status.WAITING)
    for row, slot in zip((r for r in rows if r.status == Status.WAITING), slots, strict=True):
        row.queued_at = slot
    seated = places.allot(event, rows, now)
    _settle_wanted_head(rows, is_head_new)
    return seated


def _settle_wanted_head(rows: list[Participant], is_new: bool) -> None:
    """The head is one of the accepted. Nobody named: the first of them."""
    wanted = [number for number, row in enumerate(rows) if row.is_head]
    holders = [row for row in rows if row.status in HOLDING]
    waiting_ones = [row for row in rows if row.status == Status.WAITING]
    if not wanted:
        for row in (holders or waiting_ones)[:1]:
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
    names = [*Person.FIELDS, "is_head", "order", *places.SEATING]
    Participant.objects.bulk_update(kept, names)
    Participant.objects.bulk_create([row for row in rows if not row.pk])


def _leave(event, delegation, people, by, now) -> None:
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
    letters.told_their_state(event, delegation, told)
    letters.summed_up(event, delegation)
    cacheversion.bump()
    return delegation


def _refuse_bad_rows(event: Event, delegation: Delegation, people: Sequence[Person]) -> None:
    if not people:
        raise RegistrationRefused(Problem(_("Name at least one person.")))
    problems = [*_too_many_heads(people), *_nameless(people), *_doubles(people)]
    problems += _registered_elsewhere(event, delegation, people)
    if problems:
        raise RegistrationRefused(*problems)


def _too_many_heads(people: Sequence[Person]):
    heads = [row for row, person in enumerate(people) if person.is_head]
    for row in heads[1:]:
        yield Problem(_("A delegation has one head."), row, "is_head")


def _nameless(people: Sequence[Person]):
    for row, person in enumerate(people):
        if not (person.name_cyrillic or person.name_latin):
            message = _("Give the name in Cyrillic or in Latin letters.")
            yield Problem(message, row, "name_cyrillic")


def _doubles(people: Sequence[Person]):
    """The same person twice: one address, or one name unless two addresses tell them apart."""
    for row, person in enumerate(people):
        for number, other in enumerate(people[:row], 1):
            if person.email and person.email.lower() == other.email.lower():
                message = _("The same e-mail as person %(number)d.") % {"number": number}
                yield Problem(message, row, "email")
                break
            if _same_name(person, other) and not (person.email and other.email):
                message = _("The same name as person %(number)d.") % {"number": number}
                yield Problem(message, row, _name_field(person))
                break


def _same_name(one: Person, other: Person) -> bool:
    pairs = [(one.name_cyrillic, other.name_cyrillic), (one.name_latin, other.name_latin)]
    return any(a and b and folded(a) == folded(b) for a, b in pairs)


def _name_field(person: Person) -> str:
    return "name_cyrillic" if person.name_cyrillic else "name_latin"


def folded(name: str) -> str:
    """A name as it is compared: without case, spare spaces, and the dots of ё."""
    text = unicodedata.normalize("NFC", name).casefold().replace("ё", "е")
    return re.sub(r"\s+", " ", text).strip()


def _registered_elsewhere(event: Event, delegation: Delegation, people: Sequence[Person]):
    """Addresses that other delegations have registered for this event."""
    wanted = {person.email.lower() for person in people if person.email}
    found = set(
        Participant.objects.filter(event=event, status__in=ACTIVE)
        .exclude(delegation=delegation)
        .annotate(address=Lower("email"))
        .filter(address__in=wanted)
        .values_list("address", flat=True)
    )
    for row, person in enumerate(people):
        if person.email.lower() in found:
            message = _("Somebody with this e-mail is registered for this event already.")
            yield Problem(message, row, "email")

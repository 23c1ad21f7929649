"""Giving and ending a seat, filling it, and who may vote on it."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from content import audit
from content.dated import Precision, last_day
from content.models import PrivateFile
from governance import offices
from governance.models import EndReason, OfficeTerm, Person, Seat, SeatFilling, SeatTerm
from governance.overlaps import overlapping
from members.models import Member

ONE_DAY = datetime.timedelta(days=1)
DELEGATE, SUBSTITUTE = SeatFilling.Role.DELEGATE, SeatFilling.Role.SUBSTITUTE


def may_vote(filling: SeatFilling) -> bool:
    """A delegate votes; a substitute with a mandate too; one without may speak, may not vote."""
    return filling.role == DELEGATE or filling.has_mandate


@transaction.atomic
def give_seat(
    seat: Seat,
    owner: Member | Person,
    starts_on: datetime.date | None,
    *,
    by: Any = None,
    closes_predecessor: bool = False,
    **fields,
) -> SeatTerm:
    """A seat belongs to a member or a person from a day on. `fields`: others of SeatTerm.

    `closes_predecessor` ends the running term the day before; a term of the same owner makes this
    one a re-election. Raises ValidationError when the days overlap.
    """
    Seat.objects.select_for_update().get(pk=seat.pk)
    whose = {"member": owner} if isinstance(owner, Member) else {"person": owner}
    term = SeatTerm(seat=seat, starts_on=starts_on, **whose, **fields)
    term.round_days()
    if closes_predecessor and term.starts_on:
        _close_seat_term(term, by)
    term.full_clean()
    term.save()
    audit.record("seat.given", term, by, str(term))
    return term


def _close_seat_term(term: SeatTerm, by: Any) -> None:
    running = overlapping(term, SeatTerm.objects.filter(seat=term.seat)).first()
    if running is None or (running.starts_on and running.starts_on >= term.starts_on):
        return
    again = (running.member_id, running.person_id) == (term.member_id, term.person_id)
    term.is_re_elected = term.is_re_elected or again
    reason = EndReason.RE_ELECTED if again else EndReason.TERM
    end_seat(running, term.starts_on - ONE_DAY, reason, by=by, precision=term.starts_precision)


@transaction.atomic
def end_seat(
    term: SeatTerm,
    day: datetime.date,
    reason: str,
    *,
    by: Any = None,
    precision: str = Precision.DAY,
    **note,
) -> SeatTerm:
    """End a term of a seat on its last day; whoever fills it ends with it.

    Raises ValidationError when it would end before it begins.
    """
    term = SeatTerm.objects.select_for_update().get(pk=term.pk)
    if term.starts_on and last_day(day, precision) < term.starts_on:
        raise ValidationError({"ends_on": _("A seat is not given back before it is given.")})
    term.ends_on, term.ends_precision, term.end_reason = day, precision, reason
    for column, text in note.items():
        setattr(term, column, text)
    term.full_clean()
    term.save()
    for filling in term.fillings.filter(ends_on__isnull=True, starts_on__lte=term.ends_on):
        filling.ends_on, filling.ends_precision = term.ends_on, precision
        filling.save()
    audit.record("seat.ended", term, by, f"{term}: {term.get_end_reason_display()}")
    return term


@transaction.atomic
def fill(
    term: SeatTerm,
    person: Person,
    starts_on: datetime.date,
    *,
    by: Any = None,
    role: str = DELEGATE,
    has_mandate: bool = False,
    mandate: PrivateFile | None = None,
    office_term: OfficeTerm | None = None,
    ends_on: datetime.date | None = None,
    closes_predecessor: bool = False,
) -> SeatFilling:
    """Name who sits on a member's seat: a delegate, or a substitute.

    A filling whose office has ended makes room by itself; a running one only with
    `closes_predecessor`. Raises ValidationError: the seat belongs to a person, the days lie
    outside the term, or overlap with another filling of the same role.
    """
    term = SeatTerm.objects.select_for_update().get(pk=term.pk)
    filling = SeatFilling(
        term=term, person=person, role=role, has_mandate=has_mandate, mandate=mandate,
        office_term=office_term, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    _refuse_outside(filling)
    _make_room(filling, closes_predecessor)
    filling.full_clean()
    filling.save()
    audit.record("seat.filled", filling, by, f"{person}: {term.seat}")
    return filling


@transaction.atomic
def fill_by_office(term: SeatTerm, starts_on: datetime.date, *, by: Any = None) -> SeatFilling:
    """The head of the member takes its seat, for as long as they are the head.

    Raises ValidationError when nobody heads the member on that day, and as `fill` does.
    """
    head = offices.head_on(term.member, starts_on) if term.member else None
    if head is None:
        raise ValidationError(_("On that day nobody heads the member."))
    return fill(
        term, head.person, starts_on, by=by, office_term=head, has_mandate=True,
        closes_predecessor=True,
    )  # fmt: skip


def _refuse_outside(filling: SeatFilling) -> None:
    term = filling.term
    if term.member_id is None:
        raise ValidationError(_("This seat belongs to a person, who fills it in person."))
    if not term.is_valid_on(filling.starts_on):
        text = _("On that day the seat does not belong to the member.")
        raise ValidationError({"starts_on": text})


def _make_room(filling: SeatFilling, closes: bool) -> None:
    """End what has lapsed with its office on that day; and what runs, where it is asked for."""
    same = SeatFilling.objects.filter(term=filling.term, role=filling.role)
    for other in overlapping(filling, same.select_related("term", "office_term")):
        ends = other.lasts_until
        has_lapsed = ends is not None and ends < filling.starts_on
        began_before = other.starts_on is None or other.starts_on < filling.starts_on
        if has_lapsed or (closes and began_before):
            other.ends_on = ends if has_lapsed else filling.starts_on - ONE_DAY
            other.ends_precision = Precision.DAY
            other.save()

"""From the result of an election to the seats: whose term begins on which seat."""

import datetime
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import offices, seats
from governance.composition import composition
from governance.models import Body, Seat
from meetings.models import Nomination
from meetings.refusals import Refused


def proposal(
    body: Body, elected: Iterable[Nomination], day: datetime.date
) -> dict[int, Seat | None]:
    """A seat for each of the elected (by number of the nomination), or None where none is free.

    Whoever sits in the body keeps the seat; the others get the vacant ones, in their order.
    """
    rows = composition(body, day)
    vacant = [row.seat for row in rows if row.term is None]
    own = {(row.term.member_id, row.term.person_id): row.seat for row in rows if row.term}
    found = {}
    for one in elected:
        kept = own.pop(_owner_key(one), None)
        found[one.pk] = kept or (vacant.pop(0) if vacant else None)
    return found


def _owner_key(nomination: Nomination) -> tuple[int | None, int | None]:
    """A seat belongs to the member where there is one, else to the person."""
    if nomination.member_id:
        return nomination.member_id, None
    return None, nomination.person_id


def begin(places: Mapping[Nomination, Seat], starts_on: datetime.date, by) -> list[seats.SeatTerm]:
    """Begin the terms of the elected on these seats; running terms end the day before.

    Call it in a transaction. Raises Refused when one seat is given twice or the days overlap.
    """
    if len({seat.pk for seat in places.values()}) < len(places):
        raise Refused(_("One seat cannot be given to two."))
    terms = []
    for nomination, seat in places.items():
        try:
            terms.append(_begin_one(nomination, seat, starts_on, by))
        except ValidationError as error:
            raise Refused(f"{nomination.name_in()}: {' '.join(error.messages)}") from error
    return terms


def _begin_one(nomination: Nomination, seat: Seat, starts_on: datetime.date, by):
    owner = nomination.member or nomination.person
    term = seats.give_seat(seat, owner, starts_on, by=by, closes_predecessor=True)
    if nomination.member_id and nomination.person_id:
        seats.fill(term, nomination.person, starts_on, by=by, has_mandate=True)
    elif nomination.member_id and seat.by_office and offices.head_on(owner, starts_on):
        seats.fill_by_office(term, starts_on, by=by)
    return term

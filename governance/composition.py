"""Who sits in a body on a day."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from content.dated import today
from governance.models import Body, Person, Seat, SeatFilling, SeatTerm
from governance.seats import may_vote
from members.models import Member


class State(models.TextChoices):
    FILLED = "filled", _("filled")
    TO_BE_FILLED = "to_be_filled", _("to be filled")
    VACANT = "vacant", _("vacant")


@dataclass(frozen=True)
class Row:
    """One seat on a day. `owner` as it was called then: members carry `dated_name_ru`, `_en`.

    `delegate` and `substitute` are the fillings that count on that day.
    """

    seat: Seat
    term: SeatTerm | None = None
    delegate: SeatFilling | None = None
    substitute: SeatFilling | None = None

    @property
    def owner(self) -> Member | Person | None:
        return self.term.owner if self.term else None

    @property
    def person(self) -> Person | None:
        """Who sits there: the delegate, or the owner of a personal seat."""
        if self.term and self.term.person:
            return self.term.person
        return self.delegate.person if self.delegate else None

    @property
    def state(self) -> str:
        if self.term is None:
            return State.VACANT.value
        return State.FILLED.value if self.person else State.TO_BE_FILLED.value

    @property
    def state_label(self) -> str:
        return str(State(self.state).label)

    @property
    def substitute_may_vote(self) -> bool:
        return self.substitute is not None and may_vote(self.substitute)


def composition(body: Body, day: datetime.date | None = None) -> list[Row]:
    """The seats that exist on that day (today when not given) in their order, with who sits there.

    The number of queries does not depend on how many seats and terms there are.
    """
    day = day or today()
    fillings = SeatFilling.objects.counting(day).select_related("person", "office_term__office")
    terms = (
        SeatTerm.objects.on(day)
        .select_related("person")
        .prefetch_related(
            Prefetch("member", queryset=Member.objects.with_name_on(day)),
            Prefetch("fillings", queryset=fillings, to_attr="counting"),
        )
    )
    seats = Seat.objects.on(day).filter(body=body)
    return [_row(seat) for seat in seats.prefetch_related(Prefetch("terms", terms, "of_day"))]


def _row(seat: Seat) -> Row:
    term = next(iter(seat.of_day), None)
    if term is None:
        return Row(seat)
    by_role = {filling.role: filling for filling in term.counting}
    return Row(
        seat,
        term,
        by_role.get(SeatFilling.Role.DELEGATE),
        by_role.get(SeatFilling.Role.SUBSTITUTE),
    )


def days_of_change(body: Body, most: int = 12) -> list[datetime.date]:
    """The first days of earlier terms of its seats, the latest first: days worth looking at."""
    starts = SeatTerm.objects.filter(seat__body=body, starts_on__lt=today())
    days = starts.order_by("-starts_on").values_list("starts_on", flat=True).distinct()
    return list(days[:most])

"""Who sits on the seats of a body on a day, and who may vote for them."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from content.languages import in_language
from governance.models import Body, SeatFilling, SeatTerm


@dataclass(frozen=True)
class Taken:
    """A seat that belongs to somebody on a day.

    `delegate` and `substitute` are the fillings that count on that day, or None; a seat that
    belongs to a person is filled by that person, without a filling.
    """

    term: SeatTerm
    delegate: SeatFilling | None
    substitute: SeatFilling | None

    @property
    def is_filled(self) -> bool:
        return self.term.person_id is not None or self.delegate is not None

    def owner(self, language: str | None = None) -> str:
        """The name of the member or of the person."""
        if self.term.member_id:
            return in_language(self.term.member, "name", language)[0]
        return in_language(self.term.person, "full_name", language)[0]

    def delegate_name(self, language: str | None = None) -> str:
        if self.term.person_id:
            return self.owner(language)
        return _name(self.delegate, language)

    def substitute_name(self, language: str | None = None) -> str:
        return _name(self.substitute, language)


def _name(filling: SeatFilling | None, language: str | None) -> str:
    return in_language(filling.person, "full_name", language)[0] if filling else ""


def taken(body: Body, day: datetime.date) -> list[Taken]:
    """The seats of a body that belong to somebody on that day, in their order: two queries."""
    terms = (
        SeatTerm.objects.on(day)
        .filter(seat__body=body)
        .select_related("seat", "member", "person")
        .order_by("seat__order", "seat_id", "pk")
    )
    in_office = (
        Q(office_term__isnull=True)
        | Q(office_term__starts_on__isnull=True)
        | Q(office_term__starts_on__lte=day)
    ) & (
        Q(office_term__isnull=True)
        | Q(office_term__ends_on__isnull=True)
        | Q(office_term__ends_on__gte=day)
    )
    found = SeatFilling.objects.on(day).filter(in_office, term__seat__body=body)
    filled: dict[int, dict[str, SeatFilling]] = defaultdict(dict)
    for filling in found.select_related("person"):
        filled[filling.term_id][filling.role] = filling
    return [
        Taken(term, filled[term.pk].get("delegate"), filled[term.pk].get("substitute"))
        for term in terms
    ]

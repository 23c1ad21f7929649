"""Memberships in other associations, as a city's page and an association's page show them."""

import datetime
from dataclasses import dataclass

from content import dated
from content.languages import reading_order
from governance.models import Organisation, SeatTerm
from members.models import Member
from partnerships.models import Affiliation, CharterSigning, ListedCity

MOST_SHOWN = 60


@dataclass(frozen=True)
class Belonging:
    """A membership in another association, and the seats the member has there."""

    affiliation: Affiliation
    seats: list[SeatTerm]


@dataclass(frozen=True)
class Overlap:
    """Who of ours belongs to an association: `rows` are the first of `count`, alphabetically.

    `members` counts those that are members of ours on that day; `listed` are cities that the
    association names and that are no records of ours.
    """

    rows: list[Affiliation]
    count: int
    members: int
    listed: list[ListedCity]


def of_member(member: Member, day: datetime.date | None = None) -> list[Belonging]:
    """What a member belongs to on a day (today when not given), the longest first: two queries."""
    rows = list(
        Affiliation.objects.on(day)
        .filter(member=member)
        .select_related("organisation")
        .order_by("starts_on", "pk")
    )
    if not rows:
        return []
    seats: dict[int, list[SeatTerm]] = {}
    terms = SeatTerm.objects.on(day).filter(
        member=member, seat__body__organisation__in=[row.organisation_id for row in rows]
    )
    for term in terms.select_related("seat__body").order_by("seat__body", "pk"):
        seats.setdefault(term.seat.body.organisation_id, []).append(term)
    return [Belonging(row, seats.get(row.organisation_id, [])) for row in rows]


def charters_of(member: Member, day: datetime.date | None = None) -> list[CharterSigning]:
    """The charters a member had signed by a day."""
    day = day or dated.today()
    rows = CharterSigning.objects.filter(member=member).select_related("person")
    return [row for row in rows if row.signed_on is None or row.signed_on <= day]


def overlap_of(organisation: Organisation, day: datetime.date | None = None) -> Overlap:
    """Who of our records belongs to an association on a day: four queries."""
    rows = Affiliation.objects.on(day).filter(organisation=organisation)
    ours = rows.filter(member__in=Member.objects.members(day))
    shown = rows.select_related("member__country").order_by(
        f"member__sort_key_{reading_order()[0]}", "pk"
    )
    return Overlap(
        rows=list(shown[:MOST_SHOWN]),
        count=rows.values("member").distinct().count(),
        members=ours.values("member").distinct().count(),
        listed=list(ListedCity.objects.filter(organisation=organisation)),
    )

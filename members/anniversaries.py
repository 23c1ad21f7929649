"""Round anniversaries of membership: 5, 10, 15, 20 years and on, by the year it began."""

import datetime
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from content import dated
from content.dated import Precision
from content.dates import partial_text
from members.models import Member, MembershipPeriod

STEP = 5


@dataclass(frozen=True)
class Anniversary:
    """A member that has belonged to the association without a break for so many years."""

    member: Member
    years: int
    began_on: datetime.date
    precision: str

    @property
    def day(self) -> datetime.date | None:
        """The day of the anniversary, where the beginning is known to the day."""
        if self.precision != Precision.DAY:
            return None
        is_leap_day = (self.began_on.month, self.began_on.day) == (2, 29)
        day = 28 if is_leap_day and (self.began_on.year + self.years) % 4 else self.began_on.day
        return self.began_on.replace(year=self.began_on.year + self.years, day=day)

    @property
    def since(self) -> str:
        return partial_text(self.began_on, self.precision)


def of_year(year: int | None = None) -> list[Anniversary]:
    """The anniversaries of a year (this one when not given): the longest membership first.

    One query. Members of today alone have one.
    """
    year = year or dated.today().year
    present = MembershipPeriod.objects.on().filter(member=OuterRef("pk"))
    members = (
        Member.objects.members()
        .annotate(
            began_on=Subquery(present.values("starts_on")[:1]),
            precision=Subquery(present.values("starts_precision")[:1]),
        )
        .filter(began_on__year__in=range(year - STEP, 1900, -STEP))
        .in_alphabetical_order()
        .only("slug", "name_ru", "name_en", "name")
    )
    found = [
        Anniversary(one, year - one.began_on.year, one.began_on, one.precision) for one in members
    ]
    return sorted(found, key=lambda one: -one.years)

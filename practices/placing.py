"""Where a practice belongs: the country and the size of its city by the data of the day."""

import datetime

from content.dated import today
from members.models import Member
from practices.models import Practice


def place(practice: Practice, on: datetime.date | None = None) -> None:
    """Set country and inhabitants, unsaved, from what is known of the member on that day."""
    day = on or today()
    member = Member.objects.with_population(day).get(pk=practice.member_id)
    practice.country_id = member.country_id
    practice.population = member.population

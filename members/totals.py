"""What the records of members add up to, beside what was published: for the facts register."""

import datetime

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from facts import derived
from members.models import Member


def members_on(day: datetime.date) -> int:
    """How many members the association has on a day."""
    return Member.objects.members(day).count()


def countries_on(day: datetime.date) -> int:
    """From how many countries they are."""
    return Member.objects.members(day).values("country").distinct().count()


def population_on(day: datetime.date) -> int:
    """How many people live in the cities among them, by the latest figure of each.

    Regions and associations are left out: their inhabitants live in cities that may be members.
    """
    kinds = (Member.Kind.CITY, Member.Kind.METROPOLIS, Member.Kind.DISTRICT)
    cities = Member.objects.members(day).filter(kind__in=kinds)
    return cities.with_population(day).aggregate(total=Sum("population"))["total"] or 0


BASIS = _("the records of members")
derived.register("section-members", members_on, BASIS)
derived.register("section-countries", countries_on, BASIS)
derived.register("section-population", population_on, _("the population figures of member cities"))

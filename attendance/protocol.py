"""Orders of the people of an event, each by the alphabet of the reader's language.

By city and by country for lists, by protocol for seating, flags and the group photo: the rank of
the office first, then the alphabet. People of one delegation keep the order they were named in.
"""

from collections.abc import Sequence

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from content.sortkeys import sort_key
from events.columns import country_of
from events.models import Delegation, Participant


class Order(models.TextChoices):
    CITY = "city", _("by city")
    COUNTRY = "country", _("by country")
    PROTOCOL = "protocol", _("in the order of protocol")


def in_order(people: Sequence[Participant], order: str, language: str) -> list[Participant]:
    """Loaded participants in an order, as `ordered_keys` has it."""
    by_key = {one.pk: one for one in people}
    keys = ordered_keys(Participant.objects.filter(pk__in=by_key), order, language)
    return [by_key[key] for key in keys]


def ordered_keys(people: QuerySet, order: str, language: str) -> list[int]:
    """The primary keys of participants in an order: three queries, however many there are."""
    rows = people.order_by().values_list(
        "pk", "delegation_id", "rank", "is_head", "order", "name_cyrillic", "name_latin"
    )
    rows = list(rows)
    places = _places({row[1] for row in rows}, language)
    latin_first = language == "en"

    def key(row) -> tuple:
        pk, delegation, rank, is_head, number, cyrillic, latin = row
        city, country = places[delegation]
        within = (not is_head, number, pk)
        if order == Order.COUNTRY:
            return (country, city, delegation, *within)
        if order == Order.PROTOCOL:
            name = (latin or cyrillic) if latin_first else (cyrillic or latin)
            return (rank, country, city, delegation, sort_key(name), pk)
        return (city, delegation, *within)

    return [row[0] for row in sorted(rows, key=key)]


def _places(delegations: set[int], language: str) -> dict[int, tuple[str, str]]:
    """The sort keys of city and country of each delegation."""
    rows = Delegation.objects.filter(pk__in=delegations).select_related("event", "member__country")
    return {
        one.pk: (
            sort_key(one.sender_in(language)),
            sort_key(country_of(Participant(delegation=one), language)),
        )
        for one in rows.prefetch_related("member__names")
    }

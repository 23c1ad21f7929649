"""Orders of the people of an event, each by the alphabet of the reader's language.

By city and by country for lists, by protocol for seating, flags and the group photo: the rank of
the office first, then the alphabet. People of one delegation keep the order they were named in.
"""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.sortkeys import sort_key
from events.columns import country_of
from events.models import Participant


class Order(models.TextChoices):
    CITY = "city", _("by city")
    COUNTRY = "country", _("by country")
    PROTOCOL = "protocol", _("in the order of protocol")


def by_city(people: Sequence[Participant], language: str) -> list[Participant]:
    """Cities by the alphabet; in each the head first, then the order of the delegation."""
    return sorted(people, key=lambda one: (_city(one, language), *_within(one)))


def by_country(people: Sequence[Participant], language: str) -> list[Participant]:
    """Countries by the alphabet, in each the cities."""
    return sorted(
        people,
        key=lambda one: (
            sort_key(country_of(one, language)), _city(one, language), *_within(one)
        ),
    )  # fmt: skip


def in_protocol(people: Sequence[Participant], language: str) -> list[Participant]:
    """The highest office first; those of one rank by country, city and name."""
    return sorted(
        people,
        key=lambda one: (
            one.rank, sort_key(country_of(one, language)), _city(one, language),
            sort_key(one.name_in(language)), one.pk,
        ),
    )  # fmt: skip


ORDERS = {Order.CITY: by_city, Order.COUNTRY: by_country, Order.PROTOCOL: in_protocol}


def _city(person: Participant, language: str) -> tuple[str, int]:
    return sort_key(person.delegation.sender_in(language)), person.delegation_id


def _within(person: Participant) -> tuple[bool, int, int]:
    return not person.is_head, person.order, person.pk

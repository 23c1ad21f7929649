"""Rows for tests: plain functions with fixed, sensible defaults."""

import datetime

from members.tests.factories import make_country, make_member
from partnerships.models import (
    Affiliation,
    CityAlias,
    HelpRequest,
    MatchWish,
    OutsideCity,
    Partnership,
)

A_DAY = datetime.date(2012, 5, 12)


def make_city(slug="zhenjiang", name_ru="Чжэньцзян", name_en="Zhenjiang", **fields) -> OutsideCity:
    """A city outside, in China."""
    country = fields.pop("country", None) or make_country(
        "CN", "Китай", "China", is_in_region=False
    )
    return OutsideCity.objects.create(
        slug=slug, name_ru=name_ru, name_en=name_en, country=country, **fields
    )


def make_alias(city, name_en="", name_ru="") -> CityAlias:
    return CityAlias.objects.create(city=city, name_ru=name_ru, name_en=name_en)


def make_stavropol(**fields):
    return make_member("stavropol", "Ставрополь", "Stavropol", **fields)


def make_partnership(one=None, partner=None, **fields) -> Partnership:
    """A signed agreement, stated by the first side, nobody asked."""
    one = one or make_stavropol()
    partner = partner or make_city()
    side = "city" if isinstance(partner, OutsideCity) else "member_b"
    fields.setdefault("signed_on", A_DAY)
    fields.setdefault("stated_by", one)
    return Partnership.objects.create(member_a=one, **{side: partner}, **fields)


def make_affiliation(member, organisation, since=None, **fields) -> Affiliation:
    """A membership since a year (a number), or since nobody knows when."""
    if since:
        fields |= {"starts_on": datetime.date(since, 1, 1), "starts_precision": "year"}
    return Affiliation.objects.create(member=member, organisation=organisation, **fields)


def make_help_request(member, by, **fields) -> HelpRequest:
    fields.setdefault("subject", "A partner in China")
    fields.setdefault("text", "We look for a city with a university.")
    return HelpRequest.objects.create(member=member, created_by=by, **fields)


def make_wish(member, by) -> MatchWish:
    return MatchWish.objects.create(member=member, opted_by=by)

"""Finding the other side of a partnership by what a person typed."""

import functools
from dataclasses import dataclass

from babel import Locale
from django.db import IntegrityError, transaction

from content.languages import LANGUAGE_CODES, in_language, reading_order
from content.slugs import free_slug
from content.sortkeys import search_fold, sort_key
from members.models import Country, Member
from partnerships.models import OutsideCity

MOST_CANDIDATES = 20


@dataclass(frozen=True)
class Candidate:
    """A member or a city outside that bears the name somebody typed."""

    record: Member | OutsideCity

    @property
    def code(self) -> str:
        """What a form sends for it: "member:12", "city:5"."""
        return f"{'member' if isinstance(self.record, Member) else 'city'}:{self.record.pk}"

    @property
    def label(self) -> str:
        name = in_language(self.record, "name")[0]
        return f"{name}, {in_language(self.record.country, 'name')[0]}"


def candidates(name: str, country_code: str = "") -> list[Candidate]:
    """Members and cities outside that bear exactly this name or alias: two queries."""
    members = _bearing(Member.objects.filter(name_search__contains=search_fold(name)), name)
    cities = _bearing(OutsideCity.objects.called(name), name)
    found = [Candidate(record) for record in [*members, *cities]]
    if country_code:
        found = [one for one in found if one.record.country.code == country_code]
    return found[:MOST_CANDIDATES]


def _bearing(rows, name: str) -> list:
    """Those among the rows that have the name on a line of its own."""
    folded = search_fold(name)
    if not folded:
        return []
    some = rows.select_related("country").order_by("pk")[: 5 * MOST_CANDIDATES]
    return [row for row in some if folded in row.name_search.split("\n")]


@functools.cache
def country_names(language: str) -> dict[str, str]:
    """Every country of the world: code -> name, in alphabetical order."""
    names = {
        code: name
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    }
    return dict(sorted(names.items(), key=lambda item: sort_key(item[1])))


# What the Unicode list of territories holds besides countries.
NOT_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


def country_choices() -> list[tuple[str, str]]:
    """Countries to choose from, in the reader's language; ours under the name they have here."""
    own = {
        row.code: in_language(row, "name")[0] for row in Country.objects.all() if len(row.code) == 2
    }
    names = {**country_names(reading_order()[0]), **own}
    return sorted(names.items(), key=lambda item: sort_key(item[1]))


def country(code: str) -> Country:
    """The country of that code; made, outside the region, when it is named for the first time.

    Raises KeyError for what is no country.
    """
    names = {f"name_{one}": country_names(one)[code] for one in LANGUAGE_CODES}
    row, _is_new = Country.objects.get_or_create(
        code=code, defaults={"is_in_region": False, **names}
    )
    return row


def add_city(country_code: str, name_ru: str = "", name_en: str = "", **fields) -> OutsideCity:
    """A city outside under these names; the one that is there already where there is one.

    Give a name in one language at least. Raises KeyError for what is no country.
    """
    for name in filter(None, [name_ru, name_en]):
        for found in candidates(name, country_code):
            if isinstance(found.record, OutsideCity):
                return found.record
    city = OutsideCity(
        country=country(country_code), name_ru=name_ru, name_en=name_en, **fields
    )  # fmt: skip
    city.slug = free_slug(city, name_en or name_ru)
    try:
        with transaction.atomic():
            city.save()
    except IntegrityError:  # somebody added it at the same moment
        names = OutsideCity.objects.filter(country=city.country)
        found = names.called(name_ru).first() or names.called(name_en).first()
        if found is None:
            raise
        return found
    return city

"""The list of partner cities that comes with the portal: data/cities.csv.

Names, other spellings and places rounded to a hundredth of a degree, compiled for this project.
"""

import csv
from pathlib import Path

from django.db import transaction

from content.records import refresh_derived
from partnerships import sides
from partnerships.models import CityAlias, OutsideCity

LIST = Path(__file__).parent / "data" / "cities.csv"
CYRILLIC = range(0x400, 0x500)


@transaction.atomic
def load() -> int:
    """Add the cities of the list that are not there; says how many were new.

    What the secretariat has changed since stays as it is.
    """
    with LIST.open(encoding="utf-8", newline="") as file:
        return sum(_add(row) for row in csv.DictReader(file))


def _add(row: dict[str, str]) -> bool:
    before = OutsideCity.objects.filter(slug=row["slug"]).exists()
    if before or any(
        isinstance(one.record, OutsideCity)
        for one in sides.candidates(row["name_en"], row["country"])
    ):
        return False
    city = OutsideCity.objects.create(
        slug=row["slug"], country=sides.country(row["country"]), name_ru=row["name_ru"],
        name_en=row["name_en"], latitude=row["latitude"], longitude=row["longitude"],
    )  # fmt: skip
    for alias in filter(None, row["aliases"].split("|")):
        code = "ru" if ord(alias[0]) in CYRILLIC else "en"
        CityAlias.objects.create(city=city, **{f"name_{code}": alias})
    refresh_derived(city)
    return True

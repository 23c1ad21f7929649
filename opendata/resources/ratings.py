"""Ratings: editions whose results are out, and the places in them as the page shows them."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_noop
from pydantic import Field

from content.languages import LANGUAGE_CODES
from opendata.columns import (
    Column,
    Row,
    at,
    bilingual,
    changed,
    key,
    kind_column,
    moment,
    pages,
    renamed,
    texts,
)
from opendata.resources.base import SLUG, Asked, AskedList, Resource
from ratings.models import Edition
from standings import code_book, listing, open_data
from standings.models import Seal, Standing

EDITION = Column(
    "edition", int, gettext_noop("Number of the edition"), 3, is_required=True
)  # fmt: skip
COLUMNS_OF_EDITIONS = (
    key(3),
    Column("rating", str, gettext_noop("Rating, by its address"), "liveability"),
    *bilingual("rating_title", gettext_noop("Name of the rating"), "Рейтинг", "Rating"),
    Column("slug", str, gettext_noop("Last part of the address of its page"), "2025"),
    *bilingual("title", gettext_noop("Title"), "Рейтинг 2025", "Rating 2025"),
    Column("year", int, gettext_noop("Year"), 2025),
    kind_column(gettext_noop("With a questionnaire here, or a past one"), Edition.Kind),
    Column("cities", int, gettext_noop("Cities with a public place"), 64, is_required=True),
    Column("revision", int, gettext_noop("Revision of the sealed results; corrections count on"),
           1),
    moment("sealed_at", gettext_noop("When the results were sealed")),
    Column("sha256", str, gettext_noop("SHA-256 of the sealed results"), "9f86d081…"),
    Column("is_invented", bool, gettext_noop("Whether it is invented for a demonstration"), False),
    *bilingual("results", gettext_noop("Page of the results"), "…", "…"),
    *bilingual("package", gettext_noop("Data package: tables, code book, checksums"), "…", "…"),
    *pages("/ratings/liveability/2025/"), changed(),
)  # fmt: skip
KINDS = {
    "place": int, "place_in_class": int, "place_among_members": int,
    "place_among_members_in_class": int, "score": float, "likely_from": float, "likely_to": float,
    "guest": int,
}  # fmt: skip
EXAMPLES = {
    "city": "kazan", "name_ru": "Казань", "name_en": "Kazan", "country": "RU", "class": "L",
    "place": 1, "place_in_class": 1, "score": 71.25, "guest": 0,
}  # fmt: skip


def _column(name: str) -> Column:
    """A column of the data package, its meaning from the package's own code book."""
    language = next((code for code in LANGUAGE_CODES if name.endswith(f"_{code}")), "")
    with translation.override(None):
        meaning = str(code_book.COLUMNS[name])
    return Column(
        name, KINDS.get(name, str), meaning, EXAMPLES.get(name), is_optional=bool(language)
    )


COLUMNS_OF_PLACES = (
    EDITION,
    *(_column(name) for name in code_book.COLUMNS),
    Column("directions", dict, gettext_noop("Score and place in each direction, by its code"),
           {"P": {"score": 64.5, "place": 3}}),
)  # fmt: skip


class AskedEditions(AskedList):
    rating: str | None = Field(
        None, pattern=SLUG, examples=["liveability"],
        description=gettext_noop("Rating, by its address"),
    )  # fmt: skip
    year: int | None = Field(None, ge=1990, le=2100, description=gettext_noop("Year"))


class AskedPlaces(AskedList):
    edition: int | None = Field(
        None, ge=1, le=2**62, examples=[3],
        description=gettext_noop("Number of the edition; all that are out if left out"),
    )  # fmt: skip
    size_class: str | None = Field(
        None, pattern=r"^[-\w.]{1,40}$", examples=["L"],
        description=gettext_noop("Size class, by its code"),
    )  # fmt: skip
    country: str | None = Field(
        None, pattern=r"^[A-Za-z]{2}$", examples=["RU"],
        description=gettext_noop("Country of the city, code of ISO 3166-1"),
    )  # fmt: skip


def find_editions(asked: AskedEditions | Asked, _day: datetime.date) -> QuerySet[Edition]:
    """Public editions whose results are out, the latest first."""
    found = Edition.objects.visible().filter(pk__in=listing.out())
    if rating := getattr(asked, "rating", None):
        found = found.filter(rating__slug=rating)
    if year := getattr(asked, "year", None):
        found = found.filter(year=year)
    return found.select_related("rating").order_by("-year", "-pk")


def rows_of_editions(editions: Sequence[Edition], _day: datetime.date) -> list[Row]:
    keys = [one.pk for one in editions]
    seals = {one.edition_id: one for one in
             Seal.objects.current().filter(edition__in=keys).defer("canonical")}  # fmt: skip
    numbers: dict[int, int] = {}
    public = Standing.objects.public().filter(edition__in=keys)
    for pk in public.values_list("edition_id", flat=True):
        numbers[pk] = numbers.get(pk, 0) + 1
    return [_edition(one, seals.get(one.pk), numbers.get(one.pk, 0)) for one in editions]


def _edition(one: Edition, seal: Seal | None, cities: int) -> Row:
    return {
        "id": one.pk, "rating": one.rating.slug, **renamed(one.rating, "title", "rating_title"),
        "slug": one.slug, **texts(one, "title"), "year": one.year, "kind": one.kind,
        "cities": cities, "revision": seal.revision if seal else None,
        "sealed_at": at(seal.sealed_at) if seal else None, "sha256": seal.sha256 if seal else None,
        "is_invented": one.is_invented, **_addresses(one), "changed_at": at(one.updated_at),
    }  # fmt: skip


VIEWS = {"url": "ratings:edition", "results": "standings:results", "package": "standings:data"}


def _addresses(edition: Edition) -> Row:
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            for name, view in VIEWS.items():
                path = reverse(view, args=[edition.rating.slug, edition.slug])
                found[f"{name}_{code}"] = f"{settings.SITE_URL}{path}"
    return found


def find_places(asked: AskedPlaces | Asked, _day: datetime.date) -> list[listing.Row]:
    """Cities with a public place, edition by edition, in the order of the common table.

    Raises Http404 for an edition that is not out.
    """
    wanted = set(listing.out())
    if edition := getattr(asked, "edition", None):
        wanted &= {edition}
        if not wanted:
            raise Http404
    filters: dict[str, Any] = {"edition__in": wanted}
    if size_class := getattr(asked, "size_class", None):
        filters["class_code"] = size_class
    if country := getattr(asked, "country", None):
        filters["country__code"] = country.upper()
    editions = {one.pk: one for one in Edition.objects.filter(pk__in=wanted)}
    with translation.override("en"):  # equal places stand in one order for all
        found = [
            listing.row_of(editions[columns["edition_id"]], columns)
            for columns in listing.public_columns(**filters)
        ]
    return sorted(found, key=lambda one: -one.edition)


def rows_of_places(places: Sequence[listing.Row], _day: datetime.date) -> list[Row]:
    return [_place(one) for one in places]


def _place(one: listing.Row) -> Row:
    row = {name: _plain(open_data.cell(one, name)) for name in code_book.COLUMNS}
    directions = {
        code: {"score": found.get("score"), "place": found.get("rank")}
        for code, found in one.directions.items()
    }
    return {"edition": one.edition, **row, "directions": directions}


def _plain(cell: Any) -> Any:
    value = code_book.plain(cell)
    return None if value == "" else value


RATINGS = Resource(
    code="ratings", title=gettext_noop("Editions of ratings"), schema="RatingEdition",
    summary=gettext_noop("Editions of ratings whose results are out, the latest first"),
    columns=COLUMNS_OF_EDITIONS, asked=AskedEditions, find=find_editions, rows=rows_of_editions,
)  # fmt: skip
PLACES = Resource(
    code="rating-results", title=gettext_noop("Results of ratings"), schema="RatingResult",
    summary=gettext_noop("Places of cities in the ratings, as their pages show them"),
    columns=COLUMNS_OF_PLACES, asked=AskedPlaces, find=find_places, rows=rows_of_places, one=None,
)  # fmt: skip

"""Awards, and who was honoured. Payments, papers and the people behind are no open data."""

import datetime
from collections.abc import Sequence
from typing import Literal

from django.db.models import QuerySet
from django.utils.translation import gettext_noop
from pydantic import Field

from awards.models import Award
from laureates.models import Laureate
from opendata.columns import (
    PARTIAL,
    Column,
    Row,
    addresses,
    at,
    bilingual,
    changed,
    key,
    kind_column,
    moment,
    number,
    on,
    pages,
    renamed,
    slug,
    texts,
)
from opendata.resources.base import SLUG, Asked, AskedList, Resource

COLUMNS_OF_AWARDS = (
    key(), slug("heritage"),
    *bilingual("title", gettext_noop("Name"), "Премия наследия", "Heritage Award"),
    *bilingual("summary", gettext_noop("Summary"), "…", "…"),
    kind_column(gettext_noop("Who gives it"), Award.Giver, "giver"),
    *bilingual("given_by", gettext_noop("Organisation that gives it"), None, "UN-Habitat"),
    Column("website", str, gettext_noop("Its own site"), "https://www.example.org"),
    *pages("/awards/heritage/"), changed(),
)  # fmt: skip
COLUMNS_OF_LAUREATES = (
    key(),
    Column("award", str, gettext_noop("Award, by its address"), "heritage"),
    *bilingual("award_title", gettext_noop("Name of the award"), "Премия", "Award"),
    Column("year", int, gettext_noop("Year of the award"), 2018),
    Column("results_of_year", int, gettext_noop("Year whose results are honoured"), 2017),
    kind_column(gettext_noop("Honour"), Laureate.Honour, "honour"),
    Column("place", int, gettext_noop("Place"), 1),
    *bilingual("honour_text", gettext_noop("Honour in words"), "Диплом I степени", "Diploma"),
    *bilingual("category", gettext_noop("Category"), "Большие города", "Large cities"),
    *bilingual("title", gettext_noop("Laureate"), "Бишкек", "Bishkek"),
    Column("member", str, gettext_noop("City, by its address"), "bishkek"),
    Column("country", str, gettext_noop("Country of the city, code of ISO 3166-1"), "KG"),
    *bilingual("work_title", gettext_noop("Title of the work"), "…", "…"),
    *bilingual("citation", gettext_noop("What for"), "…", "…"),
    Column("prize_amount", float, gettext_noop("Prize"), 5000.0),
    Column("prize_currency", str, gettext_noop("Currency of the prize, code of ISO 4217"), "USD"),
    Column("presented_on", str, gettext_noop("Presented on, as exact as known"), "2018-11",
           pattern=PARTIAL),
    *bilingual("source", gettext_noop("Source"), "…", "…"),
    Column("source_url", str, gettext_noop("Page of the source"), "https://www.example.org"),
    Column("is_invented", bool, gettext_noop("Whether it is invented for a demonstration"), False),
    moment("published_at", gettext_noop("When it became public")),
    *pages("/laureates/17/"),
)  # fmt: skip


class AskedAwards(AskedList):
    giver: Literal[tuple(Award.Giver.values)] | None = Field(  # type: ignore[valid-type]
        None, description=gettext_noop("Who gives it")
    )


class AskedLaureates(AskedList):
    award: str | None = Field(
        None, pattern=SLUG, examples=["heritage"],
        description=gettext_noop("Award, by its address"),
    )  # fmt: skip
    year: int | None = Field(None, ge=1950, le=2100, description=gettext_noop("Year of the award"))
    member: str | None = Field(
        None, pattern=SLUG, examples=["bishkek"], description=gettext_noop("City, by its address")
    )
    country: str | None = Field(
        None, pattern=r"^[A-Za-z]{2}$", examples=["KG"],
        description=gettext_noop("Country of the city, code of ISO 3166-1"),
    )  # fmt: skip


PLAIN = {"award": "award__slug", "year": "year", "member": "member__slug"}


def find_awards(asked: AskedAwards | Asked, _day: datetime.date) -> QuerySet[Award]:
    awards = Award.objects.published()
    if giver := getattr(asked, "giver", None):
        awards = awards.filter(giver=giver)
    return awards.order_by("pk")


def find_laureates(asked: AskedLaureates | Asked, _day: datetime.date) -> QuerySet[Laureate]:
    """Honours the public may see: of a round nothing before its results are out."""
    chosen = {
        column: value for name, column in PLAIN.items() if (value := getattr(asked, name, None))
    }
    if country := getattr(asked, "country", None):
        chosen["member__country__code"] = country.upper()
    found = Laureate.objects.public().filter(**chosen)
    return found.select_related("award", "category", "member__country").order_by("pk")


def rows_of_awards(awards: Sequence[Award], _day: datetime.date) -> list[Row]:
    return [
        {
            "id": one.pk, "slug": one.slug, **texts(one, "title", "summary", "given_by"),
            "giver": one.giver, "website": one.website or None, **addresses(one),
            "changed_at": at(one.updated_at),
        }
        for one in awards
    ]  # fmt: skip


def rows_of_laureates(laureates: Sequence[Laureate], _day: datetime.date) -> list[Row]:
    return [_laureate(one) for one in laureates]


def _laureate(one: Laureate) -> Row:
    category = renamed(one, "category_text", "category")
    if one.category:
        category = renamed(one.category, "title", "category")
    return {
        "id": one.pk, "award": one.award.slug, **renamed(one.award, "title", "award_title"),
        "year": one.year, "results_of_year": one.results_of_year, "honour": one.honour,
        "place": one.place, **category,
        **texts(one, "honour_text", "title", "work_title", "citation", "source"),
        "member": one.member.slug if one.member else None,
        "country": one.member.country.code if one.member else None,
        "prize_amount": number(one.prize_amount), "prize_currency": one.prize_currency or None,
        "presented_on": on(one.presented_on, one.presented_precision),
        "source_url": one.source_url or None, "is_invented": one.is_invented,
        "published_at": at(one.published_at), **addresses(one),
    }  # fmt: skip


AWARDS = Resource(
    code="awards", title=gettext_noop("Awards"), schema="Award",
    summary=gettext_noop("Awards and contests: those of the association and those of others"),
    columns=COLUMNS_OF_AWARDS, asked=AskedAwards, find=find_awards, rows=rows_of_awards,
)  # fmt: skip
LAUREATES = Resource(
    code="laureates", title=gettext_noop("Laureates"), schema="Laureate",
    summary=gettext_noop("Who was honoured, of all years; results only once they are out"),
    columns=COLUMNS_OF_LAUREATES, asked=AskedLaureates, find=find_laureates,
    rows=rows_of_laureates,
)  # fmt: skip

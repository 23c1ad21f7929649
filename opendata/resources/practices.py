"""Practices of cities that were published."""

import datetime
from collections.abc import Sequence

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop
from pydantic import Field

from opendata.columns import (
    LICENCE,
    TOPICS,
    Column,
    Row,
    addresses,
    at,
    bilingual,
    changed,
    key,
    moment,
    number,
    pages,
    slug,
    texts,
)
from opendata.resources.base import SLUG, Asked, AskedList, Resource
from practices.models import Adoption, Practice

COLUMNS = (
    key(), slug("quiet-streets"),
    *bilingual("title", gettext_noop("Title"), "Тихие улицы", "Quiet streets"),
    *bilingual("summary", gettext_noop("Summary"), "…", "…"),
    *bilingual("problem", gettext_noop("Problem"), "…", "…"),
    *bilingual("action", gettext_noop("What was done"), "…", "…"),
    *bilingual("partners", gettext_noop("Partners"), "…", "…"),
    *bilingual("results", gettext_noop("Results"), "…", "…"),
    *bilingual("transfer", gettext_noop("What another city needs"), "…", "…"),
    Column("member", str, gettext_noop("City, by its address"), "kazan"),
    Column("country", str, gettext_noop("Country, code of ISO 3166-1"), "RU"),
    Column("population", int, gettext_noop("Inhabitants at that time"), 1_318_604),
    Column("starts_year", int, gettext_noop("Since the year"), 2021),
    Column("ends_year", int, gettext_noop("Until the year; empty while it is running"), None),
    Column("cost", float, gettext_noop("Cost"), 120_000.0),
    Column("currency", str, gettext_noop("Currency of the cost, code of ISO 4217"), "USD"),
    Column("adoptions", int, gettext_noop("How many cities say that they took it over"), 2,
           is_required=True),
    Column("website", str, gettext_noop("Page of the practice on the city's own site"), None),
    moment("published_at", gettext_noop("When it became public")),
    TOPICS, LICENCE, *pages("/practices/quiet-streets/"), changed(),
)  # fmt: skip


class AskedPractices(AskedList):
    topic: str | None = Field(
        None, pattern=SLUG, examples=["culture"],
        description=gettext_noop("Topic or goal, by its address"),
    )  # fmt: skip
    country: str | None = Field(
        None, pattern=r"^[A-Za-z]{2}$", examples=["RU"],
        description=gettext_noop("Country, code of ISO 3166-1"),
    )  # fmt: skip
    member: str | None = Field(
        None, pattern=SLUG, examples=["kazan"], description=gettext_noop("City, by its address")
    )


PLAIN = {"topic": "topics__slug", "member": "member__slug"}


def find(asked: AskedPractices | Asked, _day: datetime.date) -> QuerySet[Practice]:
    """Published practices, the latest first."""
    chosen = {
        column: value for name, column in PLAIN.items() if (value := getattr(asked, name, None))
    }
    if country := getattr(asked, "country", None):
        chosen["country__code"] = country.upper()
    taken = Adoption.objects.filter(practice=OuterRef("pk")).order_by().values("practice")
    taken = taken.annotate(number=Count("pk")).values("number")
    found = Practice.objects.published().filter(**chosen)
    return (
        found.select_related("member", "country")
        .prefetch_related("topics")
        .annotate(adoption_count=Coalesce(Subquery(taken), 0))
        .order_by("-published_at", "-pk")
    )


def rows(practices: Sequence[Practice], _day: datetime.date) -> list[Row]:
    return [_row(one) for one in practices]


def _row(one: Practice) -> Row:
    return {
        "id": one.pk, "slug": one.slug, **texts(one, "title", "summary"),
        **texts(one, "problem", "action", "partners", "results", "transfer"),
        "member": one.member.slug, "country": one.country.code, "population": one.population,
        "starts_year": one.starts_year, "ends_year": one.ends_year,
        "cost": number(one.cost_amount), "currency": one.cost_currency or None,
        "adoptions": one.adoption_count, "website": one.website or None,
        "published_at": at(one.published_at),
        "topics": [topic.slug for topic in one.topics.all()], "licence": one.licence,
        **addresses(one), "changed_at": at(one.updated_at),
    }  # fmt: skip


PRACTICES = Resource(
    code="practices", title=gettext_noop("Practices"), schema="Practice",
    summary=gettext_noop("What worked in a city and may work in another, the latest first"),
    columns=COLUMNS, asked=AskedPractices, find=find, rows=rows,
)  # fmt: skip

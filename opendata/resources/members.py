"""Members as of any day: names, statuses and figures of that day."""

import datetime
from collections.abc import Sequence
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import Field

from content import dated
from members import directory
from members.models import Member, MembershipPeriod
from members.passport import size_categories
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
    number,
    on,
    pages,
    renamed,
    slug,
)
from opendata.resources.base import AskedList, AskedOfDay, AsOf, Refused, Resource

STATUSES = ("member", "suspended", "former")
COLUMNS = (
    key(), slug("kazan"),
    *bilingual("name", gettext_noop("Name on that day"), "Казань", "Kazan"),
    kind_column(gettext_noop("Kind of member"), Member.Kind),
    Column("country", str, gettext_noop("Country, code of ISO 3166-1"), "RU"),
    *bilingual("country_name", gettext_noop("Country"), "Россия", "Russia"),
    Column("status", str, gettext_noop("Status on that day"), "member", STATUSES,
           is_required=True),
    Column("member_since", str, gettext_noop("Beginning of the membership, as exact as known"),
           "2004-05", pattern=PARTIAL),
    Column("population", int, gettext_noop("Inhabitants: the latest figure up to that day"),
           1_318_604),
    Column("population_year", int, gettext_noop("Year of that figure"), 2024),
    Column("size", str, gettext_noop("Size category on that day, by its code"), "million"),
    Column("is_country_capital", bool, gettext_noop("Whether it is the capital of its country"),
           False),
    Column("latitude", float, gettext_noop("Latitude, degrees"), 55.79),
    Column("longitude", float, gettext_noop("Longitude, degrees"), 49.12),
    Column("time_zone", str, gettext_noop("Time zone, name of IANA"), "Europe/Moscow"),
    Column("website", str, gettext_noop("Its own site"), "https://www.example.org"),
    *pages("/members/kazan/"), changed(),
)  # fmt: skip


class AskedMembers(AsOf, AskedList):
    country: str | None = Field(
        None, pattern=r"^[A-Za-z]{2}$", examples=["RU"],
        description=gettext_noop("Country, code of ISO 3166-1"),
    )  # fmt: skip
    kind: Literal[tuple(Member.Kind.values)] | None = Field(  # type: ignore[valid-type]
        None, description=gettext_noop("Kind of member")
    )
    size: str | None = Field(
        None, pattern=r"^[-\w]{1,50}$", examples=["million"],
        description=gettext_noop("Size category of that day; “none”: no figure is known"),
    )  # fmt: skip
    status: Literal["member", "suspended", "former"] | None = Field(
        None, description=gettext_noop("Status on that day; members and suspended if left out")
    )


def find(asked: AskedMembers | AskedOfDay, day: datetime.date) -> QuerySet[Member]:
    """Members of a day; asked for one record also those that have left by then."""
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    own = MembershipPeriod.objects.filter(begun, member=OuterRef("pk")).order_by("-starts_on")
    if isinstance(asked, AskedMembers):
        members = _narrowed(asked, day)
    else:
        members = Member.objects.filter(Exists(own))
    return (
        members.with_name_on(day)
        .with_population(day)
        .with_status(day)
        .annotate(
            began_on=Subquery(own.values("starts_on")[:1]),
            began_precision=Subquery(own.values("starts_precision")[:1]),
        )
        .select_related("country")
        .defer("about", "about_ru", "about_en")
        .order_by("pk")
    )


def _narrowed(asked: AskedMembers, day: datetime.date) -> QuerySet[Member]:
    past = None if day == dated.today() else day
    members = directory.of_status(asked.status or "", past)
    if asked.status == "member":
        suspended = directory.of_status(directory.SUSPENDED, past)
        members = members.exclude(pk__in=suspended.values("pk"))
    if asked.country:
        members = members.filter(country__code=asked.country.upper())
    if asked.kind:
        members = members.filter(kind=asked.kind)
    if asked.size:
        members = members.with_population(day).filter(_of_size(asked.size, day))
    return members


def _of_size(code: str, day: datetime.date) -> Q:
    if code == directory.NOT_STATED:
        return Q(population__isnull=True)
    categories = {one.code: one for one in size_categories(day)}
    if code not in categories:
        known = ", ".join([*categories, directory.NOT_STATED])
        raise Refused("size", _("There is no such size category. Known: %(known)s.")
                      % {"known": known})  # fmt: skip
    size = categories[code]
    bounds = Q(population__gte=size.minimum)
    return bounds if size.maximum is None else bounds & Q(population__lt=size.maximum)


def rows(members: Sequence[Member], day: datetime.date) -> list[Row]:
    sizes = size_categories(day)
    return [_row(member, sizes) for member in members]


def _row(member: Member, sizes: Sequence) -> Row:
    size = next((one for one in sizes if one.holds(member.population)), None)
    return {
        "id": member.pk, "slug": member.slug,
        "name_ru": member.dated_name_ru or None, "name_en": member.dated_name_en or None,
        "kind": member.kind, "country": member.country.code,
        **renamed(member.country, "name", "country_name"),
        "status": member.status if member.status in STATUSES else "former",
        "member_since": on(member.began_on, member.began_precision),
        "population": member.population, "population_year": member.population_year,
        "size": size.code if size else None,
        "is_country_capital": member.is_country_capital,
        "latitude": number(member.latitude), "longitude": number(member.longitude),
        "time_zone": member.time_zone, "website": member.website or None,
        **addresses(member), "changed_at": at(member.updated_at),
    }  # fmt: skip


MEMBERS = Resource(
    code="members", title=gettext_noop("Members"), schema="Member",
    summary=gettext_noop("Members of the association as of a day, with the names of that day"),
    columns=COLUMNS, asked=AskedMembers, find=find, rows=rows, one=AskedOfDay,
)  # fmt: skip

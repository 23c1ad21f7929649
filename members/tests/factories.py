"""Rows for tests: plain functions with fixed, sensible defaults."""

import datetime

from members import steps
from members.models import (
    Country,
    Member,
    MemberFigure,
    MemberName,
    MembershipPeriod,
    Representative,
    SizeCategory,
)


def make_country(code="RU", name_ru="Россия", name_en="Russia", **fields) -> Country:
    """The country of that code; made when it is missing."""
    country, _is_new = Country.objects.get_or_create(
        code=code, defaults={"name_ru": name_ru, "name_en": name_en, **fields}
    )
    return country


def make_member(
    slug="kazan", name_ru="Казань", name_en="Kazan", *, is_member=True, population=None, **fields
) -> Member:
    """A city with one undated name; a member since 2004 unless `is_member` is False."""
    country = fields.pop("country", None) or make_country()
    member = Member.objects.create(
        slug=slug, name_ru=name_ru, name_en=name_en, country=country, **fields
    )
    MemberName.objects.create(member=member, name_ru=name_ru, name_en=name_en)
    if is_member:
        make_period(member)
    if population is not None:
        make_figure(member, value=population)
    member.refresh_from_db()
    return member


def make_period(member, starts_on=datetime.date(2004, 1, 1), **fields) -> MembershipPeriod:
    """A period with the steps of status that belong to it."""
    fields.setdefault("starts_precision", "year")
    period = MembershipPeriod.objects.create(member=member, starts_on=starts_on, **fields)
    steps.follow_periods([member.pk])
    return period


def make_figure(member, year=2024, value=1_318_604, **fields) -> MemberFigure:
    fields.setdefault("source_ru", "Росстат")
    fields.setdefault("source_en", "Rosstat")
    return MemberFigure.objects.create(member=member, year=year, value=value, **fields)


def make_size_categories() -> list[SizeCategory]:
    """The four default classes, smallest first, valid on every day."""
    rows = [
        ("small", "Малый город", "Small city", 0, 100_000),
        ("medium", "Средний город", "Medium-sized city", 100_000, 500_000),
        ("large", "Крупный город", "Large city", 500_000, 1_000_000),
        ("metropolitan", "Крупнейший город", "Metropolitan city", 1_000_000, None),
    ]
    return [
        SizeCategory.objects.create(
            code=code, name_ru=name_ru, name_en=name_en, minimum=minimum, maximum=maximum
        )
        for code, name_ru, name_en, minimum, maximum in rows
    ]


def make_representative(user, member, **fields) -> Representative:
    """An open mandate of this user for this member."""
    return Representative.objects.create(user=user, member=member, **fields)

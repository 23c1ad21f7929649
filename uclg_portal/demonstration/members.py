"""Countries, size categories and members of the demonstration; cities come through the import."""

import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from content.dated import parse_partial
from content.records import refresh_derived_many
from members import steps
from members.importing import applying, judging, reading
from members.models import Country, Member, MemberName, MembershipPeriod, SizeCategory
from members.models.member import DERIVED_FROM_NAMES
from uclg_portal.demonstration import data, gallery, studio

POPULATION_YEAR = 2024
CONTACTS = ("website", "email", "phone")
TEXTS = ("slogan", "about")
COMPLETED = (*CONTACTS, "photo", "slogan_ru", "slogan_en", "about_ru", "about_en")


def wanted() -> list[studio.Wanted]:
    """The pictures of the members that have one."""
    return [
        studio.Wanted(
            row["photo"]["motif"], f"member-{row['slug']}", data.texts(row["photo"], "alt")
        )
        for row in data.table("members.toml")["members"]
        if "photo" in row
    ]


def load(_by, drawn: dict[str, studio.Drawn]) -> None:
    _load_countries()
    _load_size_categories()
    _import_cities()
    rows = data.table("members.toml")["members"]
    found = {member.slug: member for member in Member.objects.all()}
    members = [found[row["slug"]] for row in rows]
    MemberName.objects.all().delete()  # the histories hold the names that were imported
    names = [_names(member, row) for member, row in zip(members, rows, strict=True)]
    MemberName.objects.bulk_create(name for history in names for name in history)
    for member, row, history in zip(members, rows, names, strict=True):
        member.take_names(history)
        _complete(member, row, drawn)
    MembershipPeriod.objects.bulk_create(
        _period(member, row["member_since"])
        for member, row in zip(members, rows, strict=True)
        if "member_since" in row
    )
    steps.follow_periods(member.pk for member in members)
    Member.objects.bulk_update(members, [*COMPLETED, *DERIVED_FROM_NAMES])
    prefetch_related_objects(members, "names")
    refresh_derived_many(members)


def _load_countries() -> None:
    for row in data.table("countries.toml")["countries"]:
        since = (
            parse_partial(row["in_region_since"]) if row.get("in_region_since") else (None, "day")
        )
        Country.objects.create(
            code=row["code"],
            is_in_region=row["in_region"],
            starts_on=since[0],
            starts_precision=since[1],
            **data.texts(row, "name"),
        )


def _load_size_categories() -> None:
    for row in data.table("size_categories.toml")["categories"]:
        starts_on, precision = parse_partial(row["valid_from"])
        SizeCategory.objects.create(
            code=row["code"],
            minimum=row.get("from_population", 0),
            maximum=row.get("below_population"),
            starts_on=starts_on,
            starts_precision=precision,
            **data.texts(row, "name"),
        )


def _import_cities() -> None:
    sheet = reading.read((data.FOLDER / "cities.csv").read_bytes())
    plan = judging.judge(sheet, judging.Options(POPULATION_YEAR, "GeoNames", "GeoNames"))
    if wrong := plan.of_kind(judging.ERROR):
        raise ValueError(f"cities.csv, row {wrong[0].number}: {wrong[0].remarks}")
    applying.apply(plan)


def _complete(member: Member, row: dict[str, Any], drawn: dict[str, studio.Drawn]) -> None:
    """What the secretariat knows besides: contacts, texts, a picture. Unsaved."""
    for field in CONTACTS:
        setattr(member, field, row.get(field, ""))
    for column, text in data.texts(row, *TEXTS).items():
        setattr(member, column, text)
    if picture := drawn.get(f"member-{row['slug']}"):
        member.photo = gallery.store(picture)


def _period(member: Member, since: str) -> MembershipPeriod:
    starts_on, precision = parse_partial(since)
    return MembershipPeriod(member=member, starts_on=starts_on, starts_precision=precision)


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _names(member: Member, row: dict[str, Any]) -> list[MemberName]:
    """Every name the city bore, the one of today in its own language too, and its aliases."""
    today = {"name_ru": member.name_ru, "name_en": member.name_en}
    native = {"native": row.get("native", ""), "native_language": row.get("native_lang", "")}
    names = [
        MemberName(
            member=member,
            starts_on=_day(entry.get("from")),
            ends_on=_day(entry.get("until")),
            **data.texts(entry, "name"),
            **({} if entry.get("until") else native),
        )
        for entry in row.get("names", [today])
    ]
    return names + [
        MemberName(member=member, kind=MemberName.Kind.ALIAS, **{f"name_{a['lang']}": a["text"]})
        for a in row.get("aliases", [])
    ]

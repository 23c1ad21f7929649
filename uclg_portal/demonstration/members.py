"""Countries, size categories and members of the demonstration; cities come through the import."""

import datetime
from typing import Any

from content.dated import parse_partial
from members import naming
from members.importing import applying, judging, reading
from members.models import Country, Member, MemberName, MembershipPeriod, SizeCategory
from uclg_portal.demonstration import data, gallery, studio

POPULATION_YEAR = 2024


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
    members = {member.slug: member for member in Member.objects.all()}
    for row in rows:
        _complete(members[row["slug"]], row, drawn)


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
    options = judging.Options(POPULATION_YEAR, "GeoNames", "GeoNames")
    applying.apply(judging.judge(sheet, options))


def _complete(member: Member, row: dict[str, Any], drawn: dict[str, studio.Drawn]) -> None:
    """What the secretariat knows besides: history of names, membership, contacts, texts."""
    _name(member, row)
    if since := row.get("member_since"):
        starts_on, precision = parse_partial(since)
        MembershipPeriod.objects.create(
            member=member, starts_on=starts_on, starts_precision=precision
        )
    member.refresh_from_db()
    for field in ("website", "email", "phone"):
        setattr(member, field, row.get(field, ""))
    for column, text in data.texts(row, "slogan", "about").items():
        setattr(member, column, text)
    if picture := drawn.get(f"member-{row['slug']}"):
        member.photo = gallery.store(picture)
    member.save()


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _name(member: Member, row: dict[str, Any]) -> None:
    native = {"native": row.get("native", ""), "native_language": row.get("native_lang", "")}
    names = [
        MemberName(
            member=member,
            starts_on=_day(entry.get("from")),
            ends_on=_day(entry.get("until")),
            **data.texts(entry, "name"),
            **({} if entry.get("until") else native),
        )
        for entry in row.get("names", [])
    ]
    if names:
        member.names.all().delete()
    else:
        member.names.filter(kind=MemberName.Kind.NAME).update(**native)
    names += [
        MemberName(member=member, kind=MemberName.Kind.ALIAS, **{f"name_{a['lang']}": a["text"]})
        for a in row.get("aliases", [])
    ]
    MemberName.objects.bulk_create(names)
    naming.refresh_current(member)

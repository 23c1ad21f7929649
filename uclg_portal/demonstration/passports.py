"""What the passports of the demonstration hold: an association, figures, photos."""

from decimal import Decimal
from typing import Any

from members import naming
from members.models import (
    Composition,
    CompositionPart,
    Country,
    Department,
    Member,
    MemberFigure,
    MemberPhoto,
)
from uclg_portal.demonstration import data, gallery, studio

FILE = "passport.toml"
LINKS = ("investment_url", "tourism_url")


def wanted() -> list[studio.Wanted]:
    """The photos of the galleries."""
    return [
        studio.Wanted(photo["motif"], _seed(row, number), data.texts(photo, "alt", "caption"))
        for row in data.table(FILE)["passports"]
        for number, photo in enumerate(row.get("photos", []))
    ]


def load(drawn: dict[str, studio.Drawn]) -> None:
    """Everything of passport.toml; the members have to be there."""
    table = data.table(FILE)
    Member.objects.filter(slug__in=table["country_capitals"]).update(is_country_capital=True)
    Member.objects.filter(slug__in=table["region_capitals"]).update(is_region_capital=True)
    for row in table["associations"]:
        _association(row)
    for row in table["passports"]:
        _passport(row, table["sources"], drawn)


def _seed(row: dict[str, Any], number: int) -> str:
    return f"passport-{row['slug']}-{number}"


def _association(row: dict[str, Any]) -> None:
    """A record with its composition; that it is a member no source says."""
    member = Member.objects.create(
        slug=row["slug"],
        kind=Member.Kind.ASSOCIATION,
        country=Country.objects.get(code=row["country"]),
        time_zone=row["time_zone"],
        latitude=Decimal(str(row["latitude"])),
        longitude=Decimal(str(row["longitude"])),
        **data.texts(row, "name", "slogan", "about"),
    )
    naming.give_first_name(member)
    made = row["composition"]
    composition = Composition.objects.create(
        member=member, as_of=made["as_of"], total=made["total"], **data.texts(made, "source")
    )
    CompositionPart.objects.bulk_create(
        CompositionPart(
            composition=composition, count=part["count"], order=order, **data.texts(part, "kind")
        )
        for order, part in enumerate(made["parts"])
    )


def _passport(row: dict[str, Any], sources: dict, drawn: dict[str, studio.Drawn]) -> None:
    member = Member.objects.get(slug=row["slug"])
    for field in LINKS:
        setattr(member, field, row.get(field, ""))
    member.save(update_fields=LINKS)
    MemberFigure.objects.bulk_create(
        _figure(member, figure, sources[figure["source"]]) for figure in row["figures"]
    )
    for order, department in enumerate(row.get("departments", [])):
        _department(member, department, order)
    for number in range(len(row.get("photos", []))):
        if picture := drawn.get(_seed(row, number)):
            MemberPhoto.objects.create(
                member=member, picture=gallery.store(picture), position=number + 1
            )


def _figure(member: Member, row: dict[str, Any], source: dict[str, str]) -> MemberFigure:
    return MemberFigure(
        member=member, kind=row["kind"], year=row["year"], value=row["value"],
        source_ru=source["ru"], source_en=source["en"],
    )  # fmt: skip


def _department(member: Member, row: dict[str, Any], order: int) -> None:
    Department.objects.create(
        member=member, email=row["email"], position=order, **data.texts(row, "name")
    )

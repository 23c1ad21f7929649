"""Places of past editions, as public sources state them."""

from typing import Any

from members.models import Country, Member
from ratings.models import Edition
from standings import known
from standings.models import Standing
from uclg_portal.demonstration import data

PLAIN = ("rank", "rank_in_class", "is_guest")


def load() -> None:
    """Everything of standings.toml; members and editions have to be there."""
    tables = data.table("standings.toml")
    for row in tables["places"]:
        _load(
            row, tables["sources"][row["source"]], tables["classes"].get(row.get("class", ""), {})
        )


def _load(row: dict[str, Any], source: dict[str, str], size: dict[str, str]) -> None:
    known.keep(Standing(
        edition=Edition.objects.get(kind=Edition.Kind.KNOWN, slug=row["edition"]),
        member=Member.objects.get(slug=row["member"]) if "member" in row else None,
        country=Country.objects.filter(code=row.get("country", "")).first(),
        class_title_ru=size.get("ru", ""), class_title_en=size.get("en", ""),
        source=source["name"], source_url=source["url"],
        **{name: row[name] for name in PLAIN if name in row}, **data.texts(row, "name", "note"),
    ))  # fmt: skip

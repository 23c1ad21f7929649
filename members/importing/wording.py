"""A judged row as a page shows it: kept values in the words of the reader."""

import datetime
from dataclasses import dataclass
from typing import Any

from content.dates import grouped, partial_text
from content.languages import LANGUAGE_CODES, reading_order
from members.importing.columns import label_of
from members.importing.messages import Remark
from members.models import Member


@dataclass(frozen=True)
class Change:
    """What a column was and shall be, in words; `old` is empty where nothing was kept."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One row of the preview."""

    number: int
    kind: str
    title: str
    language: str
    country: str
    slug: str
    changes: list[Change]
    remarks: list[Remark]
    notes: list[Remark]


def line(row: dict[str, Any]) -> Line:
    """The line of a kept row (`Verdict.as_json`)."""
    names = dict(zip(LANGUAGE_CODES, row.get("names", []), strict=False))
    language = next((code for code in reading_order() if names.get(code)), "")
    return Line(
        number=row["number"],
        kind=row["kind"],
        title=names.get(language) or "",
        language=language,
        country=row.get("country", ""),
        slug=row.get("slug", ""),
        changes=[
            Change(label_of(key), shown(key, old), shown(key, new))
            for key, old, new in row.get("changes", [])
        ],
        remarks=[Remark(*remark) for remark in row.get("remarks", [])],
        notes=[Remark(*note) for note in row.get("notes", [])],
    )


def shown(key: str, value: Any) -> str:
    """A kept value in words: 1 144 700 (2024); May 2004; city."""
    if value is None:
        return ""
    if key == "kind":
        return str(Member.Kind(value).label)
    if key == "population":
        return f"{grouped(value[0])} ({value[1]})"
    if key == "member_since":
        return partial_text(datetime.date.fromisoformat(value[0]), value[1])
    return str(value)

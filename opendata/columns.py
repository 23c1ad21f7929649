"""What stands in one column of open data: name, type, meaning in both languages, an example.

From the same columns come the rows of the API, its OpenAPI document, the bulk files and their code
book. A text in two languages is two columns, `title_ru` and `title_en`; null where it is missing.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from ninja import Schema
from pydantic import Field, create_model

from content.languages import LANGUAGE_CODES
from content.licences import Licence
from content.models import Picture

DAY = r"^\d{4}-\d{2}-\d{2}$"
PARTIAL = r"^\d{4}(-\d{2}(-\d{2})?)?$"
TYPES = {int: "integer", float: "number", str: "string", bool: "boolean", list: "array",
         dict: "object"}  # fmt: skip

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column. kind: int, float, str, bool, list (of texts) or dict (an object of texts).

    meaning: marked for translation, said by `gettext`. values: the only ones there are.
    `language` is that of the text, "" of what is the same in both. is_optional: left out where
    another language is asked for.
    """

    name: str
    kind: type
    meaning: str
    example: Any = None
    values: tuple[str, ...] = ()
    pattern: str = ""
    is_required: bool = False
    language: str = ""
    is_optional: bool = False

    def said(self) -> str:
        """The meaning in the current language, with that of the text."""
        words = gettext(self.meaning)
        if not self.language:
            return words
        language = gettext(IN.get(self.language, self.language))
        return f"{words}, {language}"


IN = {"ru": gettext_noop("in Russian"), "en": gettext_noop("in English")}


def bilingual(name: str, meaning: str, *examples: Any, kind: type = str) -> tuple[Column, ...]:
    """A text in both languages: a column of each."""
    found = [*examples, *([None] * len(LANGUAGE_CODES))]
    return tuple(
        Column(f"{name}_{code}", kind, meaning, found[place], language=code, is_optional=True)
        for place, code in enumerate(LANGUAGE_CODES)
    )


def key(example: int = 214) -> Column:
    return Column(
        "id", int, gettext_noop("Number of the record; it never changes"), example, is_required=True
    )


def slug(example: str) -> Column:
    meaning = gettext_noop("Last part of the address of its page")
    return Column("slug", str, meaning, example, is_required=True)


def pages(path: str) -> tuple[Column, ...]:
    """Addresses of the page in both languages."""
    meaning = gettext_noop("Address of its page")
    return bilingual("url", meaning, *(f"https://example.org/{code}{path}" for code in
                                       LANGUAGE_CODES))  # fmt: skip


def moment(name: str, meaning: str) -> Column:
    """A moment by Greenwich, as ISO 8601 writes it."""
    return Column(name, str, meaning, "2026-03-14T09:00:00Z")


def changed() -> Column:
    return moment("changed_at", gettext_noop("When the record was last changed"))


PICTURE = (
    Column("picture", str, gettext_noop("Address of the picture"),
           "https://example.org/media/pictures/0a1b.jpg"),
    *bilingual("picture_alt", gettext_noop("What the picture shows"), "Площадь", "A square"),
    Column("picture_credit", str, gettext_noop("Author or source of the picture"), "City Hall"),
)  # fmt: skip
LICENCE = Column(
    "licence", str, gettext_noop("Licence of the text, code of SPDX"), Licence.CC_BY.value,
    tuple(Licence.values),
)  # fmt: skip
TOPICS = Column(
    "topics", list, gettext_noop("Topics and Sustainable Development Goals, by their addresses"),
    ["culture", "sdg-11"],
)  # fmt: skip


def with_values(column: Column, choices: Iterable[Any]) -> Column:
    """The column with the values that it may hold."""
    values = tuple(str(one) for one in choices)
    return replace(column, values=values, example=values[0])


def kind_column(meaning: str, choices: type[models.TextChoices], name: str = "kind") -> Column:
    return with_values(Column(name, str, meaning), choices.values)


# Values


def texts(record: models.Model, *names: str) -> Row:
    """The language columns of translated fields; an empty text is None."""
    return {
        f"{name}_{code}": getattr(record, f"{name}_{code}", None) or None
        for name in names
        for code in LANGUAGE_CODES
    }


def renamed(record: models.Model, name: str, column: str) -> Row:
    """The same of one field under another name."""
    return {
        f"{column}_{code}": getattr(record, f"{name}_{code}", None) or None
        for code in LANGUAGE_CODES
    }


def addresses(record: models.Model, name: str = "url") -> Row:
    """The whole address of a record's page in each language."""
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found[f"{name}_{code}"] = f"{settings.SITE_URL}{record.get_absolute_url()}"
    return found


def pictured(picture: Picture | None) -> Row:
    """The columns of `PICTURE`."""
    if picture is None:
        return {column.name: None for column in PICTURE}
    return {
        "picture": f"{settings.SITE_URL}{picture.file.url}",
        **renamed(picture, "alt", "picture_alt"),
        "picture_credit": picture.credit or None,
    }


def at(moment: datetime.datetime | None) -> str | None:
    """The moment by Greenwich: 2026-03-14T09:00:00Z."""
    if moment is None:
        return None
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def on(day: datetime.date | None, precision: str = "day") -> str | None:
    """A day as exact as it is known: 2004, 2004-05, 2004-05-12."""
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)] if day else None


def number(value: Decimal | float | None) -> float | None:
    return None if value is None else float(value)


def in_one_language(row: Mapping[str, Any], language: str | None) -> Row:
    """The row without the texts of other languages; with both when none is asked for."""
    if not language:
        return dict(row)
    others = tuple(f"_{code}" for code in LANGUAGE_CODES if code != language)
    return {name: value for name, value in row.items() if not name.endswith(others)}


def schema_of(name: str, columns: Sequence[Column]) -> type[Schema]:
    """The pydantic model of a row, for the OpenAPI document."""
    fields: dict[str, Any] = {column.name: _field(column) for column in columns}
    return create_model(name, __base__=Schema, **fields)


def _field(column: Column) -> tuple[Any, Any]:
    inner: Any = {list: list[str], dict: dict[str, Any]}.get(column.kind, column.kind)
    extra: dict[str, Any] = {"enum": [*column.values, None]} if column.values else {}
    if column.is_required:
        extra = {"enum": list(column.values)} if column.values else {}
    with translation.override(None):  # as the code says it: English
        meaning = column.said()
    example = [] if column.example is None else [column.example]
    described = Field(
        default=None if column.is_optional else ...,
        description=meaning, examples=example or None, pattern=column.pattern or None,
        json_schema_extra=extra or None,
    )  # fmt: skip
    return (inner if column.is_required else inner | None), described


def example_of(columns: Sequence[Column]) -> Row:
    """A row made of the examples."""
    return {column.name: column.example for column in columns}

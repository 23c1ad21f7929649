"""The code book of a kind of open data: every column, in both languages."""

from django.utils import translation
from django.utils.translation import gettext

from content.languages import LANGUAGE_CODES
from opendata.columns import TYPES, Column
from opendata.resources import Resource

HEADINGS = ("column", "type", "meaning_ru", "meaning_en", "values")
SEVERAL = "; "


def in_files(resource: Resource) -> list[Column]:
    """The columns of the files: all but objects, which a table cannot hold."""
    return [column for column in resource.columns if column.kind is not dict]


def rows(resource: Resource) -> list[list[str]]:
    """The code book as a table under HEADINGS."""
    return [
        [column.name, TYPES[column.kind], *_meanings(column), SEVERAL.join(column.values)]
        for column in in_files(resource)
    ]


def _meanings(column: Column) -> list[str]:
    found = []
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found.append(column.said())
    return found


def title_of(resource: Resource) -> str:
    """The name of a kind of data in the reader's language."""
    return gettext(resource.title)

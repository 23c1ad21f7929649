"""Reads a workbook of past laureates into rows of texts, by its headings in either language."""

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from members.importing import archives
from members.importing.messages import Refused

MAX_ROWS = 5000
MAX_COLUMNS = 60
# Key -> headings, the first one in Russian and the second in English as in the template.
COLUMNS = {
    "award": ("Премия", "Award"),
    "year": ("Год", "Year"),
    "results_of_year": ("По итогам года", "Results of the year"),
    "city": ("Город", "City"),
    "title_ru": ("Лауреат (ru)", "Laureate (ru)"),
    "title_en": ("Лауреат (en)", "Laureate (en)"),
    "honour": ("Отличие", "Honour"),
    "place": ("Место", "Place"),
    "honour_text_ru": ("Отличие словами (ru)", "Honour in words (ru)"),
    "honour_text_en": ("Отличие словами (en)", "Honour in words (en)"),
    "category_text_ru": ("Номинация (ru)", "Category (ru)"),
    "category_text_en": ("Номинация (en)", "Category (en)"),
    "citation_ru": ("За что (ru)", "What for (ru)"),
    "citation_en": ("За что (en)", "What for (en)"),
    "work_title_ru": ("Работа (ru)", "Work (ru)"),
    "work_title_en": ("Работа (en)", "Work (en)"),
    "prize_amount": ("Сумма", "Prize"),
    "prize_currency": ("Валюта", "Currency"),
    "source_ru": ("Источник (ru)", "Source (ru)"),
    "source_en": ("Источник (en)", "Source (en)"),
    "source_url": ("Адрес источника", "Address of the source"),
}
NEEDED = ("award", "honour")


def read(data: bytes) -> list[tuple[int, dict[str, str]]]:
    """(row of the sheet, key -> text) of every row that says something.

    Raises ValidationError with one sentence for what is no such workbook.
    """
    rows = _cells(data)
    places = _places(rows[0]) if rows else {}
    if missing := [key for key in NEEDED if key not in places]:
        wanted = ", ".join(" / ".join(COLUMNS[key]) for key in missing)
        raise ValidationError(
            _("A column is missing: %(columns)s. Start from the template."),
            code="columns", params={"columns": wanted},
        )  # fmt: skip
    found = []
    for number, row in enumerate(rows[1:], 2):
        cells = {key: _text(row[place]) for key, place in places.items() if place < len(row)}
        if any(cells.values()):
            found.append((number, cells))
    return found


def _cells(data: bytes) -> list[tuple[Any, ...]]:
    try:
        archives.refuse_foreign(data)
        if not archives.is_workbook(data):
            raise Refused("not_a_table")
        archives.refuse_unsafe(data)
    except Refused as refused:
        raise ValidationError(refused.remark.text, code="file") from refused
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        limits = {"max_row": MAX_ROWS + 2, "max_col": MAX_COLUMNS}
        rows = list(sheet.iter_rows(values_only=True, **limits))
        book.close()
    except Exception as error:  # whatever a damaged file does to the library
        raise ValidationError(_("The workbook cannot be read."), code="broken") from error
    if len(rows) > MAX_ROWS + 1:
        raise ValidationError(
            _("There are more than %(limit)d rows. Split the file into parts."),
            code="too_many", params={"limit": MAX_ROWS},
        )  # fmt: skip
    return rows


def _places(headings: tuple[Any, ...]) -> dict[str, int]:
    """Key -> column."""
    known = {name.casefold(): key for key, names in COLUMNS.items() for name in names}
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        key = known.get(_text(heading).casefold())
        if key is not None:
            found.setdefault(key, place)
    return found


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(str(cell).split()) if cell is not None else ""
    # The mark by which spreadsheets, ours too, say: this is text.
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text

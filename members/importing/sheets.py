"""Spreadsheets to download: the template, and the rows that were not taken."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from content.languages import in_language
from members.importing.columns import BY_KEY, COLUMNS, in_russian
from members.importing.judging import ERROR
from members.importing.messages import Remark
from members.models import Country, Member, MemberImport

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
BOLD = Font(bold=True)
FILL = PatternFill("solid", fgColor="E2ECEA")
WRAPPED = Alignment(wrap_text=True, vertical="top")
HEADING_WIDTH, TEXT_WIDTH = 22, 60


def template() -> bytes:
    """A workbook to fill in, in the language of the moment, with an example and a sheet of notes.

    One query: the countries.
    """
    book = Workbook(write_only=True)
    sheet = _sheet(book, _("Members"), [HEADING_WIDTH] * len(COLUMNS))
    sheet.append([_heading(sheet, column.label) for column in COLUMNS])
    sheet.append([_text(sheet, column.shown_example) for column in COLUMNS])
    notes = _sheet(book, _("How to fill it in"), [HEADING_WIDTH + 6, TEXT_WIDTH, HEADING_WIDTH + 6])
    for row in _notes():
        notes.append([_text(notes, value) for value in row])
    return _saved(book)


def _notes() -> Iterable[list[Any]]:
    yield [_("One member a row. An empty cell changes nothing.")]
    yield [_("Columns may stand in any order; those that are not needed may be left out.")]
    yield []
    yield [_("Column"), _("What to write"), _("Example")]
    for column in COLUMNS:
        yield [column.label, str(column.hint), column.shown_example]
    yield []
    yield [BY_KEY["kind"].label]
    yield from ([str(label), code] for code, label in Member.Kind.choices)
    yield []
    yield [BY_KEY["country"].label]
    for country in Country.objects.order_by("code"):
        yield [in_language(country, "name")[0], country.code]


def error_rows(chosen: MemberImport) -> list[list[str]]:
    """The rows that are not taken, under headings; with what is wrong, to be corrected."""
    wrong = [row for row in chosen.rows if row["kind"] == ERROR]
    keys = [key for key in BY_KEY if any(key in row.get("cells", {}) for row in wrong)]
    table = [[_("Row"), *(BY_KEY[key].label for key in keys), _("What is wrong")]]
    for row in wrong:
        cells = [row["cells"].get(key, "") for key in keys]
        table.append([str(row["number"]), *cells, " ".join(remark_lines(row["remarks"]))])
    return table


def remark_lines(remarks: list[list]) -> list[str]:
    """Kept remarks in the language of the moment: "Population: …"."""
    found = [Remark(*remark) for remark in remarks]
    return [
        _("%(column)s: %(text)s") % {"column": one.label, "text": one.text}
        if one.field
        else one.text
        for one in found
    ]


def as_csv(table: list[list[str]]) -> bytes:
    """CSV that Excel opens with its letters right; no cell is taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if in_russian() else ",")
    writer.writerows([[_harmless(cell) for cell in row] for row in table])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def as_workbook(table: list[list[str]]) -> bytes:
    """The same as a workbook: every cell is text."""
    book = Workbook(write_only=True)
    widths = [8, *[HEADING_WIDTH] * (len(table[0]) - 2), TEXT_WIDTH]
    sheet = _sheet(book, _("Rows to correct"), widths)
    sheet.append([_heading(sheet, cell) for cell in table[0]])
    for row in table[1:]:
        sheet.append([_text(sheet, cell) for cell in row])
    return _saved(book)


def _sheet(book: Workbook, title: str, widths: list[int]) -> Worksheet:
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return sheet


def _heading(sheet: Worksheet, value: str) -> WriteOnlyCell:
    cell = _text(sheet, value)
    cell.font, cell.fill = BOLD, FILL
    return cell


def _text(sheet: Worksheet, value: Any) -> WriteOnlyCell:
    """Text stays text, whatever it begins with; numbers are numbers."""
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type, cell.number_format = "s", "@"
        cell.quotePrefix = value.startswith(DANGEROUS)
        cell.alignment = WRAPPED
    return cell


def _saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()

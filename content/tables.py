"""Tables that leave the portal: CSV and XLSX, which no spreadsheet program takes for formulas.

CSV follows the reader's language, because Excel splits and reads numbers by the region of the
computer: Russian settings want `;` and a decimal comma, English ones `,` and a point. Both begin
with a byte order mark, without which Excel reads Cyrillic as Latin. XLSX needs no such choice.
"""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from content.texts import tidy

STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NARROWEST, WIDEST = 8, 60  # characters
BAD_IN_TITLES = str.maketrans("[]:*?/\\", "       ")


def csv_response(name: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A CSV file `<name>.csv` in the dialect of the current language."""
    decimal_comma = (get_language() or "").startswith("ru")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if decimal_comma else ",", lineterminator="\r\n")
    writer.writerow([_in_csv(cell, decimal_comma) for cell in headings])
    writer.writerows([_in_csv(cell, decimal_comma) for cell in row] for row in rows)
    return _download(out.getvalue().encode("utf-8-sig"), f"{name}.csv", "text/csv; charset=utf-8")


def xlsx_response(
    name: str, title: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A workbook `<name>.xlsx` of one sheet named `title`.

    Numbers and dates stay numbers and dates. The first row stays in sight, columns are as
    wide as what they hold.
    """
    return _download(xlsx(title, headings, rows), f"{name}.xlsx", XLSX_TYPE)


def xlsx(title: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """The bytes of such a workbook."""
    values = [[_value(cell) for cell in row] for row in rows]
    top = [str(heading) for heading in headings]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(tidy(str(title)).translate(BAD_IN_TITLES)[:31].strip() or "1")
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_widths([top, *values]), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_cell(sheet, heading, is_heading=True) for heading in top])
    for row in values:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def safe_text(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula."""
    text = tidy(text)
    return f"'{text}" if text.startswith(STARTS_OF_FORMULAS) else text


def _value(cell: Any) -> Any:
    """A number, a day or a moment by the association's clock as such, all else as text."""
    if isinstance(cell, bool):
        return gettext("yes") if cell else gettext("no")
    if isinstance(cell, datetime.datetime):
        return timezone.make_naive(cell) if timezone.is_aware(cell) else cell
    if isinstance(cell, int | float | Decimal | datetime.date):
        return cell
    return "" if cell is None else safe_text(str(cell))


def _in_csv(cell: Any, decimal_comma: bool) -> str:
    value = _value(cell)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, float | Decimal):
        text = format(Decimal(str(value)), "f")
        return text.replace(".", ",") if decimal_comma else text
    return str(value)


def _widths(rows: list[list[Any]]) -> list[int]:
    columns = max(len(row) for row in rows)
    longest = [
        max((len(str(row[place])) for row in rows if place < len(row)), default=0)
        for place in range(columns)
    ]
    return [min(max(length + 2, NARROWEST), WIDEST) for length in longest]


def _cell(sheet: Any, value: Any, *, is_heading: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    elif isinstance(value, datetime.datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, datetime.date):
        cell.number_format = "yyyy-mm-dd"
    if is_heading:
        cell.font = Font(bold=True)
    return cell


def _download(data: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=content_type,
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )

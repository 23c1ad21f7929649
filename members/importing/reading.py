"""Reads a workbook or a CSV file into rows of raw cells; refuses what is no list of members."""

import csv
import difflib
import io
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook

from members.importing import archives, columns
from members.importing.messages import Refused

MAX_ROWS = 10_000
MAX_COLUMNS = 100
EXAMPLE_STANDS_BY = 2  # the row of the template's example
MAX_SHEET_ROWS = 50_000  # empty ones included
# Invisible marks: controls, direction marks, zero-width characters, soft hyphens.
UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
CSV_TYPES = (";", ",", "\t")


@dataclass
class Row:
    """A row of the file: its number as a spreadsheet shows it, the cells by column key."""

    number: int
    cells: dict[str, Any]
    has_extra: bool = False


@dataclass
class Sheet:
    """What was read. `ignored` are headings that mean nothing here; `is_partial`: there is more."""

    rows: list[Row] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    empty_rows: int = 0
    is_partial: bool = False


def read(data: bytes, limit: int = MAX_ROWS) -> Sheet:
    """Read a file, whatever it is called. Raises Refused with one sentence.

    With a `limit` under 10,000 reading stops there and the sheet says that it is partial.
    """
    if not data.strip():
        raise Refused("empty")
    if len(data) > archives.MAX_BYTES:
        raise Refused("too_heavy", megabytes=archives.MAX_BYTES // 1024**2)
    archives.refuse_foreign(data)
    if archives.is_workbook(data):
        archives.refuse_unsafe(data)
        return _sheet(_workbook_rows(data, limit), limit, counts_extra=False)
    return _sheet(_csv_rows(_decoded(data)), limit, counts_extra=True)


def clean_text(text: str) -> str:
    """Text as it is stored: composed, without invisible marks and doubled or outer spaces."""
    text = " ".join(text.split())
    if not text.isascii():
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        text = " ".join(UNSEEN.sub("", text.translate(HYPHENS)).split())
    elif not text.isprintable():
        text = UNSEEN.sub("", text).strip()
    if len(text) > 1 and text[0] == "'" and text[1] in "=+-@":
        text = text[1:]  # the mark by which spreadsheets, ours too, say: this is text
    return text


def _cell(value: Any) -> Any:
    """Text cleaned, None for nothing; numbers and days as they are; a formula as its text."""
    if value is None or isinstance(value, int | float):
        return str(value) if isinstance(value, bool) else value
    if isinstance(value, str):
        return clean_text(value) or None
    if hasattr(value, "isoformat"):
        return value
    return "="  # array and table formulas come as objects


def _sheet(source: Iterator[tuple], limit: int, *, counts_extra: bool) -> Sheet:
    numbered = enumerate(source, 1)
    headings: list = []
    for _number, values in numbered:
        headings = [_cell(value) for value in values]
        if any(heading is not None for heading in headings):
            break
    sheet = Sheet()
    if not any(heading is not None for heading in headings):
        raise Refused("empty")
    places = _places(headings, sheet)
    width = max(index for index, heading in enumerate(headings) if heading is not None) + 1
    _fill(sheet, numbered, places, width if counts_extra else None, limit)
    if not sheet.rows:
        raise Refused("empty")
    return sheet


def _fill(
    sheet: Sheet, numbered: Iterable, places: list[tuple[str, int]], width: int | None, limit: int
) -> None:
    empty = 0
    for number, values in numbered:
        if number > MAX_SHEET_ROWS:
            raise Refused("blank_rows")
        last = len(values)
        cells = {
            key: cell
            for key, index in places
            if index < last and (cell := _cell(values[index])) is not None
        }
        if not cells:
            empty += 1
            continue
        if number <= EXAMPLE_STANDS_BY and _is_example(cells):
            continue
        if len(sheet.rows) >= limit:
            if limit >= MAX_ROWS:
                raise Refused("too_many_rows", limit=MAX_ROWS)
            sheet.is_partial = True
            return
        sheet.empty_rows += empty  # those behind the last row do not count
        empty = 0
        has_extra = width is not None and any(_cell(value) for value in values[width:])
        sheet.rows.append(Row(number, cells, has_extra))


def _is_example(cells: dict[str, Any]) -> bool:
    """Whether this is the row that the template shows, left as it was."""
    return all(
        str(cell).replace(",", ".") in {str(one) for one in columns.BY_KEY[key].example}
        for key, cell in cells.items()
    )


def _places(headings: list, sheet: Sheet) -> list[tuple[str, int]]:
    """Where which column stands; notes unknown headings. Raises Refused."""
    found: dict[str, tuple[int, str]] = {}
    if len(headings) > MAX_COLUMNS and any(value is not None for value in headings[MAX_COLUMNS:]):
        raise Refused("too_many_columns", limit=MAX_COLUMNS)
    for index, heading in enumerate(headings):
        if heading is None:
            continue
        key = columns.KNOWN.get(columns.folded(str(heading)))
        if key is None:
            sheet.ignored.append(str(heading)[:80])
        elif key in found:
            raise Refused("heading_twice", column=key, first=found[key][1], second=str(heading))
        else:
            found[key] = (index, str(heading))
    _refuse_slips(sheet.ignored, found)
    if not found:
        raise Refused("no_headings", columns=list(columns.IDENTITY))
    if not found.keys() & set(columns.IDENTITY):
        raise Refused("no_identity", columns=list(columns.IDENTITY))
    sheet.keys = [column.key for column in columns.COLUMNS if column.key in found]
    return [(key, found[key][0]) for key in sheet.keys]


def _refuse_slips(ignored: list[str], found: dict) -> None:
    """A heading one letter away from a known one is no column to be passed over."""
    for heading in ignored:
        near = difflib.get_close_matches(columns.folded(heading), columns.KNOWN, n=1, cutoff=0.87)
        if near and columns.KNOWN[near[0]] not in found:
            raise Refused("heading_typo", typed=heading, column=columns.KNOWN[near[0]])


def _workbook_rows(data: bytes, limit: int) -> Iterator[tuple]:
    """The rows of the first sheet, from the first on; formulas as their text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the library cannot keep we do not need
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            if merged := archives.merged_cells(data, sheet._worksheet_path):
                raise Refused("merged", cells=", ".join(merged))
            sheet.reset_dimensions()  # the size that the file claims may be wrong
            rows = list(_some(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True), limit))
        except Refused:
            raise
        except Exception as error:  # whatever a damaged file does to the library
            raise Refused("broken") from error
    return iter(rows)


def _some(rows: Iterable[tuple], limit: int) -> Iterator[tuple]:
    """No more rows than are ever looked at."""
    filled = 0
    for number, row in enumerate(rows, 1):
        filled += any(value is not None for value in row)
        yield row
        if filled > limit + 1 or number > MAX_SHEET_ROWS:
            return


def _decoded(data: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else the Cyrillic code page of Windows."""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1251"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise Refused("not_text")


def _csv_rows(text: str) -> Iterator[list[str]]:
    delimiter = max(CSV_TYPES, key=lambda one: _known_headings(text, one))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Refused("not_text") from error


def _known_headings(text: str, delimiter: str) -> tuple[int, int]:
    """How many headings the first row has by this delimiter: known ones, all."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    try:
        cells = next(csv.reader([first], delimiter=delimiter), [])
    except csv.Error:
        cells = []
    known = sum(columns.folded(cell) in columns.KNOWN for cell in cells)
    return known, len(cells)

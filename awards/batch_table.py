"""The table of a batch, a row per child: XLSX or CSV, read into texts and judged row by row."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from awards.batch_archive import folded
from content.texts import tidy
from members.importing import archives
from members.importing.messages import Refused

MAX_BYTES = 2 * 1024 * 1024
MOST_ROWS = 1000
MOST_COLUMNS = 40
LONGEST_CELL = 300

# Column -> its headings: the first in Russian and the first in English stand in the template.
COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "file": (("Файл рисунка", "Файл"), ("File of the drawing", "File")),
    "family_name_ru": (("Фамилия",), ("Family name in Russian",)),
    "given_name_ru": (("Имя",), ("Given name in Russian",)),
    "family_name_en": (("Фамилия латиницей",), ("Family name", "Family name in English")),
    "given_name_en": (("Имя латиницей",), ("Given name", "Given name in English")),
    "age": (("Возраст", "Возраст (лет)"), ("Age",)),
    "title_ru": (("Название работы", "Название"), ("Title in Russian",)),
    "title_en": (("Название на английском",), ("Title", "Title in English")),
    "institution_ru": (("Школа", "Учреждение"), ("School in Russian",)),
    "institution_en": (("Школа на английском",), ("School", "School in English")),
    "teacher_ru": (("Педагог", "Учитель"), ("Teacher in Russian",)),
    "teacher_en": (("Педагог латиницей",), ("Teacher", "Teacher in English")),
    "consent_entry": (("Согласие на участие",), ("Consent to take part",)),
    "consent_public": (("Согласие на показ",), ("Consent to be shown",)),
    "sheet": (("Файл согласия",), ("File of the consent",)),
    "category": (("Номинация",), ("Category",)),
}
TEXTS = tuple(name for name in COLUMNS if name.endswith(("_ru", "_en")))
HEADINGS = {
    " ".join(heading.casefold().replace("ё", "е").split()): name
    for name, languages in COLUMNS.items()
    for headings in languages
    for heading in headings
}
NEEDED = (("file",), ("age",), ("given_name_ru", "given_name_en"), ("title_ru", "title_en"))
LONGEST = {"given_name_ru": 100, "given_name_en": 100, "family_name_ru": 100, "family_name_en": 100,
           "teacher_ru": 200, "teacher_en": 200}  # fmt: skip
YES = {"да", "yes", "y", "есть", "+", "1", "true", "истина", "v", "х", "x", "✓"}
NO = {"", "нет", "no", "n", "-", "—", "–", "0", "false", "ложь"}
# Sentences for one row, by code. They name no child.
SENTENCES = {
    "file": gettext_noop("No file of a drawing is named."),
    "twice": gettext_noop("An earlier row names the same file."),
    "name": gettext_noop("The given name is missing."),
    "title": gettext_noop("The title of the work is missing."),
    "age_missing": gettext_noop("The age is missing: give it as a number of years."),
    "formula": gettext_noop("There is a formula in the row. Put the text itself in its place."),
    "long": gettext_noop("One of the texts is too long."),
    "yes_no": gettext_noop("Write “yes” or “no” in the columns of consent."),
}


@dataclass
class Line:
    """One row of the table: its number as the spreadsheet counts, its texts, what is wrong."""

    number: int
    name: str  # of the file, folded: what names the row across uploads
    data: dict[str, Any]
    errors: list[dict[str, str]] = field(default_factory=list)

    def wrong(self, code: str, sentence: str = "") -> None:
        """Note what is wrong, as {"code", "message"}."""
        self.errors.append({"code": code, "message": sentence or _(SENTENCES[code])})


def read(data: bytes) -> list[Line]:
    """The rows of a table. Raises ValidationError with one sentence: no such table at all."""
    if not data.strip():
        raise ValidationError(_("The table is empty."), code="empty")
    if len(data) > MAX_BYTES:
        raise ValidationError(_("The table is larger than 2 MB."), code="too_heavy")
    rows = _rows(data)
    start, places = _heading(rows)
    lines = [
        _line(number, row, places)
        for number, row in enumerate(rows[start + 1 :], start + 2)
        if any(row)
    ]
    if not lines:
        raise ValidationError(_("The table has no rows below its headings."), code="no_rows")
    if len(lines) > MOST_ROWS:
        raise ValidationError(
            _("The table has more than 1,000 rows. Send them in several batches."), code="many"
        )
    _mark_doubles(lines)
    return lines


def _rows(data: bytes) -> list[list[str]]:
    try:
        archives.refuse_foreign(data)
        if not archives.is_workbook(data):
            return _separated(_decoded(data))
        archives.refuse_unsafe(data)
        return _workbook(data)
    except Refused as refused:
        raise ValidationError(refused.remark.text, code="file") from refused


def _workbook(data: bytes) -> list[list[str]]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        most = MOST_ROWS + 50
        found = sheet.iter_rows(max_row=most, max_col=MOST_COLUMNS, values_only=True)
        rows = [[_text(cell) for cell in row] for row in found]
        book.close()
    except Exception as error:  # whatever a damaged file does to the library
        raise ValidationError(_("The workbook cannot be read."), code="broken") from error
    return rows


def _decoded(data: bytes) -> str:
    has_mark = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if has_mark else ("utf-8-sig", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValidationError(_("This is no table: send a workbook (XLSX) or CSV."), code="not_text")


def _separated(text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    mark = max(";\t,", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as error:
        raise ValidationError(_("The lines cannot be read as a table."), code="broken") from error
    return [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows[: MOST_ROWS + 50]]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, bool):
        cell = "да" if cell else "нет"
    return "" if cell is None else " ".join(tidy(str(cell))[:2000].split())


def _heading(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The line of headings, within the first ten, and the place of every column we know."""
    for number, row in enumerate(rows[:10]):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            name = HEADINGS.get(" ".join(cell.casefold().replace("ё", "е").split()).rstrip(" *:"))
            if name:
                places.setdefault(name, place)
        if len(places) >= 3:
            _refuse_lacking(places)
            return number, places
    raise ValidationError(
        _("The headings of the table are not found. Take the template and fill it in."),
        code="headings",
    )


def _refuse_lacking(places: dict[str, int]) -> None:
    lacking = [heading_of(one[0]) for one in NEEDED if not any(name in places for name in one)]
    if lacking:
        raise ValidationError(
            _("The table has no column for: %(columns)s.") % {"columns": ", ".join(lacking)},
            code="columns",
        )


def heading_of(name: str) -> str:
    """The heading of a column in the language of the page, as it stands in the template."""
    return COLUMNS[name][0 if (get_language() or "").startswith("ru") else 1][0]


def _line(number: int, row: Sequence[str], places: dict[str, int]) -> Line:
    cells = {name: row[place] if place < len(row) else "" for name, place in places.items()}
    data = {name: cells.get(name, "") for name in COLUMNS}
    line = Line(number, folded(data["file"]), data)
    if any(cell.startswith("=") for cell in data.values()):
        line.wrong("formula")
    elif any(len(data[name]) > LONGEST.get(name, LONGEST_CELL) for name in COLUMNS):
        line.wrong("long")
        data.update({name: text[:LONGEST_CELL] for name, text in data.items()})
    if not line.name:
        line.wrong("file")
        line.name = f"#{number}"
    _judge(line)
    return line


def _judge(line: Line) -> None:
    data = line.data
    if not (data["given_name_ru"] or data["given_name_en"]):
        line.wrong("name")
    if not (data["title_ru"] or data["title_en"]):
        line.wrong("title")
    years = re.fullmatch(r"(\d{1,3})(?:\D.*)?", data["age"])
    data["age"] = int(years[1]) if years else None
    if data["age"] is None:
        line.wrong("age_missing")
    for name in ("consent_entry", "consent_public"):
        word = data[name].casefold()
        if word not in YES | NO:
            line.wrong("yes_no")
        data[name] = word in YES


def _mark_doubles(lines: Iterable[Line]) -> None:
    seen: set[str] = set()
    for line in lines:
        if line.name in seen:
            line.wrong("twice")
            line.name = f"{line.name[:180]}#{line.number}"
        seen.add(line.name)

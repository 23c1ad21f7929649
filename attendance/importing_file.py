"""Reports of online platforms as they come: CSV and XLSX, in several encodings."""

import csv
import datetime
import io
import re
import zoneinfo
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from content.sortkeys import search_fold
from members.importing import archives
from members.importing.messages import Refused
from members.importing.reading import clean_text

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 60
HEADING_WITHIN = 40  # rows: some platforms put a summary of the meeting first
HEADINGS = {
    "name": {
        "name", "name (original name)", "имя (настоящее имя)", "имя (исходное имя)", "имя",
        "имя участника", "участник", "участники", "фио", "ф.и.о.", "ф. и. о.", "user name",
        "display name", "отображаемое имя", "имя пользователя", "пользователь", "full name",
        "полное имя",
        "participant", "participant name", "attendee", "ник", "логин/имя",
    },
    "first": {"first name", "имя (first name)"},
    "last": {"last name", "фамилия", "surname"},
    "email": {
        "email", "e mail", "user email", "email address", "электронная почта", "эл. почта", "почта",
        "адрес электронной почты", "адрес эл. почты", "эл. адрес", "email пользователя",
    },
    "joined": {
        "join time", "joined", "joined at", "time joined", "first join", "first join time",
        "start time", "время входа", "вход", "подключился", "время подключения", "подключение",
        "присоединился", "вошел",
    },
    "left": {
        "leave time", "left", "left at", "time left", "last leave", "last leave time", "end time",
        "время выхода", "выход", "отключился", "время отключения", "отключение", "вышел",
    },
    "minutes": {
        "duration", "duration (minutes)", "total duration (minutes)", "in meeting duration",
        "time in session (minutes)", "продолжительность", "продолжительность (минуты)",
        "продолжительность (в минутах)", "длительность", "длительность (мин)",
        "длительность (мин.)", "длительность (минуты)", "время в конференции", "минут",
        "общая продолжительность (минуты)",
    },
    "city": {"city", "город", "city/country", "organization", "organisation", "организация"},
}  # fmt: skip
KNOWN = {search_fold(one): key for key, names in HEADINGS.items() for one in names}
MOMENTS = [
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M",
    "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M:%S", "%d.%m.%y %H:%M",
    "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%y, %I:%M:%S %p", "%m/%d/%y, %I:%M %p",
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M",
]  # fmt: skip
CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
WORDED = re.compile(r"(?:(\d+)\s*(?:h|ч)\D*)?(?:(\d+)\s*(?:m|м)\D*)?(?:(\d+)\s*(?:s|с)\D*)?", re.I)
NUMBER = re.compile(r"\d{1,5}(?:[.,]\d+)?")


@dataclass(frozen=True)
class Line:
    """One row of a report. Number from 1 without the heading; moments are aware."""

    number: int
    name: str
    email: str = ""
    city: str = ""
    joined_at: datetime.datetime | None = None
    left_at: datetime.datetime | None = None
    minutes: int | None = None


def read(data: bytes, zone: zoneinfo.ZoneInfo) -> list[Line]:
    """The rows of a report that name somebody; clocks without a zone are read in `zone`.

    Raises ValidationError with one sentence for what is no such report.
    """
    if not data.strip():
        raise ValidationError(_("The file is empty."), code="empty")
    if len(data) > MAX_BYTES:
        raise ValidationError(_("The file is larger than 10 MB."), code="too_heavy")
    rows = [[_text(cell) for cell in row[:MAX_COLUMNS]] for row in _rows(data)]
    start, places = _heading(rows)
    filled = [row for row in rows[start + 1 :] if any(row)]
    lines = [_line(number, row, places, zone) for number, row in enumerate(filled, 1)]
    lines = [line for line in lines if line.name or line.email]
    if not lines:
        raise ValidationError(_("The file names nobody."), code="nobody")
    return lines


def _rows(data: bytes) -> list[Sequence[Any]]:
    try:
        archives.refuse_foreign(data)
        if archives.is_workbook(data):
            archives.refuse_unsafe(data)
            return _workbook(data)
    except Refused as refused:
        raise ValidationError(refused.remark.text, code="file") from refused
    return _separated(_decoded(data))


def _workbook(data: bytes) -> list[Sequence[Any]]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = []
        for row in sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True):
            rows.append(row)
            _refuse_length(rows)
        book.close()
    except ValidationError:
        raise
    except Exception as error:  # whatever a damaged file does to the library
        raise ValidationError(_("The workbook cannot be read."), code="broken") from error
    return rows


def _decoded(data: bytes) -> str:
    """UTF-8 and UTF-16 with or without a mark, else the Cyrillic code page of Windows."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif set(data[1:200:2]) <= {0, 4}:  # the upper bytes of Latin and Cyrillic
        encodings = ["utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp1251"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValidationError(_("This is no text and no workbook."), code="not_text")


def _separated(text: str) -> list[Sequence[str]]:
    best: list[Sequence[str]] = []
    for delimiter in (",", ";", "\t", "|"):
        rows = _split(text, delimiter)
        if _score(rows) > _score(best):
            best = rows
    return best or _split(text, ",")


def _split(text: str, delimiter: str) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            _refuse_length(rows)
    except csv.Error as error:
        raise ValidationError(_("This is no table."), code="not_table") from error
    return rows


def _refuse_length(rows: list) -> None:
    if len(rows) > MAX_ROWS:
        raise ValidationError(_("The file has more than 20,000 rows."), code="too_long")


def _places(row: Iterable[Any]) -> dict[str, int]:
    """Column key -> its place in the row of headings; the first of two that mean the same."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        key = KNOWN.get(search_fold(_text(cell)))
        if key and key not in found:
            found[key] = place
    if "last" in found and "first" not in found and "name" in found:
        found["first"] = found.pop("name")  # «Фамилия», «Имя»
    return found


def _score(rows: list[Sequence[Any]]) -> int:
    return max((len(_places(row)) for row in rows[:HEADING_WITHIN]), default=0)


def _heading(rows: list[list[str]]) -> tuple[int, dict[str, int]]:
    """Where the headings stand, and what they are: the row that says most of people."""
    candidates = [(number, _places(row)) for number, row in enumerate(rows[:HEADING_WITHIN])]
    named = [(number, found) for number, found in candidates if {"name", "last"} & found.keys()]
    if not named:
        raise ValidationError(
            _(
                "No column with names was found. Its heading should be “Name”, “Participant”, "
                "«Имя», «Участник» or «ФИО»."
            ),
            code="no_names",
        )
    return max(named, key=lambda one: (len(one[1]), -one[0]))


def _line(number: int, row: list[str], places: dict[str, int], zone) -> Line:
    def cell(key: str) -> str:
        place = places.get(key)
        return row[place] if place is not None and place < len(row) else ""

    name = cell("name") or f"{cell('first')} {cell('last')}".strip()
    joined, left = _moment(cell("joined"), zone), _moment(cell("left"), zone)
    if joined and left and left < joined:
        left = None
    minutes = _minutes(cell("minutes"))
    if minutes is None and joined and left:
        minutes = round((left - joined).total_seconds() / 60)
    email = cell("email").lower()
    email = email[:254] if "@" in email else ""
    return Line(number, name[:300], email, cell("city")[:200], joined, left, minutes)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    return clean_text(str(cell))


def _moment(text: str, zone: zoneinfo.ZoneInfo) -> datetime.datetime | None:
    text = text.removesuffix(" GMT").strip()
    for form in MOMENTS:
        try:
            return datetime.datetime.strptime(text, form).replace(tzinfo=zone)
        except ValueError:
            continue
    return None


def _minutes(text: str) -> int | None:
    """Whole minutes of "75", "75 min", "1:15:00" and «1 ч 15 мин»; None for anything else."""
    text = text.strip()
    if NUMBER.fullmatch(text):
        return round(float(text.replace(",", ".")))
    if match := CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return hours * 60 + minutes + (seconds >= 30)
    match = WORDED.fullmatch(text)
    if text and match and any(match.groups()):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return hours * 60 + minutes + (seconds >= 30)
    return None

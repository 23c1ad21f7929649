"""Several people at once, pasted from a table or out of a workbook: read, judged line by line.

Nothing is written: good lines become rows of the form, bad ones are named with line and field.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl import load_workbook

from events.people import Person, Problem, RegistrationRefused, doubles
from events.person_form import PersonForm
from members.importing import archives

MOST_LINES = 500
MOST_BYTES = 2 * 1024 * 1024
COLUMNS = ("name_cyrillic", "name_latin", "position_ru", "position_en", "email", "language")
HEADINGS = {
    "имя кириллицей": "name_cyrillic", "имя": "name_cyrillic", "фио": "name_cyrillic",
    "name in cyrillic": "name_cyrillic", "name in cyrillic letters": "name_cyrillic",
    "имя латиницей": "name_latin", "name": "name_latin", "name in latin": "name_latin",
    "name in latin letters": "name_latin", "full name": "name_latin",
    "должность": "position_ru", "должность (ru)": "position_ru", "position (ru)": "position_ru",
    "должность (en)": "position_en", "position": "position_en", "position (en)": "position_en",
    "e-mail": "email", "email": "email", "почта": "email", "электронная почта": "email",
    "язык": "language", "язык писем": "language", "language": "language",
}  # fmt: skip
LANGUAGES = {"русский": "ru", "английский": "en", "russian": "ru", "english": "en"}


@dataclass(frozen=True)
class BadLine:
    """A line from 1, as it stood, and what is wrong: pairs of a field's name and a sentence."""

    number: int
    text: str
    problems: list[tuple[str, str]]


@dataclass(frozen=True)
class Pasted:
    """What was read: values of rows for the form, and the lines that were left out."""

    rows: list[dict] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)

    @property
    def bad_text(self) -> str:
        """The lines to correct, to be shown in the field again."""
        return "\n".join(line.text for line in self.bad)


def read_text(text: str) -> Pasted:
    """Judge pasted lines; cells are parted by tabs, else by semicolons, else by commas.

    RegistrationRefused with one sentence: too many lines.
    """
    mark = next((one for one in "\t;" if one in text), ",")
    reader = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=mark)
    try:
        return _judged(list(reader))
    except csv.Error as error:
        raise _refused(_("The lines cannot be read as a table.")) from error


def read_workbook(upload: UploadedFile) -> Pasted:
    """Judge the first sheet of an XLSX file. RegistrationRefused: too large, or no workbook."""
    if upload.size > MOST_BYTES:
        raise _refused(_("The file is larger than 2 MB."))
    data = upload.read()
    try:
        # Before anything is unpacked: two megabytes may hold two gigabytes.
        archives.refuse_unsafe(data)
        cells = _cells(data)
    except Exception as error:  # whatever a damaged file does to the library
        raise _refused(_("This is not a workbook in the XLSX format.")) from error
    return _judged(cells)


def _cells(data: bytes) -> list[list[str]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(
        max_row=MOST_LINES + 2, max_col=len(COLUMNS), values_only=True
    )
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def _judged(lines: Sequence[Sequence[str]]) -> Pasted:
    columns, first = _columns(lines)
    filled = [
        (number, [cell.strip() for cell in cells])
        for number, cells in enumerate(lines[first:], first + 1)
        if any(cell.strip() for cell in cells)
    ]
    if len(filled) > MOST_LINES:
        raise _refused(_too_many())
    return _sorted_out(columns, filled)


def _too_many() -> str:
    words = ngettext(
        "At most %(number)d person at once.", "At most %(number)d people at once.", MOST_LINES
    )
    return words % {"number": MOST_LINES}


def _columns(lines: Sequence[Sequence[str]]) -> tuple[Sequence[str | None], int]:
    """The columns in the order of the table, and the number of its first line of people."""
    if not lines:
        return COLUMNS, 0
    named = [HEADINGS.get(cell.strip().lower()) for cell in lines[0]]
    return (named, 1) if any(named) else (COLUMNS, 0)


def _sorted_out(columns, filled) -> Pasted:
    good, bad = [], []
    for number, cells in filled:
        form = PersonForm(_values(columns, cells))
        problems = _problems(form)
        if problems:
            bad.append(BadLine(number, "\t".join(cells), problems))
        else:
            good.append((number, cells, form))
    return _without_doubles(good, bad)


def _values(columns, cells) -> dict[str, str]:
    values = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    spoken = values.get("language", "").lower()
    return {**values, "language": LANGUAGES.get(spoken, spoken or "ru")}


def _problems(form: PersonForm) -> list[tuple[str, str]]:
    found = [
        (str(form.fields[name].label), text)
        for name, texts in form.errors.items()
        for text in texts
    ]
    if not found and not (form.cleaned_data["name_cyrillic"] or form.cleaned_data["name_latin"]):
        message = _("Give the name in Cyrillic or in Latin letters.")
        found = [(str(form.fields["name_cyrillic"].label), message)]
    return found


def _without_doubles(good, bad: list[BadLine]) -> Pasted:
    """The same person in two lines: the first stays, the others are told."""
    people = [form.person() for _number, _cells, form in good]
    twice = {problem.row: problem for problem in doubles(people, _line_words(good))}
    for row, problem in twice.items():
        number, cells, form = good[row]
        label = str(form.fields[problem.field].label)
        bad.append(BadLine(number, "\t".join(cells), [(label, problem.message)]))
    rows = [
        {name: getattr(person, name) for name in Person.FIELDS}
        for row, person in enumerate(people)
        if row not in twice
    ]
    return Pasted(rows, sorted(bad, key=lambda line: line.number))


def _line_words(good):
    return {
        "email": lambda row: _("The same e-mail as line %(number)d.") % {"number": good[row][0]},
        "name": lambda row: _("The same name as line %(number)d.") % {"number": good[row][0]},
    }


def _refused(sentence: str) -> RegistrationRefused:
    return RegistrationRefused(Problem(sentence))


def summary(pasted: Pasted) -> Iterable[str]:
    """What was read, in one or two sentences."""
    if pasted.rows:
        words = ngettext(
            "%(count)d person was added to the form below. Nothing is registered until you save.",
            "%(count)d people were added to the form below. Nothing is registered until you save.",
            len(pasted.rows),
        )
        yield words % {"count": len(pasted.rows)}
    if pasted.bad:
        words = ngettext(
            "%(count)d line was left out: correct it in the field and add it again.",
            "%(count)d lines were left out: correct them in the field and add them again.",
            len(pasted.bad),
        )
        yield words % {"count": len(pasted.bad)}

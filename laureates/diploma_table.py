"""Wordings of diplomas as a workbook: taken out, rewritten by hand, brought back.

Rows are matched by their key; of what comes back only the words count. A row that somebody else
changed meanwhile is refused, and one bad row keeps all others from being saved.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from content import audit, tables
from content.keys import as_key
from content.texts import tidy
from laureates import diplomas
from laureates.models import Diploma
from members.importing import archives

WORDS = [f"{part}_{code}" for part in ("lead", "holder", "wording", "honour", "class")
         for code in ("ru", "en")]  # fmt: skip
MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5000


@dataclass(frozen=True)
class Problem:
    """A row of the workbook that cannot be taken, and why."""

    row: int
    why: str


@dataclass
class Outcome:
    """How many diplomas were changed; with problems none was."""

    changed: int = 0
    problems: list[Problem] = field(default_factory=list)


def headings() -> list[str]:
    """Key and version first: they bring a row back to its diploma."""
    named = [str(Diploma._meta.get_field(name).verbose_name) for name in WORDS]
    return [_("key"), _("version"), _("for"), _("city"), *named]


def export(found: QuerySet[Diploma], name: str) -> HttpResponse:
    """The wordings of these diplomas as a workbook."""
    rows = [
        [
            one.pk, one.version, one.get_to_display(), diplomas.city_in(one, "ru"),
            *(getattr(one, name) for name in WORDS),
        ]
        for one in found.with_words().order_by("to", "series", "pk")
    ]  # fmt: skip
    return tables.xlsx_response(name, _("Diplomas"), headings(), rows)


def bring_back(found: QuerySet[Diploma], upload: UploadedFile, by) -> Outcome:
    """Take over the words of a workbook that `export` made and somebody rewrote.

    Raises ValidationError for what is no such workbook.
    """
    lines = _lines(upload)
    with transaction.atomic():
        known = {one.pk: one for one in found.select_for_update(of=("self",))}
        outcome = Outcome()
        changed = {}
        for number, cells in enumerate(lines, start=2):
            if not any(cells):
                continue
            try:
                if one := _rewritten(known, cells, set(changed)):
                    changed[one.pk] = one
            except ValidationError as refused:
                outcome.problems.append(Problem(number, " ".join(refused.messages)))
        if not outcome.problems:
            for one in changed.values():
                one.save(update_fields=WORDS)
                audit.record("diploma.reworded", one, by, str(one))
            outcome.changed = len(changed)
    return outcome


def _rewritten(known: dict[int, Diploma], cells: Sequence[str], seen: set[int]) -> Diploma | None:
    """The diploma of a row with the words of the row; None when nothing is new."""
    one = known.get(as_key(cells[0]) or 0)
    if one is None:
        raise ValidationError(_("There is no such diploma in this round."))
    if one.pk in seen:
        raise ValidationError(_("This diploma stands in the table twice."))
    words = dict(zip(WORDS, cells[4:], strict=True))
    if all(getattr(one, name) == text for name, text in words.items()):
        return None
    if as_key(cells[1]) != one.version:
        raise ValidationError(_("Somebody changed this diploma after the table was made."))
    for name, text in words.items():
        setattr(one, name, text)
    one.full_clean(exclude=["round", "laureate", "entry", "author", "city"])
    return one


def _lines(upload: UploadedFile) -> list[list[str]]:
    """The rows below the headings, each as long as those."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 5 MB."))
    data, width = upload.read(), len(headings())
    try:
        archives.refuse_unsafe(data)  # before anything is unpacked
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = list(
            book.worksheets[0].iter_rows(max_row=MOST_ROWS + 1, max_col=width, values_only=True)
        )
    except Exception as error:  # whatever a damaged file does to the library
        raise ValidationError(_("This is not a workbook in the XLSX format.")) from error
    if not rows or [str(cell or "") for cell in rows[0]] != headings():
        raise ValidationError(
            _("The headings of the table are others: change only the words in its rows.")
        )
    return [[_text(cell) for cell in [*row, *[None] * (width - len(row))]] for row in rows[1:]]


def _text(cell: object) -> str:
    """What somebody typed, without the apostrophe that keeps a text from being a formula."""
    text = tidy("" if cell is None else str(cell))
    is_guarded = text.startswith("'") and text[1:].startswith(tables.STARTS_OF_FORMULAS)
    return (text[1:] if is_guarded else text).strip()

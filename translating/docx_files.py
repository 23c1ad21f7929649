"""DOCX out and in: a table of numbered rows, number | source | translation."""

import io
import re
import zipfile
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocumentType
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Cm
from docx.table import _Cell
from lxml import etree

from content import privatefiles
from content.texts import tidy
from translating.links import pairs_in, title_of
from translating.marks import LONGEST_NUMBER, mark_of
from translating.models import TranslationLink

TYPE = privatefiles.TYPES[".docx"][0]
MARK = re.compile(r"\b[a-z_]+\.[a-z_]+/\d+/[a-z]{2}/\d+-[0-9a-f]{10}\b")
# A text of 20,000 characters a paragraph fits many times over; what unpacks to more is no text.
MAX_UNPACKED = 30 * 1024 * 1024
MOST_PARTS = 200
WIDTHS = (Cm(1.2), Cm(7.6), Cm(7.6))
READING = (
    zipfile.BadZipFile, PackageNotFoundError, etree.XMLSyntaxError, KeyError, ValueError,
    OSError, NotImplementedError, AttributeError, zlib.error, RuntimeError,
)  # fmt: skip


def made_of(link: TranslationLink) -> bytes:
    """The file for a translator; its mark stands in the first line and in the properties."""
    document = Document()
    document.core_properties.title = title_of(link)[:255]
    document.core_properties.identifier = mark_of(link)
    document.core_properties.author = _("UCLG-Eurasia")
    document.add_heading(tidy(title_of(link)), level=1)
    document.add_paragraph(
        _(
            "Write each translation into the third column. Leave the numbers and the rows as they "
            "are."
        )
    )
    document.add_paragraph(_("Mark of this file: %(mark)s") % {"mark": mark_of(link)})
    _add_table(document, link)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_table(document: DocumentType, link: TranslationLink) -> None:
    pairs = pairs_in(link)
    table = document.add_table(rows=len(pairs) + 1, cols=3)
    table.style = "Table Grid"
    head = (_("No."), _("Source"), _("Translation"))
    rows = [head, *((str(n), pair.source, pair.target) for n, pair in enumerate(pairs, start=1))]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
            cell.width = width
            cell.text = tidy(text)


def read(data: bytes, link: TranslationLink) -> dict[int, str]:
    """The translations of a returned file by their numbers.

    Raises ValidationError: no DOCX, too large unpacked, without our table, or of another record.
    """
    _refuse_bomb(data)
    try:
        document = Document(io.BytesIO(data))
        rows = [
            # The cells as they stand: a span that a file claims is not multiplied in memory.
            [_Cell(cell, table).text for cell in row._tr.tc_lst]
            for table in document.tables
            for row in table.rows
        ]
        marks = MARK.findall(
            " ".join([document.core_properties.identifier, *(p.text for p in document.paragraphs)])
        )
    except READING as error:
        raise _unreadable() from error
    if mark_of(link) not in marks or set(marks) != {mark_of(link)}:
        raise ValidationError(
            _("This file belongs to another text. Send the one that was downloaded from here."),
            code="other",
        )
    found: dict[int, str] = {}
    for cells in filter(None, rows):
        number = cells[0].strip().rstrip(".")
        if len(cells) < 3 or not number.isdecimal() or len(number) > LONGEST_NUMBER:
            continue
        if int(number) in found:
            raise ValidationError(
                _("Paragraph %(number)s is there twice."), code="twice", params={"number": number}
            )
        found[int(number)] = tidy(cells[2])
    return found


def _refuse_bomb(data: bytes) -> None:
    """Judge the archive by its table of contents: nothing is unpacked before."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except READING as error:
        raise _unreadable() from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise ValidationError(
            _("The file would unpack to far more than a text is. It is not opened."), code="bomb"
        )


def _unreadable() -> ValidationError:
    return ValidationError(
        _("This is not a DOCX file, or it is damaged. Save it as DOCX and send it again."),
        code="unreadable",
    )

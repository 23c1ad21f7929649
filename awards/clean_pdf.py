"""PDF files that say nothing about who made them: no properties, no comments, no hidden marks."""

import io
import struct
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject, NameObject, StreamObject

# What tells of people and programs, wherever it stands in the file.
TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF", "/StructParents")
MOST_PAGES = 500
# Whatever a damaged file does to the library.
READING = (
    PyPdfError, DependencyError, ValueError, LookupError, TypeError, AttributeError,
    ArithmeticError, AssertionError, RuntimeError, OSError, zlib.error, struct.error,
)  # fmt: skip
# Parts of a JPEG that hold EXIF and XMP, IPTC, and comments.
JPEG_TELLS = (0xE1, 0xED, 0xFE)


def refuse(data: bytes) -> None:
    """Raise ValidationError for a PDF that is protected, damaged or endless."""
    _judged(data)


def without_metadata(data: bytes) -> bytes:
    """The pages of a PDF alone: without properties, comments, attachments and forms.

    Raises ValidationError as `refuse` does.
    """
    reader, writer = _judged(data), PdfWriter()
    try:
        for page in reader.pages:
            writer.add_page(page, excluded_keys=["/Annots", "/B", *TELLING])
        for number in range(1, len(writer._objects) + 1):
            _forget(writer.get_object(number))
        writer.metadata = None
        made = io.BytesIO()
        writer.write(made)
    except READING:
        raise _damaged() from None
    return made.getvalue()


def _judged(data: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise _protected()
        count = len(reader.pages)
    except READING:
        raise _damaged() from None
    if not 0 < count <= MOST_PAGES:
        raise ValidationError(
            _("The PDF has no pages, or more than %(most)d."),
            code="pages",
            params={"most": MOST_PAGES},
        )
    return reader


def _forget(thing: object) -> None:
    if not isinstance(thing, DictionaryObject):
        return
    for key in TELLING:
        thing.pop(NameObject(key), None)
    if isinstance(thing, StreamObject) and thing.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        thing._data = plain_jpeg(thing._data)


def plain_jpeg(data: bytes) -> bytes:
    """A JPEG without EXIF, XMP, IPTC and comments; what is no JPEG comes back as it was."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if data[at + 1] not in JPEG_TELLS:
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, data[at:]])


def _protected() -> ValidationError:
    return ValidationError(
        _(
            "The PDF is protected by a password, so the jury could not open it. Save it without "
            "protection and upload it again."
        ),
        code="protected",
    )


def _damaged() -> ValidationError:
    return ValidationError(
        _("The PDF is damaged or cut off. Save it once more and upload it again."), code="damaged"
    )

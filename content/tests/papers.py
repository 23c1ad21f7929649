"""What a PDF says, for tests of documents in all apps."""

import io

from pypdf import PdfReader


def text_of(made: bytes) -> str:
    """All text of a PDF, in reading order, with every run of white space as one space."""
    pages = PdfReader(io.BytesIO(made)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def properties_of(made: bytes) -> dict[str, str]:
    """Title, author and language of a PDF."""
    reader = PdfReader(io.BytesIO(made))
    return {
        "title": reader.metadata.title,
        "author": reader.metadata.author,
        "language": reader.trailer["/Root"]["/Lang"],
    }


def printed(kept) -> bytes:
    """The bytes of a private file, which is closed again."""
    with kept.file.open() as opened:
        return opened.read()

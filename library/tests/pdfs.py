"""PDF files for tests, written with pypdfium2: small, and as broken as a test wants them."""

import io

import pypdfium2 as pdfium

from content import documents

DAMAGED = b"%PDF-1.7\n1 0 obj << /Type /Catalog\n"
# Opens only with a password: the smallest trailer that says so.
LOCKED = (
    b"%PDF-1.4\n"
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/P -44"
    b"/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<" + b"33" * 16 + b"><" + b"33" * 16 + b">]>>\n"
    b"%%EOF\n"
)


def blank(pages: int = 2, width: float = 595, height: float = 842) -> bytes:
    """Empty pages of this size, in points."""
    document = pdfium.PdfDocument.new()
    for _number in range(pages):
        document.new_page(width, height)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def written(text: str, language: str = "ru") -> bytes:
    """One page with a text."""
    words = {"title": text, "source": "", "paragraphs": [text]}
    return documents.pdf("library/pdf/paper.typ", words, title=text, language=language)

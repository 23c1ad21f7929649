"""PDF files that are made to break the reader: a clear refusal, never a failure of the portal."""

import pytest
from django.core.exceptions import ValidationError

from awards import clean_pdf


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\nstartxref\n99999999999999999999\n%%EOF",
        b"%PDF-1.4\n" + b"x" * 1000,
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /X " + b"[" * 20_000 + b">>\nendobj\n%%EOF",
    ],
)
def test_hostile_pdf_is_refused_with_a_sentence(data):
    with pytest.raises(ValidationError):
        clean_pdf.without_metadata(data)

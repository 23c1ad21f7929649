"""Files that are made for one reader: attachments that nobody else may keep."""

from django.http import HttpResponse

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def pdf_response(data: bytes, name: str) -> HttpResponse:
    """The answer that sends a PDF, never cached on its way."""
    return _sent(data, name, "application/pdf")


def docx_response(data: bytes, name: str) -> HttpResponse:
    """The answer that sends a Word document, never cached on its way."""
    return _sent(data, name, DOCX)


def _sent(data: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )

"""Files that are made for one reader: attachments that nobody else may keep."""

from django.http import HttpResponse


def pdf_response(data: bytes, name: str) -> HttpResponse:
    """The answer that sends a PDF, never cached on its way."""
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )

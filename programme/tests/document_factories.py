"""Documents and requests for tests."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from content.privatefiles import keep_bytes
from programme import documents, materials
from programme.models import EventDocument, MaterialRequest

DAY = datetime.timedelta(days=1)


def make_upload(name: str = "slides.pdf", data: bytes = b"%PDF-1.7 slides") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def make_document(event, access: str = "public", **fields) -> EventDocument:
    """A released document in Russian with one version, uploaded without a word who by."""
    values = {"title_ru": "Проект резолюции", "title_en": "Draft resolution", "access": access}
    document = EventDocument.objects.create(event=event, **{**values, **fields})
    if document.kind != "recording":
        data = f"%PDF-1.7 {access}".encode()
        file = keep_bytes(data, f"{access}.pdf", "application/pdf", documents.PURPOSE, None)
        documents.keep(document, file, None)
    return document


def make_request(event, by=None, **fields) -> MaterialRequest:
    """Slides asked for in ten days of somebody who is in no programme."""
    values = {
        "name": "Айнура Бекова", "email": "speaker@example.org", "what_ru": "Слайды к докладу",
        "what_en": "Slides of the talk", "due_at": timezone.now() + 10 * DAY,
    }  # fmt: skip
    return materials.ask(MaterialRequest(event=event, **{**values, **fields}), by)

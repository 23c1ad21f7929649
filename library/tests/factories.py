"""Rows for the tests of the library."""

import datetime

from django.utils import timezone

from content.privatefiles import keep_bytes
from library.models import Publication, PublicationFile, Series


def make_publication(slug: str = "report-2025", **fields) -> Publication:
    """A published report in both languages, without files."""
    values = {
        "title_ru": "Отчёт о работе за 2025 год",
        "title_en": "Report on the work in 2025",
        "summary_ru": "Что сделано за год.",
        "summary_en": "What was done in the year.",
        "dated_on": datetime.date(2026, 2, 1),
        "status": "published",
        "published_at": timezone.now() - datetime.timedelta(days=1),
    }
    return Publication.objects.create(slug=slug, **{**values, **fields})


def make_series(slug: str = "gold", **fields) -> Series:
    """GOLD, with volumes in Roman figures."""
    values = {"title_ru": "GOLD", "title_en": "GOLD", "numbering": "roman"}
    return Series.objects.create(slug=slug, **{**values, **fields})


def make_file(
    publication: Publication, language: str = "ru", data: bytes = b"%PDF-1.7 x", **fields
) -> PublicationFile:
    """A file for everybody that no worker has opened."""
    file = keep_bytes(data, f"report-{language}.pdf", "application/pdf", "library", None)
    return PublicationFile.objects.create(
        publication=publication, language=language, file=file, **fields
    )

"""The library of the demonstration: own publications, and some from events and meetings."""

import datetime
from typing import Any

from django.utils import timezone

from content.privatefiles import keep_bytes
from library import publishing
from library.models import Publication, PublicationFile
from meetings.models import Decision
from programme.models import EventDocument
from uclg_portal.demonstration import data
from uclg_portal.demonstration.documents_of_events import make_pdf


def load(users: dict[str, Any]) -> None:
    """All publications; `users` by address: the first one publishes."""
    by = users["admin@example.org"]
    table = data.table("library.toml")
    for row in table["publications"]:
        _load_publication(row, by)
    for row in table["from_documents"]:
        document = EventDocument.objects.get(
            event__slug=row["event"], title_en=row["title_en"], language=row["language"]
        )
        publishing.publish(document, by)
    for row in table["from_meetings"]:
        decision = Decision.objects.get(meeting__slug=row["meeting"], number=row["decision"])
        publishing.publish(decision, by)


def _load_publication(row: dict[str, Any], by: Any) -> None:
    publication = Publication.objects.create(
        slug=row["slug"], kind=row["kind"], dated_on=row["dated_on"],
        status=Publication.Status.PUBLISHED,
        published_at=timezone.now() - datetime.timedelta(days=3),
        **data.texts(row, "title", "summary"),
    )  # fmt: skip
    for code in row["files"]:
        language = "ru" if code == "both" else code
        paragraphs = row[f"paragraphs_{language}"]
        if code == "both":
            paragraphs = [*paragraphs, *row["paragraphs_en"]]
        made = make_pdf(row[f"title_{language}"], "", paragraphs, language)
        file = keep_bytes(made, f"{row['slug']}-{code}.pdf", "application/pdf", "library", by)
        PublicationFile.objects.create(publication=publication, language=code, file=file)

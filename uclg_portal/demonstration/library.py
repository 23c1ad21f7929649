"""The library of the demonstration: own publications, and some from events and meetings."""

import datetime
from typing import Any

from django.apps import apps
from django.utils import timezone

from content import links
from content.models import Topic
from content.privatefiles import keep_bytes
from governance.models import Body
from library import publishing, reading
from library.models import Publication, PublicationFile, Series
from meetings.models import Decision
from members.models import Country
from programme.models import EventDocument
from uclg_portal.demonstration import data
from uclg_portal.demonstration.documents_of_events import make_pdf


def load(users: dict[str, Any]) -> None:
    """All publications; `users` by address: the first one publishes."""
    by = users["admin@example.org"]
    table = data.table("library.toml")
    for row in table["series"]:
        Series.objects.create(
            slug=row["slug"], numbering=row["numbering"], **data.texts(row, "title", "about")
        )
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
        date_precision=row.get("precision", "day"), volume=row.get("volume"),
        status=Publication.Status.PUBLISHED,
        published_at=timezone.now() - datetime.timedelta(days=3),
        **_relations(row), **data.texts(row, "title", "summary", "theme"),
    )  # fmt: skip
    publication.topics.set(Topic.objects.filter(slug__in=row.get("topics", [])))
    for code in row["files"]:
        _load_file(publication, row, code, by)
    for label, slug, role in row.get("links", []):
        target = apps.get_model(label).objects.get(slug=slug)
        links.link(publication, target, role)


def _relations(row: dict[str, Any]) -> dict[str, Any]:
    """The other records that a publication names, by their addresses."""
    named = {
        "series": (Series, "slug"), "issued_by": (Body, "slug"), "country": (Country, "code"),
        "superseded_by": (Publication, "slug"),
    }  # fmt: skip
    return {
        field: model.objects.get(**{key: row[field]})
        for field, (model, key) in named.items()
        if field in row
    }


def _load_file(publication: Publication, row: dict[str, Any], code: str, by: Any) -> None:
    """A small PDF of the paragraphs, read at once: no worker runs beside the loading."""
    language = "ru" if code == "both" else code
    paragraphs = row[f"paragraphs_{language}"]
    if code == "both":
        paragraphs = [*paragraphs, *row["paragraphs_en"]]
    made = make_pdf(row[f"title_{language}"], "", paragraphs, language)
    file = keep_bytes(made, f"{row['slug']}-{code}.pdf", "application/pdf", "library", by)
    kept = PublicationFile.objects.create(
        publication=publication, language=code, file=file, audience=row.get("audience", "public")
    )
    reading.read_file(kept.pk)

"""Topics and simple pages of the demonstration."""

from django.utils import timezone

from content.models import Page, Topic
from uclg_portal.demonstration import data


def load_topics() -> None:
    for row in data.table("topics.toml")["topics"]:
        Topic.objects.create(
            slug=row["slug"],
            kind=row["kind"],
            number=row.get("number"),
            **data.texts(row, "title"),
        )


def load_pages() -> None:
    for row in data.tables("pages"):
        Page.objects.create(
            slug=row["slug"],
            status=Page.Status.PUBLISHED,
            published_at=timezone.now(),
            **data.texts(row, "title", "lead", "body"),
        )

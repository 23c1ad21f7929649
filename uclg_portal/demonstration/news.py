"""News of the demonstration."""

from typing import Any

from content.models import Topic
from members.models import Member
from news.models import Article, Photo
from uclg_portal.demonstration import data, gallery, studio


def _seed(row: dict[str, Any], number: int) -> str:
    return f"news-{row['slug']}-{number}"


def wanted(rows: list[dict[str, Any]]) -> list[studio.Wanted]:
    """The pictures of all news items."""
    return [
        studio.Wanted(
            picture["motif"],
            _seed(row, number),
            data.texts(picture, "alt", "caption"),
        )
        for row in rows
        for number, picture in enumerate(row.get("pictures", []))
    ]


def load(rows: list[dict[str, Any]], drawn: dict[str, studio.Drawn]) -> None:
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    members = {member.slug: member for member in Member.objects.all()}
    for row in rows:
        pictures = [
            (gallery.store(drawn[seed]), picture)
            for number, picture in enumerate(row.get("pictures", []))
            if (seed := _seed(row, number)) in drawn
        ]
        article = Article.objects.create(
            slug=row["slug"],
            status=row.get("status", Article.Status.PUBLISHED),
            published_at=None if row.get("status") == "draft" else data.published_at(row),
            cover=pictures[0][0] if pictures else None,
            **data.texts(row, "title", "lead", "body"),
        )
        article.topics.set(topics[slug] for slug in row.get("topics", []))
        article.members.set(members[slug] for slug in row.get("members", []))
        article.save()  # once more: the names of its members belong into the search index
        for position, (picture, words) in enumerate(pictures[1:], 1):
            Photo.objects.create(
                article=article, picture=picture, position=position,
                **data.texts(words, "alt", "caption"),
            )  # fmt: skip

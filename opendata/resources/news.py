"""Published news with their texts."""

import datetime
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_noop
from pydantic import Field

from content.richtext import plain_text
from news.models import Article
from opendata.columns import (
    LICENCE,
    PICTURE,
    TOPICS,
    Column,
    Row,
    addresses,
    at,
    bilingual,
    changed,
    key,
    moment,
    pages,
    pictured,
    slug,
    texts,
)
from opendata.resources.base import SLUG, Asked, AskedList, Resource

COLUMNS = (
    key(), slug("retreat-2026"),
    *bilingual("title", gettext_noop("Title"), "Выездное заседание", "Retreat"),
    *bilingual("lead", gettext_noop("First paragraph"), "…", "…"),
    *bilingual("text", gettext_noop("Text without markup"), "…", "…"),
    moment("published_at", gettext_noop("When it became public")),
    Column("members", list, gettext_noop("Cities it is about, by their addresses"), ["kazan"]),
    TOPICS, LICENCE, *PICTURE, *pages("/news/retreat-2026/"), changed(),
)  # fmt: skip


class AskedNews(AskedList):
    topic: str | None = Field(
        None, pattern=SLUG, examples=["culture"],
        description=gettext_noop("Topic or goal, by its address"),
    )  # fmt: skip
    year: int | None = Field(
        None, ge=1950, le=2100, description=gettext_noop("Year in which it became public")
    )
    member: str | None = Field(
        None, pattern=SLUG, examples=["kazan"],
        description=gettext_noop("City it is about, by its address"),
    )  # fmt: skip


PLAIN = {"topic": "topics__slug", "year": "published_at__year", "member": "members__slug"}


def find(asked: AskedNews | Asked, _day: datetime.date) -> QuerySet[Article]:
    """Published news, the latest first."""
    chosen = {
        column: value for name, column in PLAIN.items() if (value := getattr(asked, name, None))
    }
    articles = Article.objects.published().filter(**chosen)
    found = articles.select_related("cover").prefetch_related("topics", "members")
    return found.order_by("-published_at", "-pk")


def rows(articles: Sequence[Article], _day: datetime.date) -> list[Row]:
    return [_row(article) for article in articles]


def _row(article: Article) -> Row:
    return {
        "id": article.pk, "slug": article.slug, **texts(article, "title", "lead"),
        "text_ru": plain_text(article.body_ru or "") or None,
        "text_en": plain_text(article.body_en or "") or None,
        "published_at": at(article.published_at),
        "members": [one.slug for one in article.members.all()],
        "topics": [one.slug for one in article.topics.all()],
        "licence": article.licence,
        **pictured(article.cover), **addresses(article), "changed_at": at(article.updated_at),
    }  # fmt: skip


NEWS = Resource(
    code="news", title=gettext_noop("News"), schema="Article",
    summary=gettext_noop("Published news, the latest first"),
    columns=COLUMNS, asked=AskedNews, find=find, rows=rows,
)  # fmt: skip

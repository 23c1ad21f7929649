"""The page of an article, written once and remembered until the content changes."""

from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import get_language

from content import cacheversion, structured
from content.languages import in_language, written_in
from content.publishing import public_or_404
from content.richtext import plain_text
from content.templatetags.social_tags import address_of
from members.models import Member
from news import figures, gallery
from news.models import Article, Photo
from news.related import related

WORDS_A_MINUTE = 150


def written_article(slug: str, among: QuerySet[Article] | None = None) -> dict[str, Any]:
    """The page of an article in the reader's language. Raises Http404.

    Gives `article` (the record, for the head of the page and the preview's note), `text` (HTML of
    the whole article) and `is_in_other_language`. `among`: published articles by default.
    """
    find = public_or_404 if among is None else get_object_or_404
    articles = Article.objects.all() if among is None else among
    article = find(
        articles.select_related("cover").prefetch_related(
            "topics",
            "authors",
            "sources",
            Prefetch("photos", Photo.objects.select_related("picture")),
            Prefetch("members", Member.objects.select_related("country")),
        ),
        slug=slug,
    )
    languages = written_in(article, "title", "body")
    return {
        "article": Article(pk=article.pk, slug=article.slug, status=article.status,
                           published_at=article.published_at),
        "title": in_language(article, "title")[0],
        "description": in_language(article, "lead")[0] or in_language(article, "title")[0],
        "text": render_to_string("news/includes/article.html", values_of(article)),
        "written_in": languages,
        "is_in_other_language": get_language() not in languages,
        "structured": described(article),
    }  # fmt: skip


def described(article: Article) -> structured.Thing:
    """The article for search engines."""
    title, language = in_language(article, "title")
    return structured.news_article(
        title, article.get_absolute_url(), article.published_at,
        summary=in_language(article, "lead")[0], changed_at=article.updated_at,
        image=address_of("news", article.slug), language=language,
    )  # fmt: skip


def values_of(article: Article) -> dict[str, Any]:
    """What the template of an article reads; its relations are prefetched, the pictures here."""
    photos = gallery.with_own_words(article.photos.all())
    pictures = [photo.picture for photo in photos]
    # One query for the sizes of the cover and of the whole gallery.
    prefetch_related_objects([*pictures, *filter(None, [article.cover])], "renditions")
    body, in_text = figures.written_body(article, photos)
    words = len(plain_text(in_language(article, "body")[0]).split())
    near = related(article)
    return {
        "article": article,
        "body": body,
        "photos": [photo for at, photo in enumerate(photos, 1) if at not in in_text],
        "minutes": max(1, round(words / WORDS_A_MINUTE)),
        "others": near or [one for one in latest() if one.pk != article.pk][:3],
        "is_related": bool(near),
    }


def latest() -> list[Article]:
    """The four newest articles, for the column beside an article that nothing is related to."""
    articles = Article.objects.published().select_related("cover").defer("body_ru", "body_en")
    return cacheversion.remembered(
        "news-latest", lambda: list(articles.prefetch_related("cover__renditions")[:4])
    )

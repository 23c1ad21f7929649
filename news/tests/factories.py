"""Rows for the tests of the news."""

import datetime

from django.utils import timezone

from content import pictures
from content.tests.factories import make_picture, make_upload
from news import stories
from news.models import Article, Photo, Story
from news.stories import NewPhoto


def make_article(slug: str = "retreat", **fields) -> Article:
    """A published article in both languages; a test names only what it is about."""
    values = {
        "title_ru": "Ретрит завершён",
        "title_en": "The retreat is over",
        "lead_ru": "Неделя работы в Танжере.",
        "lead_en": "A week of work in Tangier.",
        "body_ru": "<p>Первый абзац.</p><p>Второй абзац.</p>",
        "body_en": "<p>The first paragraph.</p><p>The second paragraph.</p>",
        "status": "published",
        "published_at": timezone.now() - datetime.timedelta(days=1),
    }
    return Article.objects.create(slug=slug, **{**values, **fields})


def make_photo(article: Article, position: int = 1, *, is_shown: bool = False, **words) -> Photo:
    """A photo of a gallery, with just these words; `is_shown`: its sizes are made."""
    picture = make_picture()
    if is_shown:
        pictures.make_renditions(picture)
    return Photo.objects.create(article=article, picture=picture, position=position, **words)


def make_story(member, by, photos=(), **facts) -> Story:
    """A story in Russian that waits for the secretariat; `photos` are descriptions."""
    values = {
        "title": "Визит в Печ",
        "text": "Делегация вернулась.\n\nДоговорились о школах.",
        "language": "ru",
        "happened_on": None,
        "rights_confirmed": bool(photos),
    }
    new = [NewPhoto(pictures.accept_upload(make_upload()), alt, "А. Иванов") for alt in photos]
    return stories.send(member, by, {**values, **facts}, new)

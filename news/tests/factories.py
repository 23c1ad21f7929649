"""Rows for the tests of the news."""

import datetime

from django.utils import timezone

from news.models import Article


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

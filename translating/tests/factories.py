"""Terms and links for the tests of the translation desk."""

import datetime
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from content.models import Page
from translating import links
from translating.models import DeskEntry, Term, TranslationLink


def make_term(ru: str = "Исполнительное бюро", en: str = "Executive Bureau", **fields) -> Term:
    return Term.objects.create(name_ru=ru, name_en=en, **{"kind": "body", **fields})


def make_page(slug: str = "about", **fields) -> Page:
    """A published page that exists in both languages."""
    values = {
        "slug": slug,
        "title_ru": "О нас",
        "title_en": "About us",
        "body_ru": "<p>Первый абзац.</p><p>Второй абзац.</p>",
        "body_en": "<p>The first paragraph.</p><p>The second one.</p>",
        "status": "published",
        "published_at": timezone.now(),
    }
    return Page.objects.create(**{**values, **fields})


def entry_of(record, language: str = "en") -> DeskEntry:
    return DeskEntry.objects.get(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        language=language,
    )


def make_link(record, **fields) -> tuple[TranslationLink, str]:
    """A link and the path of its page; `fields` are written into the row afterwards."""
    until = timezone.now() + datetime.timedelta(days=14)
    link, address = links.make(entry_of(record), "Анна Иванова", until=until, by=None)
    if fields:
        TranslationLink.objects.filter(pk=link.pk).update(**fields)
        link.refresh_from_db()
    return link, urlsplit(address).path

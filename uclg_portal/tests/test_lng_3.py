"""LNG-3: what exists in Russian only, on the English page: said, marked, not offered as English."""

import re

import pytest
from django.utils import timezone, translation

from content.models import Page
from events.tests.factories import make_event
from library.tests.factories import make_publication
from members.tests.factories import make_member
from news.tests.factories import make_article
from practices.tests.factories import make_practice

pytestmark = pytest.mark.django_db

NOTE = "There is no English translation yet. The text below is in Russian."
NOINDEX = '<meta name="robots" content="noindex">'


def russian_page() -> Page:
    return Page.objects.create(
        slug="how", title_ru="Как вступить", body_ru="<p>Текст.</p>",
        status="published", published_at=timezone.now(),
    )  # fmt: skip


KINDS = {
    "news": lambda: make_article(title_en=None, lead_en=None, body_en=None),
    "event": lambda: make_event(title_en=None, body_en=None, body_ru="<p>Текст.</p>"),
    "member": lambda: make_member(name_en=None, about_ru="<p>Текст.</p>"),
    "publication": lambda: make_publication(title_en=None, summary_en=None),
    "page": russian_page,
    "practice": lambda: make_practice(
        make_member(), title_en=None, summary_en=None, problem_en=None
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_lng_3_russian_only_record_on_its_english_page(client, kind):
    record = KINDS[kind]()
    with translation.override("en"):
        address = record.get_absolute_url()

    shown = client.get(address).content.decode()

    assert '<html lang="en">' in shown
    assert NOTE in shown
    assert re.search(r'<(?:div|span|h1)[^>]* lang="ru"', shown)
    assert shown.count(NOINDEX) == 1
    assert re.findall(r'rel="alternate" hreflang="(\w+)"', shown) == ["ru"]


@pytest.mark.parametrize("kind", KINDS)
def test_lng_3_its_russian_page_has_no_marks(client, kind):
    record = KINDS[kind]()
    with translation.override("ru"):
        address = record.get_absolute_url()

    shown = client.get(address).content.decode()

    assert "fallback-note" not in shown
    assert NOINDEX not in shown

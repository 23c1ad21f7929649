"""Texts are stored in NFC, without characters that nobody sees."""

import pytest

from content.models import Topic
from content.texts import tidy
from news.models import Article
from news.tests.factories import make_article


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Иж\u0438\u0306", "Ижй"),
        ("a\x0bb\x00c", "abc"),
        ("safe\u202egpj.exe", "safegpj.exe"),
        ("line\nline\ttab", "line\nline\ttab"),
    ],
)
def test_tidy(typed, stored):
    assert tidy(typed) == stored


@pytest.mark.django_db
def test_records_and_facts_are_tidied_in_every_language(client):
    make_article(lead_ru="Вода\x0b", lead_en="Water\x0b", body_en="<p>a\x0b</p>")
    Topic.objects.create(slug="a", title_ru="Вода\x0b")

    article = Article.objects.get()
    assert (article.lead_ru, article.lead_en, article.body_en) == ("Вода", "Water", "<p>a</p>")
    assert Topic.objects.get().title_ru == "Вода"
    assert client.get("/en/news/feed/").status_code == 200

"""Lists can be limited to what exists in one language."""

import pytest
from django.utils import timezone

from content.language_filter import OneLanguageMixin
from content.languages import LANGUAGE_CODES, only_in, written_in
from content.models import Page

pytestmark = pytest.mark.django_db

PAGES = {
    "both": {"title_ru": "А", "title_en": "A", "body_ru": "<p>а</p>", "body_en": "<p>a</p>"},
    "russian": {"title_ru": "Б", "body_ru": "<p>б</p>"},
    "titled": {"title_ru": "В", "title_en": "C", "body_ru": "<p>в</p>", "body_en": ""},
    "bare": {"title_ru": "Г", "title_en": "D"},
    "english": {"title_en": "E"},
}


@pytest.fixture
def pages():
    for slug, texts in PAGES.items():
        Page.objects.create(slug=slug, status="published", published_at=timezone.now(), **texts)


def shown(query: dict) -> list[str]:
    found = OneLanguageMixin(query).in_one_language(Page.objects.order_by("pk"), body="body")
    return [page.slug for page in found]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("", ["both", "russian", "titled", "bare", "english"]),
        ("ru", ["both", "russian", "titled", "bare"]),
        ("en", ["both", "bare", "english"]),
        ("xx", ["both", "russian", "titled", "bare", "english"]),
    ],
)
def test_list_holds_what_exists_in_the_chosen_language(pages, language, expected):
    assert shown({"lang": language}) == expected


def test_filter_and_the_marks_of_pages_judge_alike(pages):
    for code in LANGUAGE_CODES:
        found = set(only_in(Page.objects.all(), code, body="body"))
        assert found == {
            page for page in Page.objects.all() if code in written_in(page, "title", "body")
        }


def test_unknown_language_is_refused_beside_its_field():
    form = OneLanguageMixin({"lang": "xx"})

    assert not form.is_valid()
    assert list(form.errors) == ["lang"]

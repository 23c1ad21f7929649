"""LNG-3 and the rule that one language is compulsory, neither of them in particular."""

import pytest
from django.db import IntegrityError
from django.template import Context, Template
from django.utils import translation

from content.languages import in_each, in_language
from content.models import Page, Topic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("empty", [None, ""])
def test_a_title_in_one_language_at_least_is_required(empty):
    with pytest.raises(IntegrityError, match="content_topic_title_given"):
        Topic.objects.create(slug="x", title_ru=empty, title_en="")


@pytest.mark.parametrize("fields", [{"title_ru": "Да"}, {"title_en": "Yes"}])
def test_either_language_will_do(fields):
    assert str(Topic.objects.create(slug="x", **fields)) in {"Да", "Yes"}


def test_fallback_works_both_ways_and_names_its_language():
    russian = Page(title_ru="Казань")
    english = Page(title_en="Kazan")

    assert in_language(russian, "title", "en") == ("Казань", "ru")
    assert in_language(english, "title", "ru") == ("Kazan", "en")
    assert in_language(Page(), "title", "ru") == ("", "ru")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ru", "А&nbsp;&lt;b&gt;"), ("en", '<span lang="ru">А&nbsp;&lt;b&gt;</span>')],
)
def test_lng_3_fallen_back_text_is_escaped_and_marked(language, expected):
    page = Page(title_ru="А <b>")
    template = Template("{% load content_tags %}{% text page 'title' %}")

    with translation.override(language):
        shown = template.render(Context({"page": page})).replace("\u00a0", "&nbsp;")

    assert shown == expected


def test_lng_3_rich_text_is_sanitised_again_and_marked():
    page = Page(body_ru="<p>Да</p><script>alert(1)</script>")
    template = Template("{% load content_tags %}{% html page 'body' %}{% fallback_note page %}")

    with translation.override("en"):
        shown = template.render(Context({"page": page}))

    assert '<div lang="ru"><p>Да</p></div>' in shown
    assert "There is no English translation yet." in shown
    assert "script" not in shown


def test_columns_are_filled_in_each_language():
    with translation.override("en"):
        columns = in_each("name", lambda: f"{translation.get_language()}: {Topic._meta.pk.name}")

    assert columns == {"name_ru": "ru: id", "name_en": "en: id"}

"""The search over everything the public may see."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from content.models import Page, SearchEntry
from content.searching import cleaned, find, is_searchable, snippet_html, with_snippets

pytestmark = pytest.mark.django_db


def make_page(slug: str, **fields) -> Page:
    values = {
        "status": "published",
        "published_at": timezone.now() - datetime.timedelta(hours=1),
    }
    return Page.objects.create(slug=slug, **{**values, **fields})


def titles(words: str, language: str = "ru") -> list[str]:
    return [entry.title for entry in find(cleaned(words), language).entries]


@pytest.mark.parametrize("words", ["ИЖЕВСК", "ижевске", "  Ижевск ", "Ижевска"])
def test_case_and_endings_do_not_matter(words):
    make_page("izhevsk", title_ru="Ижевск", title_en="Izhevsk")
    make_page("perm", title_ru="Пермь", title_en="Perm")

    assert titles(words) == ["Ижевск"]


@pytest.mark.parametrize("words", ["Королев", "Королёв", "королёве"])
def test_yo_and_ye_are_one_letter(words):
    make_page("korolyov", title_ru="Королёв")

    assert titles(words) == ["Королёв"]


def test_record_in_both_languages_is_one_hit_in_the_readers_language():
    make_page("kazan", title_ru="Казань meeting", title_en="Kazan meeting")

    assert titles("meeting", "ru") == ["Казань meeting"]
    assert titles("meeting", "en") == ["Kazan meeting"]


def test_item_in_the_other_language_only_is_found():
    make_page("water", title_en="Clean water for cities")

    found = find("water", "ru")

    assert [(entry.title, entry.language) for entry in found.entries] == [
        ("Clean water for cities", "en")
    ]
    assert found.total == 1


def test_nothing_hidden_is_found():
    later = timezone.now() + datetime.timedelta(hours=1)
    make_page("draft", title_ru="Тайна черновик", status="draft")
    make_page("withdrawn", title_ru="Тайна отозванная", status="withdrawn")
    make_page("scheduled", title_ru="Тайна завтра", published_at=later)
    public = make_page("public", title_ru="Тайна открытая")

    assert titles("тайна") == ["Тайна открытая"]
    assert [e.title for e in find("тайна", "ru", at=later).entries] != []

    public.status = "withdrawn"
    public.save()
    assert titles("тайна") == []


def test_misspelt_title_is_guessed():
    make_page("khabarovsk", title_ru="Хабаровск")

    found = find("Хабаровскк", "ru")

    assert found.is_guess
    assert [entry.title for entry in found.entries] == ["Хабаровск"]


@pytest.mark.parametrize("words", ["%", '"', "'", "а", "🙂🙂", "&|!():*", "\x00\x00", "a" * 5000])
def test_odd_input_has_an_answer(words):
    make_page("kazan", title_ru="Казань")
    words = cleaned(words)

    assert len(words) <= 200
    if is_searchable(words):
        assert list(find(words, "ru").entries) == []


def test_snippet_marks_the_words_and_escapes_the_rest():
    make_page("a", title_ru="А", body_ru="<p>Вода &amp; хлеб в городах</p>")
    found = find("вода", "ru")

    (entry,) = with_snippets(found.entries, found.words)

    assert snippet_html(entry.snippet) == "<mark>Вода</mark> &amp; хлеб в городах"


def test_rebuild_gives_the_same_rows_as_the_save_path():
    make_page("kazan", title_ru="Казань", title_en="Kazan", body_ru="<p>Город</p>")
    make_page("draft", title_ru="Черновик", status="draft")
    fields = ("object_id", "language", "title", "text", "names", "url", "visible_from")
    before = list(SearchEntry.objects.order_by("pk").values_list(*fields))

    call_command("rebuild_search", stdout=io.StringIO())

    assert list(SearchEntry.objects.order_by("pk").values_list(*fields)) == before
    assert len(before) == 2


def test_deleted_record_is_forgotten():
    make_page("kazan", title_ru="Казань").delete()

    assert SearchEntry.objects.count() == 0

"""The search over everything the public may see."""

import datetime
import io
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.utils import timezone

from content import search, searchwords
from content.models import Page, SearchEntry
from content.searching import Filters, cleaned, find, find_alike, is_searchable

pytestmark = pytest.mark.django_db


def make_page(slug: str, **fields) -> Page:
    values = {
        "status": "published",
        "published_at": timezone.now() - datetime.timedelta(hours=1),
    }
    return Page.objects.create(slug=slug, **{**values, **fields})


def titles(words: str, language: str = "ru") -> list[str]:
    return [entry.title for entry in entries(find(cleaned(words), language))]


def entries(found) -> list[SearchEntry]:
    """The entries of an answer, best first."""
    known = SearchEntry.objects.in_bulk(found.ids)
    return [known[pk] for pk in found.ids]


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

    assert [(entry.title, entry.language) for entry in entries(found)] == [
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
    assert len(find("тайна", "ru", at=later).ids) == 2

    public.status = "withdrawn"
    public.save()
    assert titles("тайна") == []


def test_misspelt_word_of_a_title_is_understood(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_page("khabarovsk", title_ru="Хабаровск принимает форум")

    found = find_alike(find("Хабаровскк форум", "ru"), "ru")

    assert found.meant == "хабаровск форум"
    assert [entry.title for entry in entries(found)] == ["Хабаровск принимает форум"]


def test_word_of_something_withdrawn_is_not_offered(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        secret = make_page("secret", title_ru="Хабаровск")
    secret.status = "withdrawn"
    secret.save()

    assert searchwords.nearest(["Хабаровскк"]) == {"хабаровскк": "хабаровск"}
    assert find_alike(find("Хабаровскк", "ru"), "ru").meant == ""


@pytest.mark.parametrize("words", ["%", '"', "'", "а", "🙂🙂", "&|!():*", "\x00\x00", "a" * 5000])
def test_odd_input_has_an_answer(words):
    make_page("kazan", title_ru="Казань")
    words = cleaned(words)

    assert len(words) <= 200
    if is_searchable(words):
        assert find(words, "ru").total == 0


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Khabarovsk", "Хабаровск"),
        ("Хабаровске", "Khabarovsk"),
        ("Habarovsk", "Хабаровск"),
        ("Komrat", "Comrat"),
        ("Комрат", "Comrat"),
        ("Pazardzhik", "Pazardjik"),
        ("Пазарджике", "Pazardjik"),
        ("Ulyanovsk", "Ульяновск"),
        ("Ul'yanovsk", "Ульяновск"),
        ("Nizhniy", "Нижний"),
        ("Yekaterinburg", "Екатеринбург"),
    ],
)
def test_spellings_of_one_name_meet(words, written):
    make_page("a", title_ru=f"Дни города {written}")
    make_page("b", title_ru="Другая новость")

    assert titles(words) == [f"Дни города {written}"]


def test_name_in_a_text_of_the_other_alphabet_is_found():
    make_page("a", title_en="Forum", body_en="<p>It took place in Khabarovsk.</p>")

    assert titles("в хабаровске") == ["Forum"]


@pytest.mark.parametrize(("words", "written"), [("IAC", "IA\u0421"), ("IA\u0421", "IAC")])
def test_letters_of_the_wrong_alphabet_are_seen_through(words, written):
    make_page("a", title_en="Assembly", body_en=f"<p>The {written} was founded in 1998.</p>")

    assert titles(words) == ["Assembly"]


def test_exact_title_stands_before_longer_texts():
    for number in range(3):
        make_page(f"n{number}", title_ru="Ижевск, Ижевск и снова Ижевск", body_ru="<p>Ижевск</p>")
    make_page("city", title_ru="Ижевск")

    assert titles("ижевске")[0] == "Ижевск"


def texts_of_pages(monkeypatch, make):
    """Let `make` change the texts of every page."""
    kind = search._kinds[Page]

    def texts(page):
        return {code: make(page, text) for code, text in kind.texts(page).items()}

    monkeypatch.setitem(search._kinds, Page, replace(kind, texts=texts))


def test_what_is_superseded_stands_last(monkeypatch):
    texts_of_pages(
        monkeypatch,
        lambda page, text: replace(text, is_superseded=page.slug == "old"),
    )
    make_page("old", title_ru="Устав")
    make_page("new", title_ru="Устав ассоциации с длинным названием")

    assert titles("устав") == ["Устав ассоциации с длинным названием", "Устав"]


def test_newer_stands_before_older_of_the_same_weight(monkeypatch):
    years = {"x": 2005, "y": 2025, "z": 2015}
    texts_of_pages(
        monkeypatch,
        lambda page, text: replace(text, dated_on=datetime.date(years[page.slug], 1, 1)),
    )
    for slug in years:
        make_page(slug, title_ru=f"Форум {slug}")

    assert titles("форум") == ["Форум y", "Форум z", "Форум x"]


def test_facets_count_within_the_other_filters(monkeypatch):
    years = {"a": 2024, "b": 2025, "c": 2025}
    texts_of_pages(
        monkeypatch,
        lambda page, text: replace(
            text,
            dated_on=datetime.date(years[page.slug], 5, 1),
            members=[7] if page.slug == "a" else [7, 8],
            topics=[1] if page.slug == "c" else [],
        ),
    )
    for slug in years:
        make_page(slug, title_ru=f"Форум {slug}", title_en=f"Forum {slug}")

    found = find("форум", "ru")
    narrowed = find("форум", "ru", filters=Filters(year=2025, topic=1))

    assert (found.total, found.years, found.members, found.topics) == (
        3, [(2025, 2), (2024, 1)], [(7, 3), (8, 2)], [(1, 1)],
    )  # fmt: skip
    assert (narrowed.total, narrowed.years, narrowed.members, narrowed.topics) == (
        1, [(2025, 1)], [(7, 1), (8, 1)], [(1, 1)],
    )  # fmt: skip
    assert [entry.title for entry in entries(narrowed)] == ["Форум c"]


def test_answer_costs_two_queries(django_assert_num_queries):
    for number in range(12):
        make_page(f"p{number}", title_ru=f"Форум {number}")

    with django_assert_num_queries(2):
        found = find("форум", "ru", page=99)

    assert (found.total, len(found.ids)) == (12, 2)


def test_common_words_are_ranked_up_to_a_limit(monkeypatch):
    monkeypatch.setattr("content.searching.MOST", 5)
    for number in range(8):
        make_page(f"p{number}", title_ru=f"Форум {number}")

    found = find("форум", "ru")

    assert (found.total, found.is_cut) == (5, True)


@pytest.mark.parametrize("common", [0, 10**9])
def test_both_ways_to_the_newest_give_the_same(monkeypatch, common):
    monkeypatch.setattr("content.searching.COMMON", common)
    monkeypatch.setattr("content.searching.MOST", 3)
    texts_of_pages(
        monkeypatch,
        lambda page, text: replace(text, dated_on=datetime.date(2000 + int(page.slug[1:]), 1, 1)),
    )
    for number in range(6):
        make_page(f"p{number}", title_ru=f"Форум {number}")

    assert titles("форум") == ["Форум 5", "Форум 4", "Форум 3"]
    narrowed = find("форум", "ru", filters=Filters(year=2001))
    assert [entry.title for entry in entries(narrowed)] == ["Форум 1"]


def test_quotes_and_minus_are_understood():
    make_page("a", title_ru="Чистая вода")
    make_page("b", title_ru="Вода и чистая совесть")

    assert titles('"чистая вода"') == ["Чистая вода"]
    assert titles("вода -совесть") == ["Чистая вода"]


def test_synonyms_stand_for_one_another():
    make_page("a", title_ru="Международная ассамблея столиц")
    groups = [["МАГ", "ассамблея столиц"]]

    found = find("заседание маг", "ru", synonyms=groups)
    alone = find("МАГ", "ru", synonyms=groups)

    assert found.total == 0
    assert [entry.title for entry in entries(alone)] == ["Международная ассамблея столиц"]


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

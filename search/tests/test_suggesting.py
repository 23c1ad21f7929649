"""Suggestions while typing."""

import pytest

from library.tests.factories import make_publication
from members.tests.factories import make_member
from search.tests.factories import make_page

pytestmark = pytest.mark.django_db


def suggested(client, words: str, language: str = "ru") -> list[tuple[str, str]]:
    response = client.get(f"/{language}/search/suggest/", {"q": words})
    assert response.status_code == 200
    return [(item["title"], item["lang"]) for item in response.json()["items"]]


@pytest.mark.parametrize("words", ["иж", "Ижевс", "Izhe", "ИЖЕВСК", "ижевске"])
def test_title_is_suggested_by_its_beginning_in_either_alphabet(client, words):
    make_member(slug="izhevsk", name_ru="Ижевск", name_en="Izhevsk")
    make_member(slug="perm", name_ru="Пермь", name_en="Perm")

    assert suggested(client, words) == [("Ижевск", "")]


def test_title_in_the_other_language_says_so(client):
    make_page("water", title_en="Clean water")

    assert suggested(client, "clean") == [("Clean water", "en")]


def test_title_is_suggested_by_a_word_inside_it(client):
    make_page("a", title_ru="Большой форум городов", body_ru="<p>Набережная</p>")

    assert suggested(client, "горо") == [("Большой форум городов", "")]
    assert suggested(client, "большой горо") == [("Большой форум городов", "")]
    assert suggested(client, "набер") == []


def test_at_most_eight_titles_the_valid_ones_first(client):
    valid = make_publication("valid", title_ru="Устав 9")
    for number in range(8):
        make_publication(f"p{number}", title_ru=f"Устав {number}", superseded_by=valid)

    titles = suggested(client, "устав")

    assert len(titles) == 8
    assert titles[0] == ("Устав 9", "")


def test_answer_says_how_many_in_words(client):
    make_page("a", title_ru="Казань")

    answer = client.get("/en/search/suggest/", {"q": "каз"})

    assert answer.json() == {
        "items": [{"title": "Казань", "kind": "Pages", "url": "/ru/pages/a/", "lang": "ru"}],
        "status": "1 suggestion.",
    }
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert client.get("/en/search/suggest/", {"q": "щщщ"}).json()["status"] == "No suggestions."


@pytest.mark.parametrize("words", ["", "а", "%%", "'\\", "🙂", "\x00", ":*", "x" * 10_000])
def test_odd_words_suggest_nothing(client, words):
    make_page("a", title_ru="Казань")

    assert suggested(client, words) == []


def test_too_many_questions_are_refused(client, monkeypatch):
    monkeypatch.setattr("search.views.RATES", {"suggest": "2/m/ip"})

    codes = [client.get("/ru/search/suggest/", {"q": "каз"}).status_code for _ in range(3)]

    assert codes == [200, 200, 429]

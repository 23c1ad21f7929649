"""The search page: what it finds, what it says, what it never shows."""

import datetime

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext

from content import searchwords
from content.models import Topic
from events.tests.factories import make_event
from library.tests.factories import make_file, make_publication
from members.tests.factories import make_member
from news.tests.factories import make_article
from search.tests.factories import make_answer, make_page, make_synonym

pytestmark = pytest.mark.django_db


def ask(client, words: str, language: str = "ru", **query):
    response = client.get(f"/{language}/search/", {"q": words, **query})
    assert response.status_code == 200
    return response


def titles(response) -> list[str]:
    return [hit["entry"].title for hit in response.context["hits"]]


@pytest.mark.parametrize("words", ["ИЖЕВСК", "Izhevsk", "ижевске", "Ижевск "])
def test_src_1_spellings_have_the_same_first_hit(client, words):
    make_page("meeting", title_ru="Ижевск принял участников форума в Ижевске")
    make_member(slug="izhevsk", name_ru="Ижевск", name_en="Izhevsk")
    make_member(slug="perm", name_ru="Пермь", name_en="Perm")

    assert titles(ask(client, words))[0] == "Ижевск"


def test_src_1_ye_finds_yo(client):
    make_member(slug="korolyov", name_ru="Королёв", name_en="Korolyov")

    assert titles(ask(client, "Королев")) == ["Королёв"]
    assert "<mark>Королёв</mark>" in ask(client, "Королев").content.decode()


@pytest.mark.parametrize(("typed", "written"), [("IAC", "IA\u0421"), ("IA\u0421", "IAC")])
def test_src_2_letters_that_look_alike_are_one(client, typed, written):
    make_page("capitals", title_en="Assembly of Capitals", body_en=f"<p>The {written} of 1998</p>")

    response = ask(client, typed, "en")

    assert titles(response) == ["Assembly of Capitals"]
    assert f"<mark>{written}</mark>" in response.content.decode()


def test_src_4_item_in_english_only_is_found_in_russian_and_says_so(client):
    make_article(
        "water", title_ru=None, lead_ru=None, body_ru=None,
        title_en="Clean water for Khabarovsk", lead_en="", body_en="<p>Pipes.</p>",
    )  # fmt: skip

    response = ask(client, "Хабаровск")

    assert [(hit["entry"].title, hit["language"]) for hit in response.context["hits"]] == [
        ("Clean water for Khabarovsk", "en")
    ]
    shown = response.content.decode()
    with translation.override("ru"):
        said = gettext("In English")
    assert f'<span class="lang-tag">en</span> {said}</span>' in shown
    assert 'lang="en">Clean water for <mark>Khabarovsk</mark></a>' in shown


ODD = {
    "nothing": ("", "Type a word or a name"),
    "spaces": ("   ", "Type a word or a name"),
    "one letter": ("а", "Write two letters or more."),
    "percent": ("%", "Write two letters or more."),
    "quotes": ('"\'"', "Write two letters or more."),
    "emoji": ("🙂🙂", "Write two letters or more."),
    "NUL": ("\x00\x00", "Type a word or a name"),
    "operators": ("казань & | ! <-> :* (", "1 result."),
    "unclosed quote": ('"казань', "1 result."),
    "injection": ("казань'; drop table content_page; --", "We found nothing for these words."),
    "5,000 signs": ("казань " * 715, "Only the first 200 signs"),
    "10,000 letters": ("я" * 10_000, "Only the first 200 signs"),
    "only a minus": ("-казань", "We found nothing for these words."),
    "stop words": ("и в на", "We found nothing for these words."),
}


@pytest.mark.parametrize(("typed", "said"), ODD.values(), ids=ODD)
def test_src_6_odd_input_has_an_answer_with_a_hint(client, typed, said):
    make_page("kazan", title_ru="Казань")

    assert said in ask(client, typed, "en").content.decode()


def test_src_6_script_is_never_markup(client):
    make_page("kazan", title_ru="<script>alert(1)</script> Казань")

    shown = ask(client, "<script>казань").content.decode()

    assert "<script>alert" not in shown
    assert "<script>казань" not in shown


@pytest.mark.parametrize(
    ("page", "number"), [("-1", 1), ("0", 1), ("x", 1), ("2", 2), ("99999", 2), ("9" * 30, 1)]
)
def test_odd_page_is_a_proper_page(client, page, number):
    for count in range(12):
        make_page(f"p{count}", title_ru=f"Казань {count}")

    response = ask(client, "казань", page=page)

    assert response.context["hits"].number == number
    assert len(response.context["hits"].object_list) == (10 if number == 1 else 2)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"kind": "nonsense"}, "There is no such kind: all kinds are shown."),
        ({"year": "20x4"}, "There is no such year: all years are shown."),
        ({"member": "-1"}, "There is no such city: all cities are shown."),
        ({"topic": "'; drop"}, "There is no such topic: all topics are shown."),
    ],
)
def test_unknown_filter_is_said_and_left_out(client, query, said):
    make_page("kazan", title_ru="Казань")

    response = ask(client, "казань", "en", **query)

    assert said in response.content.decode()
    assert titles(response) == ["Казань"]


def test_facets_narrow_by_kind_year_city_and_topic(client):
    city = make_member(slug="kazan", name_ru="Казань", name_en="Kazan")
    water = Topic.objects.create(slug="water", title_ru="Вода", title_en="Water")
    moment = datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.UTC)
    old = make_article("old", title_ru="Форум первый", published_at=moment)
    old.members.add(city)
    old.topics.add(water)
    old.save()
    make_article("new", title_ru="Форум второй")
    make_event(title_ru="Форум третий")

    response = ask(client, "форум")

    facets = {facet.name: facet.options for facet in response.context["facets"]}
    assert ("2024", "2024", 1, False) in facets["year"]
    assert (str(city.pk), "Казань", 1, False) in facets["member"]
    assert facets["topic"] == [("water", "Вода", 1, False)]
    assert {tab["code"]: tab["count"] for tab in response.context["tabs"]} == {
        "article": 2, "event": 1,
    }  # fmt: skip
    for query in ({"year": "2024"}, {"member": city.pk}, {"topic": "water"}):
        assert titles(ask(client, "форум", **query)) == ["Форум первый"]
    assert titles(ask(client, "форум", kind="event")) == ["Форум третий"]
    empty = ask(client, "форум", "en", kind="event", topic="water")
    assert "Nothing is left with these filters." in empty.content.decode()


def test_pub_3_superseded_text_stands_after_the_valid_one(client):
    valid = make_publication(
        "charter-2022", title_ru="Устав ассоциации, редакция 2022", title_en=None
    )
    make_publication("old", title_ru="Устав", title_en=None, superseded_by=valid)

    response = ask(client, "устав", "en")

    assert titles(response) == ["Устав ассоциации, редакция 2022", "Устав"]
    assert response.content.decode().count(">Superseded<") == 1


def test_misspelt_words_are_answered_with_what_was_meant(client):
    make_page("khabarovsk", title_ru="Хабаровск")
    searchwords.learn(["хабаровск"])

    response = ask(client, "Хобаровск", "en")

    assert titles(response) == ["Хабаровск"]
    assert "These are the results for “хабаровск”." in response.content.decode()


def test_few_results_come_with_what_may_have_been_meant(client):
    make_page("a", title_ru="Опечатка: Хабаровсг")
    make_page("b", title_ru="Хабаровск")
    searchwords.learn(["хабаровск"])

    response = ask(client, "Хабаровсг")

    assert response.context["meant"] == "хабаровск"
    assert '<a href="?q=%D1%85%D0%B0%D0%B1' in response.content.decode()


def test_lists_are_found_by_their_name(client):
    (laureates,) = ask(client, "лауреат").context["named"]
    assert laureates["url"] == "/ru/laureates/"
    assert ask(client, "how to join", "en").context["named"] == [
        {"title": "How to join", "url": "/en/members/how-to-join/"}
    ]


def test_synonyms_of_staff_find_every_name(client):
    make_page("uclg", title_ru="Евразийское отделение ОГМВ", title_en="UCLG-Eurasia")
    make_synonym("ОГМВ Евразия", "Евразийское отделение", "ЕРО ОГМВ")
    make_synonym("ero", "UCLG-Eurasia", language="en")

    assert titles(ask(client, "ЕРО ОГМВ")) == ["Евразийское отделение ОГМВ"]
    assert titles(ask(client, "ero", "en")) == ["UCLG-Eurasia"]
    assert titles(ask(client, "ero", "ru")) == []


def test_chosen_answer_stands_on_top_as_long_as_its_record_is_public(client):
    page = make_page("join", title_ru="Порядок вступления", title_en="How a city joins")
    make_answer("стать участником\nкак вступить", "/ru/pages/join/", text_ru="Подайте заявку.")

    response = ask(client, "вступить КАК")

    shown = response.content.decode()
    assert [(one.title, one.url) for one in response.context["chosen"]] == [
        ("Порядок вступления", "/ru/pages/join/")
    ]
    assert "Подайте заявку." in shown
    english = ask(client, "стать участником", "en").context["chosen"]
    assert [(one.title, one.text_language) for one in english] == [("How a city joins", "ru")]

    page.status = "withdrawn"
    page.save()
    assert ask(client, "вступить как").context["chosen"] == []


def test_nothing_hidden_is_found_counted_or_suggested(client):
    now = timezone.now()
    later = now + datetime.timedelta(hours=1)
    make_article("public", title_ru="Тайна открытая")
    make_article("draft", title_ru="Тайна черновая", status="draft")
    make_article("withdrawn", title_ru="Тайна снятая", status="withdrawn")
    make_article("later", title_ru="Тайна завтрашняя", published_at=later)

    response = ask(client, "тайна")
    suggested = client.get("/ru/search/suggest/", {"q": "тайна"}).json()

    assert titles(response) == ["Тайна открытая"]
    assert (response.context["found"].total, response.context["found"].all_kinds) == (1, 1)
    assert [item["title"] for item in suggested["items"]] == ["Тайна открытая"]


def test_text_of_a_file_is_found_as_long_as_everybody_may_read_it(client):
    paper = make_publication("paper", title_ru="Отчёт", title_en="Report")
    file = make_file(paper)
    type(file).objects.update(text="Водоканал столицы")
    paper.save()
    assert titles(ask(client, "водоканалы")) == ["Отчёт"]

    file.refresh_from_db()
    file.audience = "members"
    file.save()
    paper.save()

    assert titles(ask(client, "водоканала")) == []


def test_change_is_found_at_once(client):
    page = make_page("kazan", title_ru="Казань")
    assert titles(ask(client, "набережная")) == []

    page.body_ru = "<p>Новая набережная</p>"
    page.save()

    assert titles(ask(client, "набережные")) == ["Казань"]


def test_page_costs_three_queries_however_much_is_found(client, django_assert_num_queries):
    def prepare(numbers):
        for number in numbers:
            city = make_member(slug=f"c{number}", name_ru=f"Город {number}")
            article = make_article(f"n{number}", title_ru=f"Форум {number}")
            article.members.add(city)
            article.save()

    prepare(range(4))
    ask(client, "форум")
    with django_assert_num_queries(3):
        ask(client, "форум", page=1)
    prepare(range(4, 14))
    ask(client, "город")  # synonyms, topics and answers are kept anew after a change
    with django_assert_num_queries(3):
        response = ask(client, "форум", page=2)

    assert len(response.context["hits"].object_list) == 4

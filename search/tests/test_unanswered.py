"""Searches without an answer: what is counted of them, and how staff answer."""

import datetime

import pytest
from django.conf import settings
from django.utils import timezone

from content import workqueue
from content.models import SearchWord
from search import unanswered
from search.models import ChosenAnswer, EmptySearch, Synonym
from search.tests.factories import make_page

pytestmark = pytest.mark.django_db
LIST = "/admin/search/emptysearch/"


def rows() -> list[tuple[str, int]]:
    return list(EmptySearch.objects.order_by("words").values_list("words", "count"))


def test_empty_searches_are_counted_by_words_and_day(client):
    make_page("kazan", title_ru="Казань")
    for words in ["Пёс", "пес ", "ПЕС", "казань", "", "я"]:
        client.get("/ru/search/", {"q": words})

    assert rows() == [("пес", 3)]
    assert EmptySearch.objects.get().day == timezone.localdate()


@pytest.mark.parametrize("words", ["ivan@example.org", "+7 912 345 67 89", "щ" * 81, "очень " * 20])
def test_what_may_be_personal_or_is_too_long_is_not_counted(client, words):
    client.get("/ru/search/", {"q": words})

    assert rows() == []


def test_kept_page_and_people_who_are_signed_in_are_not_counted(client, client_of, lead):
    client.get("/ru/search/", {"q": "пёс"})
    client.get("/ru/search/", {"q": "пёс"})  # the same address: from the cache
    client_of(lead).get("/ru/search/", {"q": "кот"})

    assert rows() == [("пес", 1)]


def test_page_stays_public_and_in_the_cache(client, django_assert_num_queries):
    response = client.get("/ru/search/", {"q": "пёс"})

    assert settings.SESSION_COOKIE_NAME not in response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    with django_assert_num_queries(0):
        client.get("/ru/search/", {"q": "пёс"})


def test_day_holds_a_limited_number(monkeypatch):
    monkeypatch.setattr("search.unanswered.MOST_A_DAY", 2)
    for words in ["аа", "бб", "вв", "аа"]:
        unanswered.count(words)

    assert rows() == [("аа", 2), ("бб", 1)]


def test_words_taken_off_the_list_stay_off():
    unanswered.count("чепуха")
    unanswered.settle(["чепуха"])
    EmptySearch.objects.update(day=timezone.localdate() - datetime.timedelta(days=1))
    unanswered.count("чепуха")

    assert EmptySearch.objects.count() == 2
    assert unanswered.open_queries().count() == 0


def test_old_rows_are_forgotten():
    today = timezone.localdate()
    EmptySearch.objects.create(words="старое", day=today - datetime.timedelta(days=181))
    EmptySearch.objects.create(words="новое", day=today - datetime.timedelta(days=179))

    assert unanswered.purge(timezone.now()) == 1
    assert rows() == [("новое", 1)]


def test_list_shows_words_once_with_their_total(client_of, editor, django_assert_max_num_queries):
    today = timezone.localdate()
    for days, count in [(0, 2), (1, 3)]:
        day = today - datetime.timedelta(days=days)
        EmptySearch.objects.create(words="метро", day=day, count=count)
    for number in range(20):
        EmptySearch.objects.create(words=f"слово {number}", day=today)
    client = client_of(editor)
    client.get(LIST)

    with django_assert_max_num_queries(12):
        shown = client.get(LIST)

    results = shown.context["cl"].result_list
    assert (results[0].words, results[0].total) == ("метро", 5)
    assert len(results) == 21
    assert (
        "/admin/search/synonym/add/?words=%D0%BC%D0%B5%D1%82%D1%80%D0%BE" in shown.content.decode()
    )


def test_synonym_from_the_list_answers_the_search(client, client_of, editor):
    make_page("subway", title_ru="Подземка столицы")
    unanswered.count("метро")
    staff = client_of(editor)
    form = staff.get("/admin/search/synonym/add/", {"words": "метро"})
    assert form.context["adminform"].form.initial["words"] == "метро"

    staff.post("/admin/search/synonym/add/", {"words": "метро\nподземка", "language": ""})

    assert Synonym.objects.get().words == "метро\nподземка"
    assert rows() == []
    found = client.get("/ru/search/", {"q": "метро"}).context["hits"]
    assert [hit["entry"].title for hit in found] == ["Подземка столицы"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("метро", "Give two words or more"),
        ("Ижевск\nIzhevsk", "Give two words or more"),
        ("метро\n!!!", "“!!!”: give words of at most 60 signs together."),
        ("\n".join(f"слово {number}" for number in range(21)), "Twenty lines are the most."),
    ],
)
def test_bad_synonyms_are_said_beside_the_field(client_of, editor, words, said):
    staff = client_of(editor)
    staff.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    response = staff.post(
        "/admin/search/synonym/add/", {"words": words, "language": ""}, HTTP_ACCEPT_LANGUAGE="en"
    )

    (error,) = response.context["adminform"].form.errors["words"]
    assert said in error
    assert response.context["adminform"].form["words"].value() == words


def answer_data(**changed) -> dict:
    values = {"words": "устав", "address": "/ru/pages/statutes/"}
    texts = dict.fromkeys(["title_ru", "title_en", "text_ru", "text_en"], "")
    return {**values, **texts, **changed}


def test_chosen_answer_knows_the_record_of_an_address(client_of, editor):
    page = make_page("statutes", title_ru="Устав")
    client_of(editor).post(
        "/admin/search/chosenanswer/add/",
        answer_data(address=f"{settings.SITE_URL}/ru/pages/statutes/"),
    )

    answer = ChosenAnswer.objects.get()
    assert (answer.address, answer.record_id) == ("/ru/pages/statutes/", page.pk)


@pytest.mark.parametrize(
    "changed",
    [
        {"address": "/ru/pages/none/"},
        {"address": "https://uclg.org/"},
        {"address": "javascript:alert(1)", "title_ru": "Устав"},
        {"address": "//example.org/", "title_ru": "Устав"},
        {"address": "http://example.org/", "title_ru": "Устав"},
        {"words": " \n "},
    ],
)
def test_bad_answers_are_refused(client_of, editor, changed):
    make_page("statutes", title_ru="Устав")
    response = client_of(editor).post("/admin/search/chosenanswer/add/", answer_data(**changed))

    assert response.context["adminform"].form.errors
    assert not ChosenAnswer.objects.exists()


def test_work_queue_counts_the_open_words(editor, translator):
    for words in ["метро", "трамвай"]:
        unanswered.count(words)
    unanswered.settle(["трамвай"])

    def counts(user):
        return [one.count for one in workqueue.queues_for(user) if "emptysearch" in one.url]

    assert counts(editor) == [1]
    assert counts(translator) == []


def test_action_takes_words_off_the_list(client_of, editor):
    unanswered.count("чепуха")
    row = EmptySearch.objects.get()

    client_of(editor).post(LIST, {"action": "settle", "_selected_action": [row.pk]})

    assert unanswered.open_queries().count() == 0


def test_learnt_words_are_those_of_titles(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_page("a", title_ru="Хабаровск-2024: форум, её и", body_ru="<p>Набережная</p>")

    assert list(SearchWord.objects.order_by("word").values_list("word", flat=True)) == [
        "форум", "хабаровск",
    ]  # fmt: skip

"""Practices spread: recommended, taken over elsewhere, asked after two years."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from content.tests.factories import make_topic
from governance.tests.factories import make_body
from mailing import reminders
from mailing.models import Message
from members import activity, attention
from members.tests.factories import make_country, make_member, make_size_categories
from practices import spreading
from practices.models import Adoption, Recommendation
from practices.moderating import PracticeRefused
from practices.tests.factories import make_adoption, make_draft, make_practice, make_recommendation

pytestmark = pytest.mark.django_db
TWO_YEARS = datetime.timedelta(days=731)


@pytest.fixture
def stavropol():
    return make_member("stavropol", "Ставрополь", "Stavropol")


@pytest.fixture
def kazan():
    return make_member()


def told(member) -> list[str]:
    with translation.override("en"):
        return [one.title for one in activity.activities_of(member) if one.kind == "practice"]


def test_city_that_took_over_tells_and_both_have_it_on_the_chronicle(
    client, client_of, make_representative, stavropol, kazan
):
    practice = make_practice(stavropol)
    owner = make_representative(stavropol, "owner@example.org")
    user = client_of(make_representative(kazan, "b@example.org"))
    address = f"/ru/cabinet/kazan/practices/adopt/{practice.slug}/"
    key = str(user.get(address).context["form"]["form_key"].value())

    for _click in range(2):
        user.post(address, {"form_key": key, "note": "Три школы.", "language": "ru"})

    assert Adoption.objects.get().note == "Три школы."
    letter = Message.objects.get()
    assert (letter.email, "Три школы." in letter.text_body) == (owner.email, True)
    assert told(kazan) == ["Took over a practice of Stavropol: School of public diplomacy"]
    assert told(stavropol)[0] == "Kazan took over the practice: School of public diplomacy"
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "Три школы." in page


def test_own_or_hidden_practice_is_not_taken_over(make_user, stavropol, kazan):
    user = make_user("rep@example.org")
    for practice, member in (
        (make_practice(kazan), kazan), (make_draft(stavropol), kazan),
    ):  # fmt: skip
        with pytest.raises(PracticeRefused):
            spreading.adopt(practice, member, "Да", "ru", user)
    assert Adoption.objects.count() == 0


def test_told_again_the_note_changes_and_nobody_is_written_to(make_user, stavropol, kazan):
    practice, user = (
        make_practice(stavropol, sent_by=make_user("s@example.org")),
        make_user("b@e.org"),
    )
    spreading.adopt(practice, kazan, "Раз", "ru", user)
    spreading.adopt(practice, kazan, "Два", "ru", user)
    assert (Adoption.objects.get().note, Message.objects.count()) == ("Два", 1)


def test_recommended_by_a_body_on_a_date(client, stavropol):
    practice = make_practice(stavropol)
    Recommendation.objects.create(
        practice=practice, body=make_body(), recommended_on=datetime.date(2017, 5, 12),
        words_en="Worth repeating.",
    )  # fmt: skip
    page = client.get(f"/en/practices/{practice.slug}/").content.decode()
    assert "Recommended to others by Council" in page
    assert "12 May 2017" in page
    assert "Worth repeating." in page


def test_recommendation_needs_somebody(stavropol):
    row = Recommendation(
        practice=make_practice(stavropol), recommended_on=datetime.date(2017, 1, 1)
    )
    with pytest.raises(ValidationError):
        row.full_clean()


def test_city_is_asked_after_two_years_and_the_answer_is_shown(
    client, client_of, make_representative, stavropol
):
    practice = make_practice(stavropol, published_at=timezone.now() - TWO_YEARS)
    make_practice(stavropol, published_at=timezone.now() - TWO_YEARS, ends_year=2025)
    make_practice(stavropol)
    user = make_representative(stavropol)
    assert list(spreading.to_be_asked()) == [practice]

    reminders.plan()
    reminders.plan()
    assert list(Message.objects.values_list("email", flat=True)) == [user.email]
    asked = [one for one in attention.attention_for(stavropol, user) if "practices" in one.url]
    assert len(asked) == 1
    signed_in = client_of(user)
    key = str(signed_in.get(asked[0].url).context["form"]["form_key"].value())
    signed_in.post(
        asked[0].url,
        {"form_key": key, "answer": "changed", "note": "По пятницам", "language": "ru"},
    )

    assert list(spreading.to_be_asked()) == []
    assert "По пятницам" in client.get(practice.get_absolute_url()).content.decode()


def test_ended_practice_has_its_last_year(make_user, stavropol):
    practice = make_practice(stavropol)
    spreading.answer(practice, "ended", "", "ru", make_user("s@example.org"))
    practice.refresh_from_db()
    assert practice.ends_year == timezone.now().year


def slugs(response) -> list[str]:
    return [one.slug for one in response.context["practices"]]


def test_filters_narrow_the_list(client, stavropol, kazan):
    make_size_categories()
    theme = make_topic()
    goal = make_topic("sdg-11", kind="sdg", number=11, title_ru="Города", title_en="Cities")
    first = make_practice(stavropol, "one", population=450_000)
    first.topics.add(theme, goal)
    make_recommendation(first)
    make_practice(
        make_member("omsk", country=make_country("KZ", "Казахстан", "Kazakhstan")), "two",
        population=1_200_000,
    )  # fmt: skip
    for query in ("topic=culture", "goal=sdg-11", "country=RU", "size=medium", "recommended=yes"):
        assert slugs(client.get(f"/ru/practices/?{query}")) == ["one"]
    wrong = client.get("/ru/practices/?size=enormous")
    assert (wrong.status_code, sorted(slugs(wrong))) == (200, ["one", "two"])


@pytest.mark.parametrize("number", [1, 15])
def test_list_and_page_ask_the_same_number_of_queries(
    client, django_assert_max_num_queries, number, stavropol, kazan
):
    for one in range(number):
        practice = make_practice(stavropol, f"practice-{one}")
        make_recommendation(practice)
        make_adoption(practice, kazan)
    client.get("/en/practices/")
    with django_assert_max_num_queries(9):
        assert len(slugs(client.get("/ru/practices/"))) == number
    client.get("/en/practices/practice-0/")
    with django_assert_max_num_queries(12):
        assert client.get("/ru/practices/practice-0/").status_code == 200


def test_practice_is_found_by_search_in_the_other_language_too(client, stavropol):
    practice = make_practice(stavropol, title_en="", results_ru="Гостевые маршруты")
    page = client.get("/ru/search/?q=маршруты").content.decode()
    assert practice.get_absolute_url() in page
    make_draft(stavropol, title_ru="Тайная практика маршруты")
    assert "Тайная" not in client.get("/ru/search/?q=маршруты").content.decode()


def test_unmoderated_words_reach_no_practice_that_is_not_public(make_user, stavropol):
    with pytest.raises(PracticeRefused):
        spreading.answer(make_draft(stavropol), "changed", "Слова", "ru", make_user("s@e.org"))


def test_city_is_told_once_however_often_it_is_taken_back(make_user, stavropol, kazan):
    practice = make_practice(stavropol, sent_by=make_user("s@example.org"))
    user = make_user("b@e.org")
    for _time in range(3):
        spreading.take_back(spreading.adopt(practice, kazan, "Раз", "ru", user), user)
    assert Message.objects.count() == 1

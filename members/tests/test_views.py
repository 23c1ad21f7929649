import datetime

import pytest
from django.utils import translation

from content.tests.factories import make_topic
from members.models import Member, MemberName
from members.tests.factories import (
    make_country,
    make_figure,
    make_member,
    make_period,
    make_size_categories,
)

pytestmark = pytest.mark.django_db

LIST = "/en/members/"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def slugs(response) -> list[str]:
    return [row["slug"] for row in response.context["object_list"]]


def make_page_of_members(count: int) -> None:
    make_size_categories()
    for number in range(count):
        letter = LETTERS[number % len(LETTERS)]
        country = make_country(f"X{letter}", f"Страна {letter}", f"Land {letter}")
        make_member(
            f"city-{number}", f"{letter} Город {number}", f"{letter} City {number}",
            country=country, population=1_000 + number,
        )  # fmt: skip


@pytest.mark.parametrize("member_count", [1, 60])
def test_member_list_query_count_does_not_grow(client, django_assert_num_queries, member_count):
    make_page_of_members(member_count)

    # Choices, size categories, topics, who is suspended, the count, the page.
    with django_assert_num_queries(6):
        response = client.get(LIST)
    with django_assert_num_queries(2):
        client.get(f"{LIST}?kind=city")

    assert len(response.context["object_list"]) == member_count


def test_member_list_of_a_full_page_is_light(client):
    make_page_of_members(60)
    for number in range(12):
        topic = make_topic(f"topic-{number}", title_ru=f"Тема работы городов {number}")
        Member.objects.first().topics.add(topic)

    assert len(client.get("/ru/members/").content) <= 20 * 1024


def test_member_list_holds_members_of_today_only(client):
    make_member("kazan", "Казань", "Kazan")
    make_member("izmir", "Измир", "Izmir", is_member=False)
    left = make_member("tokmok", "Токмок", "Tokmok", is_member=False)
    make_period(left, datetime.date(2005, 1, 1), ends_on=datetime.date(2020, 12, 31))

    assert slugs(client.get(LIST)) == ["kazan"]


def test_member_list_follows_the_alphabet_of_the_reader(client):
    make_member("elabuga", "Елабуга", "Elabuga")
    make_member("yoshkar-ola", "Ёшкар-Ола", "Yoshkar-Ola")
    make_member("zainsk", "Заинск", "Zainsk")
    make_member("aktau", "Ақтау", "Aktau")

    russian = client.get("/ru/members/")

    assert slugs(russian) == ["aktau", "elabuga", "yoshkar-ola", "zainsk"]
    assert [letter for letter, _rows in russian.context["groups"]] == ["А", "Е", "З"]
    assert slugs(client.get(LIST)) == ["aktau", "elabuga", "yoshkar-ola", "zainsk"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=UZ", ["samarkand"]),
        ("kind=association", ["siberia"]),
        ("size=metropolitan", ["kazan"]),
        ("size=none", ["siberia"]),
        ("letter=k", ["kazan"]),
        ("country=RU&size=metropolitan", ["kazan"]),
        ("q=qazan", ["kazan"]),
        ("q=МАРАКАНДА", ["samarkand"]),
        ("q=kazann", ["kazan"]),
        ("q=nothing+like+it", []),
        ("country=RU&letter=S", ["siberia"]),
    ],
)
def test_member_list_narrows(client, query, expected):
    make_size_categories()
    kazan = make_member("kazan", "Казань", "Kazan", population=1_318_604)
    MemberName.objects.create(member=kazan, kind="alias", name_ru="Казан", native="Qazan")
    samarkand = make_member(
        "samarkand", "Самарканд", "Samarkand",
        country=make_country("UZ", "Узбекистан", "Uzbekistan"), population=573_000,
    )  # fmt: skip
    MemberName.objects.create(member=samarkand, kind="alias", name_ru="Мараканда")
    make_member("siberia", "Союз городов Сибири", "Siberian Union", kind="association")

    assert slugs(client.get(f"{LIST}?{query}")) == expected


def test_member_list_counts_yo_as_ye(client):
    make_member("yoshkar-ola", "Ёшкар-Ола", "Yoshkar-Ola")

    assert slugs(client.get("/ru/members/?q=ешкар ола")) == ["yoshkar-ola"]


def test_member_list_tells_an_unknown_filter_and_keeps_what_was_typed(client):
    make_member("kazan", "Казань", "Kazan")

    response = client.get(f"{LIST}?country=ZZ&q=kaz")

    assert response.context["filters"].errors == {
        "country": ["Select a valid choice. ZZ is not one of the available choices."]
    }
    assert slugs(response) == ["kazan"]
    assert 'value="kaz"' in response.content.decode()


def test_member_list_pages_keep_the_filters(client):
    make_page_of_members(61)

    response = client.get(f"{LIST}?kind=city")

    assert 'href="?kind=city&amp;page=2"' in response.content.decode()
    assert slugs(client.get(f"{LIST}?kind=city&page=2")) == ["city-51"]


@pytest.mark.parametrize("page", ["999999", "0", "-1", "x", "1.5"])
def test_member_list_has_no_such_page(client, page):
    make_member("kazan", "Казань", "Kazan")

    assert client.get(f"{LIST}?page={page}").status_code == 404


def test_member_list_marks_names_in_the_other_language(client):
    make_member("kazan", "Казань", None)

    html = client.get(LIST).content.decode()

    assert '<a href="/en/members/kazan/" lang="ru">Казань</a>' in html


def test_member_list_sets_no_cookie(client):
    make_member("kazan", "Казань", "Kazan")

    assert client.get(LIST).cookies == {}


def test_member_page_shows_facts_with_year_and_source(client):
    make_size_categories()
    member = make_member("kazan", "Казань", "Kazan", website="https://kazan.example.org/")
    make_figure(member, year=2010, value=1_143_535)
    make_figure(member, year=2024, value=1_318_604)
    make_figure(member, year=2099, value=5)

    response = client.get("/en/members/kazan/")

    shown = response.context["passport"].population
    assert (shown.value, shown.year, shown.source, shown.size.code) == (
        1_318_604, 2024, "Rosstat", "metropolitan",
    )  # fmt: skip
    html = response.content.decode()
    assert "1,318,604" in html
    assert "Member since 2004" in html
    assert 'href="https://kazan.example.org/"' in html


def test_member_page_without_figures_says_not_stated(client):
    make_member("kazan", "Казань", "Kazan")

    html = client.get("/en/members/kazan/").content.decode()

    assert html.count("Not stated") == 2


@pytest.mark.parametrize(
    ("starts_on", "precision", "english", "russian"),
    [
        (datetime.date(2004, 1, 1), "year", "Member since 2004", "2004 года"),
        (datetime.date(2004, 5, 1), "month", "Member since May 2004", "мая 2004 года"),
        (datetime.date(2004, 5, 12), "day", "Member since 12 May 2004", "12 мая 2004 года"),
    ],
)
def test_membership_is_never_printed_more_precisely_than_known(
    client, starts_on, precision, english, russian
):
    member = make_member("kazan", "Казань", "Kazan", is_member=False)
    make_period(member, starts_on, starts_precision=precision)

    assert client.get("/en/members/kazan/").context["passport"].membership == english
    with translation.override("ru"):
        expected = translation.gettext("Member since %(date)s") % {"date": russian}
    assert client.get("/ru/members/kazan/").context["passport"].membership == expected


def test_membership_of_the_future_is_none_yet(client):
    member = make_member("kazan", "Казань", "Kazan", is_member=False)
    make_period(member, datetime.date(2199, 1, 1))

    words = client.get("/en/members/kazan/").context["passport"].membership

    assert words == "Not a member of the association"


def test_former_member_keeps_its_page(client):
    member = make_member("kazan", "Казань", "Kazan", is_member=False)
    make_period(
        member, datetime.date(2004, 1, 1), ends_on=datetime.date(2012, 1, 1), ends_precision="year"
    )

    response = client.get("/en/members/kazan/")

    assert response.context["passport"].membership == "Former member: 2004–2012"


def test_returned_member_tells_the_years_before(client):
    member = make_member("kazan", "Казань", "Kazan", is_member=False)
    make_period(
        member, datetime.date(2004, 5, 1), starts_precision="month",
        ends_on=datetime.date(2012, 3, 12),
    )  # fmt: skip
    make_period(member, datetime.date(2015, 1, 1))

    words = client.get("/en/members/kazan/").context["passport"].membership

    assert words == "Member since 2015, May 2004 – 12 March 2012"


def make_renamed_city():
    member = make_member("nur-sultan", "Нур-Султан", "Nur-Sultan")
    member.names.get().delete()
    days = [
        ("Астана", "Astana", None, datetime.date(2019, 3, 22)),
        ("Нур-Султан", "Nur-Sultan", datetime.date(2019, 3, 23), datetime.date(2022, 9, 16)),
        ("Астана", "Astana", datetime.date(2022, 9, 17), None),
    ]
    for name_ru, name_en, starts_on, ends_on in days:
        MemberName.objects.create(
            member=member, name_ru=name_ru, name_en=name_en, starts_on=starts_on, ends_on=ends_on
        )
    member.refresh_from_db()
    member.slug = "astana"
    member.save()
    return member


def test_mem_3_page_shows_the_present_and_the_former_name(client):
    make_renamed_city()

    html = client.get("/en/members/astana/").content.decode()

    assert "<h1>Astana</h1>" in html
    assert '(2019–2022 <span lang="en">Nur-Sultan</span>)' in html


@pytest.mark.parametrize("language", ["ru", "en"])
def test_mem_3_old_address_leads_to_the_present_one(client, language):
    make_renamed_city()

    response = client.get(f"/{language}/members/nur-sultan/")

    assert (response.status_code, response["Location"]) == (301, f"/{language}/members/astana/")


@pytest.mark.parametrize("query", ["nur-sultan", "нур-султан", "astana", "Астана"])
def test_mem_3_both_names_are_found(client, query):
    make_renamed_city()

    assert slugs(client.get(LIST, {"q": query})) == ["astana"]


def test_member_page_of_nobody_is_not_found(client):
    assert client.get("/en/members/atlantis/").status_code == 404


def test_lng_3_russian_only_profile_is_marked_on_the_english_page(client):
    make_member("kazan", "Казань", None, about_ru="<p>Город на Волге.</p>", slogan_ru="Третья")

    html = client.get("/en/members/kazan/").content.decode()

    assert '<html lang="en">' in html
    assert '<h1><span lang="ru">Казань</span></h1>' in html
    assert '<div lang="ru"><p>Город на\u00a0Волге.</p></div>' in html
    assert "There is no English translation yet. The text below is in Russian." in html
    assert '<meta name="robots" content="noindex">' in html


def test_lng_3_page_in_its_own_language_has_no_marks(client):
    make_member("kazan", "Казань", "Kazan", about_ru="<p>Город.</p>", about_en="<p>City.</p>")

    html = client.get("/en/members/kazan/").content.decode()

    assert "There is no English translation yet" not in html
    assert '<meta name="robots" content="noindex">' not in html
    assert "<p>City.</p>" in html

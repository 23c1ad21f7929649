"""The directory as of a day, its rarer filters, its files."""

import csv
import datetime
import io

import openpyxl
import pytest
from django.conf import settings

from content import workqueue
from content.tests.factories import make_topic
from members import anniversaries, lifecycle
from members.models import MemberName
from members.tests.factories import (
    make_country,
    make_figure,
    make_member,
    make_period,
    make_size_categories,
)

pytestmark = pytest.mark.django_db
LIST = "/en/members/"


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("content.dated.today", lambda: datetime.date(2026, 6, 1))


def day(*parts: int) -> datetime.date:
    return datetime.date(*parts)


def make_astana():
    """The capital with the names it bore."""
    member = make_member(
        "astana", "Астана", "Astana", country=make_country("KZ", "Казахстан", "Kazakhstan"),
        population=1_100_000,
    )  # fmt: skip
    member.names.update(starts_on=day(1998, 5, 6), ends_on=day(2019, 3, 22))
    for name, start, end in (
        (("Нур-Султан", "Nur-Sultan"), day(2019, 3, 23), day(2022, 9, 16)),
        (("Астана", "Astana"), day(2022, 9, 17), None),
    ):
        MemberName.objects.create(
            member=member, name_ru=name[0], name_en=name[1], starts_on=start, ends_on=end
        )
    return member


def shown(response) -> list[str]:
    """The names on the page, letter by letter."""
    return [f"{letter} {row['name']}" for letter, rows in response.context["groups"]
            for row in rows]  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "names"),
    [
        ("2015", ["A Astana", "K Kazan"]),
        ("2019-03-22", ["A Astana", "K Kazan"]),
        ("2019-03-23", ["K Kazan", "N Nur-Sultan"]),
        ("2020", ["K Kazan", "N Nur-Sultan"]),
        ("2022-09", ["A Astana", "K Kazan"]),
        ("2003", []),
    ],
)
def test_mem_3_directory_bears_the_names_of_the_day(client, as_of, names):
    make_astana()
    make_member()

    response = client.get(f"{LIST}?as_of={as_of}")

    assert (shown(response) if names else list(response.context["object_list"])) == names


def test_directory_as_of_a_day_says_so_and_is_not_the_canonical_page(client):
    make_astana()

    html = client.get(f"{LIST}?as_of=2020-05&q=Astana").content.decode()

    assert 'As of <time datetime="2020-05-31">31 May 2020</time>' in html
    assert '<link rel="canonical" href="http://testserver/en/members/">' in html.replace(
        "http://localhost:8000", "http://testserver"
    )
    assert '<meta name="robots" content="noindex">' in html
    assert '<a href="/en/members/astana/?as_of=2020-05-31">Nur-Sultan</a>' in html
    assert '<a href="?q=Astana">Show the list as of today</a>' in html


@pytest.mark.parametrize(
    ("as_of", "message"),
    [
        ("yesterday", "Write a day as 2015-06-30, a month as 2015-06 or a year as 2015."),
        ("2020-13", "Write a day as 2015-06-30, a month as 2015-06 or a year as 2015."),
        ("2062", "This day is still to come."),
    ],
)
def test_directory_of_no_day_tells_and_shows_today(client, as_of, message):
    make_astana()

    response = client.get(f"{LIST}?as_of={as_of}")

    assert shown(response) == ["A Astana"]
    assert message in response.content.decode()
    assert "The list is shown as of today." in response.content.decode()


def test_directory_of_the_past_is_not_kept_for_the_one_of_today(client):
    make_astana()

    seen = [
        shown_html(client.get(f"{LIST}{query}")) for query in ("", "?as_of=2020", "", "?as_of=2015")
    ]

    assert seen == ["Astana", "Nur-Sultan", "Astana", "Astana"]


def shown_html(response) -> str:
    html = response.content.decode()
    return "Nur-Sultan" if ">Nur-Sultan</a>" in html else "Astana" if ">Astana</a>" in html else ""


def test_directory_as_of_counts_members_populations_and_region_of_the_day(client):
    make_astana()
    abroad = make_country("TR", "Турция", "Turkey", starts_on=day(2015, 1, 1))
    izmir = make_member("izmir", "Измир", "Izmir", country=abroad, is_member=False)
    make_period(izmir, day(2010, 1, 1), ends_on=day(2012, 12, 31))

    html = client.get(f"{LIST}?as_of=2012").content.decode()
    assert "2 members found." in html
    assert "<span>Turkey (outside the region)</span>" in html
    assert "<span>Kazakhstan</span>" in html
    assert "1 member found." in client.get(f"{LIST}?as_of=2013").content.decode()


@pytest.mark.parametrize("count", [1, 25])
def test_directory_as_of_asks_as_often_for_many(client, django_assert_num_queries, count):
    for number in range(count):
        make_member(f"city-{number}", f"Город {number}", f"City {number}", population=1000 + number)

    with django_assert_num_queries(6):
        client.get(f"{LIST}?as_of=2020")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("since=2010", ["osh"]),
        ("since=2004", ["kazan", "osh", "tver"]),
        ("topic=water", ["kazan"]),
        ("status=suspended", ["tver"]),
        ("status=former", ["izmir"]),
        ("status=former&country=RU", []),
        ("since=2010&topic=water", []),
        ("letter=O", ["osh"]),
    ],
)
def test_directory_narrows_by_the_rarer_filters(client, query, found):
    kazan = make_member()
    kazan.topics.add(make_topic("water", title_ru="Вода", title_en="Water"))
    make_topic("unused")
    make_period(make_member("osh", "Ош", "Osh", is_member=False), day(2012, 3, 1))
    tver = make_member("tver", "Тверь", "Tver")
    lifecycle.record(tver, "suspended", day(2025, 1, 1), by=None, reason_en="No due")
    abroad = make_country("TR", "Турция", "Turkey")
    izmir = make_member("izmir", "Измир", "Izmir", country=abroad)
    lifecycle.record(izmir, "former", day(2025, 1, 1), by=None, reason_en="Left")

    response = client.get(f"{LIST}?{query}")

    assert [row["slug"] for row in response.context["object_list"]] == found
    assert [label for _slug, label in response.context["filters"].fields["topic"].choices] == [
        "Any topic", "Water"
    ]  # fmt: skip


def test_directory_refuses_a_year_to_come_and_keeps_what_was_typed(client):
    make_member()

    response = client.get(f"{LIST}?since=2062")

    assert response.context["filters"].errors == {"since": ["This year is still to come."]}
    assert 'value="2062"' in response.content.decode()
    assert '<details class="filters__more" open>' in response.content.decode()


def test_suspended_members_of_the_past_are_told_as_of_that_day(client):
    tver = make_member("tver", "Тверь", "Tver")
    lifecycle.record(tver, "suspended", day(2020, 1, 1), by=None, reason_en="No due")
    lifecycle.record(tver, "member", day(2021, 1, 1), by=None)

    told = ["suspended since" in client.get(f"{LIST}?as_of={one}").content.decode()
            for one in ("2019", "2020", "2021")]  # fmt: skip

    assert told == [False, True, False]


def test_figures_of_the_past_size_a_member(client):
    member = make_member(population=90_000)
    make_figure(member, year=2010, value=600_000)
    make_size_categories()

    found = [len(client.get(f"{LIST}?size=large&as_of={one}").context["object_list"])
             for one in ("2015", "2025")]  # fmt: skip
    assert found == [1, 0]


def cells_of(response) -> list[list[str]]:
    """A CSV file for English readers."""
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_filtered_list_is_a_file(client):
    make_astana()
    kazan = make_member(population=1_300_000, website="https://kazan.example.org")
    lifecycle.record(kazan, "suspended", day(2025, 1, 1), by=None, reason_en="No due")

    response = client.get("/en/members/export.csv?country=RU")

    assert cells_of(response) == [
        ["Name in Russian", "Name in English", "Country", "Kind", "Population",
         "Year of the figure", "Member since", "Status", "Website", "Page"],
        ["Казань", "Kazan", "Russia", "City", "1300000", "2024", "2004", "suspended",
         "https://kazan.example.org", f"{settings.SITE_URL}/en/members/kazan/"],
    ]  # fmt: skip
    assert 'filename="members-2026-06-01.csv"' in response["Content-Disposition"]


def test_file_of_the_past_bears_the_names_of_the_day(client):
    make_astana()

    response = client.get("/en/members/export.csv?as_of=2020")

    assert [row[1] for row in cells_of(response)] == ["Name in English", "Nur-Sultan"]


def test_file_for_a_spreadsheet_has_numbers(client):
    make_member(population=1_300_000)

    response = client.get("/ru/members/export.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    values = [[cell.value for cell in row][:6] for row in sheet.iter_rows()]
    assert values[1] == ["Казань", "Kazan", "Россия", values[1][3], 1_300_000, 2024]


def test_file_of_another_kind_is_not_found(client):
    assert client.get("/en/members/export.pdf").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_file_asks_as_often_for_many(client, django_assert_num_queries, count):
    for number in range(count):
        make_member(f"city-{number}", f"Город {number}", f"City {number}", population=1000 + number)

    with django_assert_num_queries(4):
        client.get("/en/members/export.csv")


def test_name_that_looks_like_a_formula_is_text(client):
    make_member("formula", "=1+1", "=1+1")

    assert cells_of(client.get("/en/members/export.csv"))[1][:2] == ["'=1+1", "'=1+1"]


def test_round_anniversaries_are_listed_the_longest_first(client, lead, django_assert_num_queries):
    for slug, start, precision in (
        ("kazan", day(2006, 5, 12), "day"), ("osh", day(2021, 1, 1), "year"),
        ("tver", day(2020, 1, 1), "year"), ("ufa", day(2006, 1, 1), "year"),
    ):  # fmt: skip
        member = make_member(slug, slug, slug.title(), is_member=False)
        make_period(member, start, starts_precision=precision)

    with django_assert_num_queries(1):
        found = anniversaries.of_year()

    assert [(one.member.slug, one.years, one.day) for one in found] == [
        ("kazan", 20, day(2026, 5, 12)), ("ufa", 20, None), ("osh", 5, None),
    ]  # fmt: skip
    page = client.get("/en/members/anniversaries/")
    assert [years for years, _found in page.context["groups"]] == [20, 5]
    queue = next(one for one in workqueue.queues_for(lead) if one.url.endswith("anniversaries/"))
    assert queue.count == 3


def test_anniversary_of_a_leap_day_falls_into_february(client):
    one = anniversaries.Anniversary(None, 5, day(2020, 2, 29), "day")

    assert (one.day, one.since) == (day(2025, 2, 28), "29 февраля 2020")

"""The map of the members: MAP-1, MAP-2, MAP-4, and its years."""

import datetime
import re

import pytest

from content import atlas, workqueue
from members.models import MemberName
from members.tests.factories import make_country, make_member, make_period

pytestmark = pytest.mark.django_db
PAGE = "/en/members/map/"


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("content.dated.today", lambda: datetime.date(2026, 6, 1))


def make_three() -> None:
    make_member("kazan", population=1_300_000, longitude=49.11, latitude=55.79)
    kyrgyzstan = make_country("KG", "Киргизия", "Kyrgyzstan")
    bishkek = make_member(
        "bishkek", "Бишкек", "Bishkek", country=kyrgyzstan, is_member=False, population=1_000_000,
        longitude=74.59, latitude=42.87, is_country_capital=True,
    )  # fmt: skip
    make_period(bishkek, datetime.date(2010, 3, 1))
    make_member("union", "Союз городов", "Union of cities", kind="association",
                longitude=37.6, latitude=55.7)  # fmt: skip


def links(html: str) -> list[str]:
    """The names on the map in the order of the keyboard."""
    drawn = html[html.index('<svg class="atlas') : html.index("atlas__legend")]
    return re.findall(r'<a href="[^"]*" aria-label="([^,]*),', drawn)


def cells(html: str) -> list[list[str]]:
    """The table below the map."""
    table = html[html.rindex("<tbody>") :]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [re.findall(r">([^<>]+)<", row) for row in rows]


def test_map_2_tab_goes_through_the_cities_in_alphabetical_order(client):
    make_three()

    assert links(client.get(PAGE).content.decode()) == ["Bishkek", "Kazan", "Union of cities"]


def test_map_2_same_data_are_in_a_table(client):
    make_three()

    assert cells(client.get(PAGE).content.decode()) == [
        ["Bishkek", "Kyrgyzstan", "City, capital of its country", "1,000,000 (2024)"],
        ["Kazan", "Russia", "City", "1,300,000 (2024)"],
        ["Union of cities", "Russia", "Association or union of municipalities", "—"],
    ]


def test_map_2_colour_is_not_the_only_sign(client):
    make_three()
    make_member("tatarstan", "Татарстан", "Tatarstan", kind="region", longitude=50, latitude=56)

    html = client.get(PAGE).content.decode()
    drawn = html[html.index('<svg class="atlas') : html.index("atlas__legend")]

    found = {mark: drawn.count(f"<{mark} ") for mark in ("rect", "polygon", "circle")}
    assert found == {"rect": 1, "polygon": 1, "circle": 3}
    assert 'class="atlas__ring"' in drawn
    legend = html[html.index("atlas__legend") :]
    assert [legend.index(words) > 0 for words in (
        "city, metropolis or district", "capital of its country", "association or associate",
    )] == [True] * 3  # fmt: skip


def test_map_2_every_mark_has_its_name_and_a_title(client):
    make_three()

    told = "Kazan, Russia. City, population 1,300,000"
    assert (
        f'<a href="/en/members/kazan/" aria-label="{told}"><title>{told}</title>'
        in client.get(PAGE).content.decode()
    )


def test_map_1_city_without_coordinates_is_listed_counted_and_a_task(client, lead):
    make_three()
    make_member("osh", "Ош", "Osh", population=300_000)

    html = client.get(PAGE).content.decode()

    assert "4 members today." in html
    assert "2,600,000 people live in those whose population is known." in html
    apart = html[html.index('id="apart"') : html.index('id="growth"')]
    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', apart) == [("/en/members/osh/", "Osh")]
    assert "Osh" not in links(html)
    task = next(one for one in workqueue.queues_for(lead) if "place=none" in one.url)
    assert task.count == 1
    client.force_login(lead)
    listed = client.get(task.url).context["cl"].result_list
    assert [member.slug for member in listed] == ["osh"]


def test_map_4_page_calls_no_outside_address(client):
    make_three()

    html = client.get(PAGE).content.decode()

    outside = r'(?:src|srcset|href)="(?:https?:)?//'
    assert re.findall(rf"<(?:script|img|image|iframe|use|source)\b[^>]*\b{outside}", html) == []
    assert re.findall(rf'<link rel="(?:stylesheet|preload|icon)"[^>]*\b{outside}', html) == []
    programs = re.findall(r"<script(?! type=.application/ld\+json)", html[html.index("<main") :])
    assert programs == []


@pytest.mark.parametrize(
    ("year", "names", "words"),
    [
        ("2004", ["Kazan", "Union of cities"], "2 members at the end of 2004."),
        ("2010", ["Bishkek", "Kazan", "Union of cities"], "3 members at the end of 2010."),
        ("2026", ["Bishkek", "Kazan", "Union of cities"], "3 members today."),
    ],
)
def test_map_of_a_year_shows_the_members_of_that_year(client, year, names, words):
    make_three()

    html = client.get(f"{PAGE}?year={year}").content.decode()

    assert (links(html), words in html) == (names, True)


@pytest.mark.parametrize("year", ["2003", "2027", "-1", "x", "99999999999999999999"])
def test_map_of_no_year_tells_and_shows_today(client, year):
    make_three()

    html = client.get(f"{PAGE}?year={year}").content.decode()

    assert "The map is shown as of today." in html
    assert links(html) == ["Bishkek", "Kazan", "Union of cities"]


def test_growth_counts_every_year_since_the_first_members(client):
    make_three()
    left = make_member("tver", "Тверь", "Tver", is_member=False)
    make_period(left, ends_on=datetime.date(2012, 5, 31), ends_precision="day")

    growth = client.get(PAGE).context["growth"]

    counts = {year: count for year, count, _address, _shown in growth}
    assert [counts[year] for year in (2004, 2009, 2010, 2011, 2012, 2026)] == [3, 3, 4, 4, 3, 3]
    assert list(counts) == list(range(2004, 2027))


def test_part_of_the_map_is_enlarged_without_scripts(client):
    make_three()

    html = client.get(f"{PAGE}?part=central-asia&year=2015").content.decode()

    assert links(html) == ["Bishkek"]
    assert 'aria-label="Map of the members: Central Asia"' in html
    assert '<a class="chip" href="?year=2015&amp;part=central-asia" aria-current="true">' in html
    assert len(cells(html)) == 3
    assert links(client.get(f"{PAGE}?part=moon").content.decode()) == [
        "Bishkek", "Kazan", "Union of cities",
    ]  # fmt: skip


def test_map_of_a_year_bears_the_names_of_that_year(client):
    member = make_member("astana", "Астана", "Astana", longitude=71.4, latitude=51.2)
    member.names.update(starts_on=datetime.date(2022, 9, 17))
    MemberName.objects.create(
        member=member, name_en="Nur-Sultan", starts_on=datetime.date(2019, 3, 23),
        ends_on=datetime.date(2022, 9, 16),
    )  # fmt: skip

    assert links(client.get(f"{PAGE}?year=2020").content.decode()) == ["Nur-Sultan"]
    assert links(client.get(PAGE).content.decode()) == ["Astana"]


@pytest.mark.parametrize("count", [1, 40])
def test_map_asks_as_often_for_many(client, django_assert_num_queries, count):
    for number in range(count):
        make_member(f"city-{number}", f"Город {number}", f"City {number}",
                    longitude=40 + number, latitude=50)  # fmt: skip

    with django_assert_num_queries(2):
        client.get(PAGE)


def test_map_without_members_is_empty(client):
    html = client.get(PAGE).content.decode()

    assert "0 members today." in html
    assert links(html) == []


def test_enlarged_part_stays_within_the_drawing():
    for place in ((19, 70), (180, 72), (60, 30), (92, 52)):
        window = atlas.near(*place)
        assert 0 <= window.left <= 1000 - window.width
        assert 0 <= window.top <= 600 - window.height


def test_names_on_the_map_cover_no_dot():
    spots = [
        atlas.Spot("Kazan", "Kazan", "/k/", 49.11, 55.79, weight=9),
        atlas.Spot("Near", "Near", "/n/", 50.3, 55.7, weight=1),
    ]

    drawn = atlas.linked_svg(spots, "Map", atlas.Window())

    x, _y = spots[0].point
    place = re.search(r'<text class="([^"]*)" x="([\d.]+)" y="[\d.]+">Kazan</text>', drawn)
    assert place.group(1) == "t-end"
    assert float(place.group(2)) < x

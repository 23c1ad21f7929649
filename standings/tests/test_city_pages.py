"""The page of one city, the comparison, the blocks that other pages show."""

import re
from itertools import pairwise

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from content.models import SearchEntry
from members.tests.factories import make_country, make_member
from questionnaires.models import Answer, Response
from ratings.models import Indicator
from ratings.tests.factories import make_full_edition
from standings import charts, wording
from standings.comparing_cities import finding
from standings.listing import Row
from standings.models import Points, Standing
from standings.tests.factories import HOUR, make_answered, make_known, make_sealed
from standings.tests.test_results_page import address, rows, with_four

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(db):
    return make_sealed().edition


def read(client, edition, name: str, *more: str, query: str = "") -> str:
    with translation.override("en"):
        page = client.get(address(edition, name, *more) + query)
    assert page.status_code == 200
    return page.content.decode().replace("\xa0", " ")


def drawn(template: str, **values) -> str:
    with translation.override("en"):
        html = Template("{% load standings_tags %}" + template).render(Context(values))
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# --- one city ---


def test_city_page_says_its_places_with_how_many_they_are_of(client, edition):
    html = read(client, edition, "city", "khabarovsk")
    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html)
    assert facts[:4] == [
        ("Common table", "3rd place of 3"), ("Class “medium”", "3rd place of 3"),
        ("Members alone", "2nd place of 2"), ("Score", "0.00"),
    ]  # fmt: skip
    assert "In 9 of 10 recalculations with other weights the city stood in 3rd place." in html


def test_city_page_holds_directions_against_the_median_of_the_class(client, edition):
    html = read(client, edition, "city", "bishkek")
    assert rows(html.split('class="table table--stack profile')[1]) == [
        ["Direction P", "100.00", "75.00", "1"], ["Direction E", "100.00", "60.00", "1"],
    ]  # fmt: skip
    assert "Furthest above the median: Direction E, by 40.00." in html


def test_city_page_shows_its_places_of_other_years(client, edition):
    before = make_full_edition(rating=edition.rating, year=2016, kind="known", opened_at=None)
    make_known(before, Standing.objects.get(member__slug="khabarovsk").member, 5)
    cache.clear()
    html = read(client, edition, "city", "khabarovsk")
    assert "From 5th place in 2016 to 3rd place in 2026" in html
    assert [row[0::2] for row in rows(html.split('id="years"')[1])] == [
        ["2026", "3rd place, 3rd place in the class “medium”"], ["2016", "5th place"]
    ]  # fmt: skip
    assert html.count('class="chart__dot chart__dot--hi"') == 4  # two places, wide and narrow
    past = read(client, before, "city", "khabarovsk")
    assert "By direction" not in past
    assert 'href="https://example.org/bulletin"' in past


def test_guest_without_a_record_has_a_page_of_its_own(client):
    edition = make_full_edition(closes_at=timezone.now() - HOUR, admits_guests=True)
    make_answered(edition)
    guest = Response.objects.create(
        edition=edition, name_ru="Бейт-Джала", name_en="Beit Jala", is_guest=True,
        country=make_country("PS", "Палестина", "Palestine"), population=12_000,
        state="submitted", submitted_at=timezone.now(),
    )  # fmt: skip
    for indicator in Indicator.objects.filter(edition=edition):
        Answer.objects.create(response=guest, indicator=indicator, number=1)
    make_sealed(edition)
    html = read(client, edition, "city", f"guest-{guest.pk}")
    assert "<h1>Beit Jala</h1>" in html
    assert "guest of the rating" in html
    assert "Page of the city" not in html
    assert f'href="guest-{guest.pk}/"' in read(client, edition, "results")


def test_city_without_a_place_has_no_page(client, edition):
    make_member("omsk")
    missing = [address(edition, "city", key) for key in ("omsk", "guest-999999", "nowhere")]
    assert [client.get(one).status_code for one in missing] == [404, 404, 404]


def test_rat_7_public_pages_never_read_points(client, edition):
    assert Points.objects.exists()
    with CaptureQueriesContext(connection) as caught:
        for name, more in [("results", ()), ("city", ("bishkek",)), ("compare", ()), ("data", ())]:
            read(client, edition, name, *more)
    asked = [one["sql"] for one in caught.captured_queries]
    forbidden = ("standings_points", "questionnaires_answer")
    assert [sql for sql in asked if any(table in sql for table in forbidden)] == []


@pytest.mark.parametrize("years", [1, 6])
def test_city_page_costs_the_same_however_long_its_history_is(
    client, edition, years, django_assert_max_num_queries
):
    member = Standing.objects.get(member__slug="bishkek").member
    for number in range(years):
        before = make_full_edition(
            rating=edition.rating, year=2010 + number, kind="known", opened_at=None
        )
        make_known(before, member, number + 1)
    cache.clear()
    with django_assert_max_num_queries(10):
        read(client, edition, "city", "bishkek")


# --- comparison ---


def test_cities_are_compared_side_by_side(client, edition):
    html = read(client, edition, "compare", query="?city=bishkek&city=khabarovsk")
    assert rows(html.split('class="table table--stack duel')[1]) == [
        ["Size class", "medium", "medium"], ["Place", "1st place", "3rd place"],
        ["Likely places", "1", "3"], ["Place in the class", "1st place", "3rd place"],
        ["Score", "100.00", "0.00"], ["Direction P", "100.00", "0.00"],
        ["Direction E", "100.00", "0.00"],
    ]  # fmt: skip
    assert "Bishkek stands above Khabarovsk, with other weights as well." in html


def test_nobody_chosen_shows_two_fields_and_all_cities(client, edition):
    html = read(client, edition, "compare")
    assert html.count("<select") == 2
    assert re.findall(r'<option value="(.*?)"', html) == ["", "bishkek", "izmir", "khabarovsk"] * 2


def test_unknown_cities_and_more_than_four_are_said(client):
    edition = with_four("osaka")
    html = read(client, edition, "compare", query="?city=omsk&city=moon&city=omsk")
    assert "One of the cities asked for has no place in this edition." in html
    assert html.count('class="compared__out"') == 1
    keys = ["omsk", "tver", "aktau", "osh", "osaka"]
    html = read(client, edition, "compare", query="?" + "&".join(f"city={one}" for one in keys))
    assert "Four cities fit side by side. The first four are shown." in html
    assert re.findall(r'href="../(.*?)/"', html) == keys[:4]
    assert html.count("<select") == 0


def test_overlapping_ranges_are_said_to_be_uncertain():
    def row(name, place, low, high):
        return Row(
            pk=place, edition=1, member=None, key=name, name=name, lang="", country="",
            class_code="", class_title="", is_guest=False, score=1.0, place=place, low=low,
            high=high, directions={}, columns={},
        )  # fmt: skip

    with translation.override("en"):
        found = [
            finding([row("Osh", 2, 1.5, 4.0), row("Omsk", 1, 1.0, 2.2)]),
            finding([row("Osh", 2, 2.0, 2.0), row("Omsk", 1, 1.0, 1.0)]),
            finding([row("Osh", 1, None, None), row("Omsk", 1, 1.0, 1.0)]),
        ]
    assert found == [
        "Omsk stands above Osh, but their likely places overlap: the order of the two is not "
        "certain.",
        "Omsk stands above Osh, with other weights as well.",
        "Osh and Omsk share a place.",
    ]


# --- words and charts ---


def test_likely_places_are_never_narrower_than_the_percentiles():
    assert [wording.likely(*one) for one in [(3.6, 9.2), (1.0, 1.0), (0.4, 2.0)]] == [
        "3–10", "1", "1–2"
    ]  # fmt: skip
    with translation.override("en"):
        assert wording.likely_sentence(3.6, 9.2) == (
            "In 9 of 10 recalculations with other weights the city stood between 3rd and 10th "
            "place."
        )


def test_bump_has_a_gap_where_a_place_is_not_known():
    svg = charts.bump({"Os<h": [3, None, 1, 2]}, ["2015", "2016", "2018", "2019"], None)
    path = re.search(r'<path class="chart__line chart__line--1" d="([^"]*)"', svg).group(1)
    assert path.count("M") == 2
    assert "Os&lt;h" in svg
    assert "style=" not in svg


def test_bump_shows_equal_places_and_keeps_their_names_apart():
    shared = {"A": [1, 7], "B": [2, 7], "C": [None, 6]}
    svg = charts.bump(shared, ["2019", "2024"], None)
    names = re.findall(r'<text class="t-name--\d" x="\S+" y="(\S+)">([^<]*)', svg)
    heights = sorted(float(y) for y, _name in names)
    assert [name for _y, name in names] == ["7 A", "7 B", "6 C"]
    assert all(b - a > 15 for a, b in pairwise(heights))
    assert re.findall(r'cx="516" cy="257" r="(\d+)"', svg) == ["10", "6"]
    assert "chart__num" not in svg
    apart = charts.bump({"A": [1, 7], "B": [2, 5]}, ["2019", "2024"], None)
    assert apart.count("chart__num") == 4


def test_dumbbell_of_equal_scores_shows_every_city():
    svg = charts.dumbbells([("All", [50.0, 50.0, 10.0])], 0, 100, 340)
    assert sorted(re.findall(r' r="(\d+)"', svg)) == ["10", "7", "7"]


def test_bump_of_many_places_stays_as_high_as_of_twelve():
    heights = [
        re.search(r'viewBox="0 0 \d+ ([\d.]+)"', charts.bump({"A": [1, last]}, ["1", "2"], "A"))
        for last in (12, 500)
    ]
    assert heights[0].group(1) == heights[1].group(1)


# --- blocks of other pages ---


def test_blocks_of_other_pages(edition):
    member = Standing.objects.get(member__slug="khabarovsk").member
    hidden = make_full_edition()
    assert drawn("{% edition_results_line e %}", e=edition) == (
        "First places: 1. Bishkek , 2. Izmir , 3. Khabarovsk . Results of 2026"
    )
    assert drawn("{% edition_results_line e %}", e=hidden) == ""
    assert drawn("{% edition_tabs e 'results' %}", e=edition) == (
        "About the edition Results Compare cities Open data"
    )
    assert drawn("{% edition_tabs e %}", e=hidden) == ""
    assert drawn("{% city_ratings m %}", m=member) == (
        f"Places in ratings 2026 {edition.title_en} : 3rd place, 3rd place in the class “medium”"
    )
    assert edition.title_en in drawn("{% latest_results %}")


def test_lines_of_many_editions_cost_two_queries(edition, django_assert_num_queries):
    cache.clear()
    with django_assert_num_queries(2):
        for _number in range(5):
            drawn("{% edition_results_line e %}", e=edition)


def test_results_are_found_by_the_name_of_a_city(edition):
    found = SearchEntry.objects.filter(url__endswith="/results/")
    assert sorted(found.values_list("language", "url")) == [
        (code, f"/{code}/ratings/{edition.rating.slug}/{edition.slug}/results/")
        for code in ("en", "ru")
    ]  # fmt: skip
    assert found.get(language="en").text == "Bishkek, Izmir, Khabarovsk"


def test_sitemap_has_results(client, edition):
    page = client.get(reverse("sitemap")).content.decode()
    assert f"/en{address(edition)[3:]}</loc>" in page

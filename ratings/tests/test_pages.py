"""The public pages of ratings: lists, an edition with its questions and method, what is hidden."""

import datetime
import zoneinfo
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from members.models import Country
from ratings.models import Edition, Scale, ScaleStep, Zone
from ratings.tests.factories import (
    make_edition,
    make_full_edition,
    make_group,
    make_indicator,
    make_rating,
)

pytestmark = pytest.mark.django_db
KAZAN = zoneinfo.ZoneInfo("Europe/Moscow")
DAY = datetime.timedelta(days=1)


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.text.replace("\xa0", " ").split())


@pytest.fixture
def rating():
    return make_rating(slug="activity", title_en="Rating of activity", title_ru="Рейтинг дел")


@pytest.fixture
def edition(rating):
    return make_full_edition(
        rating=rating, slug="2026", title_en="Rating 2026", title_ru="Рейтинг — 2026",
        period_starts_on=datetime.date(2024, 1, 1), period_ends_on=datetime.date(2025, 12, 31),
        closes_at=datetime.datetime(2100, 3, 31, 20, 59, tzinfo=datetime.UTC),
    )  # fmt: skip


def test_list_says_which_questionnaire_is_open_and_until_when(client, edition):
    make_edition(edition.rating, slug="2015", year=2015, kind="known", title_en="Rating 2015",
                 opened_at=None)  # fmt: skip
    text = page(client, "/en/ratings/")
    assert "Questionnaire open until 31 March 2100" in text
    assert "31 March 2100, 23:59 Kazan time (UTC+3)" in text
    assert '<a href="/en/ratings/activity/2026/">Rating 2026</a>' in text
    assert text.index('<span class="rows__year">2026') < text.index('<span class="rows__year">2015')


def test_list_without_ratings_says_so(client):
    assert "No rating is published yet." in page(client, "/en/ratings/")


def test_list_and_pages_hide_what_is_not_public(client, edition):
    hidden = make_edition(edition.rating, slug="secret", title_en="Secret one", status="draft",
                          published_at=None)  # fmt: skip
    later = make_edition(edition.rating, slug="later", title_en="Later one",
                         published_at=timezone.now() + DAY)  # fmt: skip
    draft = make_rating(slug="draft", title_en="Draft rating", status="draft", published_at=None)
    make_edition(draft, slug="inside")
    for address in ["/en/ratings/", "/en/ratings/activity/"]:
        text = page(client, address)
        assert ("Secret one" in text, "Later one" in text, "Draft rating" in text) == (
            False, False, False,
        )  # fmt: skip
    for one in [hidden, later]:
        assert client.get(f"/en/ratings/activity/{one.slug}/").status_code == 404
    assert client.get("/en/ratings/draft/").status_code == 404
    assert client.get("/en/ratings/draft/inside/").status_code == 404
    assert client.get("/en/ratings/other/2026/").status_code == 404


def test_rating_page_lists_its_editions_with_period(client, edition):
    text = page(client, "/en/ratings/activity/")
    assert "<h1>Rating of activity</h1>" in text
    assert "Period: 2024–2025" in text
    assert '<a href="/en/ratings/activity/2026/">Rating 2026</a>' in text


def test_edition_page_has_dates_by_its_own_clock(client, edition):
    Edition.objects.filter(pk=edition.pk).update(time_zone="Asia/Bishkek")
    text = page(client, "/en/ratings/activity/2026/")
    assert "1 April 2100, 02:59 Bishkek time (UTC+6)" in text
    assert "<dt>Period asked about</dt><dd>2024–2025</dd>" in text


def test_edition_page_has_classes_zones_and_guests(client, edition):
    zone = Zone.objects.create(edition=edition, title_en="West Asia", is_guest=True)
    country, _made = Country.objects.get_or_create(
        code="TR", defaults={"name_ru": "Турция", "name_en": "Turkey"}
    )
    zone.countries.add(country)
    Edition.objects.filter(pk=edition.pk).update(admits_guests=True)
    text = page(client, "/en/ratings/activity/2026/")
    for words in ["below 100,000 inhabitants", "100,000 to 499,999 inhabitants",
                  "500,000 inhabitants and more"]:  # fmt: skip
        assert words in text
    assert f'West Asia (guests)<span class="sub">{country.name_en}</span>' in text
    assert "members are also ranked without them" in text


def test_edition_page_has_the_questions_with_their_weights(client, edition):
    scale = Scale.objects.create(edition=edition, title_en="Often")
    for order, word in enumerate(["never", "always"], 1):
        ScaleStep.objects.create(scale=scale, label_en=word, value=order, order=order)
    top = edition.groups.get(code="P")
    part = make_group(edition, "PA", parent=top, title_en="A part", weight=Decimal(1))
    make_indicator(part, "PA1", kind="scale", scale=scale, is_reversed=True)
    make_indicator(part, "PA2", kind="text", weight=Decimal(0))
    make_indicator(part, "PA3", denominator="population", per=Decimal(1000), weight=Decimal(3))
    text = page(client, "/en/ratings/activity/2026/")
    # P weighs 2 of 3; below it P1 0.6, P2 0.4 and the part 1, which is halved by 1 and 3.
    assert "Direction P</b><span>66.7 %</span>" in text
    rows = {row.split("</span>")[0]: row for row in text.split('<span class="rating-code">')[1:]}
    assert "20 %" in rows["P1"]
    assert "13.3 %" in rows["P2"]
    assert "8.3 %" in rows["PA1"]
    assert "Answers to choose from: never; always" in rows["PA1"]
    assert "Less is better" in rows["PA1"]
    assert ">—</td>" in rows["PA2"]
    assert "25 %" in rows["PA3"]
    assert "per 1,000 inhabitants" in rows["PA3"]
    assert "33.3 %" in rows["E1"]


def test_edition_page_has_the_method_in_sentences(client, edition):
    text = page(client, "/en/ratings/activity/2026/")
    assert "<li>Within a direction the questions are averaged by their weights.</li>" in text


def test_questions_and_method_are_kept_back_until_the_questionnaire_opens(client, edition):
    Edition.objects.filter(pk=edition.pk).update(opened_at=None)
    text = page(client, "/en/ratings/activity/2026/")
    assert "The questions are published when the questionnaire opens." in text
    assert ("Question P1" in text, "Step by step" in text) == (False, False)
    assert "Being prepared" in text


def test_past_edition_names_its_source_and_asks_nothing(client, rating):
    make_edition(rating, slug="2015", kind="known", opened_at=None, opens_at=None, closes_at=None,
                 source="The Times, 2015", source_url="https://example.org/2015")  # fmt: skip
    text = page(client, "/en/ratings/activity/2015/")
    assert '<a href="https://example.org/2015" rel="noopener">The Times, 2015</a>' in text
    assert ("What is asked" in text, "Answers until" in text) == (False, False)


def test_invented_edition_says_so(client, edition):
    assert "invented for the demonstration" not in page(client, "/en/ratings/activity/2026/")
    Edition.objects.filter(pk=edition.pk).update(is_invented=True)
    cache.clear()
    assert "This edition is invented for the demonstration" in page(
        client, "/en/ratings/activity/2026/"
    )


def test_edition_in_the_other_language_is_marked(client, rating):
    make_full_edition(rating=rating, slug="ru", title_en="", body_ru="<p>Текст</p>")
    text = page(client, "/en/ratings/activity/ru/")
    assert '<meta name="robots" content="noindex">' in text


def queries(client, address, django_assert_max_num_queries, most: int) -> int:
    cache.clear()
    with django_assert_max_num_queries(most) as counted:
        page(client, address)
    return len(counted)


def test_pages_ask_the_same_number_of_queries_with_many(
    client, edition, django_assert_max_num_queries
):
    # One each for the address in the footer, where nothing is remembered; an edition has links.
    addresses = {"/en/ratings/": 5, "/en/ratings/activity/": 6, "/en/ratings/activity/2026/": 10}
    few = {one: queries(client, one, django_assert_max_num_queries, most)
           for one, most in addresses.items()}  # fmt: skip
    for number in range(8):
        make_edition(edition.rating, slug=f"e{number}", year=2000 + number)
        group = make_group(edition, f"G{number}")
        Zone.objects.create(edition=edition, title_en=f"Zone {number}")
        scale = Scale.objects.create(edition=edition, title_en="Often")
        ScaleStep.objects.create(scale=scale, label_en="never", value=0)
        for code in ("A", "B", "C"):
            make_indicator(group, f"G{number}{code}", kind="scale", scale=scale)
    many = {one: queries(client, one, django_assert_max_num_queries, most)
            for one, most in addresses.items()}  # fmt: skip
    assert many == few


def test_search_finds_ratings_and_editions(client, edition):
    text = page(client, "/en/search/?q=activity")
    assert "/en/ratings/activity/" in text
    assert "/en/ratings/activity/2026/" in page(client, "/en/search/?q=Rating+2026")


def test_sitemap_and_menu_name_the_ratings(client, edition):
    text = client.get("/sitemap.xml").text
    if "<sitemapindex" in text:
        text = "".join(
            client.get(f"/sitemap-{name}.xml").text
            for name in ("ratings", "editions-of-ratings", "lists")
        )
    assert "/en/ratings/activity/2026/" in text
    assert 'href="/en/ratings/" aria-current="page">Ratings</a>' in page(client, "/en/ratings/")

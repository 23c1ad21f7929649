"""The front page, the search page, simple pages, and what machines read."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from content.models import Page
from events.tests.factories import make_event
from members.tests.factories import make_country, make_member
from news.tests.factories import make_article

pytestmark = pytest.mark.django_db


def address(name: str, *args, language: str = "ru") -> str:
    with translation.override(language):
        return reverse(name, args=args)


def make_page(slug: str = "about", **fields) -> Page:
    values = {
        "title_ru": "О нас",
        "title_en": "About us",
        "body_ru": "<p>Города.</p>",
        "body_en": "<p>Cities.</p>",
        "status": "published",
        "published_at": timezone.now() - datetime.timedelta(hours=1),
    }
    return Page.objects.create(slug=slug, **{**values, **fields})


@pytest.mark.parametrize(
    ("header", "target"),
    [("ru,en;q=0.5", "/ru/"), ("en-GB,en", "/en/"), ("de", "/ru/"), ("", "/ru/")],
)
def test_bare_address_leads_to_the_readers_language(client, header, target):
    response = client.get("/", headers={"Accept-Language": header})

    assert (response.status_code, response.headers["Location"]) == (302, target)
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_front_page_shows_figures_events_and_news(client, language):
    make_member(slug="kazan")
    make_member(slug="osh", name_ru="Ош", name_en="Osh", country=make_country("KG", "К", "K"))
    make_member(slug="izmir", name_ru="Измир", name_en="Izmir", is_member=False)
    make_article()
    make_event()

    response = client.get(address("home", language=language))

    assert response.context["figures"] == {"members": 2, "countries": 2}
    shown = response.content.decode()
    assert "/events/" in shown
    assert "/news/retreat/" in shown


def test_front_page_stands_without_any_content(client):
    assert client.get("/ru/").status_code == 200


@pytest.mark.parametrize("name", ["about", "contacts"])
def test_simple_pages_and_their_absence(client, name):
    assert client.get(address(name)).status_code == 404
    make_page(name)
    assert client.get(f"{address(name)}?2").status_code == 200


def test_lng_3_page_in_one_language_says_so(client):
    make_page(title_en=None, body_en=None)

    shown = client.get(address("about", language="en")).content.decode()

    assert "There is no English translation yet." in shown
    assert '<div lang="ru"><p>Города.</p></div>' in shown
    assert '<meta name="robots" content="noindex">' in shown


def test_search_page_finds_every_kind(client):
    make_member(slug="kazan", name_ru="Казань", name_en="Kazan")
    make_article(title_ru="Казань принимает гостей")
    make_event(title_ru="Встреча в Казани")
    make_page(title_ru="Казань и мы")

    response = client.get(address("search"), {"q": "казань"})

    assert response.context["found"].total == 4
    assert sorted(tab["code"] for tab in response.context["tabs"]) == [
        "article", "event", "member", "page",
    ]  # fmt: skip
    narrowed = client.get(address("search"), {"q": "казань", "kind": "event"})
    assert [hit["entry"].title for hit in narrowed.context["hits"]] == ["Встреча в Казани"]


def test_search_page_query_count(client, django_assert_max_num_queries):
    for number in range(12):
        make_article(f"item-{number}", title_ru=f"Казань {number}")
    client.get(address("search"), {"q": "казань"})

    with django_assert_max_num_queries(3):
        response = client.get(address("search"), {"q": "казань", "page": "2"})

    assert len(response.context["hits"]) == 2


@pytest.mark.parametrize(
    "query", ["", "а", "%", '"', "<script>alert(1)</script>", "🙂", "x" * 5000, "a\x00b", "* & |"]
)
def test_odd_searches_get_an_answer(client, query):
    response = client.get(address("search"), {"q": query})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_robots_names_the_map(client):
    shown = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in shown
    assert "Disallow: /admin/" in shown


def test_map_lists_what_is_public_in_the_languages_it_exists_in(client):
    make_article("both")
    make_article("only-ru", title_en=None, lead_en=None, body_en=None)
    make_article("later", published_at=timezone.now() + datetime.timedelta(hours=1))
    make_article("draft", status="draft")

    shown = client.get("/sitemap.xml").content.decode()

    news = re.findall(r"<loc>http://testserver/(\w\w)/news/([\w-]+)/</loc>", shown)
    assert sorted(news) == [("en", "both"), ("ru", "both"), ("ru", "only-ru")]
    assert 'hreflang="en"' in shown


def test_process_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert response.json() == {"status": "ok"}


def test_readiness_reports_cache_and_worker(client):
    assert client.get("/readyz").json() == {"database": "ok", "cache": "ok", "worker": "silent"}


def test_language_switch_keeps_page_and_query(client):
    make_article("retreat")

    shown = client.get(f"{address('news:list')}?page=1").content.decode()

    assert 'href="/en/news/?page=1"' in shown

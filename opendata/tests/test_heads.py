"""What search engines and social networks read of a page."""

import io
import json
import re

import pytest
from django.core.cache import cache
from PIL import Image

from awards.tests.factories import make_award
from content import structured
from content.templatetags.jsonld_tags import jsonld
from events.tests.factories import make_event
from laureates.tests.factories import make_laureate
from library.tests.factories import make_publication
from members.tests.factories import make_member
from news.tests.factories import make_article
from opendata import cards
from practices.tests.factories import make_practice

pytestmark = pytest.mark.django_db
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def described(client, address: str) -> dict[str, dict]:
    """The descriptions of a page by their type."""
    found = []
    for text in SCRIPT.findall(client.get(address).text):
        data = json.loads(text)
        found += data if isinstance(data, list) else [data]
    return {thing["@type"]: thing for thing in found}


def test_text_cannot_leave_the_element():
    thing = structured.described({"@type": "Thing", "name": "</script><b>&\u2028"})
    written = jsonld(thing)

    assert written.count("<") == 2
    assert json.loads(SCRIPT.search(written)[1]) == thing


def test_article_and_event_are_described_in_the_language_of_the_page(client):
    article = make_article(cover=None)
    make_event(mode="online", status="postponed", place_ru="", place_en="")
    news = described(client, f"/en/news/{article.slug}/")["NewsArticle"]
    event = described(client, "/ru/events/congress/")["Event"]

    assert (news["headline"], news["inLanguage"], news["url"]) == (
        article.title_en, "en", "http://testserver/en/news/retreat/",
    )  # fmt: skip
    assert (event["name"], event["eventStatus"], event["eventAttendanceMode"]) == (
        "Конгресс местных властей", "https://schema.org/EventPostponed",
        "https://schema.org/OnlineEventAttendanceMode",
    )  # fmt: skip


def test_home_names_the_association_and_a_deep_page_its_way(client):
    make_publication()
    home = described(client, "/en/")
    deep = described(client, "/en/library/report-2025/")["BreadcrumbList"]

    assert home["Organization"]["url"] == "http://testserver/en/"
    assert [step["name"] for step in deep["itemListElement"]][:2] == ["Home", "Library"]


def test_shared_page_has_title_and_picture_of_its_language(client):
    make_article(title_en='Say "yes" & <go>')
    page = client.get("/en/news/retreat/").text

    assert '<meta property="og:title" content="Say &quot;yes&quot; &amp; &lt;go&gt;">' in page
    assert 'property="og:image" content="http://testserver/og/news/retreat.en.png"' in page
    assert 'name="twitter:card" content="summary_large_image"' in page
    assert "/og/site/home.ru.png" in client.get("/ru/news/").text


def test_pages_of_one_person_are_not_for_sharing(client, make_representative):
    client.force_login(make_representative(make_member()))

    assert "og:title" not in client.get("/ru/cabinet/kazan/").text


@pytest.mark.parametrize("address", ["news/retreat.ru", "members/kazan.en", "site/home.ru"])
def test_picture_is_a_png_of_the_usual_size(client, address):
    make_article()
    make_member()
    response = client.get(f"/og/{address}.png")

    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert len(response.content) < 100_000


@pytest.mark.parametrize(
    "address", ["news/nothing.ru", "what/retreat.ru", "news/retreat.de", "site/other.ru",
                "laureates/99999999999999999999.en"]
)  # fmt: skip
def test_nobody_makes_us_draw_what_they_like(client, address):
    make_article()

    assert client.get(f"/og/{address}.png").status_code == 404


def test_picture_is_drawn_once_and_anew_with_another_title(client, monkeypatch):
    article = make_article()
    drawn = []
    monkeypatch.setattr(cards, "_drawn", lambda *words: drawn.append(words[1]) or b"png")
    first = client.get("/og/news/retreat.en.png")
    again = client.get("/og/news/retreat.en.png", headers={"If-None-Match": first.headers["ETag"]})
    client.get("/og/news/retreat.en.png")
    article.title_en = "Another"
    article.save()
    client.get("/og/news/retreat.en.png")
    cache.clear()

    assert (again.status_code, len(drawn), drawn[-1]) == (304, 2, "Another")


def test_a_long_title_fits_and_ends_in_an_ellipsis():
    font, lines = cards.fitted("Очень длинное название " * 40)
    short, one = cards.fitted("Казань")

    assert (font.size, lines[-1][-1], short.size, one) == (40, "…", 76, ["Казань"])
    assert max(font.getlength(line) for line in lines) <= 1200 - 2 * 72


def test_a_large_site_has_a_map_for_each_section(client, monkeypatch):
    make_article()
    whole = client.get("/sitemap.xml").text
    monkeypatch.setattr("uclg_portal.machines.MOST_ADDRESSES", 3)
    index = client.get("/sitemap.xml").text

    assert "<urlset" in whole
    assert "http://testserver/sitemap-news.xml" in index
    assert "/ru/news/retreat/" in client.get("/sitemap-news.xml").text
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_city_shows_its_own_achievements_in_a_frame(client):
    kazan = make_member()
    make_laureate(make_award(), member=kazan, title_en="Kazan", title_ru="Казань")
    make_practice(kazan, title_en="Quiet streets")
    whole = client.get("/en/members/kazan/embed/").text
    own = client.get("/en/members/kazan/embed/?show=achievements").text

    assert ("<h2>Chronicle</h2>" in whole, "<h2>Achievements</h2>" in own) == (True, True)
    assert own.count("<li>") == 2
    assert "Quiet streets" in own

"""The public pages of the news."""

import datetime
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from content import pictures
from content.models import Picture
from content.tests.factories import make_picture, make_topic
from members.tests.factories import make_member
from news.models import Photo
from news.tests.factories import make_article

pytestmark = pytest.mark.django_db


def address(name: str, *args, language: str = "ru") -> str:
    with translation.override(language):
        return reverse(f"news:{name}", args=args)


def illustrated(slug: str):
    """An article with all that a list shows of it."""
    picture = make_picture()
    pictures.make_renditions(picture)
    article = make_article(slug, cover=picture)
    article.topics.add(make_topic(f"topic-{slug}"))
    article.members.add(make_member(slug=f"city-{slug}"))
    Photo.objects.create(article=article, picture=picture)
    return article


@pytest.mark.parametrize("count", [1, 18])
def test_list_query_count_does_not_grow(client, django_assert_num_queries, count):
    for number in range(count):
        illustrated(f"item-{number}")
    # The total; the rows with their covers; renditions; topics; years and topics of the archive;
    # the address in the footer is kept.
    with django_assert_num_queries(5):
        client.get(address("list"))
    with django_assert_num_queries(0):  # written cards are remembered until the content changes
        response = client.get(f"{address('list')}?not-kept")

    assert response.context["paginator"].count == count


def test_list_shows_published_news_newest_first_and_nothing_hidden(client):
    now = timezone.now()
    make_article("old", published_at=now - datetime.timedelta(days=9))
    make_article("new", published_at=now - datetime.timedelta(days=1))
    make_article("draft", status="draft")
    make_article("withdrawn", status="withdrawn")
    make_article("scheduled", published_at=now + datetime.timedelta(minutes=1))

    response = client.get(address("list"))

    assert [article.slug for article in response.context["object_list"]] == ["new", "old"]


def test_topic_and_year_narrow_the_list_and_stay_in_links(client):
    culture = make_topic("culture")
    for number in range(19):
        make_article(f"a-{number}").topics.add(culture)
    make_article("other")

    response = client.get(address("list"), {"topic": "culture"})

    assert response.context["paginator"].count == 19
    assert "?topic=culture&page=2" in unescape(response.content.decode())


@pytest.mark.parametrize("query", ["page=999999", "page=0", "page=x"])
def test_page_that_is_not_there_is_not_found(client, query):
    make_article()

    assert client.get(f"{address('list')}?{query}").status_code == 404


def test_unknown_filter_value_is_said_beside_its_field(client):
    make_article()

    response = client.get(address("list"), {"topic": "'; drop table", "year": "x"})

    assert response.status_code == 200
    assert sorted(response.context["filters"].errors) == ["topic", "year"]


def test_nws_1_scheduled_item_is_public_at_its_moment_and_not_before(client, editor):
    moment = timezone.now() + datetime.timedelta(hours=1)
    article = make_article("morning", published_at=moment)
    page, preview = address("detail", "morning"), address("preview", "morning")

    assert client.get(page).status_code == 404
    assert client.get(preview).status_code == 302
    client.force_login(editor)
    assert client.get(page).status_code == 404
    shown = client.get(preview)
    assert shown.status_code == 200
    assert "no-store" in shown.headers["Cache-Control"]

    client.logout()
    article.published_at = timezone.now()
    article.save(update_fields=["published_at"])
    assert client.get(page).status_code == 200


def test_nws_1_all_pages_show_it_within_a_minute_by_the_clock(client, monkeypatch):
    now = timezone.now()
    make_article("earlier", published_at=now - datetime.timedelta(days=1))
    make_article("morning", published_at=now + datetime.timedelta(seconds=90))
    pages = [address("list"), address("feed"), address("detail", "earlier"), "/ru/"]
    for page in pages:
        assert "/news/morning/" not in client.get(page).content.decode(), page

    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(seconds=150))

    for page in pages:
        assert "/news/morning/" in client.get(page).content.decode(), page
    assert client.get(address("detail", "morning")).status_code == 200


def test_nws_1_staff_elsewhere_read_both_clocks(client, editor):
    editor.time_zone = "Asia/Bishkek"
    editor.save()
    day = timezone.localdate() + datetime.timedelta(days=30)
    kazan = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))
    make_article("morning", published_at=kazan)
    client.force_login(editor)

    shown = client.get(reverse("admin:news_article_changelist")).content.decode()

    assert "09:00 по Казани (UTC+3)" in shown
    assert "12:00 по Бишкеку" in shown


def test_preview_is_for_staff_who_may_see_news(client, make_user):
    make_article("draft", status="draft")
    client.force_login(make_user("stranger@example.org"))

    assert client.get(address("preview", "draft")).status_code == 404


def test_lng_3_russian_only_item_on_the_english_page(client):
    make_article("only-ru", title_en=None, lead_en=None, body_en=None)

    shown = client.get(address("detail", "only-ru", language="en")).content.decode()

    assert '<html lang="en">' in shown
    assert '<span lang="ru">Ретрит завершён</span>' in shown.replace("\u00a0", " ")
    assert '<div lang="ru"><p>Первый абзац.</p>' in shown.replace("\u00a0", " ")
    assert "There is no English translation yet." in shown
    assert '<meta name="robots" content="noindex">' in shown


def test_public_page_sets_no_cookie_and_may_be_kept(client):
    make_article()

    response = client.get(address("detail", "retreat"))

    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" not in response.headers.get("Vary", "")


def test_kept_page_is_renewed_at_once_by_an_edit(client, django_capture_on_commit_callbacks):
    article = make_article()
    page = address("detail", "retreat")
    client.get(page)

    with django_capture_on_commit_callbacks(execute=True):
        article.title_ru = "Совсем другое"
        article.save()

    assert "Совсем" in client.get(page).content.decode()


def test_kept_page_costs_no_query_and_answers_304(client, django_assert_num_queries):
    make_article()
    page = address("detail", "retreat")
    etag = client.get(page).headers["ETag"]

    with django_assert_num_queries(0):
        assert client.get(page).status_code == 200
        assert client.get(page, headers={"If-None-Match": etag}).status_code == 304


def test_addresses_that_no_reader_asks_for_are_not_kept(client, django_assert_max_num_queries):
    make_article()
    for query in ("junk=1", "q=" + "x" * 300):
        response = client.get(f"{address('list')}?{query}")
        assert "ETag" not in response.headers


def test_lng_3_head_offers_only_the_languages_it_is_written_in(client):
    make_article("only-ru", title_en=None, lead_en=None, body_en=None)
    make_article("title-only-en", body_en=None)

    for slug in ("only-ru", "title-only-en"):
        shown = client.get(address("detail", slug)).content.decode()
        assert re.findall(r'hreflang="(\w+)" href="http', shown) == ["ru"], slug
    assert "/en/news/title-only-en/" not in client.get("/sitemap.xml").content.decode()


def test_feed_is_well_formed_and_holds_nothing_hidden(client):
    make_article("public", body_ru="<p>Да</p>")
    make_article("later", published_at=timezone.now() + datetime.timedelta(hours=1))
    make_article("draft", status="draft")

    response = client.get(address("feed"))

    text = response.content.decode()
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert text.count("<entry") == 1
    assert "http://testserver/ru/news/public/" in text


def test_gallery_shows_every_picture_with_its_caption(client):
    article = make_article()
    for number in (1, 2):
        picture = make_picture(alt_ru=f"Вид {number}", caption_ru=f"Подпись {number}")
        pictures.make_renditions(picture)
        Photo.objects.create(article=article, picture=picture, position=number)

    shown = client.get(address("detail", "retreat")).content.decode().replace("\u00a0", " ")

    assert [f"Подпись {n}" in shown and f'alt="Вид {n}"' in shown for n in (1, 2)] == [True] * 2
    assert Picture.objects.count() == 2


def test_chosen_topic_and_year_stay_chosen(client):
    article = make_article()
    article.topics.add(make_topic("culture"))
    year = timezone.localtime(article.published_at).year

    shown = client.get(address("list"), {"topic": "culture", "year": year}).content.decode()

    assert '<option value="culture" selected>' in shown
    assert f'<option value="{year}" selected>' in shown

"""Feeds of lists: clean in an outside parser, narrowed as the list is, honest at their end."""

import datetime

import feedparser
import pytest
from django.utils import timezone

from content.tests.factories import make_picture, make_topic
from events.tests.factories import make_event
from library.tests.factories import make_publication
from members.tests.factories import make_member
from news.tests.factories import make_article
from practices.tests.factories import make_practice

pytestmark = pytest.mark.django_db
LISTS = ("news", "events", "library", "practices")


@pytest.fixture
def culture(settings, tmp_path):
    """A topic with one record in every list, and others beside it."""
    settings.MEDIA_ROOT = tmp_path
    topic = make_topic()
    kazan = make_member()
    for slug in ("tagged", "plain"):
        records = [
            make_article(slug, cover=make_picture()), make_event(slug), make_publication(slug),
            make_practice(kazan, slug),
        ]  # fmt: skip
        for record in records if slug == "tagged" else []:
            record.topics.add(topic)
    return topic


@pytest.mark.parametrize("app", LISTS)
@pytest.mark.parametrize(("form", "version"), [("feed", "atom10"), ("rss", "rss20")])
def test_feed_is_clean_and_follows_the_filter(client, culture, app, form, version):
    whole = feedparser.parse(client.get(f"/ru/{app}/{form}/").content)
    narrowed = feedparser.parse(client.get(f"/en/{app}/{form}/?topic=culture").content)

    assert (whole.bozo, whole.version, len(whole.entries)) == (False, version, 2)
    assert (narrowed.bozo, [entry.link for entry in narrowed.entries]) == (
        False, [f"http://testserver/en/{app}/tagged/"],
    )  # fmt: skip
    assert narrowed.feed.link == f"http://testserver/en/{app}/?topic=culture"


def test_cover_of_an_article_is_attached(client, culture):
    feed = feedparser.parse(client.get("/ru/news/rss/").content)
    enclosure = feed.entries[0].enclosures[0]

    assert (enclosure.type, int(enclosure.length) > 0) == ("image/jpeg", True)
    assert enclosure.href.startswith("http://testserver/media/pictures/")


@pytest.mark.parametrize("app", LISTS)
def test_list_names_its_feeds_with_the_filter(client, culture, app):
    page = client.get(f"/en/{app}/?topic=culture").text
    unknown = client.get(f"/en/{app}/?topic=nothing").text

    assert 'type="application/atom+xml" title="' in page
    assert f'href="/en/{app}/feed/?topic=culture"' in page
    assert f'href="/en/{app}/rss/?topic=culture"' in page
    assert f'href="/en/{app}/feed/"' in unknown


def test_feed_of_a_topic_that_ended_says_so(client, culture, django_capture_on_commit_callbacks):
    ended = client.get("/en/news/feed/?topic=culture").status_code
    for article in culture.articles.all():
        article.status = "withdrawn"
        with django_capture_on_commit_callbacks(execute=True):
            article.save()
    gone = client.get("/en/news/feed/?topic=culture")
    never = client.get("/en/news/feed/?topic=nothing")

    assert (ended, gone.status_code, never.status_code) == (200, 410, 404)
    assert "this feed has ended" in gone.text
    assert "choose anew" in never.text


@pytest.mark.parametrize("query", ["topic=%00", "year=x", "kind=x'; drop", "topic=" + "x" * 3000])
def test_feed_of_nonsense_is_not_found(client, culture, query):
    app = "library" if query.startswith("kind") else "news"

    assert client.get(f"/ru/{app}/feed/?{query}").status_code == 404


def test_feed_shows_nothing_hidden(client):
    later = timezone.now() + datetime.timedelta(hours=1)
    make_article("later", published_at=later)
    make_event("draft", status="draft", published_at=None)
    make_publication("gone", status="withdrawn")

    assert [len(feedparser.parse(client.get(f"/ru/{app}/feed/").content).entries)
            for app in LISTS] == [0, 0, 0, 0]  # fmt: skip


@pytest.mark.parametrize("app", LISTS)
def test_feed_takes_as_many_queries_for_one_entry_as_for_more(
    client, app, django_assert_max_num_queries
):
    kazan = make_member()
    for number in range(3):
        make_article(f"n{number}")
        make_event(f"n{number}")
        make_publication(f"n{number}")
        make_practice(kazan, f"n{number}")
    with django_assert_max_num_queries(14):
        client.get(f"/ru/{app}/feed/")

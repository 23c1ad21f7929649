"""The page of an article: figures, quotations, sources, related items, the way back, languages."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from content import links
from content.tests.factories import make_topic
from events.tests.factories import make_event
from members.tests.factories import make_member
from news.models import Author, Source
from news.related import related
from news.tests.factories import make_article, make_photo
from news.tests.test_admin import form_of

pytestmark = pytest.mark.django_db


def address(name: str, *args, language: str = "ru") -> str:
    with translation.override(language):
        return reverse(f"news:{name}", args=args)


def shown(client, slug: str = "retreat", language: str = "ru", query: str = "") -> str:
    page = client.get(address("detail", slug, language=language) + query)
    assert page.status_code == 200
    return unescape(page.content.decode()).replace("\u00a0", " ")


def test_nws_4_reader_stays_on_an_english_article_without_a_russian_pair(client):
    make_article("only-en", title_ru=None, lead_ru=None, body_ru=None)
    english = client.get(address("detail", "only-en", language="en")).content.decode()
    assert 'href="/ru/news/only-en/"' in english

    russian = shown(client, "only-en", "ru")

    assert '<html lang="ru">' in russian
    assert '<span lang="en">The retreat is over</span>' in russian
    assert '<div lang="en"><p>The first paragraph.</p>' in russian
    assert "Перевода на русский пока нет. Ниже — текст на английском." in russian


def test_figure_stands_where_the_text_says_and_not_below_again(client):
    article = make_article(body_ru="<p>До.</p><p>[фото 2]</p><p>После.</p><p>[photo 9]</p>")
    make_photo(article, 1, is_shown=True, caption_ru="Первая", alt_ru="Мост")
    make_photo(article, 2, is_shown=True, caption_ru="Вторая", alt_ru="Зал", credit="А. Иванов")

    page = shown(client)

    body, _gap, below = page.partition('class="gallery"')
    assert "До.</p><figure" in body
    assert body.count("Вторая") == 1
    assert 'alt="Зал"' in body
    assert "А. Иванов" in body
    assert "[photo 9]" not in page
    assert ("Первая" in below, "Вторая" in below) == (True, False)


def test_quotation_names_who_is_quoted(client):
    make_article(body_ru="<blockquote><p>Мост построен.</p><p>— Мэр города</p></blockquote>")

    assert '<p class="quote__source">— Мэр города</p></blockquote>' in shown(client)


def test_markup_in_the_words_of_a_photo_stays_text(client):
    article = make_article(body_ru="<p>[photo 1]</p>")
    make_photo(article, 1, is_shown=True, caption_ru="<script>alert(1)</script>", alt_ru='"><b>')

    page = client.get(address("detail", "retreat")).content.decode()

    assert "<script>alert(1)" not in page
    assert '"><b>' not in page


def test_authors_sources_and_licence_are_named(client):
    article = make_article(licence="CC-BY-SA-4.0")
    Author.objects.create(article=article, name_ru="Анна Петрова", name_en="Anna Petrova")
    Source.objects.create(article=article, name_ru="Мэрия", url="https://city.example/news")

    page = shown(client)

    assert "Анна Петрова" in page
    assert '<a href="https://city.example/news" rel="noopener">Мэрия</a>' in page
    assert "CC BY-SA 4.0" in page
    assert "http://testserver/ru/news/retreat/, CC BY-SA 4.0</textarea>" in page


def test_links_are_shown_on_article_and_event(client):
    article, event = make_article(), make_event("retreat-event")
    links.link(article, event)

    assert "/ru/events/retreat-event/" in shown(client)
    event_page = client.get("/ru/events/retreat-event/").content.decode()
    assert '<a href="/ru/news/retreat/">' in event_page


def test_related_news_share_members_before_topics():
    city, topic, event = make_member(slug="osh"), make_topic("water"), make_event()
    article = make_article()
    by_member, by_topic, by_link, hidden = (
        make_article("by-member"), make_article("by-topic"), make_article("by-link"),
        make_article("hidden", status="draft", published_at=None),
    )  # fmt: skip
    make_article("nothing-shared")
    for one in (article, by_member, hidden):
        one.members.add(city)
    for one in (article, by_topic, by_member):
        one.topics.add(topic)
    for one in (article, by_link):
        links.link(one, event)

    assert [one.slug for one in related(article)] == ["by-member", "by-link", "by-topic"]


def test_way_back_keeps_page_and_filter_without_a_cookie(client):
    topic = make_topic("water")
    for number in range(19):
        make_article(f"a-{number}").topics.add(topic)
    listed = client.get(address("list"), {"topic": "water", "page": "2"})
    [link] = {
        word for word in unescape(listed.content.decode()).split('"')
        if word.startswith("/ru/news/a-")
    }  # fmt: skip

    response = client.get(link)

    assert link.endswith("/?topic=water&from=2")
    assert '<a href="/ru/news/?topic=water&page=2">' in unescape(response.content.decode())
    assert not response.cookies
    assert "ETag" in response.headers
    canonical = '<link rel="canonical" href="http://testserver'
    assert f'{canonical}{link.partition("?")[0]}">' in response.content.decode()


@pytest.mark.parametrize(
    "query", ["?topic=%3Cscript%3E", "?from=-1", "?from=9&topic='; drop", "?year=x"]
)
def test_way_back_from_nowhere_leads_to_the_list(client, query):
    make_article()

    page = shown(client, query=query)

    assert '<div class="wrap way-back"><p><a href="/ru/news/' in page
    assert "<script>" not in page.partition("way-back")[2][:200]


def test_list_is_limited_to_one_language(client):
    make_article("both")
    make_article("only-ru", title_en=None, lead_en=None, body_en=None)
    make_article("only-en", title_ru=None, lead_ru=None, body_ru=None)

    def found(code: str) -> list[str]:
        context = client.get(address("list"), {"lang": code}).context
        return sorted(one.slug for one in context["object_list"])

    assert {code: found(code) for code in ("", "ru", "en", "xx")} == {
        "": ["both", "only-en", "only-ru"],
        "ru": ["both", "only-ru"],
        "en": ["both", "only-en"],
        "xx": ["both", "only-en", "only-ru"],
    }


def test_archive_counts_years_and_topics(client, django_assert_max_num_queries):
    topic = make_topic("water", title_ru="Вода")
    for number in range(3):
        make_article(f"a-{number}").topics.add(topic)
    make_article("draft", status="draft", published_at=None).topics.add(topic)

    with django_assert_max_num_queries(2):  # the archive, the address in the footer
        response = client.get(address("archive"))

    [year] = response.context["years"]
    assert [(slug, title, count) for slug, title, count in year.topics] == [("water", "Вода", 3)]
    assert f"?topic=water&amp;year={year.number}" in response.content.decode()


def test_address_of_the_archive_is_no_article(client, editor):
    client.force_login(editor)
    sent = form_of(client, make_article()) | {"slug": "archive", "version": 0}

    response = client.post(reverse("admin:news_article_add"), sent)

    assert list(response.context["adminform"].form.errors) == ["slug"]


@pytest.mark.parametrize("count", [1, 20])
def test_article_costs_the_same_with_one_and_twenty_of_everything(
    client, django_assert_max_num_queries, count
):
    article = make_article()
    for number in range(count):
        make_photo(article, number, caption_ru=f"Подпись {number}")
        Author.objects.create(article=article, name_ru=f"Автор {number}")
        Source.objects.create(article=article, name_ru=f"Источник {number}")
        other = make_article(f"other-{number}")
        article.topics.add(topic := make_topic(f"topic-{number}"))
        other.topics.add(topic)
        article.members.add(make_member(slug=f"city-{number}", name_en=f"City {number}"))
        links.link(article, other)
    client.get(address("list"))

    # The article; topics, authors, sources, photos, members; sizes of pictures; related news
    # with theirs; links and their titles; corrections.
    with django_assert_max_num_queries(12):
        client.get(address("detail", "retreat"))

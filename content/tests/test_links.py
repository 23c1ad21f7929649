"""Links between records: both ways, public ones only, found by title and address."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from content import links
from content.models import Link
from events.tests.factories import make_event
from members.tests.factories import make_member
from news.tests.factories import make_article

pytestmark = pytest.mark.django_db


def pairs(record) -> list[tuple[str, str]]:
    return [(one.title, one.url) for one in links.links_of(record)]


def test_link_is_shown_on_both_ends():
    article, event = make_article(), make_event("retreat")
    links.link(article, event, Link.Role.RESULT)

    with translation.override("en"):
        [one] = links.links_of(article)
        [back] = links.links_of(event)

        notes = [str(one.note), str(back.note)]

    assert (one.kind, one.title, one.url) == ("Events", event.title_en, "/en/events/retreat/")
    assert (back.kind, back.url) == ("News", "/en/news/retreat/")
    assert notes == ["this came out of it", "came out of this"]


def test_only_what_the_public_sees_is_shown():
    article = make_article()
    draft = make_article("draft", status="draft", published_at=None)
    later = make_article("later", published_at=timezone.now() + datetime.timedelta(days=1))
    city = make_member(slug="osh", name_ru="Ош", name_en="Osh")
    for record in (draft, later, city):
        links.link(article, record)

    with translation.override("ru"):
        assert pairs(article) == [("Ош", "/ru/members/osh/")]


def test_title_of_the_other_language_is_marked():
    article = make_article()
    links.link(article, make_article("only-ru", title_ru="Только тут", title_en=None))

    with translation.override("en"):
        [one] = links.links_of(article)

    assert (one.title, one.language, one.url) == ("Только тут", "ru", "/en/news/only-ru/")


def test_same_link_twice_is_one_and_unlink_takes_it_away():
    article, event = make_article(), make_event()
    links.link(article, event)
    links.link(article, event, Link.Role.SEE)

    assert [row.role for row in Link.objects.all()] == ["see"]
    assert links.unlink(article, event) is True
    assert links.unlink(article, event) is False


def test_record_is_not_linked_to_itself():
    article = make_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        links.link(article, article)


@pytest.mark.parametrize("count", [1, 20])
def test_links_cost_two_queries(django_assert_num_queries, count):
    article = make_article()
    links.labels()
    for number in range(count):
        links.link(article, make_article(f"a-{number}"))
        links.link(make_event(f"e-{number}"), article)

    with django_assert_num_queries(2):
        assert len(links.links_of(article)) == 2 * count


@pytest.mark.parametrize(
    "typed",
    [
        "Retreat in Tangier",
        "tangier",
        "/ru/news/tangier/",
        "https://uclg-eurasia.example/en/news/tangier/?page=2",
        "Retreat in Tangier /en/news/tangier/",
    ],
)
def test_record_is_found_by_title_words_and_address(typed):
    make_article("tangier", title_en="Retreat in Tangier")
    make_article("other", title_en="Something else")

    assert [entry.title for entry in links.candidates(typed)][-1:] in (
        ["Retreat in Tangier"], ["Ретрит завершён"],
    )  # fmt: skip
    assert len(links.candidates(typed)) == 1


@pytest.mark.parametrize("typed", ["", "   ", "%", "nothing like it", "/", "://"])
def test_nothing_is_found_by_nothing(typed):
    make_article(title_en="Plain")

    assert list(links.candidates(typed)) == []


def test_city_page_shows_its_links(client):
    city = make_member(slug="osh", name_ru="Ош", name_en="Osh")
    links.link(make_article(), city)

    shown = client.get("/en/members/osh/").content.decode()

    assert "Linked with this" in shown
    assert '<a href="/en/news/retreat/">The retreat is over</a>' in shown


def test_page_offers_a_line_to_copy(client):
    make_member(slug="osh", name_ru="Ош", name_en="Osh")

    shown = client.get("/en/members/osh/").content.decode()

    assert "Osh – UCLG-Eurasia, http://testserver/en/members/osh/, CC BY 4.0</textarea>" in shown

"""The public pages: lists, one event, the participant's own page."""

import datetime
import zoneinfo

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone, translation

from content.models import Topic
from content.tests.factories import make_picture
from events import placelinks
from events.models import Event
from events.tests.factories import (
    DAY,
    make_country,
    make_delegation,
    make_event,
    make_member,
    make_offer,
    make_participant,
    make_representative,
    make_user,
)

pytestmark = pytest.mark.django_db


def address(name: str, *args, language: str = "en") -> str:
    with translation.override(language):
        return reverse(name, args=args)


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def titles(response) -> list[str]:
    return [row["url"].split("/")[-2] for row in response.context["rows"]]


def make_all_kinds() -> None:
    """Two events to come, two past ones, and whatever must not leak."""
    now = timezone.now()
    make_event("soon", starts_at=now + 2 * DAY)
    make_event("later", starts_at=now + 40 * DAY)
    make_event("old", starts_at=now - 40 * DAY)
    make_event("older", starts_at=now - 80 * DAY)
    make_event("draft", status="draft")
    make_event("withdrawn", status="withdrawn")
    make_event("scheduled", published_at=now + DAY)


def test_list_shows_what_is_to_come_soonest_first_and_nothing_hidden(client):
    make_all_kinds()

    response = client.get(address("events:list"))

    assert titles(response) == ["soon", "later"]
    assert response.context["counts"] == {"upcoming": 2, "past": 2}


def test_past_events_are_listed_latest_first(client):
    make_all_kinds()

    assert titles(client.get(address("events:list"), {"when": "past"})) == ["old", "older"]


def test_running_event_is_still_to_come(client):
    make_event(starts_at=timezone.now() - datetime.timedelta(hours=1))

    assert titles(client.get(address("events:list"))) == ["congress"]


def test_list_is_narrowed_by_kind_and_country(client):
    kyrgyzstan = make_country("KG", "Киргизия", "Kyrgyzstan")
    bishkek = make_member(slug="bishkek", country=kyrgyzstan)
    make_event("a", kind="seminar", host_member=bishkek)
    make_event("b", kind="forum", host_member=bishkek)
    make_event("c", kind="seminar", host_member=make_member())
    url = address("events:list")

    assert titles(client.get(url, {"kind": "seminar", "country": "KG"})) == ["a"]
    assert titles(client.get(url, {"country": "KG"})) == ["a", "b"]
    response = client.get(url)
    assert response.context["filters"].fields["country"].choices == [
        ("", "Every country"),
        ("KG", "Kyrgyzstan"),
        ("RU", "Russia"),
    ]


def test_unknown_filter_is_refused_beside_its_field(client):
    make_event()

    response = client.get(address("events:list"), {"kind": "<script>"})

    assert (response.status_code, titles(response)) == (200, ["congress"])
    assert list(response.context["filters"].errors) == ["kind"]


@pytest.mark.parametrize("page", ["999999", "0", "x"])
def test_page_that_is_not_there_is_not_found(client, page):
    make_event()

    assert client.get(address("events:list"), {"page": page}).status_code == 404


def test_links_to_other_pages_and_tabs_keep_the_filter(client):
    for number in range(21):
        make_event(f"event-{number}", kind="forum")

    text = text_of(client.get(address("events:list"), {"kind": "forum"}))

    assert 'href="?kind=forum&amp;page=2"' in text
    assert 'href="?kind=forum&amp;when=past"' in text


@pytest.mark.parametrize("number", [1, 14])
def test_list_takes_four_queries_however_many_rows(client, django_assert_num_queries, number):
    host = make_member()
    for one in range(number):
        make_event(f"event-{one}", host_member=host)

    with django_assert_num_queries(4):  # the counts; the choices, two; the events
        response = client.get(address("events:list"))

    assert len(response.context["rows"]) == number


@pytest.mark.parametrize("language", ["ru", "en"])
def test_full_list_page_weighs_no_more_than_20_kilobytes(client, language):
    for one in range(14):
        make_event(
            f"seminar-on-water-and-cities-{one}",
            title_ru="Семинар о воде, реках и набережных городов Евразии",
            title_en="Seminar on water, rivers and embankments of the cities of Eurasia",
            place_ru="Казань, Ратуша и международный центр",
            kind=list(Event.Kind)[one % len(Event.Kind)],
        )

    body = client.get(address("events:list", language=language)).content

    assert len(body) <= 20_000, len(body)


def test_event_without_english_is_shown_in_russian_and_marked(client):
    make_event(title_en=None, summary_en=None, body_en=None)

    rows = client.get(address("events:list")).context["rows"]
    page = text_of(client.get(address("events:detail", "congress")))

    assert [(row["title"], row["lang"]) for row in rows] == [("Конгресс местных властей", "ru")]
    assert '<h1><span lang="ru">Конгресс местных властей</span></h1>' in page
    assert "There is no English translation yet." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "noindex" not in text_of(client.get(address("events:detail", "congress", language="ru")))


def test_page_gives_the_time_of_the_place_and_of_other_cities(client):
    start = datetime.datetime(2027, 4, 28, 11, 0, tzinfo=zoneinfo.ZoneInfo("Europe/Moscow"))
    make_member("bishkek", time_zone="Asia/Bishkek")
    make_event(starts_at=start, ends_at=start + datetime.timedelta(hours=2))

    response = client.get(address("events:detail", "congress"))

    text = text_of(response)
    assert "Wednesday 28 April 2027, 11:00–13:00" in text
    assert "Kazan time (UTC+3)" in text
    assert 'datetime="2027-04-28T11:00+03:00" data-local-time' in text
    assert [str(row) for row in response.context["strip"]] == [
        "11:00 Kazan (UTC+3)",
        "14:00 Bishkek (UTC+6)",
    ]


def test_page_is_served_in_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    event = make_event(host_member=make_member(), picture=make_picture(), capacity=5)
    event.topics.set(
        Topic.objects.create(kind="sdg", number=number, slug=f"sdg-{number}", title_ru="Цель")
        for number in (6, 11)
    )
    make_delegation(event, people=3)

    # With what apps of upper floors show on the page.
    with django_assert_max_num_queries(14):
        client.get(address("events:detail", "congress"))


@pytest.mark.parametrize("name", ["events:detail", "events:start"])
@pytest.mark.parametrize(
    "fields",
    [{"status": "draft"}, {"status": "withdrawn"}, {"published_at": timezone.now() + DAY}],
    ids=["draft", "withdrawn", "scheduled"],
)
def test_hidden_event_is_not_found(client, name, fields):
    make_event(**fields)
    user = make_user()
    make_representative(user, make_member())
    client.force_login(user)

    assert client.get(address(name, "congress")).status_code == 404


def card_of(client) -> tuple:
    card = client.get(address("events:detail", "congress")).context["card"]
    return card.is_shown, card.label, card.kind, card.is_for_delegations


NOW = datetime.datetime(2027, 2, 10, 12, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, (True, "Registration open", "good", True)),
        ({"capacity": 0}, (True, "Waiting list", "warn", True)),
        ({"registration_opens_at": NOW + DAY},
         (True, "Registration has not opened", "info", False)),
        ({"registration_closes_at": NOW}, (True, "Registration closed", "", True)),
        ({"status": "cancelled", "cancelled_at": NOW}, (False, "Cancelled", "bad", False)),
        ({"starts_at": NOW - DAY}, (False, "Past", "", False)),
        ({"takes_registrations": False}, (False, "No registration here", "", False)),
    ],
    ids=["open", "full", "not yet", "closed", "cancelled", "past", "elsewhere"],
)  # fmt: skip
def test_card_says_what_can_be_done(client, monkeypatch, fields, expected):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    make_event(**{"starts_at": NOW + 20 * DAY, "published_at": NOW - DAY, **fields})

    assert card_of(client) == expected


def test_card_counts_places_and_the_queue(client):
    make_delegation(make_event(capacity=3, quota=9), people=5)

    card = client.get(address("events:detail", "congress")).context["card"]

    assert (card.taken, card.waiting, card.is_full, card.is_nearly_full) == (3, 2, True, True)


def test_public_pages_read_no_session_and_set_no_cookie(client):
    make_event()

    for url in (address("events:list"), address("events:detail", "congress")):
        response = client.get(url)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_change_is_public_at_once(client, django_capture_on_commit_callbacks):
    event = make_event()
    url = address("events:detail", "congress")
    client.get(url)

    with django_capture_on_commit_callbacks(execute=True):
        event.title_en = "Congress of Cities"
        event.save()

    assert "<h1>Congress of Cities</h1>" in text_of(client.get(url))


def test_front_page_shows_the_next_events():
    make_all_kinds()

    with translation.override("en"):
        html = Template("{% load events_tags %}{% upcoming_events 1 %}").render(Context())

    assert html.count("<li") == 1
    assert "/en/events/soon/" in html


def test_city_page_shows_what_the_city_hosts_and_nothing_hidden():
    city = make_member()
    make_event("hosted", host_member=city, starts_at=timezone.now() - 90 * DAY)
    make_event("secret", host_member=city, status="draft")
    make_event("elsewhere", host_member=make_member(slug="perm"))

    with translation.override("en"):
        template = Template("{% load events_tags %}{% member_events member %}")
        html = template.render(Context({"member": city}))

    assert "/en/events/hosted/" in html
    assert "secret" not in html
    assert "elsewhere" not in html


# The participant's own page.


def own_page(participant, language: str = "en") -> str:
    return address("events:place", placelinks.token(participant), language=language)


@pytest.mark.parametrize(
    ("deed", "expected"), [("take", ("confirmed", "")), ("decline", ("cancelled", "refused"))]
)
def test_offer_is_answered_by_the_link_of_the_letter_without_an_account(client, deed, expected):
    offer = make_offer(make_event(capacity=1))

    page = client.get(own_page(offer))
    response = client.post(own_page(offer), {"deed": deed})

    offer.refresh_from_db()
    assert "Take the place" in text_of(page)
    assert (offer.status, offer.departure) == expected
    assert (response.status_code, response.headers["Location"]) == (302, own_page(offer))


def test_opening_the_link_changes_nothing(client):
    offer = make_offer(make_event(capacity=1))

    client.get(own_page(offer))
    client.head(own_page(offer))

    offer.refresh_from_db()
    assert offer.status == "offered"


def test_page_says_the_place_on_the_waiting_list(client):
    event = make_event(capacity=1)
    make_participant(event)
    make_participant(event, status="waiting")
    second = make_participant(event, status="waiting")

    assert "You are 2nd on the waiting list" in text_of(client.get(own_page(second)))
    russian = text_of(client.get(own_page(second, language="ru")))
    assert "Ваше место в листе ожидания: 2-е" in russian


def test_offer_that_ran_out_says_so_and_stays_untaken(client):
    offer = make_offer(make_event(capacity=1), offer_expires_at=timezone.now() - DAY)

    response = client.post(own_page(offer), {"deed": "take"})

    offer.refresh_from_db()
    assert offer.status == "offered"
    assert "The offer ran out on" in text_of(response)


@pytest.mark.parametrize("change", ["signature", "number", "address", "text", "event"])
def test_other_links_lead_nowhere(client, change):
    person, other = make_offer(make_event()), make_offer(make_event("other"))
    token = placelinks.token(person)
    if change == "signature":
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    elif change == "number":
        token = f"{other.pk}:{token.partition(':')[2]}"
    elif change == "address":
        person.email = "corrected@example.org"
        person.save(update_fields=["email"])
    elif change == "event":
        Event.objects.filter(pk=person.event_id).update(status="withdrawn")
    else:
        token = "٣:x"

    assert client.get(address("events:place", token)).status_code == 404


def test_own_page_is_kept_by_nobody_and_offered_to_no_search_engine(client):
    response = client.get(own_page(make_offer(make_event())))

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex, nofollow">' in text_of(response)


def test_post_without_the_token_of_the_form_is_refused(client):
    client.handler.enforce_csrf_checks = True
    offer = make_offer(make_event())

    assert client.post(own_page(offer), {"deed": "take"}).status_code == 403
    assert Event.objects.get().participants.get().status == "offered"

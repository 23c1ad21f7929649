"""Asking, confirming, changing, leaving: through the pages (MSG-5)."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from content import retention
from events import guests
from events.people import Person
from events.tests.factories import make_event
from mailing import delivery, outbox
from mailing.models import Message
from newsletter import links, subscribing
from newsletter.models import Subscription
from newsletter.subscribing import Wish
from newsletter.tests.factories import make_subscription, make_theme

pytestmark = pytest.mark.django_db
SUBSCRIBE = "/en/newsletter/subscribe/"


def asked(client, email="reader@example.com", **data):
    return client.post(SUBSCRIBE, {"email": email, "language": "en", "consent": "on", **data})


def link_in(message: Message, purpose: str) -> str:
    return re.search(rf"/(?:ru|en)/newsletter/{purpose}/[^/\s]+/", message.text_body).group()


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


def test_reader_confirms_by_the_button_and_not_by_opening_the_link(client):
    theme = make_theme("climate")
    page = client.get(SUBSCRIBE)
    assert (page.status_code, page.cookies, "csrfmiddlewaretoken" in page.content.decode()) == (
        200, {}, False,
    )  # fmt: skip
    response = asked(client, " Reader@Example.com ", topics=[theme.pk], kinds=["news"])
    assert response.headers["Location"] == "/en/newsletter/subscribe/sent/"
    row = Subscription.objects.get()
    assert (row.email, row.state, row.source, row.kinds, list(row.topics.all())) == (
        "reader@example.com", "waiting", "site", ["news"], [theme],
    )  # fmt: skip
    letter = Message.objects.get()
    assert (letter.is_secret, letter.is_bulk, letter.language) == (True, False, "en")
    link = link_in(letter, "confirm")

    assert "reader@example.com" in client.get(link).content.decode()
    row.refresh_from_db()
    assert row.state == "waiting"
    page = client.post(link)

    row.refresh_from_db()
    assert (row.state, row.confirmed_at is not None, page.cookies) == ("active", True, {})
    assert "You are subscribed" in page.content.decode()
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == (
        "private, no-store", "same-origin",
    )  # fmt: skip
    assert client.post(link).status_code == 200


def test_who_asks_for_a_known_address_learns_nothing_and_changes_nothing(client):
    row = make_subscription("reader@example.com", language="ru")
    known, fresh = asked(client, "READER@example.com"), asked(client, "new@example.com")

    assert (known.status_code, known.headers["Location"]) == (
        fresh.status_code, fresh.headers["Location"],
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.state, row.language) == ("active", "ru")
    letter = Message.objects.get(email="reader@example.com")
    assert (letter.kind, Subscription.objects.count()) == ("newsletter.known", 2)
    assert client.get(link_in(letter, "mine")).status_code == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("reader@example.com\nBcc: all@example.com", "stands in one line"),
        ("reader\u2028@example.com", "stands in one line"),
        ("rea\u200bder@example.com", "that nobody sees"),
        ("a@example.com, b@example.com", "Give one address"),
        ("nobody", "Enter a valid email address"),
        ("", "This field is required"),
        ("x" * 300 + "@example.com", "at most 254 characters"),
    ],
)
def test_odd_address_is_explained_beside_its_field(client, typed, sentence):
    response = asked(client, typed, kinds=["news"])

    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (200, ["email"])
    assert sentence in form.errors["email"][0]
    assert form["kinds"].value() == ["news"]
    assert not Subscription.objects.exists()


def test_consent_is_asked_for(client):
    response = client.post(SUBSCRIBE, {"email": "reader@example.com", "language": "en"})

    assert response.context["form"].errors == {
        "consent": ["Without this we cannot keep your address."]
    }


def test_short_form_of_other_pages_opens_the_whole_one(client):
    page = client.post(SUBSCRIBE, {"short": "1", "email": "reader@example.com"})

    assert 'value="reader@example.com"' in page.content.decode()
    assert (page.context["form"].is_bound, Subscription.objects.count()) == (False, 0)


def test_one_address_is_asked_for_five_times_a_day(client, monkeypatch):
    monkeypatch.setattr(subscribing, "_slot", lambda: "the same ten minutes")
    for _time in range(5):
        assert asked(client).status_code == 302
    refused = asked(client)

    assert "Too many subscriptions" in refused.context["form"].non_field_errors()[0]
    assert (Subscription.objects.count(), Message.objects.count()) == (1, 1)
    cache.clear()


def test_link_that_confirms_works_for_a_week(client, monkeypatch):
    asked(client)
    link = link_in(Message.objects.get(), "confirm")
    later = timezone.now() + datetime.timedelta(days=7, minutes=1)
    monkeypatch.setattr("time.time", lambda: later.timestamp())

    page = client.post(link)

    assert (page.status_code, "This link does not work" in page.content.decode()) == (404, True)
    assert Subscription.objects.get().state == "waiting"


@pytest.mark.parametrize("purpose", ["confirm", "mine", "leave", "weekly"])
def test_link_of_another_purpose_or_a_guessed_one_opens_nothing(client, purpose):
    row = make_subscription()
    others = [other for other in ("mine", "leave") if other != purpose]
    tokens = ["x", f"{row.key.hex}:x", *(links.token(row, other) for other in others)]
    for token in tokens:
        assert client.post(f"/en/newsletter/{purpose}/{token}/").status_code == 404


def test_settings_are_changed_by_the_link_and_wake_a_paused_subscription(client):
    theme = make_theme("climate")
    row = make_subscription(state="paused", paused_at=timezone.now(), soft_bounces=3)
    link = f"/en/newsletter/mine/{links.token(row, links.MINE)}/"
    assert "rests" in client.get(link).content.decode()

    page = client.post(link, {"language": "ru", "topics": [theme.pk], "kinds": ["events"]})

    row.refresh_from_db()
    assert (row.language, row.kinds, list(row.topics.all()), row.state, row.soft_bounces) == (
        "ru", ["events"], [theme], "active", 0,
    )  # fmt: skip
    assert "The settings are saved" in page.content.decode()
    wrong = client.post(link, {"language": "tt", "topics": ["x"], "kinds": ["gossip"]})
    assert set(wrong.context["form"].errors) == {"language", "topics", "kinds"}


def test_msg_5_reader_leaves_by_one_click_and_still_gets_what_concerns_them(client):
    """One click, no sign-in; a second click says so; registrations and notices still come."""
    row = make_subscription("reader@example.com")
    outbox.write("newsletter.bulletin:1", row.email, "en", "newsletter/mail/confirm",
                 {"until": "", "link": "/"})  # fmt: skip
    Message.objects.update(kind=subscribing.LETTER)
    link = f"/en/newsletter/leave/{links.token(row, links.LEAVE)}/"

    assert "End the subscription" in client.get(link).content.decode()
    row.refresh_from_db()
    assert row.state == "active"  # a program that looks into mails ends nothing
    page = client.post(link, {"List-Unsubscribe": "One-Click"})

    assert (page.status_code, page.cookies) == (200, {})
    assert "The subscription has ended" in page.content.decode()
    row.refresh_from_db()
    assert (row.state, row.email, row.kinds) == ("left", None, [])
    assert Message.objects.get().state == "cancelled"
    for again in (client.get(link), client.post(link)):
        assert (again.status_code, "Already done" in again.content.decode()) == (200, True)

    event = make_event("forum", admits_guests=True)
    guests.apply(
        event, Person(name_latin="Ion Ceban", email="reader@example.com"), "Comrat", "MD", {}
    )
    outbox.write_plain(
        "statute:1", "reader@example.com", "en", "Notice", "By statute", is_secret=False
    )
    waiting = Message.objects.due().filter(email="reader@example.com")
    assert sorted(waiting.values_list("kind", flat=True)) == ["", "events.guest_confirm"]


def test_msg_5_who_comes_back_has_the_same_links(client):
    row = make_subscription("reader@example.com")
    link = f"/en/newsletter/leave/{links.token(row, links.LEAVE)}/"
    client.post(link)
    asked(client, "Reader@example.com")
    confirm = link_in(Message.objects.get(), "confirm")

    assert client.post(confirm).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.email, row.left_at) == ("active", "reader@example.com", None)
    client.post(link)
    assert client.post(confirm).status_code == 404  # an old letter brings nobody back
    row.refresh_from_db()
    assert row.state == "left"


def test_mail_carries_the_headers_of_one_click(mailoutbox):
    row = make_subscription("reader@example.com")
    address = links.address(links.LEAVE, links.token(row, links.LEAVE), "en")
    outbox.write("newsletter.bulletin:1", row.email, "en", "newsletter/mail/known",
                 {"link": "/"}, unsubscribe_url=address)  # fmt: skip
    outbox.write_plain("other:1", row.email, "en", "Notice", "By statute")
    delivery.deliver_batch()

    headers = [
        (mail.message()["List-Unsubscribe"], mail.message()["List-Unsubscribe-Post"])
        for mail in mailoutbox
    ]
    assert headers == [(f"<{address}>", "List-Unsubscribe=One-Click"), (None, None)]


def test_what_nobody_confirmed_is_erased_after_a_week_and_who_had_left_stays_a_hash():
    now = timezone.now()
    old = now - datetime.timedelta(days=8)
    for email in ("new@example.com", "back@example.com", "fresh@example.com"):
        subscribing.ask(email, Wish("en"))
    rows = Subscription.objects
    rows.filter(email__in=["new@example.com", "back@example.com"]).update(asked_at=old)
    rows.filter(email="back@example.com").update(left_at=old)
    purge = next(one for one in retention.registry() if one.key == "newsletter.unconfirmed").purge

    assert purge(now) == 2
    assert sorted(rows.values_list("state", "email")) == [
        ("left", None), ("waiting", "fresh@example.com"),
    ]  # fmt: skip
    assert rows.of_address("BACK@example.com").exists()

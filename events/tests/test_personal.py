"""The personal calendar: an address that dies with the right to it."""

import datetime

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone, translation

from content.models import AuditEntry
from events import personal
from events.models import FeedToken, Invitation
from events.tests.factories import DAY, make_delegation, make_event, make_member

pytestmark = pytest.mark.django_db


def feed(token: str, language: str = "en") -> str:
    with translation.override(language):
        return reverse("events:personal_feed", args=[token])


@pytest.fixture
def page():
    with translation.override("en"):
        return reverse("events:my_calendar", args=["kazan"])


def summaries(client, token: str) -> list[str]:
    calendar = icalendar.Calendar.from_ical(client.get(feed(token)).content)
    return [str(entry["SUMMARY"]) for entry in calendar.walk("VEVENT")]


def test_feed_holds_the_events_of_the_own_delegations_and_answers_due(client, rep, kazan):
    mine = make_event("mine", title_en="Mine")
    make_delegation(mine, kazan, by=rep)
    make_delegation(make_event("theirs", title_en="Theirs"), make_member("perm"))
    asked = make_event("asked", title_en="Asked")
    Invitation.objects.create(
        event=asked, member=kazan, answer_until=timezone.now() + 5 * DAY, invited_by=rep
    )

    token = personal.renew(rep)

    assert summaries(client, token) == ["Mine", "Answer the invitation: Asked"]
    response = client.get(feed(token))
    assert response.headers["Cache-Control"] == "private, max-age=0"
    assert "join_link" not in response.content.decode()


def _dismiss(rep):
    rep.is_active = False
    rep.save()


def _end_mandate(rep):
    rep.mandates.update(ends_on=timezone.localdate() - datetime.timedelta(days=1))


@pytest.mark.parametrize("deed", [_dismiss, _end_mandate, personal.revoke, personal.renew])
def test_api_3_token_dies_at_once_with_the_right(client, rep, kazan, deed):
    token = personal.renew(rep)
    assert client.get(feed(token)).status_code == 200

    deed(rep)

    assert client.get(feed(token)).status_code == 404


def test_api_3_guessed_token_is_not_found(client, rep):
    token = personal.renew(rep)

    assert client.get(feed(token[:-1] + ("a" if token[-1] != "a" else "b"))).status_code == 404
    assert client.get("/en/events/my/short.ics").status_code == 404


def test_only_the_hash_is_kept_and_the_address_is_shown_once(cabinet, rep, kazan, page):
    assert "Make the address" in cabinet.get(page).content.decode()

    shown = cabinet.post(page, {"deed": "renew"}, follow=True)
    token = shown.context["token"]

    assert feed(token) in shown.content.decode()
    again = cabinet.get(page)
    assert again.context["token"] == ""
    assert token not in again.content.decode()
    made = FeedToken.objects.get()
    assert made.user == rep
    assert token not in made.token_hash


def test_revoked_address_is_gone_and_on_record(cabinet, rep, kazan, page):
    token = personal.renew(rep)

    cabinet.post(page, {"deed": "revoke"})

    assert FeedToken.objects.count() == 0
    assert cabinet.get(feed(token)).status_code == 404
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-2:] == ["events.feed.renewed", "events.feed.revoked"]


@pytest.mark.parametrize("number", [1, 8])
def test_feed_takes_as_many_queries_for_many_events(
    client, rep, kazan, django_assert_max_num_queries, number
):
    for one in range(number):
        make_delegation(make_event(f"event-{one}"), kazan, by=rep)
    token = personal.renew(rep)

    with django_assert_max_num_queries(7):
        client.get(feed(token))

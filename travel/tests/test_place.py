"""The journey on a participant's own page, reached by the link of their letter."""

import html

import pytest

from events import placelinks
from events.models import Participant
from events.tests.factories import DAY, make_participant
from travel.models import Passport, Trip
from travel.tests.factories import make_event, make_offer, posted_passport

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    person = make_participant(make_event())
    make_offer(person.event)
    return person


def page_of(person, last: str = "travel") -> str:
    return f"/en/events/places/{placelinks.token(person)}/{last}/"


def test_participant_tells_the_own_journey_without_an_account(client, person):
    response = client.post(page_of(person), {"version": 0, "arrival_by": "SU 1190"})
    assert (response.status_code, Trip.objects.get().arrival_by) == (302, "SU 1190")
    assert 'value="SU 1190"' in client.get(page_of(person)).content.decode()


def test_participant_gives_passport_data_without_an_account(client, person):
    response = client.post(page_of(person, "passport"), posted_passport(), follow=True)
    words = html.unescape(response.content.decode())
    assert "given, number •••••567" in words
    assert "INVENTOVA" not in words
    assert Passport.objects.get().entered_by is None
    client.post(page_of(person, "passport"), {"deed": "withdraw"})
    assert not Passport.objects.exists()


def test_place_page_leads_to_the_journey(client, person):
    words = client.get(f"/en/events/places/{placelinks.token(person)}/").content.decode()
    assert page_of(person) in words


def test_answer_is_kept_by_nobody(client, person):
    for last in ("travel", "passport"):
        answer = client.get(page_of(person, last))
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("last", ["travel", "passport"])
def test_wrong_links_and_those_who_left_find_nothing(client, person, last):
    assert client.get(f"/en/events/places/{person.pk}:made-up/{last}/").status_code == 404
    Participant.objects.filter(pk=person.pk).update(status="cancelled")
    assert client.get(page_of(person, last)).status_code == 404


@pytest.mark.parametrize("last", ["travel", "passport"])
def test_event_that_asks_nothing_has_no_such_page(client, last):
    person = make_participant(make_event("plain", starts_at=make_event().starts_at + DAY))
    assert client.get(page_of(person, last)).status_code == 404

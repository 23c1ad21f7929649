"""What the journey tells other parts of the portal: audiences, columns, attention, queues."""

import pytest
from django.utils import timezone

from events import audiences, columns
from events.tests.factories import DAY
from members.attention import attention_for
from travel import trips, workqueue
from travel.models import TripChange
from travel.tests.factories import (
    make_event,
    make_hotel,
    make_offer,
    make_participant,
    make_passport,
)
from travel.tests.test_passports import SECRETS

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    event = make_event()
    make_offer(event, visa_until=timezone.now() + 5 * DAY)
    return event


@pytest.fixture
def people(event, kazan, rep):
    """Three of Kazan: with passport data, without, and one who takes part online."""
    people = [
        make_participant(event, member=kazan, by=rep, mode=mode)
        for mode in ("in_person", "in_person", "online")
    ]
    make_passport(people[0])
    return people


def found(key: str, event) -> list:
    condition = audiences._audiences[key].people()
    return list(event.participants.filter(condition).order_by("pk"))


def test_audience_without_visa_data(event, people):
    assert found("without_visa_data", event) == [people[1]]
    event.travel.asks_visa = False
    event.travel.save()
    assert found("without_visa_data", event) == []


def test_audience_without_journey(event, people, rep):
    trips.save(people[1], {"arrival_by": "KC 1"}, 0, rep)
    assert found("without_journey", event) == [people[0]]


def test_columns_hold_the_journey_and_nothing_of_passports(event, people, rep, lead, editor):
    hotel = make_hotel(event.travel)
    trips.save(people[0], {"hotel": hotel, "meals": "halal"}, 0, rep)
    shown = columns.columns_of(event, lead)
    own = [column for column in shown if column.permission == "travel.view_trip"]
    assert [column.code for column in own] == [
        "hotel", "arrives_on", "leaves_on", "arrival_at", "arrival_by", "arrival_station",
        "departure_at", "departure_by", "departure_station", "meals", "meals_note", "visa",
    ]  # fmt: skip
    rows = columns.rows(own, people, "en")
    assert [(row[0], row[9], row[11]) for row in rows] == [
        ("Заря", "halal", "data received"), ("", "", ""), ("", "", ""),
    ]  # fmt: skip
    assert not [word for word in SECRETS if word in str(columns.rows(shown, people, "en"))]
    assert not [one for one in columns.columns_of(event, editor) if one in own]


def test_representative_is_told_what_is_missing_until_the_deadline(event, people, kazan, rep):
    [told] = [one for one in attention_for(kazan, rep) if "travel" in one.url]
    assert (told.deadline, told.is_hot) == (event.travel.visa_until, True)
    make_passport(people[1], "00 7654321")
    assert not [one for one in attention_for(kazan, rep) if "travel" in one.url]


def test_staff_see_what_waits(event, people, lead):
    TripChange.objects.create(participant=people[0], seen_version=0, wanted={"arrival_by": "KC 1"})
    found = list(workqueue.queues(lead))
    assert [(one.count, one.is_hot) for one in found] == [(1, True), (1, True)]

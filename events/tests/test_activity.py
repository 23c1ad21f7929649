"""What the chronicle of a city tells of events."""

import datetime

import pytest
from django.utils import translation

from events.activity import events, events_of
from events.tests.factories import make_event, make_member, make_participant
from members.activity import Activity

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.datetime(2018, 10, 9, 7, 0, tzinfo=datetime.UTC)


def make_past_event(slug, starts_at=LONG_AGO, **fields):
    return make_event(slug, starts_at=starts_at, **fields)


def test_hosted_and_attended_events_are_told_with_their_address():
    kazan, bishkek = make_member(), make_member("bishkek", "Бишкек", "Bishkek")
    make_past_event("hosted", host_member=kazan, title_en="Congress")
    later = LONG_AGO + datetime.timedelta(days=400)
    attended = make_past_event("attended", later, host_member=bishkek, title_en=None)
    make_participant(attended, member=kazan)

    with translation.override("en"):
        told = list(events(kazan))

    assert told == [
        Activity(
            datetime.date(2019, 11, 13), "Конгресс местных властей", "event",
            url="/en/events/attended/", language="ru",
        ),
        Activity(datetime.date(2018, 10, 9), "Congress", "host", url="/en/events/hosted/"),
    ]  # fmt: skip


def test_events_that_did_not_take_place_or_are_not_public_are_not_told():
    kazan, bishkek = make_member(), make_member("bishkek", "Бишкек", "Bishkek")
    make_past_event("draft", host_member=kazan, status="draft", published_at=None)
    make_past_event("off", host_member=kazan, status="cancelled", cancelled_at=LONG_AGO)
    make_event("to-come", host_member=kazan)
    waiting = make_past_event("waiting", host_member=bishkek)
    make_participant(waiting, member=kazan, status="waiting")

    assert list(events(kazan)) == []


def test_delegation_to_an_event_to_come_is_not_shown_on_the_page():
    kazan = make_member()
    to_come, hosted = make_event("to-come"), make_event("hosted", host_member=kazan)
    make_participant(to_come, member=kazan)

    assert list(events_of(kazan)) == [hosted]


@pytest.mark.parametrize("count", [1, 40])
def test_history_costs_one_query_however_long_it_is(django_assert_num_queries, count):
    kazan = make_member()
    for number in range(count):
        make_past_event(f"event-{number}", host_member=kazan)

    with django_assert_num_queries(1):
        told = list(events(kazan))

    assert len(told) == count

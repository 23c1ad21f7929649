"""What the cabinet says a representative should do next about events."""

import datetime

import pytest
from django.utils import timezone, translation

from events.attention import offered_places, registrations_closing
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_offer,
    make_user,
)
from members.attention import Attention, attention_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def closing(member) -> list[tuple]:
    return [(one.title, one.is_hot) for one in registrations_closing(member, None)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (2, [("Registration is closing: Congress of Local Governments", True)]),
        (10, [("Registration is closing: Congress of Local Governments", False)]),
        (20, []),
        (-1, []),
    ],
)
def test_registration_that_closes_soon_calls_for_a_delegation(days, expected):
    make_event(registration_closes_at=timezone.now() + days * DAY)

    assert closing(make_member()) == expected


def test_registered_member_is_left_in_peace():
    event = make_event(registration_closes_at=timezone.now() + 2 * DAY)
    kazan = make_member()
    make_delegation(event, kazan)

    assert closing(kazan) == []
    assert len(closing(make_member(slug="perm"))) == 1


def test_event_without_a_closing_time_closes_with_its_start():
    make_event(starts_at=timezone.now() + 5 * DAY)

    assert len(closing(make_member())) == 1


def test_offered_place_is_pressing_and_says_until_when():
    kazan, now = make_member(), timezone.now()
    event = make_event(time_zone="Asia/Bishkek")
    until = now + datetime.timedelta(hours=30)
    make_offer(event, member=kazan, name_latin="Anna Kim", offer_expires_at=until)
    make_offer(event, member=make_member(slug="perm"))
    make_offer(make_event("late"), member=kazan, offer_expires_at=now - DAY)

    (found,) = offered_places(kazan, None)

    assert found == Attention(
        title="A place is offered to Anna Kim",
        note="Congress of Local Governments",
        url="/en/cabinet/kazan/events/congress/",
        action="Take or decline the place",
        deadline=until,
        zone="Asia/Bishkek",
        is_hot=True,
    )


def test_cabinet_asks_the_events():
    make_event(registration_closes_at=timezone.now() + 2 * DAY)

    titles = [one.title for one in attention_for(make_member(), make_user())]

    assert "Registration is closing: Congress of Local Governments" in titles

"""How events are written: dates of rows, hours of a place, ordinals, states."""

import datetime
import zoneinfo

import pytest
from django.utils import translation

from events import words
from events.forms import FormFrame
from events.models import Event, Participant
from events.templatetags.events_forms import delegation_problems

KAZAN = zoneinfo.ZoneInfo("Europe/Moscow")


def at(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=KAZAN)


@pytest.mark.parametrize(
    ("start", "end", "english", "russian"),
    [
        (at(2027, 5, 20, 10), at(2027, 5, 20, 18), ("20", "May 2027"), ("20", "мая 2027")),
        (at(2027, 2, 11, 10), at(2027, 2, 12, 18),
         ("11–12", "Feb 2027"), ("11–12", "февраля 2027")),
        (at(2027, 2, 28, 10), at(2027, 3, 2, 18),
         ("28", "Feb – 2 Mar 2027"), ("28", "февраля – 2 марта 2027")),
        (at(2026, 12, 30, 10), at(2027, 1, 2, 18),
         ("30", "Dec 2026 – 2 Jan 2027"), ("30", "декабря 2026 – 2 января 2027")),
    ],
)  # fmt: skip
def test_row_gives_day_and_month(start, end, english, russian):
    with translation.override("en"):
        assert words.day_and_month(start, end, KAZAN) == english
    with translation.override("ru"):
        assert words.day_and_month(start, end, KAZAN) == russian


def test_row_gives_the_day_of_the_place():
    start = datetime.datetime(2027, 5, 20, 20, 0, tzinfo=datetime.UTC)

    with translation.override("en"):
        day = words.day_and_month(start, start, zoneinfo.ZoneInfo("Asia/Magadan"))

    assert day == ("21", "May 2027")


@pytest.mark.parametrize(
    ("end", "english", "russian"),
    [
        (at(2027, 5, 20, 10), "Thursday 20 May 2027, 10:00", "четверг, 20 мая 2027, 10:00"),
        (at(2027, 5, 20, 14), "Thursday 20 May 2027, 10:00–14:00",
         "четверг, 20 мая 2027, 10:00–14:00"),
        (at(2027, 5, 22, 14), "Thursday 20 May 2027, 10:00, to Saturday 22 May 2027, 14:00",
         "четверг, 20 мая 2027, 10:00 – суббота, 22 мая 2027, 14:00"),
    ],
)  # fmt: skip
def test_days_and_hours_of_an_event(end, english, russian):
    start = at(2027, 5, 20, 10)

    assert words.when_text(start, end, KAZAN, "en") == english
    assert words.when_text(start, end, KAZAN, "ru") == russian


def test_editions_are_numbered_the_roman_way():
    assert [words.roman(number) for number in (1, 4, 7, 9, 14, 40, 75)] == [
        "I", "IV", "VII", "IX", "XIV", "XL", "LXXV",
    ]  # fmt: skip


def test_ordinals():
    numbers = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 111]

    assert [words.ordinal(number, "en") for number in numbers] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "101st",
        "111th",
    ]  # fmt: skip
    assert words.ordinal(3, "ru") == "3-е"


@pytest.mark.parametrize(
    ("fields", "position", "expected"),
    [
        ({"status": "confirmed"}, None, "has a place"),
        ({"status": "waiting"}, 3, "3rd on the waiting list"),
        ({"status": "waiting"}, None, "on the waiting list"),
        ({"status": "offered", "offer_expires_at": at(2027, 5, 5, 18)}, None,
         "a place is offered until 5 May 2027, 18:00 Kazan time (UTC+3)"),
        ({"status": "over_quota"}, None, "over the quota, to be decided by the secretariat"),
        ({"status": "declined"}, None, "declined"),
        ({"status": "cancelled"}, None, "cancelled"),
        ({"status": "cancelled", "departure": "lapsed"}, None, "the offer ran out"),
        ({"status": "cancelled", "departure": "refused"}, None, "did not take the offered place"),
    ],
)  # fmt: skip
def test_state_in_words(fields, position, expected):
    person = Participant(event=Event(time_zone="Europe/Moscow"), **fields)

    with translation.override("en"):
        assert words.state_words(person, position) == expected


def test_form_that_was_not_sent_has_no_problems():
    assert delegation_problems(*FormFrame(Event()).empty(None)) == []

"""Moving an event in its form: who is told, and what is no move."""

import datetime

import pytest

from events import telling
from events.tests.event_form import post
from events.tests.factories import make_event, make_participant
from mailing.models import Message

pytestmark = pytest.mark.django_db


def test_evt_6_new_time_in_the_form_is_told_to_everybody_once(desk, events_officer):
    event = make_event(starts_at=datetime.datetime(2027, 5, 20, 7, 0, tzinfo=datetime.UTC))
    make_participant(event, language="en", email="a@example.org")
    moved = {"starts_at_1": "11:30:00", "move_note_en": "The hall is taken."}

    for _time in range(2):
        assert post(desk, event, **moved).status_code == 302
        telling.keep_promises()

    (change,) = event.changes.all()
    assert (change.what, change.by, change.tells) == ("moved", events_officer, True)
    letter = Message.objects.get(email="a@example.org", kind="events.changed")
    assert "10:00" in letter.text_body
    assert "11:30" in letter.text_body
    assert "The hall is taken." in letter.text_body


def test_evt_6_without_the_tick_nobody_is_told_but_it_is_on_record(desk):
    event = make_event(starts_at=datetime.datetime(2027, 5, 20, 7, 0, tzinfo=datetime.UTC))
    make_participant(event)

    assert post(desk, event, starts_at_1="11:30:00", tells_everybody="").status_code == 302
    telling.keep_promises()

    assert [change.tells for change in event.changes.all()] == [False]
    assert not Message.objects.filter(kind="events.changed").exists()


def test_translation_of_the_place_is_no_move(desk):
    start = datetime.datetime(2027, 5, 20, 7, 0, tzinfo=datetime.UTC)
    event = make_event(place_en="", starts_at=start)
    make_participant(event)

    assert post(desk, event, place_en="City Hall, Kazan").status_code == 302

    event.refresh_from_db()
    assert (event.place_en, event.changes.count()) == ("City Hall, Kazan", 0)


def test_postponed_event_stays_postponed_in_the_form(desk):
    event = make_event(status="postponed")

    assert post(desk, event, status="announced", place_ru="Казань").status_code == 302

    event.refresh_from_db()
    assert (event.status, event.changes.count()) == ("postponed", 0)

"""PRG-1: one hall and one speaker are in one place at a time."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from events.tests.factories import make_participant
from programme import overlaps
from programme.models import Session
from programme.tests.factories import (
    HOUR,
    at,
    make_congress,
    make_hall,
    make_person,
    make_role,
    make_session,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def event():
    return make_congress()


def test_hall_is_refused_with_the_name_of_the_other_session(event):
    hall = make_hall(event)
    make_session(event, hall, title_en="Plenary")
    other = Session(
        event=event, hall=hall, title_ru="Семинар", starts_at=at(1, 10, 30), ends_at=at(1, 12)
    )

    with pytest.raises(ValidationError) as refused:
        overlaps.refuse_hall(other)

    assert refused.value.message_dict == {
        "hall": [
            "The hall is taken: “Plenary”, Thursday 20 May 2027, 10:00–11:00 "
            "(Congress of Local Governments)."
        ]
    }


def test_database_refuses_a_hall_twice(event):
    hall = make_hall(event)
    make_session(event, hall)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make_session(event, hall, starts_at=at(1, 10, 59))

    assert overlaps.is_overlap(refused.value)


def test_sessions_that_touch_or_lie_side_by_side_are_fine(event):
    first, second = make_hall(event), make_hall(event, 2)
    make_session(event, first)
    make_session(event, first, hour=11)
    make_session(event, second)
    make_session(event, None)
    make_session(event, None, is_online=True)

    assert event.sessions.count() == 5


def test_dropped_session_frees_its_hall_and_its_speakers(event):
    hall, person = make_hall(event), make_person()
    dropped = make_session(event, hall)
    make_role(dropped, person=person)
    dropped.is_dropped = True
    dropped.save()

    session = make_session(event, hall)
    make_role(session, person=person)

    assert event.sessions.kept().count() == 1


@pytest.mark.parametrize("who", ["person", "participant", "email"])
def test_speaker_is_refused_in_two_halls(event, who):
    given = {
        "person": lambda: {"person": make_person()},
        "participant": lambda: {"participant": make_participant(event)},
        "email": lambda: {"name_ru": "Анна Петрова", "email": "Anna@example.org"},
    }[who]()
    first = make_session(event, make_hall(event), title_ru="Пленарное заседание")
    make_role(first, **given)
    second = make_session(event, make_hall(event, 2))
    again = {**given, "email": "anna@example.org"} if who == "email" else given

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make_role(second, **again)

    assert overlaps.is_overlap(refused.value)
    role = second.roles.model(session=second, **again)
    assert overlaps.speaker_elsewhere(second, role) == first


def test_participant_is_the_same_in_the_whole_and_in_a_part(event):
    part = make_congress("council", parent=event, venue=event.venue)
    whole = make_participant(event)
    inner = make_participant(part, whole=whole, email="", member=whole.delegation.member)
    make_role(make_session(event), participant=whole)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_role(make_session(part), participant=inner)


def test_two_roles_in_one_session_are_fine(event):
    session, person = make_session(event), make_person()
    make_role(session, person=person, role="chair")
    make_role(session, person=person, order=2)

    assert session.roles.count() == 2


def test_moving_a_session_onto_its_speaker_is_refused(event):
    person = make_person()
    first, second = make_session(event), make_session(event, hour=12)
    make_role(first, person=person)
    make_role(second, person=person)

    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=second.pk).update(starts_at=at(1, 10), ends_at=at(1, 11))
    second.starts_at, second.ends_at = at(1, 10), at(1, 11)
    with pytest.raises(ValidationError) as refused:
        overlaps.refuse_speakers(second, second.roles.all())

    assert refused.value.messages == [
        "Ivan Ivanov is in another session then: “Opening”, Thursday 20 May 2027, "
        "10:00–11:00 (Congress of Local Governments)."
    ]


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "expected"),
    [
        (at(1, 10), at(1, 10), {"ends_at": ["A session ends after it starts."]}),
        (at(0, 10), at(0, 11), {"starts_at": ["The event has not begun by then."]}),
        (at(3, 17), at(3, 19), {"ends_at": ["The event is over by then."]}),
    ],
)  # fmt: skip
def test_session_stays_within_its_event(event, starts_at, ends_at, expected):
    session = Session(event=event, title_ru="Семинар", starts_at=starts_at, ends_at=ends_at)

    with pytest.raises(ValidationError) as refused:
        session.full_clean()

    assert refused.value.message_dict == expected


def test_hall_of_another_house_is_refused(event):
    other = make_congress("other")
    session = Session(
        event=event, title_ru="Семинар", hall=make_hall(other), starts_at=at(1, 10),
        ends_at=at(1, 11),
    )  # fmt: skip

    with pytest.raises(ValidationError) as refused:
        session.full_clean()

    assert list(refused.value.message_dict) == ["hall"]


def test_slot_follows_the_minutes_of_those_before(event):
    session = make_session(event)
    first = make_role(session, minutes=20)
    second = make_role(session, minutes=15, order=2, name_ru="Второй")
    whole = make_role(session, order=3, name_ru="Третий")

    assert [role.slot() for role in (first, second, whole)] == [
        (at(1, 10), at(1, 10, 20)),
        (at(1, 10, 20), at(1, 10, 35)),
        (at(1, 10), at(1, 11)),
    ]


@pytest.mark.django_db(transaction=True)
def test_prg_1_two_at_once_in_one_hall_leave_one():
    event = make_congress()
    hall, start, outcomes = make_hall(event), threading.Barrier(2), []

    def plan(minute: int) -> None:
        try:
            start.wait(10)
            make_session(event, hall, starts_at=at(1, 10, minute), ends_at=at(1, 10, minute) + HOUR)
            outcomes.append("done")
        except IntegrityError as refused:
            outcomes.append("refused" if overlaps.is_overlap(refused) else "broken")
        finally:
            connection.close()

    threads = [threading.Thread(target=plan, args=(minute,)) for minute in (0, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert (sorted(outcomes), event.sessions.count()) == (["done", "refused"], 1)

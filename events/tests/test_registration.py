"""Delegations take free places in their order; the rest wait or are over the quota."""

import dataclasses
import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from content.models import AuditEntry
from events import registration
from events.models import Delegation, Event, Participant
from events.registration import Person, RegistrationRefused
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_participant,
    make_people,
)
from events.tests.posting import states

pytestmark = pytest.mark.django_db


def problems(refused) -> list[tuple]:
    return [(one.row, one.field, one.message) for one in refused.value.problems]


def test_delegation_takes_free_places_in_its_own_order():
    event = make_event(capacity=2)

    delegation = make_delegation(event, people=3)

    assert states(delegation) == ["confirmed", "confirmed", "waiting"]
    assert [row.order for row in delegation.participants.all()] == [1, 2, 3]


def test_first_person_is_head_when_nobody_else_is_named():
    delegation = make_delegation(make_event(), people=2)

    assert [row.is_head for row in delegation.participants.all()] == [True, False]


def test_registration_without_limit_confirms_everybody():
    assert states(make_delegation(make_event(), people=12)) == ["confirmed"] * 12


def test_registration_is_written_to_the_audit_log():
    event = make_event()

    delegation = make_delegation(event)

    entry = AuditEntry.objects.get(verb="events.delegation.registered")
    assert (entry.target, entry.actor) == (delegation, delegation.registered_by)


def test_newcomers_wait_behind_those_who_wait_already():
    event = make_event(capacity=2)
    first = make_delegation(event, make_member(), people=3)
    second = make_delegation(event, make_member(slug="perm", name_ru="Пермь"), people=2)

    positions = event.participants.positions()

    assert states(second) == ["waiting", "waiting"]
    assert [positions[row.pk] for row in [*first.participants.all()[2:], *second.participants.all()]
    ] == [1, 2, 3]  # fmt: skip


def test_evt_4_quota_accepts_the_first_three_in_the_chosen_order():
    event = make_event(quota=3)

    delegation = make_delegation(event, people=5)

    assert states(delegation) == ["confirmed"] * 3 + ["over_quota"] * 2


def test_evt_4_head_must_be_one_of_the_accepted():
    event = make_event(quota=3)
    people = make_people(5)
    people[3] = dataclasses.replace(people[3], is_head=True)

    with pytest.raises(RegistrationRefused) as refused:
        make_delegation(event, people=people)

    assert [(row, field) for row, field, _text in problems(refused)] == [(3, "is_head")]
    assert Participant.objects.count() == 0


def test_evt_4_same_person_twice_is_refused_and_the_row_is_marked():
    people = [
        Person(name_cyrillic="Пётр  Семёнов", email="one@example.org"),
        Person(name_latin="Anna Lee", email="two@example.org"),
        Person(name_cyrillic="Иван Орлов", email="ONE@example.org"),
        Person(name_cyrillic="петр семенов"),
    ]

    with translation.override("en"), pytest.raises(RegistrationRefused) as refused:
        make_delegation(make_event(), people=people)

    assert problems(refused) == [
        (2, "email", "The same e-mail as person 1."),
        (3, "name_cyrillic", "The same name as person 1."),
    ]


def test_namesakes_with_addresses_of_their_own_are_two_people():
    people = [
        Person(name_cyrillic="Анна Ким", email="one@example.org"),
        Person(name_cyrillic="Анна Ким", email="two@example.org"),
    ]

    assert states(make_delegation(make_event(), people=people)) == ["confirmed"] * 2


def test_person_of_another_delegation_is_refused_by_address():
    event = make_event()
    make_participant(event, email="same@example.org")
    make_participant(event, email="gone@example.org", status="cancelled")

    with pytest.raises(RegistrationRefused) as refused:
        make_delegation(event, people=[*make_people(1, email="Same@example.org")])

    assert [(row, field) for row, field, _text in problems(refused)] == [(0, "email")]
    make_delegation(event, people=[*make_people(1, email="gone@example.org")])


def test_person_without_a_name_and_a_second_head_are_refused():
    people = [Person(email="x@example.org", is_head=True), Person(name_latin="A", is_head=True)]

    with pytest.raises(RegistrationRefused) as refused:
        make_delegation(make_event(), people=people)

    assert [(row, field) for row, field, _text in problems(refused)] == [
        (1, "is_head"),
        (0, "name_cyrillic"),
    ]


def test_nobody_is_no_delegation():
    with pytest.raises(RegistrationRefused) as refused:
        make_delegation(make_event(), people=[])

    assert [(row, field) for row, field, _text in problems(refused)] == [(None, None)]


NOW = datetime.datetime(2027, 2, 10, 12, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"registration_opens_at": NOW + DAY}, "11"),
        ({"registration_closes_at": NOW}, "10"),
        ({"starts_at": NOW}, ""),
        ({"status": "cancelled", "cancelled_at": NOW - DAY}, ""),
        ({"status": "withdrawn"}, ""),
        ({"takes_registrations": False}, ""),
        ({"published_at": NOW + DAY}, ""),
    ],
    ids=["not yet", "closed", "begun", "cancelled", "withdrawn", "not here", "not public"],
)
def test_registration_outside_its_time_is_refused_by_the_server_clock(monkeypatch, fields, words):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    event = make_event(**{"starts_at": NOW + 20 * DAY, "published_at": NOW - DAY, **fields})

    with pytest.raises(RegistrationRefused) as refused:
        make_delegation(event)

    assert words in str(refused.value)
    assert Delegation.objects.count() == 0


def test_registration_is_open_to_the_last_second(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    event = make_event(
        starts_at=NOW + 20 * DAY,
        published_at=NOW - DAY,
        registration_opens_at=NOW,
        registration_closes_at=NOW + datetime.timedelta(seconds=1),
    )

    assert states(make_delegation(event)) == ["confirmed"]


def test_member_registers_once():
    event = make_event()
    make_delegation(event)

    with pytest.raises(RegistrationRefused):
        make_delegation(event, people=make_people(1, prefix="other"))


def test_member_registers_again_after_cancelling():
    event = make_event()
    delegation = make_delegation(event)
    registration.cancel_delegation(delegation, delegation.registered_by)

    again = registration.register(
        event, delegation.member, make_people(2, prefix="kazan"), delegation.registered_by
    )

    assert again == delegation
    assert sorted(states(again)) == ["cancelled", "confirmed", "confirmed"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"registration_opens_at": NOW},
        {"registration_opens_at": NOW + DAY},
        {"registration_closes_at": NOW},
        {"registration_closes_at": NOW + DAY},
        {"starts_at": NOW, "ends_at": NOW + DAY},
        {"status": "draft"},
        {"status": "cancelled", "cancelled_at": NOW},
        {"published_at": NOW + DAY},
        {"takes_registrations": False},
    ],
    ids=str,
)
def test_rows_open_for_registration_are_those_whose_state_is_open(fields):
    event = make_event(**{"starts_at": NOW + 20 * DAY, "published_at": NOW - DAY, **fields})

    found = Event.objects.open_for_registration(NOW).exists()

    assert found == (event.registration_state(NOW) == Event.Registration.OPEN)


@pytest.mark.parametrize("model", [Participant, Delegation])
def test_database_keeps_a_participant_at_the_event_of_the_delegation(model):
    person, other = make_participant(make_event()), make_event("other")
    row = person if model is Participant else person.delegation

    save = transaction.savepoint()
    model.objects.filter(pk=row.pk).update(event=other)
    with pytest.raises(IntegrityError, match="events_participant_event_of_delegation"):
        connection.check_constraints()
    transaction.savepoint_rollback(save)


def test_database_lets_a_delegation_move_with_its_people():
    person, other = make_participant(make_event()), make_event("other")

    Delegation.objects.filter(pk=person.delegation_id).update(event=other)
    person.delegation.participants.update(event=other)

    connection.check_constraints()

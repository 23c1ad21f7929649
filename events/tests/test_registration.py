"""Delegations take free places in their order; the rest wait or are over the quota."""

import dataclasses
import datetime

import pytest
from django.utils import timezone, translation

from content.models import AuditEntry
from events import registration
from events.models import Delegation, Participant
from events.registration import DelegationChanged, Person, RegistrationRefused
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_participant,
    make_people,
    make_user,
)

pytestmark = pytest.mark.django_db


def states(delegation: Delegation) -> list[str]:
    return list(delegation.participants.values_list("status", flat=True))


def named(delegation: Delegation) -> list[Person]:
    """The delegation as its form would post it back unchanged."""
    return [
        Person(
            pk=row.pk,
            is_head=row.is_head,
            **{name: getattr(row, name) or "" for name in Person.FIELDS},
        )
        for row in delegation.participants.active()
    ]


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


def test_change_edits_adds_and_removes():
    event = make_event(capacity=2)
    delegation = make_delegation(event, people=2)
    first, second = named(delegation)
    edited = dataclasses.replace(first, name_cyrillic="Другое Имя")
    new = make_people(1, prefix="new")[0]

    registration.change(
        delegation, [edited, new], delegation.registered_by, delegation.version, note="Спасибо"
    )

    delegation.refresh_from_db()
    assert delegation.note == "Спасибо"
    assert [
        (row.name_cyrillic, row.status, row.is_head, row.departure)
        for row in delegation.participants.order_by("pk")
    ] == [
        ("Другое Имя", "confirmed", True, ""),
        (second.name_cyrillic, "cancelled", False, "withdrawn"),
        (new.name_cyrillic, "confirmed", False, ""),
    ]


def test_change_swaps_addresses_and_the_head():
    delegation = make_delegation(make_event(), people=2)
    first, second = named(delegation)
    swapped = [
        dataclasses.replace(first, email=second.email, is_head=False),
        dataclasses.replace(second, email=first.email, is_head=True),
    ]

    registration.change(delegation, swapped, delegation.registered_by, delegation.version)

    assert list(delegation.participants.values_list("email", "is_head")) == [
        (second.email, False),
        (first.email, True),
    ]


def test_reordering_decides_who_of_the_delegation_is_next():
    event = make_event(capacity=1)
    delegation = make_delegation(event, people=3)
    other = make_delegation(event, make_member(slug="perm"))
    first, second, third = named(delegation)

    registration.change(
        delegation, [first, third, second], delegation.registered_by, delegation.version
    )

    queue = [row.pk for row in event.participants.queue()]
    assert queue == [third.pk, second.pk, other.participants.get().pk]
    assert states(delegation) == ["confirmed", "waiting", "waiting"]


def test_reordering_takes_no_place_away():
    delegation = make_delegation(make_event(quota=1), people=2)
    first, second = named(delegation)

    registration.change(delegation, [second, first], delegation.registered_by, delegation.version)

    assert list(delegation.participants.values_list("pk", "status")) == [
        (second.pk, "over_quota"),
        (first.pk, "confirmed"),
    ]


def test_change_over_a_newer_version_writes_nothing():
    delegation = make_delegation(make_event(), people=2)
    seen = delegation.version
    people = named(delegation)
    registration.change(delegation, people[:1], delegation.registered_by, seen)

    with pytest.raises(DelegationChanged) as refused:
        registration.change(delegation, people, delegation.registered_by, seen)

    assert refused.value.delegation.version == seen + 1
    assert sorted(states(delegation)) == ["cancelled", "confirmed"]


def test_change_refuses_somebody_who_has_left():
    delegation = make_delegation(make_event(), people=2)
    people = named(delegation)
    Participant.objects.filter(pk=people[1].pk).update(status="declined")

    with pytest.raises(DelegationChanged):
        registration.change(delegation, people, delegation.registered_by, delegation.version)


def test_change_after_the_deadline_is_refused_and_leaving_is_not():
    event = make_event()
    delegation = make_delegation(event, people=2)
    event.registration_closes_at = timezone.now() - DAY
    event.save(update_fields=["registration_closes_at"])

    with pytest.raises(RegistrationRefused):
        registration.change(
            delegation, named(delegation)[:1], delegation.registered_by, delegation.version
        )
    registration.cancel_participant(delegation.participants.last(), delegation.registered_by)

    assert states(delegation) == ["confirmed", "cancelled"]


def test_nobody_leaves_an_event_that_has_begun():
    event = make_event()
    delegation = make_delegation(event)
    event.starts_at = timezone.now()
    event.save(update_fields=["starts_at"])

    with pytest.raises(RegistrationRefused):
        registration.cancel_delegation(delegation, delegation.registered_by)

    assert states(delegation) == ["confirmed"]


def test_somebody_over_the_quota_moves_up_when_another_leaves():
    delegation = make_delegation(make_event(quota=2), people=4)

    registration.cancel_participant(delegation.participants.first(), delegation.registered_by)

    assert states(delegation) == ["cancelled", "confirmed", "confirmed", "over_quota"]


def test_next_person_is_head_when_the_head_leaves():
    event = make_event(capacity=2)
    delegation = make_delegation(event, people=3)

    registration.cancel_participant(delegation.participants.first(), delegation.registered_by)

    assert list(delegation.participants.values_list("is_head", flat=True)) == [False, True, False]


def test_cancelling_twice_is_as_good_as_once():
    delegation = make_delegation(make_event(), people=2)
    person = delegation.participants.last()

    for _time in range(2):
        registration.cancel_participant(person, delegation.registered_by)

    assert states(delegation) == ["confirmed", "cancelled"]
    assert AuditEntry.objects.filter(verb="events.delegation.left").count() == 1


@pytest.mark.parametrize(
    ("accept", "capacity", "expected"),
    [(True, None, "confirmed"), (True, 1, "waiting"), (False, None, "declined")],
)
def test_secretariat_decides_who_is_over_the_quota(accept, capacity, expected):
    delegation = make_delegation(make_event(quota=1, capacity=capacity), people=2)
    staff = make_user("staff@example.org")
    person = delegation.participants.last()

    for _time in range(2):
        registration.decide_over_quota(person, accept, staff)

    assert states(delegation) == ["confirmed", expected]
    verb = "events.over_quota.accepted" if accept else "events.over_quota.declined"
    assert [entry.actor for entry in AuditEntry.objects.filter(verb=verb)] == [staff]


def test_raised_limits_let_people_move_up():
    event = make_event(capacity=2, quota=2)
    delegation = make_delegation(event, people=4)
    other = make_delegation(event, make_member(slug="perm"))
    event.capacity, event.quota = 3, 3
    event.save(update_fields=["capacity", "quota"])

    registration.limits_changed(event)

    assert states(delegation) == ["confirmed", "confirmed", "waiting", "over_quota"]
    assert states(other) == ["offered"]

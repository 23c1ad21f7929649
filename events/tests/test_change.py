"""Changing a delegation: edit, add, reorder, leave, and what the secretariat decides."""

import dataclasses

import pytest
from django.db import IntegrityError
from django.utils import timezone

from content.models import AuditEntry
from events import deciding, registration
from events.models import Participant
from events.registration import DelegationChanged, RegistrationRefused
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_offer,
    make_participant,
    make_people,
    make_user,
)
from events.tests.posting import named, states

pytestmark = pytest.mark.django_db


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
        deciding.decide_over_quota(person, accept, staff)

    assert states(delegation) == ["confirmed", expected]
    verb = "events.over_quota.accepted" if accept else "events.over_quota.declined"
    entries = AuditEntry.objects.filter(verb=verb)
    assert [(entry.actor, entry.changes) for entry in entries] == [
        (staff, {f"participant {person.pk}": ["over_quota", expected]})
    ]


def test_raised_limits_let_people_move_up():
    event = make_event(capacity=2, quota=2)
    delegation = make_delegation(event, people=4)
    other = make_delegation(event, make_member(slug="perm"))
    event.capacity, event.quota = 3, 3
    event.save(update_fields=["capacity", "quota"])

    registration.limits_changed(event)

    assert states(delegation) == ["confirmed", "confirmed", "waiting", "over_quota"]
    assert states(other) == ["offered"]


def test_earlier_start_shortens_running_offers():
    event = make_event(capacity=1)
    offer = make_offer(event, offer_expires_at=event.starts_at)
    event.starts_at = timezone.now() + DAY
    event.save()

    registration.limits_changed(event)

    offer.refresh_from_db()
    assert offer.offer_expires_at == event.starts_at


def test_nothing_moves_when_the_event_is_off():
    event = make_event(status="cancelled", cancelled_at=timezone.now(), capacity=5)
    person = make_participant(event, status="waiting")

    registration.limits_changed(event)

    person.refresh_from_db()
    assert person.status == "waiting"


def test_all_waiting_delegation_has_a_head_who_waits():
    delegation = make_delegation(make_event(capacity=0), people=2)

    assert list(delegation.participants.values_list("status", "is_head")) == [
        ("waiting", True),
        ("waiting", False),
    ]


def test_head_stays_head_when_the_delegation_is_saved_unchanged():
    event = make_event(capacity=1)
    delegation = make_delegation(event, people=2)
    first, second = named(delegation)
    people = [
        dataclasses.replace(first, is_head=False),
        dataclasses.replace(second, is_head=True),
    ]

    with pytest.raises(RegistrationRefused):
        registration.change(delegation, people, delegation.registered_by, delegation.version)
    registration.change(delegation, [first, second], delegation.registered_by, delegation.version)

    assert list(delegation.participants.values_list("is_head", flat=True)) == [True, False]


@pytest.mark.parametrize("constraint", ["two heads", "one address", "no name", "no moment"])
def test_database_refuses_what_may_never_be(constraint):
    event = make_event()
    delegation = make_delegation(event)
    fields = {
        "two heads": {"is_head": True},
        "one address": {"email": "KAZAN1@example.org"},
        "no name": {"name_cyrillic": ""},
        "no moment": {"status": "waiting", "queued_at": None},
    }[constraint]

    with pytest.raises(IntegrityError):
        Participant.objects.create(
            event=event,
            delegation=delegation,
            **{
                "name_cyrillic": "Имя",
                "status": "declined" if "email" not in fields else "over_quota",
                **fields,
            },
        )

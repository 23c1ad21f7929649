"""Parts of an event: who of a delegation takes part in a council within a congress."""

import dataclasses
import threading

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from events import deciding, part_places, registration, waiting
from events.models import Delegation, Participant
from events.people import RegistrationRefused
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_participant,
    make_people,
    make_user,
)
from events.tests.posting import named, page_of, posted, stored, text_of
from mailing.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def congress(db):
    return make_event()


def make_part(whole, slug="council", **fields):
    """A council within the congress, at the same hours."""
    names = {"title_ru": "Совет", "title_en": "World Council"}
    times = {"starts_at": whole.starts_at, "ends_at": whole.ends_at}
    return make_event(slug, parent=whole, **{**names, **times, **fields})


def people_for(*chosen):
    """People of one delegation, each with the parts they come to."""
    rows = make_people(len(chosen), prefix="kazan")
    return [
        dataclasses.replace(row, parts=frozenset(part.pk for part in parts))
        for row, parts in zip(rows, chosen, strict=True)
    ]


def in_part(part) -> list[tuple]:
    rows = part.participants.active().order_by("order", "pk")
    return [(row.whole.name_cyrillic if row.whole else "", row.status) for row in rows]


def test_people_take_part_in_a_part_with_places_of_its_own(congress):
    council = make_part(congress, capacity=1)

    delegation = make_delegation(congress, people=people_for([council], [council], []))

    assert list(delegation.participants.values_list("status", flat=True)) == ["confirmed"] * 3
    assert in_part(council) == [("Участник 1", "confirmed"), ("Участник 2", "waiting")]
    assert [row.is_head for row in council.participants.order_by("order")] == [True, False]


def test_part_has_a_quota_of_its_own(congress):
    council = make_part(congress, quota=1)

    make_delegation(congress, people=people_for([council], [council]))

    assert in_part(council) == [("Участник 1", "confirmed"), ("Участник 2", "over_quota")]


def test_change_of_the_whole_joins_leaves_and_renames_in_the_part(congress):
    council = make_part(congress)
    delegation = make_delegation(congress, people=people_for([council], []))
    first, second = named(delegation)
    changed = [
        dataclasses.replace(first, parts=frozenset(), email="b@example.org"),
        dataclasses.replace(second, name_cyrillic="Другое Имя", parts=frozenset([council.pk])),
    ]

    registration.change(delegation, changed, delegation.registered_by, 1)

    assert in_part(council) == [("Другое Имя", "confirmed")]
    again = [dataclasses.replace(row, parts=None) for row in named(delegation)]
    again[1] = dataclasses.replace(again[1], name_cyrillic="Третье Имя")
    registration.change(delegation, again, delegation.registered_by, 2)
    row = council.participants.active().get()
    assert (row.name_cyrillic, row.email) == ("Третье Имя", "kazan2@example.org")


def test_leaving_the_whole_leaves_the_parts_and_frees_their_places(congress):
    council = make_part(congress, capacity=1)
    delegation = make_delegation(congress, people=people_for([council]))
    next_one = make_participant(council, status="waiting")

    registration.cancel_participant(delegation.participants.get(), delegation.registered_by)

    next_one.refresh_from_db()
    assert next_one.status == "offered"
    assert in_part(council) == [("", "offered")]
    connection.check_constraints()


def test_offer_of_the_whole_that_lapses_leaves_the_part_too(congress):
    council = make_part(congress)
    make_delegation(congress, people=people_for([council]))
    person = congress.participants.get()
    Participant.objects.filter(pk=person.pk).update(
        status="offered", offer_expires_at=timezone.now() - DAY, queued_at=timezone.now()
    )

    waiting.expire_offers()

    assert in_part(council) == []


def test_turned_down_for_the_whole_is_out_of_the_part(congress):
    congress.needs_approval = True
    congress.save()
    council = make_part(congress)
    delegation = make_delegation(congress, people=people_for([council]))

    deciding.decide_pending(delegation.participants.get(), False, make_user("s@example.org"))

    assert in_part(council) == []
    connection.check_constraints()


def test_closed_part_is_refused_in_the_row(congress):
    council = make_part(congress, registration_closes_at=timezone.now() - DAY)

    with pytest.raises(RegistrationRefused) as refused:
        make_delegation(congress, people=people_for([], [council]))

    (problem,) = refused.value.problems
    assert (problem.row, problem.field) == (1, "parts")
    assert Delegation.objects.count() == 0


def test_part_may_take_those_who_attend_it_alone(congress, kazan, rep):
    council = make_part(congress)
    make_delegation(congress, kazan, people_for([council]), by=rep)

    alone = registration.register(council, kazan, make_people(1, "alone"), rep)

    assert in_part(council) == [("Участник 1", "confirmed"), ("", "confirmed")]
    registration.change(alone, make_people(2, "alone"), rep, alone.version)
    assert [name for name, _state in in_part(council)] == ["Участник 1", "", ""]
    with pytest.raises(RegistrationRefused):
        registration.change(
            Delegation.objects.get(event=congress),
            [dataclasses.replace(one, email="alone1@example.org")
             for one in named(Delegation.objects.get(event=congress))],
            rep, 1,
        )  # fmt: skip


def test_part_for_one_body_is_not_offered_to_others(congress, kazan):
    make_part(congress, audience="invited")
    open_to_all = make_part(congress, "open")

    assert part_places.on_offer(congress, kazan) == [open_to_all]


def test_database_keeps_people_of_a_part_in_the_whole(congress):
    council = make_part(congress)
    make_delegation(congress, people=people_for([council]))
    person = congress.participants.get()
    stranger = make_participant(make_event("other"))

    for change in (
        lambda: Participant.objects.filter(pk=person.pk).update(status="cancelled"),
        lambda: council.participants.update(whole=stranger),
    ):
        with transaction.atomic():
            save = transaction.savepoint()
            change()
            with pytest.raises(IntegrityError, match="not in the whole"):
                connection.check_constraints()
            transaction.savepoint_rollback(save)


def test_form_offers_the_parts_and_keeps_what_was_chosen(cabinet, kazan, rep, congress):
    council = make_part(congress, capacity=1)
    data = posted({"name_latin": "A"}, {"name_latin": "B"}, head=0)
    for row in (0, 1):
        data |= {f"people-{row}-parts": [council.pk], f"people-{row}-parts-shown": "1"}

    page = cabinet.post(page_of(congress), data, follow=True)

    assert [row.parts for row in page.context["rows"]] == [
        [("World Council", "has a place")], [("World Council", "on the waiting list")],
    ]  # fmt: skip
    delegation = Delegation.objects.get(event=congress)
    edited = posted(*stored(delegation), head=0, version=1)
    cabinet.post(page_of(congress), {**edited, "people-0-parts-shown": "1"})
    assert [row.name_latin for row in council.participants.active()] == ["B"]


def test_one_letter_sums_up_the_whole_and_its_parts(congress, kazan, rep):
    parts = [make_part(congress, f"part-{number}", capacity=0) for number in range(3)]

    make_delegation(congress, kazan, people_for(parts, parts), by=rep)

    letters = Message.objects.filter(email="rep@example.org")
    assert letters.count() == 1
    assert letters.get().text_body.count("World Council: on the waiting list") == 2 * 3
    assert Message.objects.filter(email="kazan1@example.org").count() == 1


@pytest.mark.django_db(transaction=True)
def test_whole_and_part_at_once_lose_nobody():
    congress = make_event()
    council = make_part(congress, capacity=2)
    user = make_user()
    cities = [make_member(slug=f"city-{number}") for number in range(6)]
    barrier, errors = threading.Barrier(6), []

    def register(city):
        try:
            barrier.wait(30)
            people = make_people(1, city.slug, parts=frozenset([council.pk]))
            delegation = registration.register(congress, city, people, user)
            if city.pk % 2:
                registration.cancel_delegation(delegation, user)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=register, args=(city,)) for city in cities]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert errors == []
    assert congress.participants.active().count() == council.participants.active().count() == 3
    assert council.participants.holding_a_place().count() <= 2


def test_page_names_those_who_come_with_the_whole(cabinet, kazan, rep, congress):
    council = make_part(congress)
    make_delegation(congress, kazan, people_for([council]), by=rep)

    page = cabinet.get(page_of(council))

    assert "With the delegation to the whole event" in text_of(page)
    assert page.context["people"].initial_form_count() == 0

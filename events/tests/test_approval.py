"""What the secretariat decides: approval, the quota of a delegation, who comes over it (EVT-4)."""

import pytest
from django.urls import reverse

from accounts.models import User
from events import deciding, registration, waiting
from events.models import Participant
from events.people import RegistrationRefused
from events.tests.factories import (
    make_delegation,
    make_event,
    make_member,
    make_participant,
    make_people,
)
from events.tests.posting import named, page_of, posted, states, text_of
from mailing.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(db):
    return User.objects.create_superuser("staff@example.org", full_name="Ирина Соколова")


FIVE = [{"name_latin": name, "email": f"{name}@example.org"} for name in ("A", "B", "C", "D", "E")]


def test_evt_4_five_people_for_a_quota_of_three(cabinet, client, boss):
    event = make_event(quota=3)

    page = cabinet.post(page_of(event), posted(*FIVE, head=0), follow=True)

    words = "over the quota, to be decided by the secretariat"
    assert [(row.name, row.state, row.is_head) for row in page.context["rows"]] == [
        ("A", "has a place", True), ("B", "has a place", False), ("C", "has a place", False),
        ("D", words, False), ("E", words, False),
    ]  # fmt: skip

    client.force_login(boss)
    desk = reverse("admin:events_participant_decisions", args=[event.pk])
    shown = client.get(desk).context
    (group,) = shown["groups"]
    assert [(person.name_latin, person.order) for person, *_fields in group.rows] == [
        ("D", 4), ("E", 5),
    ]  # fmt: skip
    assert (group.quota, group.within, shown["free"]) == (3, 3, None)
    fourth, fifth = Participant.objects.filter(status="over_quota").order_by("order")
    client.post(
        desk,
        {
            f"decision-{fourth.pk}": "accept",
            f"decision-{fifth.pk}": "decline",
            f"reason-{fifth.pk}": "Зал мал",
        },
    )

    assert list(Participant.objects.order_by("order").values_list("status", flat=True)) == [
        "confirmed", "confirmed", "confirmed", "confirmed", "declined",
    ]  # fmt: skip
    letter = Message.objects.get(email="e@example.org")
    assert "Зал мал" in letter.text_body


def test_evt_4_head_over_the_quota_is_refused(cabinet):
    response = cabinet.post(page_of(make_event(quota=3)), posted(*FIVE, head=4))

    assert "must be one of those who get a place" in text_of(response)
    assert Participant.objects.count() == 0


def test_quota_of_a_delegation_goes_before_that_of_the_event(boss):
    event = make_event(quota=1)
    delegation = make_delegation(event, people=3)
    assert states(delegation) == ["confirmed", "over_quota", "over_quota"]

    deciding.give_quota(delegation, 2, boss)

    delegation.refresh_from_db()
    assert (delegation.own_quota, states(delegation)) == (
        2, ["confirmed", "confirmed", "over_quota"],
    )  # fmt: skip
    deciding.give_quota(delegation, None, boss)
    assert states(delegation) == ["confirmed", "confirmed", "over_quota"]


def test_staff_give_a_quota_on_the_page_of_the_delegation(client, boss):
    delegation = make_delegation(make_event(quota=1), people=2)
    client.force_login(boss)
    desk = reverse("admin:events_delegation_change", args=[delegation.pk])
    management = {"participants-TOTAL_FORMS": 0, "participants-INITIAL_FORMS": 0}

    refused = client.post(desk, {"own_quota": "0", **management})
    assert "own_quota" in refused.context["adminform"].form.errors
    client.post(desk, {"own_quota": "2", **management})

    assert states(delegation) == ["confirmed", "confirmed"]


def test_approval_takes_no_place_until_it_is_given(boss):
    event = make_event(needs_approval=True, capacity=1)
    delegation = make_delegation(event, people=2)
    assert states(delegation) == ["pending", "pending"]
    assert [row.is_head for row in delegation.participants.all()] == [True, False]
    assert event.participants.holding_a_place().count() == 0

    first, second = delegation.participants.all()
    deciding.decide_pending(first, True, boss)
    deciding.decide_pending(second, True, boss)
    deciding.decide_pending(second, False, boss)

    assert states(delegation) == ["confirmed", "waiting"]


def test_approved_people_stand_behind_those_who_wait(boss):
    event = make_event(needs_approval=True, capacity=1)
    delegation = make_delegation(event)
    early = make_participant(event, status="waiting")

    deciding.decide_pending(delegation.participants.get(), True, boss)

    assert list(event.participants.queue()) == [early, delegation.participants.get()]


def test_refused_approval_tells_the_reason_and_frees_the_quota(boss):
    event = make_event(needs_approval=True, quota=1)
    delegation = make_delegation(event, people=2)
    assert states(delegation) == ["pending", "over_quota"]

    deciding.decide_pending(delegation.participants.first(), False, boss, "Нет визы")

    assert states(delegation) == ["declined", "pending"]
    assert [row.is_head for row in delegation.participants.all()] == [False, True]
    letter = Message.objects.get(email="kazan1@example.org")
    assert "Нет визы" in letter.text_body
    with pytest.raises(waiting.OfferRefused):
        waiting.accept_offer(delegation.participants.first())


def test_staff_approve_several_with_one_reason(client, boss):
    event = make_event(needs_approval=True)
    make_delegation(event, people=2)
    client.force_login(boss)
    desk = reverse("admin:events_participant_changelist")
    ids = list(Participant.objects.values_list("pk", flat=True))

    client.post(desk, {"action": "approve", "_selected_action": ids[:1]})
    client.post(
        desk, {"action": "disapprove", "_selected_action": ids, "reason": "Мест больше нет"}
    )

    assert list(Participant.objects.order_by("order").values_list("status", flat=True)) == [
        "confirmed", "declined",
    ]  # fmt: skip
    assert (
        "Мест больше нет"
        in Message.objects.get(
            email="kazan2@example.org", occasion__startswith="events.declined"
        ).text_body
    )


def test_queues_count_what_their_lists_show(client, boss):
    make_delegation(make_event("one", needs_approval=True), people=2)
    make_delegation(make_event("two", quota=1), make_member(slug="perm"), people=2)
    client.force_login(boss)
    desk = reverse("admin:events_participant_changelist")

    assert [
        client.get(desk + f"?decision={name}").context["cl"].result_count
        for name in ("open", "pending")
    ] == [1, 2]


def test_same_person_twice_may_be_refused_by_an_app_above(monkeypatch):
    from events import people

    event = make_event()
    delegation = make_delegation(event, people=2)
    problem = people.Problem("The same passport as person 1.", 1, "name_latin")
    monkeypatch.setattr(people, "_checks", [lambda _event, _delegation, _people: [problem]])

    with pytest.raises(RegistrationRefused) as refused:
        registration.change(delegation, named(delegation), delegation.registered_by, 1)

    assert refused.value.problems == [problem]


@pytest.mark.parametrize("number", [1, 6])
def test_page_of_decisions_holds_its_query_count(
    client, boss, django_assert_max_num_queries, number
):
    event = make_event(needs_approval=True)
    for one in range(number):
        make_delegation(event, make_member(slug=f"c-{one}"), make_people(2, f"p{one}"))
    client.force_login(boss)
    desk = reverse("admin:events_participant_decisions", args=[event.pk])
    client.get(desk)

    with django_assert_max_num_queries(14):
        client.get(desk)

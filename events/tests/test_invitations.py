"""Inviting members: who is invited, what they answer, who is reminded, and what staff see."""

import uuid

import pytest
from django.utils import timezone, translation

from events import invitations
from events.invitations import InvitationRefused
from events.models import Invitation
from events.tests.factories import (
    DAY,
    make_country,
    make_delegation,
    make_event,
    make_member,
    make_user,
)
from events.tests.posting import THREE, address, page_of, posted, text_of
from mailing.models import Message
from members import attention
from members.models import Member

pytestmark = pytest.mark.django_db
State = Invitation.State


@pytest.fixture
def boss(db):
    return make_user("boss@example.org", is_staff=True, is_superuser=True, full_name="Ольга")


@pytest.fixture
def desk(client, boss):
    client.force_login(boss)
    return client


@pytest.fixture
def event():
    return make_event(starts_at=timezone.now() + 60 * DAY)


def everybody():
    return Member.objects.members()


def invite(event, member=None, by=None, **fields) -> Invitation:
    members = Member.objects.filter(pk=member.pk) if member else everybody()
    by = by or make_user(f"by{uuid.uuid4().hex}@example.org")
    return invitations.invite(event, members, by, **fields)[0]


def answer(row, state, by, seen=State.OPEN, **fields):
    return invitations.answer(row, state, by, seen=seen, **fields)


def letters(kind="events.invitation") -> list[tuple[str, str]]:
    rows = Message.objects.filter(occasion__startswith=kind).order_by("pk")
    return [(row.occasion.rpartition("events.invitation:")[2], row.email) for row in rows]


def invitation_page(event, slug="kazan") -> str:
    return address("events:invitation", slug, event.slug)


# Who is invited


def test_all_members_are_invited_once_and_those_who_answer_get_a_letter(event, kazan, rep, boss):
    make_member("bishkek", "Бишкек", "Bishkek")

    first = invitations.invite(event, everybody(), boss)
    second = invitations.invite(event, everybody(), boss)

    assert ([row.member.slug for row in first], second) == (["bishkek", "kazan"], [])
    assert letters() == [(str(first[1].pk), rep.email)]
    letter = Message.objects.get()
    assert "«Конгресс местных властей»" in letter.subject
    path = address("events:invitation", "kazan", event.slug)
    assert f"http://testserver{path}" in letter.text_body
    assert f"http://testserver{path.replace('/en/', '/ru/')}" in letter.text_body


def test_member_that_is_registered_has_accepted_and_gets_no_letter(event, kazan, boss):
    make_delegation(event, kazan)

    row = invitations.invite(event, everybody(), boss)[0]

    assert (row.state, letters()) == ("accepted", [])


def test_candidates_fit_every_filter_and_those_named_come_besides(event):
    russia = make_country()
    kazan = make_member()
    region = make_member("tatarstan", "Татарстан", "Tatarstan", kind="region")
    bishkek = make_member("bishkek", "Бишкек", "Bishkek", country=make_country("KG"))
    guest = make_member("guest", "Гость", "Guest")
    guest.periods.all().delete()

    def found(**filters) -> set[str]:
        return {member.slug for member in invitations.candidates(event, **filters)}

    assert found() == {"kazan", "tatarstan", "bishkek"}
    assert found(countries=[russia]) == {"kazan", "tatarstan"}
    assert found(countries=[russia], kinds=["region"]) == {"tatarstan"}
    assert found(kinds=["region"], named=[bishkek]) == {"tatarstan", "bishkek"}
    assert found(named=[kazan]) == {"kazan"}
    assert found(named=[guest]) == set()
    assert region.kind == "region"


@pytest.mark.parametrize(
    ("fields", "until", "words"),
    [
        ({"status": "draft", "published_at": None}, None, "The event is not announced yet"),
        ({"status": "cancelled"}, None, "The event is cancelled."),
        ({"starts_at": -1}, None, "The event has begun."),
        ({}, -1, "The answer is due after today and before the event begins."),
        ({}, 40, "The answer is due after today and before the event begins."),
    ],
)
def test_inviting_that_makes_no_sense_is_refused(kazan, boss, fields, until, words):
    now = timezone.now()
    if "starts_at" in fields:
        fields = {"starts_at": now - DAY}
    if fields.get("status") == "cancelled":
        fields = {**fields, "cancelled_at": now}
    event = make_event(**fields)

    with translation.override("en"), pytest.raises(InvitationRefused) as refused:
        invitations.invite(event, everybody(), boss, until and now + until * DAY)

    assert str(refused.value).startswith(words)
    assert Invitation.objects.count() == 0


# What they answer


def test_come_leads_to_the_form_of_the_delegation(cabinet, event, kazan, rep):
    row = invite(event, kazan)

    page = cabinet.get(invitation_page(event))
    response = cabinet.post(invitation_page(event), {"deed": "come", "seen": "open"})

    assert "Come with a delegation" in text_of(page)
    assert response.headers["Location"] == page_of(event)
    row.refresh_from_db()
    assert (row.state, row.answered_by, row.answered_at is not None) == ("accepted", rep, True)


def test_decline_keeps_the_reason(cabinet, event, kazan, rep):
    row = invite(event, kazan)

    response = cabinet.post(
        invitation_page(event), {"deed": "decline", "seen": "open", "reason": "День города"},
        follow=True,
    )  # fmt: skip

    row.refresh_from_db()
    assert (row.state, row.reason, row.answered_by) == ("declined", "День города", rep)
    assert "Your city does not come." in text_of(response)
    assert "День города" in text_of(response)


def test_registered_delegation_accepts_the_invitation(cabinet, event, kazan, rep):
    row = invite(event, kazan)

    cabinet.post(page_of(event), posted(*THREE))

    row.refresh_from_db()
    assert (row.state, row.answered_by) == ("accepted", rep)


def test_event_for_those_invited_takes_delegations_of_them_alone(kazan, boss):
    event = make_event(audience="invited")
    bishkek = make_member("bishkek", "Бишкек", "Bishkek")
    invite(event, kazan)

    make_delegation(event, kazan)
    from events.people import RegistrationRefused

    with pytest.raises(RegistrationRefused):
        make_delegation(event, bishkek)

    assert list(event.delegations.values_list("member__slug", flat=True)) == ["kazan"]


def test_same_answer_again_is_as_good_as_once(event, kazan, rep):
    row = invite(event, kazan)
    first = answer(row, State.DECLINED, rep, reason="Далеко")

    again = answer(row, State.DECLINED, make_user("other@example.org"), reason="Другое")

    assert (again.answered_by, again.reason, again.answered_at) == (
        rep, "Далеко", first.answered_at,
    )  # fmt: skip


def test_answer_from_an_old_page_learns_what_was_answered_meanwhile(cabinet, event, kazan):
    row = invite(event, kazan)
    answer(row, State.DECLINED, make_user("other@example.org"))

    response = cabinet.post(invitation_page(event), {"deed": "come", "seen": "open"})

    row.refresh_from_db()
    assert row.state == "declined"
    words = "Meanwhile somebody else of your city has answered: declined. Look once more."
    assert words in text_of(response)


def test_mind_may_change(event, kazan, rep):
    row = invite(event, kazan)
    answer(row, State.DECLINED, rep, reason="Далеко")

    changed = answer(row, State.ACCEPTED, rep, seen=State.DECLINED)

    assert (changed.state, changed.reason) == ("accepted", "")


def test_who_is_registered_cancels_first(event, kazan, rep):
    row = invite(event, kazan)
    make_delegation(event, kazan, by=rep)

    with translation.override("en"), pytest.raises(InvitationRefused) as refused:
        answer(row, State.DECLINED, rep, seen=State.ACCEPTED)

    assert str(refused.value) == (
        "Your delegation is registered. Cancel the delegation first, then decline."
    )


def test_late_answers(event, kazan, rep):
    row = invite(event, kazan, answer_until=timezone.now() + DAY)
    Invitation.objects.update(answer_until=timezone.now() - DAY)

    with translation.override("en"), pytest.raises(InvitationRefused) as refused:
        answer(row, State.ACCEPTED, rep)
    declined = answer(row, State.DECLINED, rep)

    assert str(refused.value).startswith("The answer was due by")
    assert declined.state == "declined"


def test_reply_to_a_cancelled_event_is_refused(cabinet, event, kazan):
    row = invite(event, kazan)
    type(event).objects.update(status="cancelled", cancelled_at=timezone.now())

    page = cabinet.get(invitation_page(event))
    response = cabinet.post(invitation_page(event), {"deed": "come", "seen": "open"})

    assert "Come with a delegation" not in text_of(page)
    assert "The event is cancelled." in text_of(response)
    row.refresh_from_db()
    assert row.state == "open"


def test_page_of_a_member_that_is_not_invited_does_not_exist(cabinet, event):
    assert cabinet.get(invitation_page(event)).status_code == 404


@pytest.mark.parametrize("data", [{}, {"deed": "both"}])
def test_post_without_an_answer_changes_nothing(cabinet, event, kazan, data):
    row = invite(event, kazan)

    assert cabinet.post(invitation_page(event), data).status_code == 200
    row.refresh_from_db()
    assert row.state == "open"


def test_long_reason_is_refused_and_kept_in_the_field(cabinet, event, kazan):
    invite(event, kazan)

    data = {"deed": "decline", "seen": "open", "reason": "н" * 501}
    response = cabinet.post(invitation_page(event), data)

    assert "The reason has more than 500 characters." in text_of(response)
    assert response.context["reason"] == "н" * 501


def test_cabinet_lists_invitations_and_says_what_to_do(cabinet, event, kazan, rep):
    row = invite(event, kazan, answer_until=timezone.now() + 2 * DAY)

    page = cabinet.get(address("events:cabinet", "kazan"))
    with translation.override("en"):
        todo = [one for one in attention.attention_for(kazan, rep) if "invited" in one.title]

    assert "Invitations" in text_of(page)
    assert [(one.title, one.action, one.deadline, one.is_hot, one.url) for one in todo] == [
        ("You are invited: Congress of Local Governments", "Answer the invitation",
         row.answer_until, True, invitation_page(event)),
    ]  # fmt: skip
    answer(row, State.ACCEPTED, rep)
    with translation.override("en"):
        assert not [one for one in attention.attention_for(kazan, rep) if "invited" in one.title]

"""Inviting members: who is invited, what they answer, who is reminded, and what staff see."""

import datetime
import io
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from accounts.tests.factories import make_user as make_staff
from content import workqueue
from content.models import PrivateFile
from events import invitation_ladder, invitation_letters, invitations
from events.invitations import InvitationRefused
from events.models import Invitation, InvitationStep
from events.tests.factories import (
    DAY,
    make_country,
    make_delegation,
    make_event,
    make_member,
    make_people,
    make_representative,
    make_user,
)
from events.tests.posting import THREE, address, page_of, posted, text_of
from mailing.models import Message
from members import attention
from members.models import Member, Representative

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


# The ladder


@pytest.fixture
def second(kazan, rep):
    Representative.objects.filter(user=rep).update(role=Representative.Role.LEAD)
    user = make_user("second@example.org")
    make_representative(user, kazan, role=Representative.Role.CONTRIBUTOR)
    return user


def on(row, days: float) -> datetime.datetime:
    return row.invited_at + days * DAY


def test_ladder_reminds_who_answers_then_all_then_the_head_on_paper(event, kazan, rep, second):
    row = invite(event, kazan)

    taken = [invitation_ladder.climb(on(row, days)) for days in (6, 7, 7, 13, 14, 20, 21, 40)]

    assert taken == [0, 1, 0, 0, 1, 0, 1, 0]
    assert letters() == [
        (str(row.pk), rep.email),
        (f"{row.pk}:r1", rep.email),
        (f"{row.pk}:r2", rep.email),
        (f"{row.pk}:r2", second.email),
    ]
    steps = list(row.steps.values_list("rung", "emails", "letter__content_type"))
    assert steps == [
        (1, [rep.email], None),
        (2, [rep.email, second.email], None),
        (3, [], "application/pdf"),
    ]


def test_ladder_stops_with_the_answer(event, kazan, rep):
    row = invite(event, kazan)
    answer(row, State.ACCEPTED, rep)

    assert invitation_ladder.climb(on(row, 30)) == 0


def test_ladder_fits_in_before_the_answer_is_due(event, kazan, rep):
    row = invite(event, kazan, answer_until=timezone.now() + 8 * DAY)

    taken = [invitation_ladder.climb(on(row, days)) for days in (1.9, 2.1, 4.2, 6.3, 9)]

    assert taken == [0, 1, 1, 1, 0]


def test_missed_weeks_are_not_made_up_in_one_heap(event, kazan, rep, second):
    row = invite(event, kazan)

    taken = [invitation_ladder.climb(on(row, days)) for days in (30, 31, 37)]

    assert taken == [1, 0, 1]


def test_member_without_representatives_gets_the_letter_on_paper(event, kazan):
    row = invite(event, kazan)

    assert invitation_ladder.climb(on(row, 7)) == 3

    assert [(step.rung, step.emails, bool(step.letter)) for step in row.steps.all()] == [
        (1, [], False), (2, [], False), (3, [], True),
    ]  # fmt: skip


def test_cancelled_event_reminds_nobody(event, kazan, rep):
    row = invite(event, kazan)
    type(event).objects.update(status="cancelled", cancelled_at=timezone.now())

    assert invitation_ladder.climb(on(row, 30)) == 0


def test_letter_on_paper_is_in_both_languages(event, kazan):
    row = invite(event, kazan, answer_until=timezone.now() + 20 * DAY)

    words = {code: invitation_letters._words(row, code) for code in ("ru", "en")}

    assert words["en"]["title"] == "Invitation to an event: Congress of Local Governments"
    assert "Конгресс местных властей" in words["ru"]["title"]
    assert words["en"]["to"] == "To the administration: Kazan"
    assert invitation_letters.paper(row).startswith(b"%PDF-")


# The desk


def test_staff_see_who_would_be_invited_and_invite_them_once(desk, event, kazan, rep):
    bare = make_member("bishkek", "Бишкек", "Bishkek")
    page = reverse("admin:events_invitation_invite")
    day = (timezone.now() + 20 * DAY).date()
    data = {"form_key": str(uuid.uuid4()), "event": event.pk, "answer_until": day.isoformat()}

    seen = desk.post(page, {**data, "preview": "1"})
    assert Invitation.objects.count() == 0
    first, second = (desk.post(page, {**data, "send": "1"}) for _click in range(2))

    preview = seen.context["preview"]
    assert [member for member, _people in preview.rows] == [bare, kazan]
    assert (preview.known, preview.without_address) == (0, 1)
    assert first.headers["Location"] == second.headers["Location"]
    assert Invitation.objects.count() == 2
    until = Invitation.objects.first().answer_until.astimezone(event.zone)
    assert (until.date(), until.hour, until.minute) == (day, 23, 59)


def test_deadline_after_the_event_is_said_beside_its_field(desk, event, kazan):
    day = (timezone.now() + 90 * DAY).date().isoformat()
    data = {"form_key": str(uuid.uuid4()), "event": event.pk, "answer_until": day, "send": "1"}

    response = desk.post(reverse("admin:events_invitation_invite"), data)

    assert list(response.context["form"].errors) == ["answer_until"]
    assert Invitation.objects.count() == 0


def action(desk, name: str, *rows):
    data = {"action": name, "_selected_action": [row.pk for row in rows]}
    return desk.post(reverse("admin:events_invitation_changelist"), data, follow=name != "export")


def test_staff_remind_those_who_are_silent_once_a_day(desk, event, kazan, rep):
    row = invite(event, kazan)
    other = make_member("bishkek", "Бишкек", "Bishkek")
    done = invite(event, other)
    answer(done, State.DECLINED, rep)

    for _click in range(2):
        action(desk, "remind", row, done)

    assert len(letters("events.invitation:")) == 2
    assert letters()[1][1] == rep.email


def test_staff_print_and_post_the_letter(desk, event, kazan):
    row = invite(event, kazan)
    Invitation.objects.update(invited_at=timezone.now() - 8 * DAY)
    invitation_ladder.climb()
    step = InvitationStep.objects.get(rung=3)
    boss = make_user("chief@example.org", is_staff=True, is_superuser=True)

    def waiting() -> list[int]:
        rows = workqueue.queues_for(boss)
        return [one.count for one in rows if "letter=waiting" in one.url]

    sent = desk.get(reverse("admin:events_invitation_letter", args=[step.pk]))
    listed = desk.get(reverse("admin:events_invitation_changelist") + "?letter=waiting")
    assert (b"".join(sent).startswith(b"%PDF-"), waiting()) == (True, [1])
    assert listed.context["cl"].result_count == 1
    action(desk, "mark_posted", row)

    step.refresh_from_db()
    assert (step.posted_on is not None, waiting()) == (True, [0])
    assert PrivateFile.objects.get().purpose == "event-invitation"


def test_table_has_every_answer(desk, event, kazan, rep):
    row = invite(event, kazan)
    answer(row, State.DECLINED, rep, reason="=День города")

    response = action(desk, "export", row)

    sheet = load_workbook(io.BytesIO(response.content)).active
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert len(cells) == 2
    assert cells[1][1] in ("Казань", "Kazan")
    assert cells[1][4:6] == ["'=День города", rep.full_name]


@pytest.mark.parametrize("count", [1, 5])
def test_list_costs_the_same_for_one_and_for_many(
    desk, event, count, django_assert_max_num_queries
):
    for number in range(count):
        invite(event, make_member(f"city-{number}", f"Город {number}", f"City {number}"))

    with django_assert_max_num_queries(14):
        desk.get(reverse("admin:events_invitation_changelist"))


def test_page_of_one_invitation_shows_the_ladder(desk, event, kazan, rep):
    row = invite(event, kazan)
    invitation_ladder.climb(on(row, 7))

    page = desk.get(reverse("admin:events_invitation_change", args=[row.pk]))

    assert rep.email in text_of(page)


def test_those_who_may_look_may_not_invite(client, event):
    client.force_login(make_staff("translator@example.org", roles=["translator"]))

    assert client.get(reverse("admin:events_invitation_invite")).status_code == 403


def test_people_of_the_delegation_are_named_as_always(event, kazan):
    invite(event, kazan)

    assert make_delegation(event, kazan, make_people(2)).participants.count() == 2

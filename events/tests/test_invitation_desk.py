"""Invitations without an answer: the ladder of reminders, and the desk of the secretariat."""

import datetime
import io
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.tests.factories import make_user as make_staff
from content import workqueue
from content.models import PrivateFile
from events import invitation_ladder, invitation_letters
from events.models import GuestApplication, Invitation, InvitationStep
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_people,
    make_representative,
    make_user,
)
from events.tests.posting import text_of
from events.tests.test_invitations import State, answer, invite, letters
from members.models import Representative

pytestmark = pytest.mark.django_db


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


def test_list_of_guests_says_when_each_registration_was_sent(client):
    """The heading is in the reader's words, whatever the column is called."""
    sent = GuestApplication.objects.create(
        event=make_event(),
        email="m.nowak@example.org",
        language="en",
        wanted={},
        token_hash="0" * 64,
    ).created_at
    client.force_login(make_staff("lead@example.org", roles=["lead"]))
    page = client.get(reverse("admin:events_guestapplication_changelist"))
    shown = page.context["cl"].result_list[0].created_at
    assert (page.status_code, shown, "Created at" in page.text) == (200, sent, False)

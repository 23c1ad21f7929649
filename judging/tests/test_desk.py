"""The desk of a stage, jurors, reminders, the protocol: through the screens."""

import io
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Invitation
from accounts.tests.factories import make_user
from awards.models import EntryAnswer, Extension
from awards.tests.factories import (
    make_author,
    make_category,
    make_entrant,
    make_entry,
    make_field,
    make_round,
)
from content.models import AuditEntry
from content.workqueue import queues_for
from judging import closing, conflicts, progress, protocol, reminding, tasks, voting
from judging.models import Assignment, Juror, JuryProtocol, Stage
from judging.tests.factories import (
    DAY,
    make_assignment,
    make_criterion,
    make_juror,
    make_stage,
    make_vote,
)
from judging.tests.test_closing import over, starred
from mailing.models import Message

pytestmark = pytest.mark.django_db
JURORS = reverse("admin:judging_juror_add")


@pytest.fixture
def round(db):
    return make_round()


@pytest.fixture
def desk(client_of, awards_officer):
    return client_of(awards_officer)


def address(stage: Stage, name: str = "desk", *more) -> str:
    return reverse(f"admin:judging_stage_{name}", args=[stage.pk, *more])


def act(client, stage: Stage, deed: str, **data):
    return client.post(address(stage), {"deed": deed, **data}, follow=True)


def messages_of(response) -> list[str]:
    return [str(one) for one in response.context["messages"]]


def juror_form(round, **changed) -> dict:
    typed = {
        "round": round.pk, "email": "nina@example.org", "full_name": "Нина Орлова",
        "language": "ru", "position": "Художник", "home_text": "Казань", "languages": ["ru"],
    }  # fmt: skip
    return {**typed, **changed}


def test_juror_is_invited_by_mail(desk, round):
    response = desk.post(JURORS, juror_form(round))

    assert response.status_code == 302
    juror = Juror.objects.get()
    seat = (juror.user.email, juror.position, juror.home_text, juror.languages)
    assert seat == ("nina@example.org", "Художник", "Казань", ["ru"])
    assert Invitation.objects.get().role == "juror"
    assert [one.email for one in Message.objects.all()] == ["nina@example.org"]


def test_who_sees_names_in_the_secretariat_is_no_juror(desk, round, awards_officer):
    page = desk.post(JURORS, juror_form(round, email=awards_officer.email))

    assert page.status_code == 200
    assert not Juror.objects.exists()


def test_juror_with_an_account_is_told(desk, round):
    make_user("nina@example.org", full_name="Нина Орлова")

    desk.post(JURORS, juror_form(round))

    (letter,) = Message.objects.all()
    assert "/ru/jury/" in letter.text_body
    assert not Invitation.objects.exists()


def test_juror_without_a_city_and_a_second_time_is_refused(desk, round):
    without = desk.post(JURORS, juror_form(round, home_text=""))
    assert set(without.context["adminform"].form.errors) == {"home"}
    desk.post(JURORS, juror_form(round))
    again = desk.post(JURORS, juror_form(round, email="NINA@example.org"))
    assert set(again.context["adminform"].form.errors) == {"email"}
    assert Juror.objects.count() == 1


def test_moving_a_juror_on_the_form_takes_back_works(desk, round):
    entry = make_entry(make_entrant(round, home_text="Ставрополь"))
    juror = make_juror(round, home_text="Казань")
    make_assignment(make_stage(round), juror, entry)

    typed = {"home_text": "Ставрополь", "position": "Художник"}
    response = desk.post(reverse("admin:judging_juror_change", args=[juror.pk]), typed)

    assert response.status_code == 302
    assert not Assignment.objects.exists()
    juror.refresh_from_db()
    assert (juror.home_text, juror.position) == ("Ставрополь", "Художник")


def test_stage_is_opened_worked_on_and_counted_on_its_desk(desk, round):
    stage = make_stage(round, state="planned", method="stars")
    assert len(desk.get(address(stage)).context["missing"]) == 2
    juror = make_juror(round)
    entry = make_entry(make_entrant(round), make_category(round))

    act(desk, stage, "open")
    assignment = Assignment.objects.get()
    assert (assignment.juror, assignment.entry) == (juror, entry)
    voting.give(assignment, {None: 4})
    response = act(desk, stage, "close")

    stage.refresh_from_db()
    assert stage.state == "closed"
    (counted,) = response.context["counted"]
    assert (counted.entry, counted.place, counted.score) == (entry, 1, 4)


def test_desk_says_why_a_stage_is_not_counted(desk, round):
    stage = make_stage(round, method="stars")
    make_assignment(stage, make_juror(round), make_entry(make_entrant(round)))

    response = act(desk, stage, "close")

    assert len(messages_of(response)) == 1
    stage.refresh_from_db()
    assert stage.state == "open"


def test_works_are_assigned_by_their_numbers(desk, round):
    entrant = make_entrant(round, home_text="Казань")
    works = [make_entry(entrant) for _ in range(4)]
    juror, bound = make_juror(round), make_juror(round, home_text="Казань")
    stage = make_stage(round, assigning="by_hand")

    act(desk, stage, "hand", numbers="1-2, 4", jurors=[juror.pk])
    assert sorted(Assignment.objects.values_list("entry", flat=True)) == [
        works[0].pk, works[1].pk, works[3].pk,
    ]  # fmt: skip
    for numbers, jurors in [("9", juror), ("1-", juror), ("3-1", juror), ("3", bound)]:
        response = act(desk, stage, "hand", numbers=numbers, jurors=[jurors.pk])
        form = response.context["forms"]["hand"]
        assert (bool(form.errors), form["numbers"].value()) == (True, numbers)
    assert Assignment.objects.count() == 3


def test_reminder_is_written_once_for_one_click(desk, round):
    stage = make_stage(round, method="stars", closes_at=timezone.now() + 9 * DAY)
    late, done = make_juror(round), make_juror(round)
    entry = make_entry(make_entrant(round))
    make_assignment(stage, late, entry)
    make_vote(stage, done, entry, {None: 4})
    key = uuid.uuid4()

    for _ in range(2):
        act(desk, stage, "remind", form_key=key)

    (letter,) = Message.objects.all()
    assert letter.email == late.user.email
    act(desk, stage, "remind", form_key=uuid.uuid4())
    assert Message.objects.count() == 2


def test_jurors_behind_are_reminded_three_days_before_the_end(round):
    stage = make_stage(round, method="stars", closes_at=timezone.now() + 9 * DAY)
    late = make_juror(round)
    make_assignment(stage, late, make_entry(make_entrant(round)))

    early = list(reminding.due(stage.closes_at - 4 * DAY))
    due = list(reminding.due(stage.closes_at - 2 * DAY))

    assert early == []
    assert [(one.email, one.due_at, one.expires_at) for one in due] == [
        (late.user.email, stage.closes_at - 3 * DAY, stage.closes_at)
    ]


def test_end_of_the_votes_is_set_on_the_desk(desk, round):
    stage = make_stage(round)
    future = timezone.localtime(timezone.now() + 5 * DAY)

    wrong = act(desk, stage, "end", closes_at_0="2020-01-01", closes_at_1="10:00")
    assert set(wrong.context["forms"]["end"].errors) == {"closes_at"}
    act(desk, stage, "end", closes_at_0=f"{future:%Y-%m-%d}", closes_at_1="10:00")

    stage.refresh_from_db()
    assert stage.closes_at > timezone.now() + 3 * DAY


def test_tie_is_settled_on_the_desk(desk, round, awards_officer):
    stage = closing.close(starred(round, {"A": [[4], [4]]}, tie_rule="lot"), awards_officer)
    first, second = stage.results.order_by("pk")
    tie = {"tie": first.entry_id, f"place_{first.entry_id}": 2, f"place_{second.entry_id}": 1}

    without = act(desk, stage, "tie", **tie)
    assert set(without.context["ties"][0].errors) == {"reason"}
    assert act(desk, stage, "protocol", language="ru").context["protocols"].count() == 0
    act(desk, stage, "tie", **tie, reason="Тянули жребий при всех")

    assert list(stage.results.order_by("pk").values_list("place", flat=True)) == [2, 1]


def test_votes_leave_as_a_row_per_work_and_a_column_per_answer(desk, round):
    category = make_category(round)
    stage = make_stage(round)
    skill, idea = make_criterion(stage), make_criterion(stage, title_ru="Замысел", order=2)
    field = make_field(round)
    entry = make_entry(make_entrant(round), category, title_ru="=1+1")
    EntryAnswer.objects.create(entry=entry, field=field, text="Про сад")
    judged = make_vote(stage, make_juror(round), entry, {skill: 10, idea: 5})
    Assignment.objects.filter(pk=judged.pk).update(comment="Светло")
    voting.abstain(make_assignment(stage, make_juror(round), entry), "Знаю автора")

    response = desk.get(address(stage, "votes"))

    sheet = load_workbook(io.BytesIO(response.content)).active
    headings, row = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert headings[7:] == [
        "Juror 1: Мастерство", "Juror 1: Замысел", headings[9], "Juror 2: Мастерство",
        "Juror 2: Замысел", headings[12], "В чём суть работы?",
    ]  # fmt: skip
    assert row[:6] == ["Номинация A", 1, "0001", "'=1+1", 1, 75]
    assert row[7:10] == [10, 5, "Светло"]
    assert row[12].endswith("Знаю автора")
    assert row[13] == "Про сад"


def test_votes_are_for_those_alone_who_lead_the_judging(client_of, round, editor, translator):
    stage = make_stage(round)
    juror = make_juror(round, make_user("nina@example.org"))

    codes = {
        who.email: [client_of(who).get(address(stage, name)).status_code for name in
                    ("desk", "votes")]
        for who in (editor, translator)
    }  # fmt: skip

    assert set(map(tuple, codes.values())) == {(403, 403)}
    assert client_of(juror.user).get(address(stage)).status_code in (302, 403, 404)


def test_disagreement_is_listed_widest_first(round):
    stage = starred(round, {"A": [[3, 3], [1, 5], [2, 4], [5]]})

    found = progress.disagreement(stage)

    assert [(one.work.number, one.votes) for one in found] == [(2, 2), (3, 2)]


def test_progress_takes_a_fixed_number_of_queries(round, django_assert_num_queries):
    stage = starred(round, {"A": [[3, 3]]})
    with django_assert_num_queries(7):
        progress.of(stage)
    starred(round, {"A": [[3, 3, 3]] * 4})
    with django_assert_num_queries(7):
        assert len(progress.of(stage).works) == 5


def test_desk_takes_the_same_queries_however_many_works(desk, round):
    stage = make_stage(round)
    criterion = make_criterion(stage)

    def judged(number: int) -> None:
        juror = make_juror(round, home_text="Москва")
        for _ in range(number):
            entry = make_entry(make_entrant(round), round.categories.first())
            make_vote(stage, juror, entry, {criterion: number})

    make_category(round)
    judged(2)
    desk.get(address(stage))
    with CaptureQueriesContext(connection) as few:
        desk.get(address(stage))
    for _ in range(3):
        judged(6)
    with CaptureQueriesContext(connection) as many:
        desk.get(address(stage))

    assert len(many) == len(few), [one["sql"][:200] for one in many]


def test_later_works_are_assigned_by_the_timetable(round):
    stage = make_stage(round)
    juror = make_juror(round)
    make_entry(make_entrant(round))
    over(make_stage(round))

    assert [tasks.complete_assignments(), tasks.complete_assignments()] == [1, 0]
    (assignment,) = Assignment.objects.all()
    assert (assignment.stage, assignment.juror) == (stage, juror)


def test_protocol_says_everything(round, awards_officer):
    """One work of the chair's city, one abstention, a longer deadline, weighted criteria."""
    category = make_category(round)
    stage = make_stage(round, is_blind=True, votes_needed=1)
    skill = make_criterion(stage, weight=3)
    entrant = make_entrant(round, home_text="Казань")
    ours, other = (make_entry(entrant, category) for _ in range(2))
    chair = make_juror(round, is_chair=True, position="Художник", home_text="Москва")
    guest, bound = make_juror(round), make_juror(round, home_text="Казань")
    make_vote(stage, chair, ours, {skill: 9})
    make_vote(stage, guest, other, {skill: 8})
    voting.abstain(make_assignment(stage, chair, other), "Учил автора")
    Extension.objects.create(
        entrant=entrant, until=timezone.now(), reason="Почта опоздала", token_hash="x",
        granted_by=awards_officer,
    )  # fmt: skip
    stage = closing.close(over(stage), awards_officer)

    data = protocol.data_of(stage)

    assert [row[0] for row in data["jury"]] == ["Juror 1", "Juror 2", "Juror 3"]
    assert [row[2:] for row in data["jury"]] == [["2", "1", "1"], ["1", "1", "0"], ["0", "0", "0"]]
    assert "Художник" in data["jury"][0][1]
    assert data["abstentions"] == ["0002, Juror 1: Учил автора"]
    assert data["conflicts"] == [f"{bound.user.full_name}: 0001, 0002"]
    (group,) = data["results"]
    assert [row[:2] + row[3:6] for row in group["rows"]] == [
        ["1", "0001", "1", "90,0000", "—"],
        ["2", "0002", "1", "80,0000", "—"],
    ]
    assert [("Почта опоздала" in one, "школа" in one) for one in data["extensions"]] == [
        (True, True)
    ]
    assert len(data["rules"]) == 6
    assert conflicts.pairs(round) == {(bound.pk, ours.pk), (bound.pk, other.pk)}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_protocol_is_printed_and_kept(desk, round, awards_officer, client_of, editor, language):
    stage = closing.close(starred(round, {"A": [[5, 4], [3, 3]]}), awards_officer)

    act(desk, stage, "protocol", language=language)

    made = JuryProtocol.objects.get()
    assert (made.language, made.made_by) == (language, awards_officer)
    link = address(stage, "protocol", made.pk)
    response = desk.get(link)
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response.headers["Content-Type"] == "application/pdf"
    assert client_of(editor).get(link).status_code == 403
    assert AuditEntry.objects.filter(verb="judging.protocol.made").count() == 1


def test_no_child_is_named_by_desk_votes_protocol_and_audit(desk, awards_officer):
    round = make_round(is_for_children=True)
    entry = make_entry(make_entrant(round), make_category(round))
    make_author(entry, consents=("entry",))
    stage = make_stage(round, method="stars")
    make_vote(stage, make_juror(round), entry, {None: 5})
    page = desk.get(address(stage)).content.decode()
    votes = load_workbook(io.BytesIO(desk.get(address(stage, "votes")).content)).active
    table = str([[cell.value for cell in row] for row in votes.iter_rows()])
    stage = closing.close(over(stage), awards_officer)

    shown = page + table + str(protocol.data_of(stage)) + str(
        list(AuditEntry.objects.values_list("summary", "changes"))
    )  # fmt: skip

    assert not [word for word in ("Амина", "Сафина", "Amina", "Лукина") if word in shown]


def test_queues_name_stages_that_are_over_and_juries_that_are_behind(round, awards_officer):
    over(make_stage(round))
    soon = make_stage(round, closes_at=timezone.now() + 3 * DAY)
    make_assignment(soon, make_juror(round), make_entry(make_entrant(round)))

    found = [one for one in queues_for(awards_officer) if "judging/stage" in one.url]

    assert [one.count for one in found] == [1, 1]

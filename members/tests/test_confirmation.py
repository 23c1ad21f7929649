"""The yearly question: asked once, answered by one page or by a letter, reminded by a ladder."""

import datetime
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone, translation

from content import privatefiles
from content.models import AuditEntry, PrivateFile
from mailing.models import Message
from members import confirmation, departments, ladder
from members.attention import attention_for
from members.models import Confirmation, LadderStep, Member, PaperLetter, ProfileUpdate
from members.tests.factories import make_figure, make_member, make_period, make_representative
from members.tests.profile_form import fields_of, waiting

pytestmark = pytest.mark.django_db

PAGE = "/en/cabinet/kazan/confirmation/"
OPENS = datetime.date(2026, 2, 1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def on(monkeypatch):
    """A function that sets the day and the hour: noon."""

    def set_day(day: datetime.date) -> None:
        noon = datetime.datetime.combine(day, datetime.time(9), datetime.UTC)
        monkeypatch.setattr("content.dated.today", lambda: day)
        monkeypatch.setattr("django.utils.timezone.now", lambda: noon)

    set_day(OPENS)
    return set_day


@pytest.fixture
def asked(on, member, rep) -> Confirmation:
    confirmation.open_round()
    return Confirmation.objects.get()


def opened(door) -> dict:
    return fields_of(door.get(PAGE).context["form"])


def letter_of(member, user) -> PaperLetter:
    scan = privatefiles.store(
        SimpleUploadedFile("letter.pdf", b"%PDF-1.7 letter"), "members.letter", user
    )
    return PaperLetter.objects.create(
        member=member, dated=datetime.date(2026, 5, 12), scan=scan, entered_by=user
    )


def to_do(member, user) -> list:
    """What a representative who reads English finds about the yearly question."""
    with translation.override("en"):
        return [one for one in attention_for(member, user) if "yearly" in one.title]


def rungs() -> list[tuple]:
    rows = LadderStep.objects.order_by("confirmation", "rung")
    return [(row.rung, row.email or bool(row.letter_id)) for row in rows]


def test_round_opens_once_a_year_for_those_who_were_members_that_day(on, member):
    make_member("guest", "Гость", "Guest", is_member=False)
    joined = make_member("new", "Новый", "New", is_member=False)
    make_period(joined, OPENS + DAY, starts_precision="day")
    counts = []
    for day in (OPENS - DAY, OPENS, OPENS + 5 * DAY, OPENS + datetime.timedelta(days=365)):
        on(day)
        counts.append(confirmation.open_round())

    assert counts == [0, 1, 0, 2]
    rows = Confirmation.objects.order_by("pk").values_list("member__slug", "year", "deadline")
    assert list(rows)[:1] == [("kazan", 2026, OPENS + confirmation.ANSWER_WITHIN)]


def test_round_that_was_missed_opens_later(on, member):
    on(OPENS + 9 * DAY)

    assert confirmation.open_round() == 1
    assert Confirmation.objects.get().opened_on == OPENS + 9 * DAY


def test_page_shows_all_that_the_public_sees(asked, door, member, rep):
    make_figure(member, value=1_318_604)
    contact = dict.fromkeys(departments.CONTACT_FIELDS, "") | {
        "full_name_en": "Aigul", "is_head": True, "is_public": False,
    }  # fmt: skip
    given = {"name_ru": "", "name_en": "Foreign office", "email": "f@example.org", "phone": ""}
    departments.save(member, None, given, [contact], rep)

    html = door.get(PAGE).content.decode().replace("\xa0", " ")

    for words in ("Казань / Kazan", "1,318,604", "Foreign office", "Aigul", "lead representative",
                  "+7 843 000-00-00", "Третья столица", "15 March 2026"):  # fmt: skip
        assert words in html, words


def test_confirming_dates_the_page_and_closes_the_question(asked, door, rep, member):
    response = door.post(PAGE, opened(door))

    assert (response.status_code, response["Location"]) == (302, PAGE)
    asked.refresh_from_db()
    assert (asked.answered_by, confirmation.last_confirmed(member)) == (rep, OPENS)
    assert ProfileUpdate.objects.count() == 0
    entry = AuditEntry.objects.get(verb="member.confirmed")
    assert (entry.actor, entry.target) == (rep, member)
    html = door.get(PAGE).content.decode()
    assert ("Confirmed on" in html, "Confirm the page" in html) == (True, False)


def test_corrections_go_to_the_secretariat_and_the_rest_is_confirmed(asked, door):
    sent = opened(door) | {"phone": "+7 843 292-09-34", "note": "The mayor is new."}

    response = door.post(PAGE, sent, follow=True)

    asked.refresh_from_db()
    assert (asked.note, asked.answered_at is not None) == ("The mayor is new.", True)
    assert waiting() == {"phone": "+7 843 292-09-34"}
    assert Member.objects.get().phone == "+7 843 000-00-00"
    assert "What you corrected is with the secretariat." in response.content.decode()


def test_wrong_correction_is_told_and_nothing_is_confirmed(asked, door):
    form = door.post(PAGE, opened(door) | {"phone": "call me", "note": "Hm"}).context["form"]

    assert form.errors == {
        "phone": ["Enter the number with its country code, for example +7 843 292-09-34."]
    }
    assert form["note"].value() == "Hm"
    assert Confirmation.objects.get().answered_at is None


def test_second_click_confirms_once(asked, door):
    sent = opened(door)

    assert [door.post(PAGE, sent).status_code for _click in range(2)] == [302, 302]
    assert AuditEntry.objects.filter(verb="member.confirmed").count() == 1


def test_who_comes_second_is_told(asked, door, member, rep):
    sent = opened(door)
    confirmation.confirm(member, rep)

    html = door.post(PAGE, sent | {"phone": "+7 1"}).content.decode()

    assert "The page was confirmed meanwhile. Nothing was changed now." in html
    assert ProfileUpdate.objects.count() == 0


def test_nothing_is_confirmed_that_was_not_asked(on, member, rep):
    with pytest.raises(confirmation.NotAsked):
        confirmation.confirm(member, rep)


def test_contributor_sees_the_page_and_leaves_the_answer_to_who_signs(
    asked, client_of, member, make_user
):
    contributor = make_user("c@example.org", language="en")
    make_representative(contributor, member, role="contributor")
    door = client_of(contributor)

    html = door.get(PAGE).content.decode()

    assert "The lead representative or the signatory confirms the page." in html
    assert door.post(PAGE, {}).status_code == 403
    assert to_do(member, contributor) == []
    assert Confirmation.objects.get().answered_at is None


def test_contributor_answers_where_nobody_signs(asked, client_of, rep, member):
    rep.mandates.update(role="contributor")

    assert client_of(rep).post(PAGE, opened(client_of(rep))).status_code == 302
    assert Confirmation.objects.get().answered_by == rep


def test_rep_6_letter_counts_and_the_next_year_asks_again(on, member, rep, lead):
    on(datetime.date(2026, 5, 12))
    confirmation.by_letter(letter_of(member, lead))
    counts = []
    for day in (datetime.date(2026, 5, 13), datetime.date(2027, 1, 31), datetime.date(2027, 2, 1)):
        on(day)
        counts.append(confirmation.open_round())

    assert counts == [0, 0, 1]
    assert confirmation.last_confirmed(member) == datetime.date(2026, 5, 12)
    assert [one.title for one in to_do(member, rep)] == [
        "Is the page of the city right? The yearly question"
    ]


def test_letter_answers_the_open_question(asked, member, lead):
    confirmation.by_letter(letter_of(member, lead))

    asked.refresh_from_db()
    assert (asked.answered_by, asked.letter.dated) == (lead, datetime.date(2026, 5, 12))
    assert AuditEntry.objects.get(verb="member.confirmed").summary == (
        f"{member}: 2026, by letter of 12.05.2026"
    )


def test_ladder_climbs_rung_by_rung_and_each_is_taken_once(asked, on, member, rep, make_user):
    second = make_user("second@example.org")
    make_representative(second, member, role="contributor")
    given = {"name_ru": "Отдел", "name_en": "", "email": "box@example.org", "phone": ""}
    departments.save(member, None, given, [], rep)
    seen = []
    for days in (0, 0, 13, 14, 27, 28, 41, 42, 60):
        on(OPENS + days * DAY)
        seen.append((days, ladder.climb()))

    assert seen == [
        (0, 1), (0, 0), (13, 0), (14, 1), (27, 0), (28, 1), (41, 0), (42, 1), (60, 0),
    ]  # fmt: skip
    assert rungs() == [
        (1, "rep@example.org"), (2, "second@example.org"), (3, "box@example.org"), (4, True),
    ]  # fmt: skip
    mails = Message.objects.order_by("pk")
    first = mails[0]
    assert (first.email, first.subject) == (
        "rep@example.org", "Kazan: is the page right? Please confirm",
    )  # fmt: skip
    assert [f"http://testserver{PAGE}" in mail.text_body for mail in mails] == [True, True, False]
    paper = PrivateFile.objects.get(purpose=ladder.PURPOSE)
    with paper.file.open() as opened_file:
        assert (paper.name, opened_file.read(5)) == ("kazan-2026.pdf", b"%PDF-")


def test_rung_without_anybody_is_written_down_and_the_next_follows_at_once(on, member):
    confirmation.open_round()

    assert ladder.climb() == 4
    assert rungs() == [(1, False), (2, False), (3, False), (4, True)]
    assert Message.objects.count() == 0


def test_ladder_that_stood_still_sends_no_heap_of_letters(asked, on, member, make_user):
    make_representative(make_user("second@example.org"), member)
    for days in (40, 41, 53, 54):
        on(OPENS + days * DAY)
        ladder.climb()

    assert rungs()[:2] == [(1, "rep@example.org"), (2, "second@example.org")]
    assert len(rungs()) == 2


def test_ladder_ends_with_the_answer(asked, on, member, rep):
    ladder.climb()
    confirmation.confirm(member, rep)
    on(OPENS + 90 * DAY)

    assert (ladder.climb(), rungs()) == (0, [(1, "rep@example.org")])


def test_second_rung_passes_over_who_was_written_to(asked, on, member, rep, make_user):
    ladder.climb()
    rep.mandates.update(role="contributor")
    make_representative(make_user("next@example.org"), member)
    on(OPENS + 14 * DAY)

    ladder.climb()

    assert rungs() == [(1, "rep@example.org"), (2, "next@example.org")]


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_a_rung_once(member, rep):
    today = timezone.localdate()
    Confirmation.objects.create(
        member=member, year=confirmation.round_year(today), opened_on=today, deadline=today
    )
    start, taken = threading.Barrier(2), []

    def climb():
        try:
            start.wait(10)
            taken.append(ladder.climb())
        finally:
            connection.close()

    threads = [threading.Thread(target=climb) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert (sorted(taken), Message.objects.count()) == ([0, 1], 1)


def test_deadline_stands_by_the_clock_of_the_member(asked, on, member, rep):
    member.time_zone = "Asia/Bishkek"
    member.save()

    found = to_do(member, rep)

    assert [(one.zone, one.deadline.isoformat(), one.url, one.is_hot) for one in found] == [
        ("Asia/Bishkek", "2026-03-15T23:59:00+06:00", PAGE, False)
    ]


def test_last_confirmed_reads_prefetched_rows(asked, member, rep, django_assert_num_queries):
    confirmation.confirm(member, rep)
    (known,) = Member.objects.prefetch_related("confirmations")

    with django_assert_num_queries(0):
        assert confirmation.last_confirmed(known) == OPENS


@pytest.mark.parametrize("count", [1, 12])
def test_round_opens_with_a_constant_number_of_queries(on, count, django_assert_num_queries):
    for number in range(count):
        make_member(f"city-{number}", f"Город {number}", f"City {number}")

    with django_assert_num_queries(6):
        assert confirmation.open_round() == count


def test_notes_are_settled_once(asked, member, rep, lead):
    confirmation.confirm(member, rep, "The mayor is new.")

    counts = [confirmation.settle_notes(Confirmation.objects.all(), lead) for _twice in range(2)]

    assert counts == [1, 0]
    assert Confirmation.objects.get().note_settled_at is not None

"""Questions back: asked, mailed once, replied to after the deadline, and nothing else changes."""

import datetime
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone, translation

from accounts.tests.factories import make_representative
from mailing import reminders
from mailing.models import Message
from questionnaires import answering, asking, asking_letters, attention, checking, queue
from questionnaires.models import Answer, AnswerNote
from questionnaires.numbers import NotANumber
from questionnaires.refusals import Refused
from questionnaires.tests.checks import log, make_checked, make_expert, make_guest, of, state
from ratings.models import Edition, Indicator
from ratings.tests.factories import make_full_edition, make_group, make_indicator

pytestmark = pytest.mark.django_db
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def edition(db):
    return make_full_edition()


@pytest.fixture
def city(edition):
    return make_checked(edition)


@pytest.fixture
def rep(city):
    return make_representative(city.member, "rep@example.org")


@pytest.fixture
def checker(edition):
    return make_expert(edition)


def ask(checker, response, code="P1", text="How did you count?") -> Answer:
    answer = of(response, code)
    asking.ask_back(checker, answer.pk, answer.version, text)
    return answer


def close(edition) -> None:
    """The window is over since yesterday."""
    now = timezone.now()
    Edition.objects.filter(pk=edition.pk).update(closes_at=now - DAY, opens_at=now - 9 * DAY)
    edition.refresh_from_db()


def upload(name="report.pdf", data=b"%PDF-1.7 report") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_question_has_a_day_and_stands_in_the_cabinet(edition, city, checker):
    answer = ask(checker, city)

    (question,) = asking.open_questions(city)
    assert (question.answer, question.note.text) == (answer, "How did you count?")
    assert question.until == asking.today(edition) + 10 * DAY
    assert not question.is_overdue
    assert log(answer) == [("asked", "3", "3", "How did you count?")]
    answer.refresh_from_db()
    assert (answer.check_state, answer.version) == ("asked", 2)


def test_question_without_words_and_to_a_guest_is_refused(edition, city, checker):
    with pytest.raises(Refused, match="Write what you ask"):
        ask(checker, city, text="  ")
    guest = make_guest(edition)
    answer = Answer.objects.create(
        response=guest, indicator=Indicator.objects.get(code="P1"), number=1
    )
    with pytest.raises(Refused, match="has no cabinet here"):
        asking.ask_back(checker, answer.pk, 1, "Why?")
    assert not AnswerNote.objects.exists()


def test_question_taken_back_is_closed(city, checker):
    answer = ask(checker, city)
    checking.take_back(checker, answer.pk, 2)
    assert asking.open_questions(city) == []


def test_reply_in_words_brings_the_answer_back(city, checker, rep):
    for code in ("P2", "E1"):
        checking.accept(checker, of(city, code).pk, 1)
    answer = ask(checker, city)

    asking.reply(city, answer.pk, rep, asking.Reply(" By the register. "))

    answer.refresh_from_db()
    assert (answer.check_state, answer.number, answer.version) == ("waiting", 3, 3)
    assert state(city) == ("submitted", False)
    notes = answer.notes.values_list("is_of_city", "text", "by")
    assert list(notes) == [
        (False, "How did you count?", checker.user.pk), (True, "By the register.", rep.pk),
    ]  # fmt: skip
    assert log(answer)[1:] == [("replied", "3", "3", "")]
    checking.accept(checker, answer.pk, 3)
    assert state(city) == ("checked", True)


def test_reply_after_the_deadline_changes_the_asked_answer_alone(edition, city, checker, rep):
    answer = ask(checker, city)
    close(edition)
    city.refresh_from_db()
    given = asking.Reply(
        "Two more.", answering.Given("1 005"), upload(), "https://example.org/register"
    )

    asking.reply(city, answer.pk, rep, given)

    answer.refresh_from_db()
    assert (answer.number, answer.check_state, answer.updated_by) == (1005, "waiting", rep)
    proofs = list(answer.evidence.order_by("pk").values_list("title", "link"))
    assert proofs == [("report.pdf", ""), ("", "https://example.org/register")]
    assert log(answer)[1:] == [
        ("replied", "3", "1,005", ""),
        ("replied", "1,005", "1,005", "Proof added: report.pdf"),
        ("replied", "1,005", "1,005", "Proof added: https://example.org/register"),
    ]
    with pytest.raises(Refused, match="Nobody asks about this answer"):
        asking.reply(city, of(city, "P2").pk, rep, asking.Reply("And here?"))
    with pytest.raises(Refused):
        answering.save(
            city, Indicator.objects.get(edition=edition, code="P2"), answering.Given("9"), rep, 1
        )
    assert of(city, "P2").number == 7


def test_reply_that_is_no_number_keeps_nothing(city, checker, rep):
    answer = ask(checker, city)
    with pytest.raises(NotANumber):
        asking.reply(city, answer.pk, rep, asking.Reply("So", answering.Given("many"), upload()))
    assert of(city).check_state == "asked"
    assert not answer.evidence.exists()
    assert answer.notes.count() == 1


def test_day_for_the_reply_is_kept(edition, city, checker, rep):
    answer = ask(checker, city)
    today = asking.today(edition)
    AnswerNote.objects.update(answer_until=today)
    assert not asking.open_questions(city)[0].is_overdue
    AnswerNote.objects.update(answer_until=today - DAY)

    assert asking.open_questions(city)[0].is_overdue
    with pytest.raises(Refused, match="Replies were taken until"):
        asking.reply(city, answer.pk, rep, asking.Reply("Late"))
    assert of(city).check_state == "asked"


def test_only_representatives_reply_and_nobody_after_the_sealing(edition, city, checker, rep):
    answer = ask(checker, city)
    stranger = make_representative(make_checked(edition).member)
    with pytest.raises(Refused, match="not yours to answer"):
        asking.reply(city, answer.pk, stranger, asking.Reply("Me"))
    Edition.objects.filter(pk=edition.pk).update(sealed_at=timezone.now())
    with pytest.raises(Refused, match="The results are sealed"):
        asking.reply(city, answer.pk, rep, asking.Reply("Me"))


def test_city_is_mailed_once_for_an_hour(edition, city, checker, rep):
    ask(checker, city, "P1", "How did you count?")
    ask(checker, city, "E1", "Where is the list?")
    start = timezone.now().replace(minute=0, second=0, microsecond=0)
    AnswerNote.objects.update(at=start + HOUR / 2)

    reminders.write(asking_letters.due(start + HOUR - DAY / 1440), start + HOUR)
    assert not Message.objects.exists()
    for _again in range(2):
        reminders.write(asking_letters.due(start + HOUR), start + HOUR)

    (letter,) = Message.objects.all()
    assert letter.email == "rep@example.org"
    for words in ("How did you count?", "Where is the list?", "/questions/", "P1. ", "E1. "):
        assert words in letter.text_body
    ask(checker, city, "P2", "And this?")
    AnswerNote.objects.filter(answer__indicator__code="P2").update(at=start + HOUR)
    reminders.write(asking_letters.due(start + 2 * HOUR), start + 2 * HOUR)
    assert Message.objects.count() == 2


def test_nothing_is_mailed_about_questions_that_are_closed(city, checker, rep):
    first, second = ask(checker, city), ask(checker, city, "E1")
    asking.reply(city, first.pk, rep, asking.Reply("So"))
    checking.take_back(checker, second.pk, 2)
    later = timezone.now() + 2 * HOUR
    reminders.write(asking_letters.due(later), later)
    assert not Message.objects.exists()


def test_cabinet_says_that_a_reply_is_due(city, checker, rep):
    answer = ask(checker, city)
    (task,) = attention.questionnaires(city.member, rep)
    assert task.url == f"/en/cabinet/{city.member.slug}/ratings/{city.pk}/questions/"
    asking.reply(city, answer.pk, rep, asking.Reply("So"))
    assert list(attention.questionnaires(city.member, rep)) == []


@pytest.mark.django_db(transaction=True)
def test_two_replies_at_once_one_is_kept():
    edition = make_full_edition()
    city = make_checked(edition)
    answer = ask(make_expert(edition), city)
    people = [make_representative(city.member) for _number in range(2)]
    start, outcomes = threading.Barrier(2), []

    def send(user):
        start.wait(timeout=10)
        try:
            asking.reply(city, answer.pk, user, asking.Reply("So"))
            outcomes.append("kept")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[one]) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["kept", "refused"]
    assert answer.notes.filter(is_of_city=True).count() == 1


def test_reply_about_a_text_is_read_and_done(edition, city, checker, rep):
    text = make_indicator(make_group(edition, "T"), "T1", kind=Indicator.Kind.TEXT, weight=0)
    answer = Answer.objects.create(response=city, indicator=text, text="Words")
    asking.ask_back(checker, answer.pk, 1, "Which year?")
    asking.reply(city, answer.pk, rep, asking.Reply("2025"))
    assert list(Answer.objects.filter(queue.replied())) == [answer]
    checking.accept(checker, answer.pk, 3)
    assert not Answer.objects.filter(queue.replied()).exists()

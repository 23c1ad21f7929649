"""Keeping answers: seen, under lock, within the window, each change in the log."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone, translation

from accounts.models import User
from members.tests.factories import make_country, make_figure, make_member
from questionnaires import answering, taking_part
from questionnaires.answering import Conflict, Entry, Given, Saved
from questionnaires.models import Answer, AnswerChange, Response
from questionnaires.refusals import Refused
from questionnaires.tests.factories import make_response
from ratings.models import Edition, Indicator, ScaleStep
from ratings.tests.factories import make_edition, make_full_edition, make_group, make_indicator

pytestmark = pytest.mark.django_db
Deed = AnswerChange.Deed


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def make_user(name="elena") -> User:
    return User.objects.create_user(f"{name}@example.org", full_name=name.title())


@pytest.fixture
def edition() -> Edition:
    return make_full_edition()


@pytest.fixture
def response(edition) -> Response:
    return make_response(edition)


def of(edition, code="P1") -> Indicator:
    return Indicator.objects.get(edition=edition, code=code)


def refused(deed) -> str:
    with pytest.raises(Refused) as caught:
        deed()
    return str(caught.value)


def log(answer) -> list[tuple]:
    rows = answer.changes.values_list("deed", "before", "after", "reason", "by__full_name")
    return list(rows)


def test_an_answer_is_kept_with_its_log_and_freezes_the_questions(edition, response):
    user = make_user()
    saved = answering.save(response, of(edition), Given("12"), user, 0)
    assert saved == Saved(Answer.objects.get())
    edition.refresh_from_db()
    assert edition.frozen_at is not None
    again = answering.save(response, of(edition), Given("1 300", comment="All of them"), user, 1)
    assert (again.answer.number, again.answer.version) == (1300, 2)
    stored = Answer.objects.get()
    assert (stored.number, stored.version, stored.comment) == (1300, 2, "All of them")
    assert log(stored) == [
        ("typed", "", "12", "", "Elena"), ("typed", "12", "1,300", "All of them", "Elena"),
    ]  # fmt: skip


def test_what_was_understood_is_said(edition, response):
    saved = answering.save(response, of(edition), Given("12 тыс."), make_user(), 0)
    assert (saved.answer.number, saved.said) == (
        12_000, "Understood as 12,000. Correct it if you meant another number.",
    )  # fmt: skip


def test_the_second_of_two_sees_the_answer_of_the_first(edition, response):
    first, second = make_user("first"), make_user("second")
    answering.save(response, of(edition), Given("12"), first, 0)
    outcome = answering.save(response, of(edition), Given("15"), second, 0)
    assert isinstance(outcome, Conflict)
    assert (outcome.answer.number, outcome.answer.updated_by) == (12, first)
    assert Answer.objects.get().number == 12
    assert isinstance(answering.save(response, of(edition), Given("12"), second, 0), Saved)
    kept = answering.save(response, of(edition), Given("15"), second, outcome.answer.version)
    assert (kept.answer.number, kept.answer.updated_by) == (15, second)
    assert [row[1:3] for row in log(kept.answer)] == [("", "12"), ("12", "15")]


@pytest.mark.django_db(transaction=True)
def test_rat_5_two_save_at_once_and_one_is_told(edition, response):
    users, indicator = [make_user("one"), make_user("two")], of(edition)
    start, outcomes = threading.Barrier(2), []

    def type_in(user, value):
        try:
            start.wait(10)
            outcomes.append(answering.save(response, indicator, Given(value), user, 0))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=type_in, args=(user, value))
        for user, value in zip(users, ("3", "4"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(type(one).__name__ for one in outcomes) == ["Conflict", "Saved"]
    stored = Answer.objects.get()
    assert {one.answer.number for one in outcomes} == {stored.number}
    assert AnswerChange.objects.count() == 1


def test_a_checked_answer_that_changes_waits_again(edition, response):
    user = make_user()
    answer = answering.save(response, of(edition), Given("12"), user, 0).answer
    Answer.objects.filter(pk=answer.pk).update(
        check_state="corrected", corrected_number=9, check_reason="Counted twice",
        checked_by=user, checked_at=timezone.now(),
    )  # fmt: skip
    answering.save(response, of(edition), Given("12", comment="Please look"), user, 1)
    assert Answer.objects.get().check_state == "corrected"
    answering.save(response, of(edition), Given("10"), user, 2)
    stored = Answer.objects.get()
    assert (stored.check_state, stored.corrected_number, stored.check_reason) == (
        "waiting",
        None,
        "",
    )
    assert (stored.checked_by, stored.checked_at) == (None, None)


def test_nothing_is_taken_outside_the_window(edition, response):
    user = make_user()

    def at(moment):
        return answering.save(response, of(edition), Given("1"), user, 0, now=moment)

    before, after = edition.opens_at, edition.closes_at
    second = datetime.timedelta(seconds=1)
    assert refused(lambda: at(before - second)) == "The questionnaire is not open yet."
    assert refused(lambda: at(after)).startswith("Answers were taken until ")
    assert not Answer.objects.exists()
    assert isinstance(at(after - second), Saved)


def test_a_deadline_that_was_moved_meanwhile_counts(edition, response):
    Edition.objects.filter(pk=edition.pk).update(closes_at=timezone.now())
    message = refused(lambda: answering.save(response, of(edition), Given("1"), make_user(), 0))
    assert message.startswith("Answers were taken until ")


def test_the_secretariat_types_a_letter_after_the_deadline_until_the_sealing(edition, response):
    user, late = make_user(), edition.closes_at + datetime.timedelta(days=1)
    Response.objects.update(state="submitted", submitted_at=timezone.now())
    saved = answering.save(response, of(edition), Given("7"), user, 0, Deed.LETTER, now=late)
    assert log(saved.answer) == [("letter", "", "7", "", "Elena")]
    Edition.objects.filter(pk=edition.pk).update(sealed_at=late)
    sealed = "The results are sealed: nothing of the answers changes any more."
    deed = (response, of(edition), Given("8"), user, 1, Deed.LETTER)
    assert refused(lambda: answering.save(*deed)) == sealed


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("submitted", "The questionnaire is sent. Take it back first to change an answer."),
        ("checked", "The questionnaire is sent. Take it back first to change an answer."),
        ("left_out", "The questionnaire was left out of the rating. Write to the secretariat."),
    ],
)
def test_what_was_sent_is_not_typed_over(edition, response, state, words):
    Response.objects.update(state=state, submitted_at=timezone.now(), left_out_reason="Late")
    assert refused(
        lambda: answering.save(response, of(edition), Given("1"), make_user(), 0)
    ) == words  # fmt: skip


def test_each_kind_of_question_takes_its_own_answers():
    edition = make_edition()
    group = make_group(edition)
    scale = edition.scales.create(title_en="How often")
    often = ScaleStep.objects.create(scale=scale, label_en="Every year", value=2)
    never = edition.scales.create(title_en="Other").steps.create(label_en="Never", value=0)
    asked = {
        kind: make_indicator(group, f"P{place}", kind=kind, **columns)
        for place, (kind, columns) in enumerate(
            {
                "yes_no": {}, "scale": {"scale": scale}, "text": {"weight": 0},
                "percent": {"maximum": Decimal(100), "decimals": 1},
            }.items()
        )
    }  # fmt: skip
    response, user = make_response(edition), make_user()

    def keep(kind, value, **given):
        answer = Answer.objects.filter(response=response, indicator=asked[kind]).first()
        version = answer.version if answer else 0
        found = answering.save(response, asked[kind], Given(value, **given), user, version).answer
        return found.number, found.step, found.text, found.is_unknown

    assert keep("yes_no", "yes") == (1, None, "", False)
    assert keep("yes_no", "no") == (0, None, "", False)
    assert keep("yes_no", "") == (None, None, "", False)
    assert keep("scale", str(often.pk)) == (2, often, "", False)
    assert keep("text", " a\r\nb\x00 ") == (None, None, "a\nb", False)
    assert keep("percent", "12,5 %") == (Decimal("12.5"), None, "", False)
    assert keep("percent", "", is_unknown=True) == (None, None, "", True)
    choose = "Choose one of the answers."
    assert refused(lambda: keep("yes_no", "maybe")) == choose
    assert refused(lambda: keep("scale", str(never.pk))) == choose
    assert refused(lambda: keep("scale", "9" * 30)) == choose
    assert refused(lambda: keep("percent", "140 %")) == "At most 100 per cent."
    assert refused(lambda: keep("percent", "5", is_unknown=True)) == (
        "Either an answer or “no such figure”: take one of them out."
    )
    assert refused(lambda: keep("text", "x" * 20_000)) == (
        "At most 5,000 characters; there are 20,000. Make it shorter."
    )
    assert refused(lambda: keep("text", "x", comment="x" * 2001)).startswith("At most 2,000")


def test_good_answers_are_kept_whatever_becomes_of_the_others(edition, response):
    one, two, three = (of(edition, code) for code in ("P1", "P2", "E1"))
    entries = [Entry(one, Given("1")), Entry(two, Given("half")), Entry(three, Given("3"))]
    outcomes = answering.save_all(response, entries, make_user())
    assert [type(outcomes[each.pk]).__name__ for each in (one, two, three)] == [
        "Saved", "NotANumber", "Saved",
    ]  # fmt: skip
    kept = response.answers.order_by("indicator__code").values_list("indicator__code", "number")
    assert list(kept) == [("E1", 3), ("P1", 1)]


def test_nothing_typed_makes_no_row(edition, response):
    saved = answering.save(response, of(edition), Given(""), make_user(), 0)
    assert (saved.answer.pk, saved.answer.version) == (None, 0)
    assert not Answer.objects.exists()


def test_an_answer_is_kept_in_fewer_than_ten_queries(
    edition, response, django_assert_max_num_queries
):
    user, indicator = make_user(), of(edition)
    with django_assert_max_num_queries(9):
        answering.save(response, indicator, Given("1"), user, 0)
    with django_assert_max_num_queries(7):
        answering.save(response, indicator, Given("2"), user, 1)


def test_the_questionnaire_of_a_city_begins_once_with_its_inhabitants(edition):
    member, user = make_member(population=None), make_user()
    for year, value, source in ((2020, 1_250_000, "Перепись"), (2024, 1_318_604, "Росстат")):
        make_figure(member, year=year, value=value, source_ru=source)
    make_figure(member, year=2026, value=1_330_000, source_ru="Город")
    own = edition.zones.create(title_en="Eurasia")
    edition.zones.create(title_en="Guests", is_guest=True)
    response = taking_part.response_of(edition, member, user)
    assert taking_part.response_of(edition, member, user) == response
    stored = Response.objects.values_list(
        "population", "population_year", "population_source", "zone", "is_guest", "state"
    )
    assert list(stored) == [(1_330_000, 2026, "Город", own.pk, False, "draft")]


def test_a_city_without_figures_takes_part(edition):
    found = taking_part.blank(edition, make_member())
    assert (found.pk, found.population, found.population_source) == (None, None, "")


def test_guests_take_part_where_the_edition_admits_them(edition):
    guest = make_member("paris", "Париж", "Paris", is_member=False)
    message = refused(lambda: taking_part.response_of(edition, guest, make_user()))
    assert message == "Members of the association alone take part in this edition."
    edition.admits_guests = True
    zone = edition.zones.create(title_en="Asia", is_guest=True)
    zone.countries.add(guest.country)
    edition.zones.create(title_en="Africa", is_guest=True).countries.add(make_country("EG"))
    response = taking_part.response_of(edition, guest, make_user("other"))
    assert (response.is_guest, response.zone) == (True, zone)

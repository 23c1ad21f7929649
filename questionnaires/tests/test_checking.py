"""The check of answers: decisions under lock, rights, the log."""

import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone, translation

from accounts.tests.factories import make_representative
from questionnaires import checking
from questionnaires.checkers import Checker, checker_of, editions_for
from questionnaires.models import Answer, AnswerChange, Expert, Response
from questionnaires.refusals import Refused
from questionnaires.tests.checks import (
    log,
    make_checked,
    make_city,
    make_expert,
    make_guest,
    of,
    state,
)
from questionnaires.tests.factories import make_response
from ratings.models import Indicator
from ratings.tests.factories import make_full_edition, make_group, make_indicator

pytestmark = pytest.mark.django_db


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
def checker(edition):
    return make_expert(edition)


def test_answer_is_accepted_and_logged(city, checker):
    answer = checking.accept(checker, of(city, "P1").pk, 1)

    answer.refresh_from_db()
    assert (answer.check_state, answer.checked_by, answer.version) == ("accepted", checker.user, 2)
    assert answer.counted_number == 3
    assert log(answer) == [("accepted", "3", "3", "")]
    assert answer.changes.get().by == checker.user


def test_answer_is_corrected_with_a_reason(city, checker):
    answer = checking.correct(checker, of(city, "P1").pk, 1, Decimal(2), " One was counted twice ")

    answer.refresh_from_db()
    assert (answer.number, answer.counted_number) == (3, 2)
    assert answer.check_reason == "One was counted twice"
    assert log(answer) == [("corrected", "3", "2", "One was counted twice")]


def test_answer_is_corrected_to_nothing(city, checker):
    answer = checking.correct(checker, of(city, "P1").pk, 1, None, "No proof")

    answer.refresh_from_db()
    assert (answer.counted_number, answer.corrected_to_nothing) == (None, True)
    assert log(answer) == [("corrected", "3", "counts as not answered", "No proof")]


@pytest.mark.parametrize(
    ("value", "reason", "words"),
    [
        (Decimal(2), "  ", "Say why the answer is corrected: the city reads it."),
        (Decimal(3), "Why", "This is what the city answered: accept it, or give another value."),
    ],
)
def test_correction_without_sense_is_refused(city, checker, value, reason, words):
    with pytest.raises(Refused) as refused:
        checking.correct(checker, of(city, "P1").pk, 1, value, reason)
    assert str(refused.value) == words
    assert not AnswerChange.objects.exists()


def test_decision_is_taken_back(city, checker):
    answer = checking.correct(checker, of(city, "P1").pk, 1, None, "No proof")
    checking.take_back(checker, answer.pk, 2)

    answer.refresh_from_db()
    assert (answer.check_state, answer.checked_by, answer.check_reason) == ("waiting", None, "")
    assert answer.counted_number == 3
    assert log(answer)[1] == ("reopened", "counts as not answered", "3", "")
    with pytest.raises(Refused, match="nothing to take back"):
        checking.take_back(checker, answer.pk, 3)


def test_questionnaire_is_checked_when_all_is_decided(edition, city, checker):
    text = make_indicator(make_group(edition, "T"), "T1", kind=Indicator.Kind.TEXT, weight=0)
    Answer.objects.create(response=city, indicator=text, text="Words need no check")
    checking.accept(checker, of(city, "P1").pk, 1)
    checking.correct(checker, of(city, "P2").pk, 1, Decimal(6), "Counted twice")
    assert state(city) == ("submitted", False)
    checking.accept(checker, of(city, "E1").pk, 1)
    assert state(city) == ("checked", True)
    checking.take_back(checker, of(city, "E1").pk, 2)
    assert state(city) == ("submitted", False)
    with pytest.raises(Refused, match="A text is not scored"):
        checking.correct(checker, of(city, "T1").pk, 1, Decimal(1), "Why")


def test_many_are_accepted_in_one_deed(edition, city, checker, django_assert_num_queries):
    others = [make_checked(edition, {"P1": number}) for number in range(20)]
    seen = {of(one, "P1").pk: 1 for one in [city, *others]}
    changed = of(city, "P1")
    changed.save()
    with django_assert_num_queries(14):
        assert checking.accept_many(checker, seen) == (20, 1)
    assert {state(one) for one in others} == {("checked", True)}
    assert state(city) == ("submitted", False)
    assert AnswerChange.objects.count() == 20


def test_second_expert_sees_the_first_decision_and_chooses(edition, city, checker):
    first = make_expert(edition, full_name="Нина Орлова")
    answer = checking.correct(first, of(city, "P1").pk, 1, Decimal(2), "Counted twice")

    with pytest.raises(checking.Overtaken) as refused:
        checking.accept(checker, answer.pk, 1)
    assert "corrected to 2 (Counted twice)" in str(refused.value)
    assert refused.value.answer.version == 2
    checking.accept(checker, answer.pk, refused.value.answer.version)
    assert [row[0] for row in log(answer)] == ["corrected", "accepted"]


def test_changed_answer_is_looked_at_again(city, checker):
    answer = of(city, "P1")
    answer.number = 4
    answer.save()
    with pytest.raises(checking.Overtaken, match="has changed since you opened this page"):
        checking.accept(checker, answer.pk, 1)


def test_nothing_is_decided_once_results_are_sealed(edition, city, checker):
    type(edition).objects.filter(pk=edition.pk).update(sealed_at=timezone.now())
    for deed in (
        lambda: checking.accept(checker, of(city, "P1").pk, 1),
        lambda: checking.accept_many(checker, {of(city, "P1").pk: 1}),
        lambda: checking.correct(checker, of(city, "P1").pk, 1, None, "Why"),
    ):
        with pytest.raises(Refused, match="The results are sealed"):
            deed()
    assert not AnswerChange.objects.exists()


def test_expert_checks_the_directions_given(edition, city):
    make_indicator(make_group(edition, "PA", parent=edition.groups.get(code="P")), "PA1")
    checker = make_expert(edition, "P")
    Answer.objects.create(
        response=city, indicator=Indicator.objects.get(code="PA1"), number=1
    )  # below P

    assert [one.code for one in checker.indicators()] == ["P1", "P2", "PA1"]
    checking.accept(checker, of(city, "PA1").pk, 1)
    with pytest.raises(Refused, match="not yours to check"):
        checking.accept(checker, of(city, "E1").pk, 1)
    assert checking.accept_many(checker, {of(city, "E1").pk: 1}) == (0, 1)


def test_nobody_checks_the_own_city(edition, city):
    at_home = make_expert(edition, home=city.member)
    officer = make_representative(city.member, "officer@example.org")
    Expert.objects.create(edition=edition, user=officer)

    for checker in (at_home, Checker(edition, officer)):
        assert list(checker.responses()) == []
        with pytest.raises(Refused, match="not yours to check"):
            checking.accept(checker, of(city, "P1").pk, 1)


def test_only_what_was_sent_is_checked(edition, checker):
    draft = make_response(edition, make_city())
    answer = Answer.objects.create(
        response=draft, indicator=Indicator.objects.get(code="P1"), number=1
    )
    with pytest.raises(Refused, match="not yours to check"):
        checking.accept(checker, answer.pk, 1)
    Response.objects.filter(pk=draft.pk).update(state="left_out", left_out_reason="Late")
    with pytest.raises(Refused, match="not yours to check"):
        checking.accept(checker, answer.pk, 1)


def test_secretariat_checks_without_being_experts(edition, city, ratings_officer, lead, editor):
    for user in (ratings_officer, lead):
        assert list(editions_for(user)) == [edition]
        checker = checker_of(user, edition.pk)
        assert [one.code for one in checker.indicators()] == ["P1", "P2", "E1"]
    checking.accept(checker, of(city, "P1").pk, 1)
    assert list(editions_for(editor)) == []


def test_guest_without_a_record_is_checked_too(edition, checker):
    guest = make_guest(edition)
    Answer.objects.create(response=guest, indicator=Indicator.objects.get(code="P1"), number=1)
    assert list(checker.responses()) == [guest]
    checking.accept(checker, of(guest, "P1").pk, 1)
    assert state(guest) == ("checked", True)


@pytest.mark.django_db(transaction=True)
def test_two_experts_on_one_answer_one_decides():
    edition = make_full_edition()
    answer = of(make_checked(edition))
    checkers = [make_expert(edition) for _number in range(2)]
    start, outcomes = threading.Barrier(2), []

    def decide(checker):
        start.wait(timeout=10)
        try:
            checking.correct(checker, answer.pk, 1, Decimal(checker.user.pk), "Counted anew")
            outcomes.append(("done", checker.user.pk))
        except checking.Overtaken as overtaken:
            outcomes.append(("overtaken", overtaken.answer.corrected_number))
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[one]) for one in checkers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    won = dict(outcomes)
    assert won == {"done": won["done"], "overtaken": Decimal(won["done"])}
    answer.refresh_from_db()
    assert (answer.corrected_number, answer.version) == (won["done"], 2)
    assert answer.changes.count() == 1

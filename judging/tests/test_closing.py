"""Opening, closing, what goes on, ties, and two people at once."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone, translation

from accounts.tests.factories import make_user
from awards.tests.factories import make_category, make_entrant, make_entry, make_round
from judging import closing, ties, voting, works
from judging.models import Assignment, Result, Stage
from judging.refusals import Refused
from judging.tests.at_once import at_once
from judging.tests.factories import (
    DAY,
    make_assignment,
    make_criterion,
    make_juror,
    make_stage,
    make_vote,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(db):
    return make_round()


def over(stage: Stage) -> Stage:
    stage.closes_at = timezone.now() - datetime.timedelta(seconds=1)
    stage.save()
    return stage


def starred(round, table: dict[str, list[list[int]]], **fields) -> Stage:
    """A stage whose time is over; {code of a category: stars of each work}."""
    stage = make_stage(round, method="stars", **fields)
    jurors = list(round.jurors.order_by("pk"))
    for code, rows in table.items():
        category = round.categories.filter(code=code).first() or make_category(round, code)
        for row in rows:
            entry = make_entry(make_entrant(round), category)
            for number, stars in enumerate(row):
                while len(jurors) <= number:
                    jurors.append(make_juror(round))
                make_vote(stage, jurors[number], entry, {None: stars})
    return over(stage)


def table(stage: Stage) -> list[tuple]:
    rows = Result.objects.filter(stage=stage).order_by("category", "place", "entry__number")
    return [
        (one.category.code, one.entry.number, one.votes, one.score, one.place, one.passed)
        for one in rows
    ]


def refusal(deed) -> str:
    with translation.override("en"), pytest.raises(Refused) as refused:
        deed()
    return str(refused.value)


def test_stage_opens_when_everything_is_there(round, lead):
    stage = make_stage(round, state="planned")
    asked = []
    asked.append(refusal(lambda: closing.open_stage(stage, lead)))
    make_juror(round)
    asked.append(refusal(lambda: closing.open_stage(stage, lead)))
    make_criterion(stage)
    asked.append(refusal(lambda: closing.open_stage(stage, lead)))
    make_entry(make_entrant(round))

    closing.open_stage(stage, lead)

    assert asked == [
        "The round has no jury yet.",
        "The stage has no criteria yet.",
        "There are no admitted works yet.",
    ]
    stage.refresh_from_db()
    assert (stage.state, Assignment.objects.count()) == ("open", 1)
    assert refusal(lambda: closing.open_stage(stage, lead)) == "This stage was opened before."


def test_ranking_opens_for_everything_alone(round, lead):
    stage = make_stage(round, state="planned", method="ranking", assigning="evenly")
    make_juror(round)
    make_entry(make_entrant(round))

    words = refusal(lambda: closing.open_stage(stage, lead))

    assert words == "Where works are put in order, every juror sees every work."


def test_categories_are_counted_apart(round, lead):
    stage = starred(round, {"A": [[5, 4], [3, 3], [4, 5]], "B": [[1, 1]]}, passing=1)

    closing.close(stage, lead)

    assert table(stage) == [
        ("A", 1, 2, Decimal("4.5000"), 1, True),
        ("A", 3, 2, Decimal("4.5000"), 1, True),
        ("A", 2, 2, Decimal("3.0000"), 3, False),
        ("B", 4, 2, Decimal("1.0000"), 1, True),
    ]
    stage.refresh_from_db()
    assert (stage.state, stage.closed_by) == ("closed", lead)
    assert refusal(lambda: closing.close(stage, lead)) == "Only an open stage can be counted."


def test_all_of_a_tie_at_the_cut_go_on(round, lead):
    stage = starred(round, {"A": [[5], [4], [4], [3]]}, passing=2)

    closing.close(stage, lead)

    assert [row[4:] for row in table(stage)] == [(1, True), (2, True), (2, True), (4, False)]


def test_work_with_too_few_votes_gets_no_place(round, lead):
    stage = starred(round, {"A": [[5, 5], [4]]}, votes_needed=2)

    closing.close(stage, lead)

    assert table(stage) == [
        ("A", 1, 2, Decimal("5.0000"), 1, True),
        ("A", 2, 1, None, None, False),
    ]


def test_abstentions_and_half_votes_do_not_count(round, lead):
    stage = make_stage(round)
    skill, _idea = make_criterion(stage), make_criterion(stage, order=2)
    entry = make_entry(make_entrant(round), make_category(round))
    whole = make_vote(stage, make_juror(round), entry, {skill: 10, _idea: 10})
    half = make_assignment(stage, make_juror(round), entry)
    voting.give(half, {skill.pk: 1})
    voting.abstain(make_assignment(stage, make_juror(round), entry), "Знаком с автором")
    stage.quorum_percent = 30

    closing.close(over(stage), lead)

    assert table(stage) == [("A", 1, 1, Decimal("100.0000"), 1, True)]
    assert whole.scores.count() == 2


def test_stage_without_quorum_is_not_counted(round, lead):
    stage = starred(round, {"A": [[5]]}, quorum_percent=50)
    entry = round.entries.get()
    for _ in range(2):
        make_assignment(stage, make_juror(round), entry)

    words = refusal(lambda: closing.close(stage, lead))

    assert words == "No quorum: jurors with votes: 1, needed: 2. Set a later end."
    assert not Result.objects.exists()
    closing.reset(stage, timezone.now() + DAY, lead)
    voting.give(Assignment.objects.filter(state="open").first(), {None: 4})
    closing.close(over(Stage.objects.get()), lead)


def test_stage_is_counted_early_when_everything_is_judged(round, lead):
    stage = make_stage(round, method="stars")
    entry = make_entry(make_entrant(round), make_category(round))
    make_vote(stage, make_juror(round), entry, {None: 3})
    waiting = make_assignment(stage, make_juror(round), entry)

    words = refusal(lambda: closing.close(stage, lead))
    assert words == "Votes are still taken: some works are not judged yet."
    voting.give(waiting, {None: 5})
    closing.close(stage, lead)

    assert table(stage) == [("A", 1, 2, Decimal("4.0000"), 1, True)]


def test_next_stage_takes_only_those_that_go_on(round, lead):
    sifting = starred(round, {"A": [[5], [1]], "B": [[2], [1]]}, passing=1)
    final = make_stage(round, state="planned", method="stars")
    words = refusal(lambda: closing.open_stage(final, lead))
    assert words == "An earlier stage of the round is not counted yet."
    assert list(works.of(final)) == []

    closing.close(sifting, lead)
    closing.open_stage(final, lead)

    assert [one.number for one in works.of(final)] == [1, 3]
    given = Assignment.objects.filter(stage=final).values_list("entry__number", flat=True)
    assert sorted(given) == [1, 3]


def test_sifting_of_one_category_lets_the_others_through(round, lead):
    sifting = starred(round, {"A": [[5], [1]]}, passing=1)
    sifting.categories.set(round.categories.filter(code="A"))
    make_entry(make_entrant(round), make_category(round, "B"))
    closing.close(sifting, lead)

    assert [one.number for one in works.of(make_stage(round))] == [1, 3]


def test_tie_left_to_the_chair_is_open_until_decided(round, lead):
    stage = starred(round, {"A": [[5], [4], [4], [4]]}, tie_rule="chair", passing=4)
    assert ties.open_ties(stage) == []
    stage = closing.close(stage, lead)

    (group,) = ties.open_ties(stage)
    second, third, fourth = [row.entry_id for row in group]
    assert refusal(lambda: ties.decide(stage, {second: 1, third: 2, fourth: 2}, " ", lead)) == (
        "Say how it was decided: the protocol prints it."
    )
    refusal(lambda: ties.decide(stage, {second: 1, third: 2}, "Работа ярче", lead))
    decision = ties.decide(stage, {second: 2, third: 1, fourth: 2}, "Работа ярче", lead)

    assert decision.order == [third, [second, fourth]]
    assert [row[1::3] for row in table(stage)] == [(1, 1), (3, 2), (2, 3), (4, 3)]
    assert ties.open_ties(stage) == []
    refusal(lambda: ties.decide(stage, {second: 1, third: 2, fourth: 2}, "Ещё раз", lead))


def test_ties_beyond_the_places_given_stay(round, lead):
    stage = starred(round, {"A": [[5], [4], [3], [3]]}, tie_rule="lot", passing=2)

    assert ties.open_ties(closing.close(stage, lead)) == []


def test_vote_is_dropped_where_the_work_moved_to_the_jurors_city(round, lead):
    stage = starred(round, {"A": [[5, 1]]})
    juror = round.jurors.order_by("pk").last()
    type(juror).objects.filter(pk=juror.pk).update(home_text="Ставрополь")

    closing.close(stage, lead)

    assert table(stage) == [("A", 1, 1, Decimal("5.0000"), 1, True)]


@pytest.mark.django_db(transaction=True)
def test_stage_is_counted_once():
    round = make_round()
    staff = [make_user(f"{name}@example.org", is_staff=True) for name in ("one", "other")]
    stage = starred(round, {"A": [[5]]})

    outcomes = at_once(*[lambda by=by: closing.close(stage, by) for by in staff])

    assert (outcomes, Result.objects.count()) == (["done", "refused"], 1)


@pytest.mark.django_db(transaction=True)
def test_vote_and_count_at_once_leave_what_was_counted():
    """The vote is counted, or it is refused; never is it kept and not counted."""
    round = make_round()
    staff = make_user("one@example.org", is_staff=True)
    stage = make_stage(round, method="stars", closes_at=timezone.now() + DAY)
    entry = make_entry(make_entrant(round), make_category(round))
    one = make_vote(stage, make_juror(round), entry, {None: 1})

    at_once(lambda: closing.close(stage, staff), lambda: voting.give(one, {None: 5}))

    (result,) = Result.objects.all()
    assert result.score == one.scores.get().points
    connection.close()

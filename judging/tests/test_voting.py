"""Votes: the window, the bounds, what the audit keeps, what the database refuses by itself."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from awards.tests.factories import make_author, make_category, make_entrant, make_entry, make_round
from content.models import AuditEntry
from judging import conflicts, voting
from judging.models import Assignment, Result, Score, TieDecision
from judging.refusals import Refused
from judging.tests.factories import (
    DAY,
    make_assignment,
    make_criterion,
    make_juror,
    make_stage,
    make_vote,
)
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def round(db):
    return make_round()


@pytest.fixture
def entry(round):
    return make_entry(make_entrant(round, home_text="Ставрополь"))


def refusal(deed) -> str:
    with translation.override("en"), pytest.raises(Refused) as refused:
        deed()
    return str(refused.value)


def scores_of(assignment) -> dict:
    return dict(assignment.scores.values_list("criterion", "points"))


def test_points_come_one_by_one_until_the_work_is_judged(round, entry):
    stage = make_stage(round)
    skill, idea = make_criterion(stage), make_criterion(stage, order=2, max_points=5)
    assignment = make_assignment(stage, make_juror(round), entry)

    first = voting.give(assignment, {skill.pk: 9})
    assert (first.state, first.voted_at) == ("open", None)
    second = voting.give(assignment, {idea.pk: 4}, comment="  Светло.  ")
    assert (second.state, second.comment) == ("voted", "Светло.")
    voting.give(assignment, {skill.pk: 10})

    assignment.refresh_from_db()
    assert scores_of(assignment) == {skill.pk: 10, idea.pk: 4}
    assert (assignment.state, assignment.comment) == ("voted", "Светло.")
    kept = AuditEntry.objects.filter(verb="judging.vote.given").order_by("pk")
    assert [(row.actor, row.summary, row.changes) for row in kept] == [
        (assignment.juror.user, f"{stage.pk}: 0001", {str(skill.pk): [None, 9]}),
        (assignment.juror.user, f"{stage.pk}: 0001", {str(idea.pk): [None, 4]}),
        (assignment.juror.user, f"{stage.pk}: 0001", {str(skill.pk): [9, 10]}),
    ]


@pytest.mark.parametrize(
    ("method", "points", "words"),
    [
        ("criteria", 11, "Points are a whole number from 0 to 10."),
        ("criteria", -1, "Points are a whole number from 0 to 10."),
        ("criteria", 2.5, "Points are a whole number from 0 to 10."),
        ("criteria", True, "Points are a whole number from 0 to 10."),
        ("stars", 0, "Points are a whole number from 1 to 5."),
        ("stars", 6, "Points are a whole number from 1 to 5."),
        ("yes_no", 2, "Points are a whole number from 0 to 1."),
    ],
)
def test_points_beyond_the_bounds_are_refused(round, entry, method, points, words):
    stage = make_stage(round, method=method)
    key = make_criterion(stage).pk if method == "criteria" else None
    assignment = make_assignment(stage, make_juror(round), entry)

    assert refusal(lambda: voting.give(assignment, {key: points})) == words
    assert not Score.objects.exists()


def test_one_wrong_score_keeps_none(round, entry):
    stage = make_stage(round)
    skill, idea = make_criterion(stage), make_criterion(stage, order=2)
    assignment = make_assignment(stage, make_juror(round), entry)

    refusal(lambda: voting.give(assignment, {skill.pk: 9, idea.pk: 11}))
    refusal(lambda: voting.give(assignment, {skill.pk: 9, None: 1}))

    assert not Score.objects.exists()


def test_votes_are_taken_to_the_second_before_the_close(round, entry):
    stage = make_stage(round, method="stars")
    assignment = make_assignment(stage, make_juror(round), entry)

    refusal(lambda: voting.give(assignment, {None: 3}, now=stage.opens_at - SECOND))
    voting.give(assignment, {None: 3}, now=stage.opens_at)
    voting.give(assignment, {None: 4}, now=stage.closes_at - SECOND)
    refusal(lambda: voting.give(assignment, {None: 5}, now=stage.closes_at))
    refusal(lambda: voting.abstain(assignment, "Знаком с автором", now=stage.closes_at))

    assert scores_of(assignment) == {None: 4}


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_stage_that_is_not_open_takes_no_votes(round, entry, state):
    stage = make_stage(round, method="stars")
    assignment = make_assignment(stage, make_juror(round), entry)
    stage.state, stage.closed_at = state, timezone.now() if state == "closed" else None
    stage.save()

    refusal(lambda: voting.give(assignment, {None: 3}))

    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(assignment=assignment, points=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.update(state="voted", voted_at=timezone.now())


def test_abstaining_says_why_and_drops_points(round, entry):
    stage = make_stage(round, method="stars")
    assignment = make_assignment(stage, make_juror(round), entry)
    voting.give(assignment, {None: 3})

    refusal(lambda: voting.abstain(assignment, "  "))
    voting.abstain(assignment, "Знаком с\nавтором")
    assignment.refresh_from_db()
    assert (assignment.state, assignment.abstained_why) == ("abstained", "Знаком с автором")
    assert scores_of(assignment) == {}

    voting.take_back(assignment)
    assignment.refresh_from_db()
    assert (assignment.state, assignment.abstained_why) == ("open", "")


def test_points_end_an_abstention(round, entry):
    stage = make_stage(round, method="stars")
    assignment = make_assignment(stage, make_juror(round), entry)
    voting.abstain(assignment, "Знаком с автором")

    given = voting.give(assignment, {None: 5})

    assert (given.state, given.abstained_why) == ("voted", "")


def test_order_holds_every_work_once(round):
    stage = make_stage(round, method="ranking")
    juror = make_juror(round)
    entrant = make_entrant(round)
    first, second, third = (make_assignment(stage, juror, make_entry(entrant)) for _ in range(3))
    voting.abstain(third, "Знаком с автором")

    refusal(lambda: voting.rank(stage, juror, [first.pk]))
    refusal(lambda: voting.rank(stage, juror, [first.pk, first.pk]))
    refusal(lambda: voting.rank(stage, juror, [first.pk, second.pk, third.pk]))
    voting.rank(stage, juror, [first.pk, second.pk])
    voting.rank(stage, juror, [second.pk, first.pk])

    rows = Assignment.objects.order_by("pk").values_list("state", "position")
    assert list(rows) == [("voted", 2), ("voted", 1), ("abstained", None)]
    last = AuditEntry.objects.filter(verb="judging.ranked").latest("pk")
    assert last.changes == {"order": [["0001", "0002"], ["0002", "0001"]]}


def test_points_and_orders_do_not_mix(round, entry):
    juror = make_juror(round)
    ranking, stars = make_stage(round, method="ranking"), make_stage(round, method="stars")
    ranked, starred = (make_assignment(one, juror, entry) for one in (ranking, stars))

    refusal(lambda: voting.give(ranked, {None: 1}))
    refusal(lambda: voting.rank(stars, juror, [starred.pk]))


def test_work_without_consent_takes_no_points():
    round = make_round(is_for_children=True)
    entry = make_entry(make_entrant(round), make_category(round))
    author = make_author(entry, consents=("entry",))
    stage = make_stage(round, method="stars")
    assignment = make_assignment(stage, make_juror(round), entry)
    voting.give(assignment, {None: 5})

    author.consents.update(withdrawn_at=timezone.now())

    refusal(lambda: voting.give(assignment, {None: 4}))


def test_juror_who_left_gives_no_points(round, entry):
    stage = make_stage(round, method="stars")
    assignment = make_assignment(stage, make_juror(round, left_at=timezone.now()), entry)

    refusal(lambda: voting.give(assignment, {None: 4}))


@pytest.mark.parametrize(
    "words", ["Ставрополь", "  ставрополь ", "г. Ставрополь", "город «Ставрополь», Россия"]
)
def test_awd_3_juror_is_never_given_a_work_of_their_city_in_words(round, entry, words):
    stage, juror = make_stage(round), make_juror(round, home_text=words)

    with pytest.raises(IntegrityError, match="own city"), transaction.atomic():
        make_assignment(stage, juror, entry)
    assert conflicts.pairs(round) == {(juror.pk, entry.pk)}


def test_awd_3_juror_is_never_given_a_work_of_their_city_of_the_records(round, entry):
    home = make_member(slug="stavropol", name_ru="Ставрополь", name_en="Stavropol")
    stage = make_stage(round)
    by_home, by_conflict = make_juror(round, home=home), make_juror(round)
    by_conflict.conflicts.add(home)
    of_record = make_entry(make_entrant(round, home))
    in_words = make_juror(round, home_text="Stavropol")

    for juror, work in [
        (by_home, of_record), (by_home, entry), (by_conflict, of_record), (by_conflict, entry),
        (in_words, of_record),
    ]:  # fmt: skip
        with pytest.raises(IntegrityError, match="own city"), transaction.atomic():
            make_assignment(stage, juror, work)
    make_assignment(stage, make_juror(round, home_text="Казань"), entry)


def test_many_assignments_with_one_conflict_are_refused_together(round, entry):
    stage, juror = make_stage(round), make_juror(round, home_text="Ставрополь")
    other = make_entry(make_entrant(round, home_text="Казань"))

    with pytest.raises(IntegrityError, match="own city"), transaction.atomic():
        Assignment.objects.bulk_create(
            [Assignment(stage=stage, juror=juror, entry=one) for one in (other, entry)]
        )

    assert not Assignment.objects.exists()


def test_juror_of_another_round_is_refused(round, entry):
    elsewhere = make_round(slug="2025")

    with pytest.raises(IntegrityError, match="one round"), transaction.atomic():
        make_assignment(make_stage(round), make_juror(elsewhere), entry)


def test_moving_juror_loses_the_works_of_the_new_city(round, entry, lead):
    stage, later = make_stage(round, method="stars"), make_stage(round, method="stars")
    juror = make_juror(round, home_text="Казань")
    judged, waiting = (make_assignment(one, juror, entry) for one in (stage, later))
    voting.give(judged, {None: 5})

    conflicts.move(juror, lead, home_text="Ставрополь")

    judged.refresh_from_db()
    assert (judged.state, judged.scores.count()) == ("abstained", 0)
    assert not Assignment.objects.filter(pk=waiting.pk).exists()
    assert conflicts.settle(round) == []


def test_work_that_moved_to_the_jurors_city_takes_no_points(round, entry):
    stage, juror = make_stage(round, method="stars"), make_juror(round, home_text="Казань")
    assignment = make_assignment(stage, juror, entry)
    type(entry).objects.update(home_text="Казань")

    refusal(lambda: voting.give(assignment, {None: 5}))


def test_leaving_juror_keeps_votes_and_gives_back_the_rest(round, entry, lead):
    stage, juror = make_stage(round, method="stars"), make_juror(round)
    judged = make_assignment(stage, juror, entry)
    voting.give(judged, {None: 5})
    make_assignment(stage, juror, make_entry(make_entrant(round)))

    conflicts.leave(juror, lead)

    assert [one.pk for one in Assignment.objects.all()] == [judged.pk]
    juror.refresh_from_db()
    assert juror.left_at is not None


def test_what_was_counted_stays(round, entry, lead):
    stage = make_stage(round, method="stars", closes_at=timezone.now() + DAY)
    make_vote(stage, make_juror(round), entry, {None: 5})
    result = Result.objects.create(stage=stage, entry=entry, votes=1, score=5, place=1)
    stage.state, stage.closed_at = "closed", timezone.now()
    stage.save()

    changes = [
        lambda: Result.objects.update(score=4),
        lambda: Result.objects.update(place=2),
        lambda: Result.objects.all().delete(),
        lambda: Score.objects.update(points=4),
        lambda: Score.objects.all().delete(),
        lambda: Assignment.objects.all().delete(),
        lambda: Assignment.objects.update(comment="x"),
        lambda: type(stage).objects.update(state="open", closed_at=None),
        lambda: type(stage).objects.update(votes_needed=9),
    ]
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    TieDecision.objects.create(stage=stage, order=[[entry.pk], 7], reason="Жребий", decided_by=lead)
    Result.objects.update(place=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        TieDecision.objects.update(reason="x")
    result.refresh_from_db()
    assert (result.place, result.score) == (2, 5)

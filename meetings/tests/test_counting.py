"""The count: the most votes first, ties only where they touch the last seat."""

import pytest

from meetings import counting, results
from meetings.models import CandidateResult
from meetings.refusals import Refused
from meetings.tests.factories import make_candidates, make_election

pytestmark = pytest.mark.django_db


def counted(seats: int, *votes: int | tuple[int, ...], **fields):
    """The count of candidates a, b, c … with these votes by round."""
    election = make_election(seats=seats, **fields)
    names = "abcdefgh"[: len(votes)]
    for nomination, given in zip(make_candidates(election, *names), votes, strict=True):
        rounds = given if isinstance(given, tuple) else (given,)
        for number, each in enumerate(rounds, 1):
            CandidateResult.objects.create(nomination=nomination, round=number, votes=each)
    return counting.count(election)


def names(standings) -> str:
    return "".join(one.nomination.person.slug for one in standings)


def test_seats_go_to_the_most_votes():
    found = counted(2, 10, 34, 20)

    assert (names(found.elected), names(found.tied), found.had_tie) == ("bc", "", False)
    assert [one.votes for one in found.standings] == [(34,), (20,), (10,)]


def test_a_tie_above_the_last_seat_needs_no_rule():
    found = counted(2, 34, 34, 20)

    assert (names(found.elected), found.had_tie) == ("ab", False)


def test_a_tie_below_the_last_seat_needs_no_rule():
    found = counted(1, 34, 20, 20)

    assert (names(found.elected), found.had_tie) == ("a", False)


def test_a_tie_for_the_last_seat_stays_open():
    found = counted(2, 40, 34, 34, 12)

    assert names(found.elected) == "a"
    assert (names(found.tied), found.open_seats, found.next_round) == ("bc", 1, 2)


def test_three_tied_for_two_seats_leave_two_open():
    found = counted(2, 34, 34, 34)

    assert (names(found.tied), found.open_seats) == ("abc", 2)


def test_second_round_settles_the_tie():
    found = counted(2, 40, (34, 20), (34, 25), tie_rule="second_round", tie_note_ru="Повтор")

    assert [(names([one]), one.by_tie_rule) for one in found.elected] == [("a", False), ("c", True)]
    assert (names(found.tied), found.had_tie) == ("", True)


def test_second_round_that_is_tied_again_stays_open():
    found = counted(1, (34, 20), (34, 20), (34, 10))

    assert (names(found.elected), names(found.tied), found.next_round) == ("", "ab", 3)


def test_nobody_is_elected_without_a_vote():
    found = counted(2, 12, 0)

    assert names(found.elected) == "a"


def test_fewer_candidates_than_seats_are_all_elected():
    assert names(counted(3, 5, 7).elected) == "ba"


def test_incomplete_count_elects_nobody():
    election = make_election()
    first, _second = make_candidates(election, "a", "b")
    CandidateResult.objects.create(nomination=first, votes=3)

    found = counting.count(election)

    assert (found.is_complete, found.elected) == (False, [])


def test_votes_are_recorded_for_all_candidates_at_once(editor):
    election = make_election()
    first, second = make_candidates(election, "a", "b")

    with pytest.raises(Refused, match="of every candidate"):
        results.record(election, {first.pk: 3}, editor)
    found = results.record(election, {first.pk: 3, second.pk: 4}, editor, ballots=7)

    election.refresh_from_db()
    assert (names(found.elected), election.state, election.ballots) == ("b", "counted", 7)


def test_more_votes_than_ballots_are_refused(editor):
    election = make_election()
    (only,) = make_candidates(election, "a")

    with pytest.raises(Refused, match="more votes than there are ballots"):
        results.record(election, {only.pk: 8}, editor, ballots=7)


def test_votes_are_not_counted_before_the_close(editor):
    election = make_election(closed=False)
    (only,) = make_candidates(election, "a")

    with pytest.raises(Refused, match="after the nominations have closed"):
        results.record(election, {only.pk: 8}, editor)


def test_second_round_takes_the_tied_alone(editor):
    election = make_election(seats=1)
    first, second, third = make_candidates(election, "a", "b", "c")
    results.record(election, {first.pk: 9, second.pk: 9, third.pk: 1}, editor)

    with pytest.raises(Refused):
        results.record(election, {first.pk: 9, third.pk: 9}, editor, round=2)
    found = results.record(election, {first.pk: 12, second.pk: 7}, editor, round=2)

    assert names(found.elected) == "a"


def test_new_votes_of_the_first_round_forget_the_rule(editor):
    election = make_election()
    first, second = make_candidates(election, "a", "b")
    results.record(election, {first.pk: 9, second.pk: 9}, editor)
    results.settle_tie(election, "lot", note_ru="Жребий", note_en="", by=editor, winners=[first.pk])

    found = results.record(election, {first.pk: 9, second.pk: 8}, editor)

    election.refresh_from_db()
    assert (election.tie_rule, election.tie_note_ru, found.had_tie) == ("none", "", False)


def test_new_votes_of_the_second_round_forget_the_lot_drawn_after_it(editor):
    election = make_election()
    first, second = make_candidates(election, "a", "b")
    results.record(election, {first.pk: 9, second.pk: 9}, editor)
    results.record(election, {first.pk: 7, second.pk: 7}, editor, round=2)
    results.settle_tie(election, "lot", note_ru="Жребий", note_en="", by=editor, winners=[first.pk])

    found = results.record(election, {first.pk: 8, second.pk: 8}, editor, round=2)

    election.refresh_from_db()
    assert (election.tie_rule, names(found.elected), names(found.tied)) == ("none", "", "ab")


def test_the_same_votes_again_change_nothing(editor):
    election = make_election()
    first, second = make_candidates(election, "a", "b")
    votes = {first.pk: 9, second.pk: 9}
    results.record(election, votes, editor)
    results.settle_tie(election, "lot", note_ru="Жребий", note_en="", by=editor, winners=[first.pk])

    found = results.record(election, votes, editor)

    assert names(found.elected) == "a"


def test_consensus_elects_no_more_than_there_are_seats(editor):
    election = make_election(seats=1)
    make_candidates(election, "a", "b")

    with pytest.raises(Refused, match="no more candidates"):
        results.by_consensus(election, editor)


def test_consensus_elects_all(editor):
    election = make_election(seats=2)
    make_candidates(election, "a", "b")

    assert names(results.by_consensus(election, editor).elected) == "ab"

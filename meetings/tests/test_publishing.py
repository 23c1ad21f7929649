"""Publishing a result: the rule for a tie, the second person, the snapshot, the seats."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from governance.models import SeatTerm
from meetings import counting, publishing, results, terms
from meetings.models import CandidateResult, Election, Protocol
from meetings.refusals import Refused
from meetings.tests.factories import (
    make_candidates,
    make_election,
    make_nomination,
    make_person,
    make_seat,
    make_term,
)
from members import activity
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db

JULY = datetime.date(2026, 7, 1)


def counted(editor, *votes: int, seats: int = 1, **fields) -> Election:
    """A counted election of candidates a, b, c …"""
    election = make_election(seats=seats, **fields)
    found = make_candidates(election, *"abcdefgh"[: len(votes)])
    results.record(
        election, {one.pk: number for one, number in zip(found, votes, strict=True)}, editor
    )
    election.refresh_from_db()
    return election


def approved(election, editor, lead) -> Election:
    publishing.ask(election, editor)
    publishing.approve(election, lead, publishing.digest_of(election))
    return election


def first(election):
    return election.nominations.order_by("pk").first()


def test_gov_5_tie_is_not_published_without_a_rule_and_a_note(editor, lead):
    election = counted(editor, 40, 34, 34, seats=2)
    tied = results.level(election)

    with pytest.raises(Refused, match="choose a rule"):
        publishing.ask(election, editor)
    with pytest.raises(Refused, match="A tie for the last seat"):
        publishing.publish(election, editor)
    with pytest.raises(Refused, match="Say how the tie was settled"):
        results.settle_tie(election, "lot", note_ru="", note_en="", by=editor, winners=[tied[0].pk])
    results.settle_tie(
        election, "lot", note_ru="Жребий", note_en="", by=editor, winners=[tied[0].pk]
    )
    election.refresh_from_db()
    protocol = publishing.publish(approved(election, editor, lead), editor)

    assert (protocol.tie_rule, protocol.tie_note_ru) == ("lot", "Жребий")
    assert [(one["ru"], one["is_elected"], one["by_tie_rule"]) for one in protocol.candidates] == [
        ("A", True, False), ("B", True, True), ("C", False, False),
    ]  # fmt: skip


@pytest.mark.parametrize("rule", ["lot", "agreement"])
def test_gov_5_lot_and_agreement_name_as_many_as_there_are_seats(editor, rule):
    election = counted(editor, 34, 34)
    both = [one.pk for one in results.level(election)]

    for winners in ([], both, [0]):
        with pytest.raises(Refused, match="as many of the tied"):
            results.settle_tie(
                election, rule, note_ru="Так", note_en="", by=editor, winners=winners
            )


def test_gov_5_second_round_has_to_be_held(editor):
    election = counted(editor, 34, 34)
    results.settle_tie(election, "second_round", note_ru="В тот же день", note_en="", by=editor)
    election.refresh_from_db()

    with pytest.raises(Refused, match="second round are not recorded"):
        publishing.ask(election, editor)
    one, other = results.level(election)
    results.record(election, {one.pk: 20, other.pk: 30}, editor, round=2)

    found = counting.count(election)
    assert [one.nomination for one in found.elected] == [other]
    assert results.why_not_ready(election, found) == ""


def test_rule_without_a_tie_is_refused(editor):
    election = counted(editor, 34, 33)

    with pytest.raises(Refused, match="no rule is needed"):
        results.settle_tie(election, "lot", note_ru="Жребий", note_en="", by=editor)


def test_result_is_not_published_without_a_second_person(editor, lead):
    election = counted(editor, 34, 33)

    with pytest.raises(Refused, match="A second person"):
        publishing.publish(election, editor)
    publishing.ask(election, editor)
    with pytest.raises(Refused):
        publishing.approve(election, editor, publishing.digest_of(election))
    with pytest.raises(Refused, match="A second person"):
        publishing.publish(election, editor)


def test_any_change_of_numbers_makes_the_approval_void(editor, lead):
    election = approved(counted(editor, 34, 33), editor, lead)
    one, other = election.nominations.order_by("pk")
    results.record(election, {one.pk: 34, other.pk: 32}, editor)

    with pytest.raises(Refused, match="A second person"):
        publishing.publish(election, editor)


def test_approval_is_of_what_was_seen(editor, lead):
    election = counted(editor, 34, 33)
    publishing.ask(election, editor)
    seen = publishing.digest_of(election)
    one, other = election.nominations.order_by("pk")
    results.record(election, {one.pk: 1, other.pk: 2}, editor)
    publishing.ask(election, editor)

    with pytest.raises(Refused, match="changed since you opened"):
        publishing.approve(election, lead, seen)


def test_published_result_is_changed_no_more(editor, lead):
    election = approved(counted(editor, 34, 33), editor, lead)
    publishing.publish(election, editor)
    nomination = first(election)

    for deed in (
        lambda: results.record(election, {nomination.pk: 1}, editor),
        lambda: results.by_consensus(election, editor),
        lambda: publishing.publish(election, editor),
    ):
        with pytest.raises(Refused, match="corrected by an erratum"):
            deed()
    for change in (
        lambda: Protocol.objects.update(seats=9),
        lambda: Protocol.objects.all().delete(),
        lambda: CandidateResult.objects.update(votes=99),
        lambda: CandidateResult.objects.create(nomination=nomination, round=2, votes=1),
        lambda: election.nominations.update(late_reason_ru="x"),
        lambda: Election.objects.update(seats=3),
        lambda: Election.objects.update(state="counted"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_title_of_a_published_election_may_be_translated(editor, lead):
    election = approved(counted(editor, 34, 33), editor, lead)
    publishing.publish(election, editor)
    election.refresh_from_db()

    election.title_en = "Election"
    election.save()

    assert Election.objects.get().title_en == "Election"


def test_gov_7_protocol_prints_the_reason_of_an_admission(editor, lead):
    election = make_election()
    late = make_nomination(
        election, person=make_person(), is_late=True, admitted_by=lead,
        admitted_at=election.closes_at, late_reason_ru="Сбой связи",
        received_at=election.closes_at + datetime.timedelta(minutes=1),
        sender_zone="Asia/Yekaterinburg",
    )  # fmt: skip
    results.record(election, {late.pk: 5}, editor)
    election.refresh_from_db()

    protocol = publishing.publish(approved(election, editor, lead), editor)

    (row,) = protocol.candidates
    assert (row["late"]["reason_ru"], row["late"]["sender_zone"], row["late"]["by"]) == (
        "Сбой связи", "Asia/Yekaterinburg", lead.full_name or lead.email,
    )  # fmt: skip


def test_s3_15_terms_begin_with_the_result(editor, lead):
    stavropol = make_member("stavropol", "Ставрополь", "Stavropol")
    election = make_election()
    winner = make_nomination(election, stavropol, make_person())
    seat = make_seat(election.body)
    results.record(election, {winner.pk: 50}, editor)
    approved(election, editor, lead)

    publishing.publish(election, editor, places={winner.pk: seat}, starts_on=JULY)

    (term,) = SeatTerm.objects.all()
    assert (term.seat, term.member, term.starts_on) == (seat, stavropol, JULY)
    assert [one.person.slug for one in term.fillings.all()] == ["ivanov"]
    assert [one.title for one in activity.activities_of(stavropol) if "Elected" in one.title] == [
        "Elected: Council"
    ]


def test_re_elected_one_keeps_the_seat_with_a_new_term(editor, lead):
    city = make_member("omsk", "Омск", "Omsk")
    election = make_election()
    before = make_term(make_seat(election.body), member=city)
    winner = make_nomination(election, city)
    results.record(election, {winner.pk: 50}, editor)
    approved(election, editor, lead)
    places = terms.proposal(election.body, [winner], JULY)

    publishing.publish(election, editor, places=places, starts_on=JULY)

    before.refresh_from_db()
    after = SeatTerm.objects.exclude(pk=before.pk).get()
    assert (before.ends_on, before.end_reason) == (JULY - datetime.timedelta(days=1), "re_elected")
    assert (after.starts_on, after.is_re_elected, after.seat) == (JULY, True, before.seat)


def test_vacant_seats_are_proposed_in_their_order(editor):
    election = make_election(seats=3)
    seats = [make_seat(election.body, order=number) for number in (1, 2)]
    winners = make_candidates(election, "a", "b", "c")

    found = terms.proposal(election.body, winners, JULY)

    assert list(found.values()) == [*seats, None]


def test_nothing_is_published_when_a_seat_is_given_twice(editor, lead):
    election = make_election(seats=2)
    one, other = make_candidates(election, "a", "b")
    seat = make_seat(election.body)
    results.record(election, {one.pk: 5, other.pk: 4}, editor)
    approved(election, editor, lead)

    with pytest.raises(Refused, match="given to two"):
        publishing.publish(election, editor, places={one.pk: seat, other.pk: seat}, starts_on=JULY)

    election.refresh_from_db()
    assert (election.state, Protocol.objects.count(), SeatTerm.objects.count()) == ("counted", 0, 0)


def test_only_the_elected_are_given_seats(editor, lead):
    election = approved(counted(editor, 34, 33), editor, lead)
    loser = election.nominations.order_by("pk").last()

    with pytest.raises(Refused, match="Only those who are elected"):
        publishing.publish(election, editor, places={loser.pk: make_seat()}, starts_on=JULY)


def test_erratum_needs_a_published_result(editor):
    with pytest.raises(Refused, match="not published yet"):
        publishing.correct(counted(editor, 3), text_ru="Опечатка", text_en="", by=editor)

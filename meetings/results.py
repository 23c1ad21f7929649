"""The votes of an election: recorded by round, a tie for the last seat settled by a named rule."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from content import audit
from meetings import counting
from meetings.models import CandidateResult, Election
from meetings.refusals import Refused

State, TieRule = Election.State, Election.TieRule


def locked(election: Election) -> Election:
    """The election for a change, locked; raises Refused when its result is published."""
    found = Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
    if found.state == State.PUBLISHED:
        raise Refused(_("The result is published. A mistake is corrected by an erratum."))
    return found


@transaction.atomic
def record(
    election: Election, votes: Mapping[int, int], by, *, round: int = 1, ballots: int | None = None
) -> counting.Count:
    """Write down the votes of one round: by number of the nomination.

    In the first round every candidate is given, in a later one all who are tied. Later rounds and
    a rule for the tie that rested on other numbers are forgotten. Raises Refused.
    """
    election = locked(election)
    _refuse_before_close(election)
    wanted = _candidates_of_round(election, round)
    if not wanted or set(votes) != wanted:
        raise Refused(_("Give the votes of every candidate of this round, and of nobody else."))
    if ballots is not None and any(number > ballots for number in votes.values()):
        raise Refused(_("A candidate cannot have more votes than there are ballots."))
    results = CandidateResult.objects.filter(nomination__election=election)
    if _stored(results, round) == dict(votes) and (round > 1 or election.ballots == ballots):
        return counting.count(election)
    results.filter(round__gte=round).delete()
    CandidateResult.objects.bulk_create(
        CandidateResult(nomination_id=pk, round=round, votes=number) for pk, number in votes.items()
    )
    if round == 1 or election.tie_rule in counting.BY_CHOICE:
        _forget_tie(election)
    if round == 1:
        election.ballots, election.is_by_consensus = ballots, False
    election.state = State.COUNTED
    election.save(by=by)
    audit.record("meetings.votes.recorded", election, by, f"round {round}", {"votes": [{}, votes]})
    return counting.count(election)


def _stored(results, round: int) -> dict[int, int]:
    return dict(results.filter(round=round).values_list("nomination_id", "votes"))


def _candidates_of_round(election: Election, round: int) -> set[int]:
    if round == 1:
        return {one.pk for one in counting.candidates(election)}
    earlier = counting.count(election)
    stored = _stored(CandidateResult.objects.filter(nomination__election=election), round)
    if stored:
        return set(stored)
    if earlier.next_round != round:
        return set()
    return {one.nomination.pk for one in earlier.tied}


def _forget_tie(election: Election) -> None:
    election.tie_rule = TieRule.NONE
    election.tie_note_ru = election.tie_note_en = ""
    election.nominations.filter(wins_tie=True).update(wins_tie=False)


def _refuse_before_close(election: Election) -> None:
    if election.state == State.DRAFT or election.phase() in ("not_yet", "open"):
        raise Refused(_("Votes are counted after the nominations have closed."))


@transaction.atomic
def by_consensus(election: Election, by) -> counting.Count:
    """All candidates are elected uncounted. Raises Refused when there are more than seats."""
    election = locked(election)
    _refuse_before_close(election)
    if not 0 < len(counting.candidates(election)) <= election.seats:
        raise Refused(_("By consensus no more candidates are elected than there are seats."))
    CandidateResult.objects.filter(nomination__election=election).delete()
    _forget_tie(election)
    election.is_by_consensus, election.ballots, election.state = True, None, State.COUNTED
    election.save(by=by)
    audit.record("meetings.elected.by_consensus", election, by, str(election))
    return counting.count(election)


@transaction.atomic
def settle_tie(
    election: Election, rule: str, *, note_ru: str, note_en: str, by, winners: Iterable[int] = ()
) -> counting.Count:
    """Choose the rule for a tie at the last seat, with a note that the protocol prints.

    `winners`: numbers of the nominations that lot or agreement chose. Raises Refused.
    """
    election = locked(election)
    counted, winners = _before_choice(election), set(winners)
    if not counted.had_tie:
        raise Refused(_("There is no tie for the last seat: no rule is needed."))
    if rule not in (TieRule.SECOND_ROUND, TieRule.LOT, TieRule.AGREEMENT):
        raise Refused(_("Choose a rule: second round, lot or agreement."))
    if not (note_ru or note_en):
        raise Refused(_("Say how the tie was settled, in one language at least."))
    tied = {one.nomination.pk for one in counted.tied}
    if rule in counting.BY_CHOICE and not (winners <= tied and len(winners) == counted.open_seats):
        raise Refused(_("Mark as many of the tied candidates as there are seats left."))
    election.nominations.filter(wins_tie=True).update(wins_tie=False)
    if rule in counting.BY_CHOICE:
        election.nominations.filter(pk__in=winners).update(wins_tie=True)
    election.tie_rule, election.tie_note_ru, election.tie_note_en = rule, note_ru, note_en
    election.save(by=by)
    audit.record("meetings.tie.settled", election, by, f"{rule}: {note_ru or note_en}")
    return counting.count(election)


def _before_choice(election: Election) -> counting.Count:
    """The count as it is without a rule: an earlier choice may be made anew."""
    election.tie_rule = TieRule.NONE
    return counting.count(election)


def why_not_ready(election: Election, counted: counting.Count) -> str:
    """What keeps a result from being published, in a sentence; empty when nothing does."""
    if election.state != State.COUNTED or not counted.is_complete:
        return _("The votes are not counted yet.")
    if counted.tied and election.tie_rule == TieRule.SECOND_ROUND:
        return _("The votes of the second round are not recorded, or tied again.")
    if counted.tied:
        return _("A tie for the last seat: choose a rule (second round, lot, agreement) first.")
    if counted.had_tie and election.tie_rule == TieRule.NONE:
        return _("The last seat was tied: name the rule that settled it, with a note.")
    return ""


def level(election: Election) -> list:
    """The nominations that are level at the last seat, whatever rule has been chosen for them."""
    rule, election.tie_rule = election.tie_rule, TieRule.NONE
    try:
        return [one.nomination for one in counting.count(election).tied]
    finally:
        election.tie_rule = rule

"""The count of an election: the most votes first, ties for the last seat by a named rule."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from meetings.models import CandidateResult, Election, Nomination

BY_CHOICE = (Election.TieRule.LOT, Election.TieRule.AGREEMENT)


@dataclass(frozen=True)
class Standing:
    """One candidate: `votes` by round; whether they are elected, and by the rule for the tie."""

    nomination: Nomination
    votes: tuple[int, ...]
    is_elected: bool
    by_tie_rule: bool = False
    is_tied: bool = False


@dataclass(frozen=True)
class Count:
    """All candidates, those elected first.

    `is_complete`: every candidate has votes. `had_tie`: a tie touched the last seat, settled or
    not. `open_seats`: how many seats are still between those who are tied.
    """

    standings: list[Standing]
    is_complete: bool
    had_tie: bool
    open_seats: int

    @property
    def tied(self) -> list[Standing]:
        return [one for one in self.standings if one.is_tied]

    @property
    def elected(self) -> list[Standing]:
        return [one for one in self.standings if one.is_elected]

    @property
    def next_round(self) -> int:
        """The number of the round that those who are tied would go into."""
        return max((len(one.votes) for one in self.tied), default=0) + 1


def candidates(election: Election) -> list[Nomination]:
    """Those who stand, with their results: two queries."""
    results = Prefetch("results", CandidateResult.objects.order_by("round"))
    found = election.nominations.standing().select_related("member", "person", "admitted_by")
    return list(found.prefetch_related(results))


def count(election: Election) -> Count:
    """Count what is recorded. A candidate without a single vote is not elected."""
    standing = candidates(election)
    if election.is_by_consensus:
        fits = 0 < len(standing) <= election.seats
        return Count([Standing(one, (), fits) for one in standing], fits, False, 0)
    votes = {one: tuple(row.votes for row in one.results.all()) for one in standing}
    is_complete = bool(standing) and all(votes.values())
    if not is_complete:
        return Count([Standing(one, votes[one], False) for one in standing], False, False, 0)
    voted = [one for one in standing if votes[one][0]]
    sure, tied, seats, by_choice = _settle(voted, votes, 0, election.seats)
    chosen = _chosen(election, tied, seats)
    standings = [
        Standing(
            one, votes[one],
            is_elected=one in sure or one in chosen,
            by_tie_rule=one in chosen or (one in sure and one in by_choice),
            is_tied=one in tied and not chosen,
        )
        for one in standing
    ]  # fmt: skip
    standings.sort(key=lambda one: (not one.is_elected, [-number for number in one.votes]))
    had_tie = bool(tied or by_choice)
    return Count(standings, True, had_tie, 0 if chosen else seats)


def _settle(group: Sequence[Nomination], votes: dict, number: int, seats: int):
    """Who of a group is elected in round `number`: (elected, tied, seats left for them, by round).

    The last are those of the elected whom a later round chose.
    """
    ordered = sorted(group, key=lambda one: -votes[one][number])
    if len(ordered) <= seats:
        return ordered, [], 0, []
    border = votes[ordered[seats - 1]][number]
    above = [one for one in ordered if votes[one][number] > border]
    level = [one for one in ordered if votes[one][number] == border]
    left = seats - len(above)
    if len(level) <= left:
        return above + level, [], 0, []
    if all(len(votes[one]) > number + 1 for one in level):
        elected, tied, open_seats, _later = _settle(level, votes, number + 1, left)
        return above + elected, tied, open_seats, elected + tied
    return above, level, left, []


def _chosen(election: Election, tied: list[Nomination], seats: int) -> list[Nomination]:
    """Those of the tied whom lot or agreement chose: as many as there are seats, or nobody."""
    if election.tie_rule not in BY_CHOICE:
        return []
    chosen = [one for one in tied if one.wins_tie]
    return chosen if len(chosen) == seats else []


def rows(counted: Count) -> list[dict]:
    """The candidates as the protocol keeps them (see `models.Protocol`)."""
    return [
        {
            "ru": one.nomination.name_in("ru"),
            "en": one.nomination.name_in("en"),
            "member": one.nomination.member_id,
            "person": one.nomination.person_id,
            "votes": list(one.votes),
            "is_elected": one.is_elected,
            "by_tie_rule": one.by_tie_rule,
            "late": _late(one.nomination),
        }
        for one in counted.standings
    ]


def _late(nomination: Nomination) -> dict | None:
    if not nomination.is_late:
        return None
    return {
        "received_at": nomination.received_at.isoformat(),
        "sender_zone": nomination.sender_zone,
        "reason_ru": nomination.late_reason_ru or "",
        "reason_en": nomination.late_reason_en or "",
        "by": nomination.admitted_by.full_name or nomination.admitted_by.email,
    }


def digest(election: Election, counted: Count) -> str:
    """What an approval is bound to: any other number, candidate or rule makes another one."""
    content = {
        "seats": election.seats,
        "ballots": election.ballots,
        "is_by_consensus": election.is_by_consensus,
        "tie_rule": election.tie_rule,
        "tie_note": [election.tie_note_ru or "", election.tie_note_en or ""],
        "candidates": rows(counted),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()

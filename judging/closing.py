"""Opening a stage, and closing it: votes are read once, counted, and kept as they were counted.

Closing cannot be undone. A count that turns out wrong is not corrected: a new stage is judged.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Category, Entry
from content import audit
from judging import assigning, conflicts, counting, works
from judging.models import Assignment, Juror, Result, Stage
from judging.refusals import Refused

State = Stage.State
Vote = Assignment.State


@dataclass(frozen=True)
class Quorum:
    """How many jurors have votes of those who were given works; how many are needed."""

    voted: int
    jury: int
    needed: int

    @property
    def is_reached(self) -> bool:
        return self.voted >= self.needed and self.voted > 0


def reasons_against_opening(stage: Stage) -> list[str]:
    """Sentences on what is missing before jurors can begin; empty when nothing is."""
    found = []
    if any(one.state != State.CLOSED for one in works.before(stage)):
        found.append(_("An earlier stage of the round is not counted yet."))
    if not Juror.objects.active().filter(round=stage.round_id).exists():
        found.append(_("The round has no jury yet."))
    if stage.method == Stage.Method.CRITERIA and not stage.criteria.exists():
        found.append(_("The stage has no criteria yet."))
    if not works.of(stage).exists():
        found.append(_("There are no admitted works yet."))
    if (
        stage.method == Stage.Method.RANKING
        and stage.assigning != Stage.Assigning.EVERYTHING
    ):  # fmt: skip
        found.append(_("Where works are put in order, every juror sees every work."))
    if timezone.now() >= stage.closes_at:
        found.append(_("The time for votes is over: set a later end."))
    return found


@transaction.atomic
def open_stage(stage: Stage, by: Any) -> assigning.Outcome:
    """Open a prepared stage: works are assigned by its rule, jurors see them from `opens_at` on.

    Raises Refused with the first thing that is missing, and for a stage that is not prepared any
    more.
    """
    stage = _locked(stage)
    if stage.state != State.PLANNED:
        raise Refused(_("This stage was opened before."))
    if missing := reasons_against_opening(stage):
        raise Refused(missing[0])
    outcome = assigning.complete(stage, by)
    if not stage.assignments.exists():
        raise Refused(_("No juror was given a work yet."))
    stage.state = State.OPEN
    stage.save(update_fields=["state"])
    audit.record("judging.stage.opened", stage, by, f"{stage}")
    return outcome


def quorum(stage: Stage) -> Quorum:
    """The quorum of a stage: jurors with one vote at least, of all who were given works."""
    asked = stage.assignments.order_by().values("juror").distinct()
    jury = asked.count()
    voted = asked.filter(state=Vote.VOTED).count()
    return Quorum(voted, jury, -(-jury * stage.quorum_percent // 100))


def reasons_against_closing(stage: Stage, now: datetime.datetime | None = None) -> list[str]:
    """Sentences on why a stage cannot be counted now; empty when it can."""
    now = now or timezone.now()
    found = []
    if stage.state != State.OPEN:
        found.append(_("Only an open stage can be counted."))
    waiting = stage.assignments.filter(state=Vote.OPEN, entry__in=Entry.objects.admitted())
    if now < stage.closes_at and waiting.exists():
        found.append(_("Votes are still taken: some works are not judged yet."))
    if not (reached := quorum(stage)).is_reached:
        told = {"voted": reached.voted, "needed": reached.needed}
        found.append(
            _("No quorum: jurors with votes: %(voted)d, needed: %(needed)d. Set a later end.")
            % told
        )
    return found


def rule_of(stage: Stage) -> counting.Rule:
    """How a stage counts, for `judging.counting`."""
    scales = [counting.Scale(one.pk, one.weight, one.max_points) for one in stage.criteria.all()]
    return counting.Rule(
        stage.method, stage.aggregation, stage.tie_rule, stage.votes_needed, tuple(scales)
    )


def votes_of(stage: Stage, entries) -> dict[int, list[counting.Vote]]:
    """The votes that count, by work: whole ones, of works that are in the contest."""
    rows = Assignment.objects.filter(stage=stage, state=Vote.VOTED, entry__in=entries)
    found = defaultdict(list)
    for one in rows.prefetch_related("scores").order_by("entry", "juror"):
        points = {score.criterion_id: score.points for score in one.scores.all()}
        found[one.entry_id].append(counting.Vote(one.entry_id, one.juror_id, points, one.position))
    return found


def counted(stage: Stage) -> dict[Category | None, list[counting.Count]]:
    """What a count would say now, by category, the best first. For staff, not for jurors."""
    rule, entries = rule_of(stage), list(works.of(stage))
    votes = votes_of(stage, entries)
    return {
        category: counting.count(
            rule,
            [work.pk for work in group],
            [vote for work in group for vote in votes.get(work.pk, [])],
        )
        for category, group in works.by_category(entries).items()
    }


@transaction.atomic
def close(stage: Stage, by: Any, now: datetime.datetime | None = None) -> Stage:
    """Count a stage for good: results are kept, the works that go on are marked.

    Of each category go on the works whose place is within `passing`, all of a tie at the cut; all
    works with a place where `passing` is empty. Raises Refused with the first reason against it.
    """
    stage = _locked(stage)
    if reasons := reasons_against_closing(stage, now):
        raise Refused(reasons[0])
    conflicts.settle(stage.round, by)
    rows = [
        _result(stage, category, one)
        for category, counts in counted(stage).items()
        for one in counts
    ]
    Result.objects.bulk_create(rows)
    stage.state, stage.closed_at, stage.closed_by = State.CLOSED, now or timezone.now(), by
    stage.save(update_fields=["state", "closed_at", "closed_by"])
    passed = sum(one.passed for one in rows)
    audit.record(
        "judging.stage.closed", stage, by, f"{stage}",
        {"works": [None, len(rows)], "passed": [None, passed]},
    )  # fmt: skip
    return stage


def _result(stage: Stage, category: Category | None, one: counting.Count) -> Result:
    within = stage.passing is None or (one.place or 0) <= stage.passing
    return Result(
        stage=stage,
        entry_id=one.work,
        category=category,
        votes=one.votes,
        score=one.score,
        spread=one.spread,
        place=one.place,
        passed=one.place is not None and within,
    )


@transaction.atomic
def reset(stage: Stage, closes_at, by: Any) -> Stage:
    """Set another end of an open stage, later than now. Raises Refused otherwise."""
    stage = _locked(stage)
    if stage.state == State.CLOSED:
        raise Refused(_("This stage is counted: it stays as it is."))
    if closes_at <= timezone.now():
        raise Refused(_("The end of the votes lies in the future."))
    before, stage.closes_at = stage.closes_at, closes_at
    stage.save(update_fields=["closes_at"])
    changes = {"closes_at": [before.isoformat(), closes_at.isoformat()]}
    audit.record("judging.stage.prolonged", stage, by, f"{stage}", changes)
    return stage


def _locked(stage: Stage) -> Stage:
    conflicts.lock_stages(stage.round)
    rows = Stage.objects.select_for_update(of=("self",)).select_related("round__award")
    return rows.get(pk=stage.pk)

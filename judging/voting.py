"""What a juror does: gives points, abstains with a reason, puts works in order.

Everything is judged by the server's clock, `opens_at <= now < closes_at`, under a lock of the
stage: closing it waits for a vote that is being written, and later votes are refused. Every point
given, changed or dropped is a row of the audit: who, when, which work by its number, from what to
what.
"""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Entry
from content import audit
from content.dates import moment_text
from content.texts import tidy
from judging import conflicts
from judging.models import Assignment, Juror, Score, Stage
from judging.refusals import Refused

Method = Stage.Method
State = Assignment.State
COMMENT_LENGTH = 2000
BOUNDS = {Method.YES_NO: (0, 1), Method.STARS: (1, 5)}


def bounds(stage: Stage) -> dict[int | None, tuple[int, int]]:
    """(least, most) points by criterion, None for the work as a whole; empty where it ranks."""
    if stage.method == Method.CRITERIA:
        return {one.pk: (0, one.max_points) for one in stage.criteria.all()}
    return {} if stage.method == Method.RANKING else {None: BOUNDS[Method(stage.method)]}


def is_open(stage: Stage, now: datetime.datetime | None = None) -> bool:
    """Whether votes are taken at this moment."""
    now = now or timezone.now()
    return stage.state == Stage.State.OPEN and stage.opens_at <= now < stage.closes_at


@transaction.atomic
def give(
    assignment: Assignment,
    scores: Mapping[int | None, int],
    comment: str | None = None,
    now: datetime.datetime | None = None,
) -> Assignment:
    """Keep the points of a juror for a work, in place of earlier ones; others stay.

    scores: points by the key of the criterion, None for the work as a whole. comment: None leaves
    it. The work is judged once every criterion has its points; an abstention ends by points.
    Raises Refused outside of the window, for points beyond the bounds, for a work that is in the
    contest no more and for one of the juror's own city; nothing is kept then.
    """
    assignment, stage = _locked(assignment, now)
    limits = bounds(stage)
    if not limits:
        raise Refused(_("This stage puts works in order: no points are given."))
    for criterion, points in scores.items():
        _refuse_beyond(limits, criterion, points)
    before = {row.criterion_id: row.points for row in assignment.scores.all()}
    changed = {key: points for key, points in scores.items() if before.get(key) != points}
    for criterion, points in changed.items():
        Score.objects.update_or_create(
            assignment=assignment, criterion_id=criterion, defaults={"points": points}
        )
    if comment is not None:
        assignment.comment = _comment(comment)
    is_whole = {*before, *scores} >= set(limits)
    _set_state(assignment, State.VOTED if is_whole else State.OPEN, now)
    _record("given", assignment, {key: [before.get(key), new] for key, new in changed.items()})
    return assignment


@transaction.atomic
def abstain(assignment: Assignment, why: str, now: datetime.datetime | None = None) -> Assignment:
    """A juror does not judge a work and says why; points given before are dropped.

    Raises Refused as `give` does, and without a reason.
    """
    assignment, _stage = _locked(assignment, now)
    why = " ".join(tidy(why).split())
    if not why:
        raise Refused(_("Say why you abstain."))
    if len(why) > 500:
        raise Refused(_("A reason has 500 characters at most."))
    before = _drop_scores(assignment)
    assignment.abstained_why = why
    _set_state(assignment, State.ABSTAINED, now)
    _record("abstained", assignment, before)
    return assignment


@transaction.atomic
def take_back(assignment: Assignment, now: datetime.datetime | None = None) -> Assignment:
    """The work is to be judged again: points, place and abstention of this juror are dropped.

    Raises Refused as `give` does.
    """
    assignment, _stage = _locked(assignment, now)
    before = _drop_scores(assignment)
    assignment.position = None
    _set_state(assignment, State.OPEN, now)
    _record("taken_back", assignment, before)
    return assignment


@transaction.atomic
def rank(
    stage: Stage, juror: Juror, order: Sequence[int], now: datetime.datetime | None = None
) -> list[Assignment]:
    """Keep the order a juror puts the works in: the keys of their assignments, the best first.

    Every work they do not abstain from stands in it once. Raises Refused otherwise, where the
    stage does not rank, and outside of the window.
    """
    stage = _locked_stage(stage.pk, now)
    if stage.method != Method.RANKING:
        raise Refused(_("This stage takes points, not an order."))
    _refuse_left(juror)
    rows = {one.pk: one for one in _to_be_ranked(stage, juror)}
    if sorted(order) != sorted(rows):
        raise Refused(_("Put every work in the order once: works were added or taken out since."))
    before = [one.entry.code for one in sorted(rows.values(), key=_place) if one.position]
    for position, pk in enumerate(order, start=1):
        rows[pk].position = position
        _set_state(rows[pk], State.VOTED, now)
    after = [rows[pk].entry.code for pk in order]
    audit.record("judging.ranked", stage, juror.user, f"{stage}", {"order": [before, after]})
    return [rows[pk] for pk in order]


def _to_be_ranked(stage: Stage, juror: Juror):
    own = stage.assignments.filter(juror=juror, entry__in=Entry.objects.admitted())
    return (
        own.exclude(state=State.ABSTAINED).select_related("entry").select_for_update(of=("self",))
    )


def _place(one: Assignment) -> int:
    return one.position or 0


def _locked(assignment: Assignment, now) -> tuple[Assignment, Stage]:
    """The assignment and its stage as they are now, locked; Refused where nothing can be given."""
    stage = _locked_stage(assignment.stage_id, now)
    rows = Assignment.objects.select_related("juror__user", "entry")
    found = rows.select_for_update(of=("self",)).filter(pk=assignment.pk).first()
    if found is None:
        raise Refused(_("This work is not yours to judge any more."))
    _refuse_left(found.juror)
    if not Entry.objects.admitted().filter(pk=found.entry_id).exists():
        raise Refused(_("This work is in the contest no more."))
    if conflicts.between(found.juror, found.entry):
        raise Refused(_("This work is not yours to judge any more."))
    return found, stage


def _locked_stage(pk: int, now) -> Stage:
    stage = Stage.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)
    if is_open(stage, now):
        return stage
    now = now or timezone.now()
    clock = stage.round.zone
    if stage.state == Stage.State.CLOSED or now >= stage.closes_at:
        until = moment_text(stage.closes_at, clock)
        raise Refused(_("Votes were taken until %(moment)s.") % {"moment": until})
    raise Refused(
        _("Votes are taken from %(moment)s.") % {"moment": moment_text(stage.opens_at, clock)}
    )


def _refuse_left(juror: Juror) -> None:
    if not Juror.objects.active().filter(pk=juror.pk).exists():
        raise Refused(_("You are in this jury no more."))


def _refuse_beyond(limits: Mapping, criterion: int | None, points: int) -> None:
    if criterion not in limits:
        raise Refused(_("This stage has no such criterion."))
    least, most = limits[criterion]
    if isinstance(points, bool) or not isinstance(points, int) or not least <= points <= most:
        raise Refused(
            _("Points are a whole number from %(least)d to %(most)d.")
            % {"least": least, "most": most}
        )


def _comment(text: str) -> str:
    text = tidy(text).strip()
    if len(text) > COMMENT_LENGTH:
        raise Refused(_("A comment has 2000 characters at most."))
    return text


def _drop_scores(assignment: Assignment) -> dict:
    before = {row.criterion_id: [row.points, None] for row in assignment.scores.all()}
    assignment.scores.all().delete()
    return before


def _set_state(assignment: Assignment, state: State, now: datetime.datetime | None) -> None:
    """Write the state and what hangs on it."""
    is_voted = state == State.VOTED
    assignment.voted_at = (now or timezone.now()) if is_voted else None
    assignment.position = assignment.position if is_voted else None
    if state != State.ABSTAINED:
        assignment.abstained_why = ""
    assignment.state = state
    assignment.save()


def _record(deed: str, assignment: Assignment, changes: Mapping) -> None:
    """One row of the audit; the key of a change is the criterion, "work" for the whole."""
    audit.record(
        f"judging.vote.{deed}",
        assignment,
        assignment.juror.user,
        f"{assignment.stage_id}: {assignment.entry.code}",
        {str(key or "work"): value for key, value in changes.items()},
    )

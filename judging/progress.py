"""How far a stage is: by juror, by work, and where jurors are far apart. For the coordinator."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from awards.models import Category, Entry
from judging import closing, works
from judging.models import Assignment, Juror, Stage

State = Assignment.State
FAR_APART = 20


@dataclass(frozen=True)
class JurorLine:
    juror: Juror
    waiting: int
    voted: int
    abstained: int

    @property
    def works(self) -> int:
        return self.waiting + self.voted + self.abstained


@dataclass(frozen=True)
class WorkLine:
    """A work: votes given, to come and needed; without enough of both it gets no place."""

    work: Entry
    voted: int
    waiting: int
    abstained: int
    needed: int

    @property
    def is_short(self) -> bool:
        return self.voted + self.waiting < self.needed

    @property
    def is_done(self) -> bool:
        return self.voted >= self.needed


@dataclass(frozen=True)
class Apart:
    """A work about which jurors disagree: their spread, and the score as it stands."""

    work: Entry
    category: Category | None
    votes: int
    score: Decimal | None
    spread: Decimal


@dataclass(frozen=True)
class Progress:
    jurors: list[JurorLine]
    works: list[WorkLine]
    quorum: closing.Quorum

    @property
    def short(self) -> list[WorkLine]:
        """Works that cannot get the votes they need from the jurors they are with."""
        return [one for one in self.works if one.is_short]

    @property
    def done(self) -> int:
        return sum(one.is_done for one in self.works)


def of(stage: Stage) -> Progress:
    """The state of a stage, in a fixed number of queries."""
    entries = list(works.of(stage))
    wanted = {one.pk for one in entries}
    by_juror, by_work = defaultdict(Counter), defaultdict(Counter)
    for juror, work, state in stage.assignments.values_list("juror", "entry", "state"):
        if work in wanted:
            by_juror[juror][state] += 1
            by_work[work][state] += 1
    return Progress(
        jurors=[_juror_line(one, by_juror[one.pk]) for one in _jurors(stage, by_juror)],
        works=[_work_line(one, by_work[one.pk], stage.votes_needed) for one in entries],
        quorum=closing.quorum(stage),
    )


def _jurors(stage: Stage, by_juror) -> list[Juror]:
    """Who sits in the jury, and who left with works of this stage."""
    rows = Juror.objects.filter(round=stage.round_id).select_related("user", "home")
    return [one for one in rows if one.left_at is None or one.pk in by_juror]


def _juror_line(juror: Juror, states: Counter) -> JurorLine:
    return JurorLine(juror, states[State.OPEN], states[State.VOTED], states[State.ABSTAINED])


def _work_line(work: Entry, states: Counter, needed: int) -> WorkLine:
    return WorkLine(work, states[State.VOTED], states[State.OPEN], states[State.ABSTAINED], needed)


def disagreement(stage: Stage, most: int = FAR_APART) -> list[Apart]:
    """Works with two votes or more, the widest spread first."""
    entries = {one.pk: one for one in works.of(stage)}
    counts = [(category, one) for category, row in closing.counted(stage).items() for one in row]
    found = [
        Apart(entries[one.work], category, one.votes, one.score, one.spread)
        for category, one in counts
        if one.spread
    ]
    return sorted(found, key=lambda one: (-one.spread, one.work.number))[:most]


def behind(stage: Stage) -> list[JurorLine]:
    """Jurors who still have works to judge."""
    return [one for one in of(stage).jurors if one.waiting and one.juror.left_at is None]

"""Who judges which work: everything, by hand, evenly, by category or by language.

`plan` is pure: from works, jurors and conflicts it says what is to be added, the same each time.
`complete` writes it: what is assigned stays, so works admitted later and jurors who join are given
what is lacking. A juror never gets a work of a city they are bound to (`judging.conflicts`).
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Entry
from content import audit
from judging import conflicts, works
from judging.models import Assignment, Juror, Stage
from judging.refusals import Refused

Assigning = Stage.Assigning
ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class Work:
    key: int
    category: int | None = None
    language: str = "ru"


@dataclass(frozen=True)
class Judge:
    key: int
    categories: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()


@dataclass
class Outcome:
    """What was added, what conflicts kept apart, which works cannot get the votes they need."""

    added: list[tuple[int, int]] = field(default_factory=list)
    avoided: list[tuple[int, int]] = field(default_factory=list)
    short: dict[int, int] = field(default_factory=dict)


def plan(
    works: Sequence[Work],
    judges: Sequence[Judge],
    *,
    how: str,
    votes_needed: int,
    forbidden: Iterable[tuple[int, int]] = (),
    present: Iterable[tuple[int, int]] = (),
    seed: str = "",
) -> Outcome:
    """(juror, work) pairs to add to those that are `present`; `forbidden` ones are never given.

    everything: all pairs. category, language: all pairs that fit; a juror who names none takes
    all. evenly: `votes_needed` jurors for each work, always those with the fewest works so far, in
    an order drawn from `seed`: loads differ by one unless conflicts are in the way. by hand: none.
    Abstentions count as present: nobody is asked in their place by itself.
    """
    forbidden, present = set(forbidden), set(present)
    fits = {one.key: [who.key for who in judges if _fits(how, one, who)] for one in works}
    outcome = Outcome()
    outcome.avoided = [
        (who, one.key) for one in works for who in fits[one.key] if (who, one.key) in forbidden
    ]
    load = Counter(who for who, _work in present)
    for one in _drawn(works, seed) if how == Assigning.EVENLY else works:
        free = [who for who in fits[one.key] if (who, one.key) not in forbidden]
        has = [who for who in free if (who, one.key) in present]
        missing = [who for who in free if (who, one.key) not in present]
        if how == Assigning.EVENLY:
            missing.sort(key=lambda who: (load[who], _draw(seed, one.key, who)))
            missing = missing[: max(votes_needed - len(has), 0)]
        if how == Assigning.BY_HAND:
            missing = []
        load.update(missing)
        outcome.added += [(who, one.key) for who in missing]
        if len(has) + len(missing) < votes_needed:
            outcome.short[one.key] = len(has) + len(missing)
    if how == Assigning.EVENLY:
        outcome.added = _balanced(outcome.added, present | forbidden, load)
    return outcome


def _balanced(pairs: list[tuple[int, int]], closed: set[tuple[int, int]], load: Counter) -> list:
    """Pass works on to jurors with two works fewer, until nobody can: conflicts left some free."""
    judges, taken, moved = sorted({who for who, _work in pairs}), set(pairs), True
    while moved:
        moved = False
        for place, (who, work) in enumerate(pairs):
            other = min(
                (one for one in judges if (one, work) not in taken and (one, work) not in closed),
                key=lambda one: load[one], default=who,
            )  # fmt: skip
            if load[who] - load[other] >= 2:
                load[who], load[other] = load[who] - 1, load[other] + 1
                taken.remove((who, work))
                taken.add((other, work))
                pairs[place], moved = (other, work), True
    return pairs


def _fits(how: str, work: Work, judge: Judge) -> bool:
    if how == Assigning.BY_CATEGORY:
        return not judge.categories or work.category in judge.categories
    if how == Assigning.BY_LANGUAGE:
        return not judge.languages or work.language in judge.languages
    return True


def _drawn(works: Sequence[Work], seed: str) -> list[Work]:
    return sorted(works, key=lambda one: _draw(seed, one.key, 0))


def _draw(seed: str, work: int, juror: int) -> bytes:
    """The same lot for the same stage, work and juror, whoever asks and when."""
    return hashlib.sha256(f"{seed}:{work}:{juror}".encode()).digest()


@transaction.atomic
def complete(stage: Stage, by: Any = None) -> Outcome:
    """Give the jury what is lacking by the rule of the stage; ten queries or so, however many.

    First takes back what became a conflict. Raises Refused for a counted stage.
    """
    stage = _locked(stage)
    conflicts.settle(stage.round, by)
    outcome = look(stage)
    _write(stage, outcome.added, by)
    if outcome.added:
        words = f"{stage}: +{len(outcome.added)}, x{len(outcome.avoided)}"
        changes = {"avoided": [None, outcome.avoided[:200]], "short": [None, len(outcome.short)]}
        audit.record("judging.assigned", stage, by, words, changes)
    return outcome


def look(stage: Stage) -> Outcome:
    """What `complete` would add now, what conflicts keep apart, which works lack votes."""
    return plan(
        [Work(one.pk, one.category_id, one.language) for one in works.of(stage)],
        [_judge(one) for one in jury(stage)],
        how=stage.assigning,
        votes_needed=stage.votes_needed,
        forbidden=conflicts.pairs(stage.round),
        present=stage.assignments.values_list("juror", "entry"),
        seed=str(stage.pk),
    )


def jury(stage: Stage):
    """The jurors of the round who have not left."""
    return Juror.objects.active().filter(round=stage.round_id).prefetch_related("categories")


def _judge(juror: Juror) -> Judge:
    return Judge(
        juror.pk,
        frozenset(one.pk for one in juror.categories.all()),
        frozenset(juror.languages),
    )


@transaction.atomic
def by_hand(stage: Stage, jurors: Iterable[Juror], entries: Iterable[Entry], by: Any) -> int:
    """Give these works to these jurors; says how many pairs are new.

    Raises Refused where one of them is of a juror's own city, not of this stage, or where a juror
    has left; nothing is given then.
    """
    stage = _locked(stage)
    jurors, entries = list(jurors), list(entries)
    own = set(works.of(stage).values_list("pk", flat=True))
    if any(one.pk not in own for one in entries):
        raise Refused(_("One of these works is not judged in this stage."))
    if any(one.round_id != stage.round_id or one.left_at for one in jurors):
        raise Refused(_("One of these jurors is not in this jury."))
    forbidden = conflicts.pairs(stage.round)
    wanted = [(who.pk, one.pk) for one in entries for who in jurors]
    for who, one in ((who, one) for one in entries for who in jurors):
        if (who.pk, one.pk) in forbidden:
            told = {"juror": who.user.full_name, "work": one.code}
            raise Refused(_("Work %(work)s is of a city that %(juror)s is bound to.") % told)
    present = set(stage.assignments.values_list("juror", "entry"))
    fresh = [pair for pair in wanted if pair not in present]
    _write(stage, fresh, by)
    audit.record("judging.assigned", stage, by, f"{stage}: +{len(fresh)}")
    return len(fresh)


@transaction.atomic
def take(assignment: Assignment, by: Any) -> None:
    """Take a work from a juror who has not judged it. Raises Refused otherwise."""
    stage = _locked(assignment.stage)
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("juror__user", "entry")
    found = rows.filter(pk=assignment.pk).first()
    if found is None or found.state != Assignment.State.OPEN or found.scores.exists():
        raise Refused(_("This juror has begun to judge the work: it stays with them."))
    audit.record("judging.unassigned", stage, by, f"{found.juror}: {found.entry.code}")
    found.delete()


def _locked(stage: Stage) -> Stage:
    conflicts.lock_stages(stage.round)
    rows = Stage.objects.select_for_update(no_key=True, of=("self",)).select_related("round")
    stage = rows.get(pk=stage.pk)
    if stage.state == Stage.State.CLOSED:
        raise Refused(_("This stage is counted: nothing is assigned any more."))
    return stage


def _write(stage: Stage, pairs: Iterable[tuple[int, int]], by: Any) -> None:
    rows = [
        Assignment(stage=stage, juror_id=juror, entry_id=work, assigned_by=by)
        for juror, work in pairs
    ]
    Assignment.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)

"""Keeps the steps of status in line with the periods of membership.

A period says which days count; the steps tell how it came about. `members.lifecycle` writes both.
Whoever writes periods another way (the import, a correction of the history, the demonstration)
calls `follow_periods` in the same transaction.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from content import cacheversion
from content.dated import Precision
from content.languages import in_each
from members.models import MembershipPeriod, StatusChange

Status = StatusChange.Status
ONE_DAY = datetime.timedelta(days=1)
WITHIN = (Status.MEMBER, Status.SUSPENDED)
CHANGED = ["happened_on", "precision"]
UNSTATED = _("Entered in the history of membership without a reason")


@dataclass
class Spell:
    """Days of membership without a break: periods that touch one another are one."""

    starts_on: datetime.date
    starts_precision: str
    ends_on: datetime.date | None
    ends_precision: str
    note: str = ""


@dataclass
class Correction:
    """What has to be written so that the steps of one member agree with its periods."""

    new: list[StatusChange]
    moved: list[StatusChange]
    gone: list[StatusChange]


def spells(periods: Iterable[MembershipPeriod]) -> list[Spell]:
    """The periods of one member, first to last, joined where no day lies between them."""
    found: list[Spell] = []
    for row in sorted(periods, key=lambda row: row.starts_on):
        before = found[-1] if found else None
        if before and before.ends_on and before.ends_on + ONE_DAY >= row.starts_on:
            before.ends_on, before.ends_precision = row.ends_on, row.ends_precision
            before.note = row.note
        else:
            found.append(
                Spell(row.starts_on, row.starts_precision, row.ends_on, row.ends_precision,
                      row.note)
            )  # fmt: skip
    return found


def follow_periods(members: Iterable[int]) -> int:
    """Bring the steps of these members (their ids) in line with their periods.

    A beginning gets its step "member", an end its step "former"; a step whose beginning or end was
    moved moves along with its reason and document; one without any period goes. Says how many rows
    were written. The number of queries does not grow with the members. Call it in a transaction.
    """
    ids = set(members)
    periods, steps = defaultdict(list), defaultdict(list)
    for row in MembershipPeriod.objects.filter(member__in=ids):
        periods[row.member_id].append(row)
    for step in StatusChange.objects.filter(member__in=ids).order_by("happened_on", "pk"):
        steps[step.member_id].append(step)
    found = [correction(pk, periods[pk], steps[pk]) for pk in sorted(ids)]
    return _write(
        [step for one in found for step in one.new],
        [step for one in found for step in one.moved],
        [step.pk for one in found for step in one.gone],
    )


def _write(new: list[StatusChange], moved: list[StatusChange], gone: list[int]) -> int:
    if gone:
        StatusChange.objects.filter(pk__in=gone).delete()
    if moved:
        StatusChange.objects.bulk_update(moved, CHANGED)
    if new:
        StatusChange.objects.bulk_create(new)
    if written := len(new) + len(moved) + len(gone):
        cacheversion.bump()
    return written


def correction(
    member: int, periods: Iterable[MembershipPeriod], steps: list[StatusChange]
) -> Correction:
    """Compare the periods and steps (first to last) of one member."""
    joined = spells(periods)
    starts = [(one.starts_on, one.starts_precision, "") for one in joined]
    ends = [(one.ends_on + ONE_DAY, one.ends_precision, one.note) for one in joined if one.ends_on]
    inside = [
        step
        for step in steps
        if step.status in WITHIN and any(_lies_in(step, one) for one in joined)
    ]
    kept = [step for step in inside if step.happened_on not in {day for day, *_rest in starts}]
    beginnings = [step for step in steps if step.status == Status.MEMBER and step not in kept]
    endings = [step for step in steps if step.status == Status.FORMER]
    lost = [step for step in steps if step.status == Status.SUSPENDED and step not in inside]
    result = Correction([], [], lost)
    _match(result, member, Status.MEMBER, starts, beginnings)
    _match(result, member, Status.FORMER, ends, endings)
    return result


def _lies_in(step: StatusChange, spell: Spell) -> bool:
    has_begun = spell.starts_on <= step.happened_on
    return has_begun and (spell.ends_on is None or step.happened_on <= spell.ends_on)


def _match(result: Correction, member: int, status: str, wanted: list, steps: list) -> None:
    """Pair the days that need a step of this status with the steps there are."""
    by_day = {step.happened_on: step for step in steps}
    spare = [step for step in steps if step.happened_on not in {day for day, *_rest in wanted}]
    for day, precision, note in wanted:
        if day in by_day:
            continue
        if spare:
            step = spare.pop(0)
            step.happened_on, step.precision = day, precision
            result.moved.append(step)
        else:
            result.new.append(_step(member, status, day, precision, note))
    result.gone += spare


def _step(member: int, status: str, day: datetime.date, precision: str, note: str) -> StatusChange:
    reason = {}
    if status == Status.FORMER:
        reason = in_each("reason", lambda: note or UNSTATED)
    return StatusChange(
        member_id=member, status=status, happened_on=day,
        precision=precision or Precision.DAY, **reason,
    )  # fmt: skip

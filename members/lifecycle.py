"""The life of a member: applied, accepted, member, suspended, former, and applied again.

Each step is a `StatusChange`; what counts as membership stands in `MembershipPeriod`. The functions
here write both in one transaction with the member locked, and refuse what does not follow.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from content import audit, dated
from content.dated import Precision
from content.dates import day_text
from content.models import PrivateFile
from members import steps
from members.models import CountingRule, Member, MembershipPeriod, StatusChange

Status = StatusChange.Status
ONE_DAY = datetime.timedelta(days=1)
FAR_AHEAD = datetime.timedelta(days=366)
# What may follow what; None is a record that never applied, such as a prospect's or a guest's.
FOLLOWS: dict[str | None, tuple[str, ...]] = {
    None: (Status.APPLIED,),
    Status.APPLIED: (Status.ACCEPTED,),
    Status.ACCEPTED: (Status.MEMBER,),
    Status.MEMBER: (Status.SUSPENDED, Status.FORMER),
    Status.SUSPENDED: (Status.MEMBER, Status.FORMER),
    Status.FORMER: (Status.APPLIED,),
}


def step_on(member: Member, day: datetime.date | None = None) -> tuple[str | None, Any]:
    """The status of a member on that day (today when not given) and the step that brought it.

    Reads `member.periods` and `member.status_changes` (prefetch both for a list). The step is None
    where only a period says so. `MemberQuerySet.with_status` says the same in the database.
    """
    day = day or dated.today()
    periods = list(member.periods.all())
    done = [step for step in member.status_changes.all() if step.happened_on <= day]
    done.sort(key=lambda step: (step.happened_on, step.pk))
    present = next((row for row in periods if row.is_valid_on(day)), None)
    if present:
        inside = [one for one in done if one.status in steps.WITHIN]
        return _last([one for one in inside if one.happened_on >= present.starts_on], Status.MEMBER)
    ended = max((row.ends_on for row in periods if row.ends_on and row.ends_on < day), default=None)
    outside = [
        one
        for one in done
        if one.status not in steps.WITHIN and (ended is None or one.happened_on > ended)
    ]
    return _last(outside, Status.FORMER if ended else None)


def _last(found: list[StatusChange], otherwise: str | None) -> tuple[str | None, Any]:
    return (found[-1].status, found[-1]) if found else (otherwise, None)


def status_on(member: Member, day: datetime.date | None = None) -> str | None:
    """The status of a member on that day (today when not given); None: it never applied by then."""
    return step_on(member, day)[0]


def suspended(day: datetime.date | None = None) -> dict[int, StatusChange]:
    """Members (their ids) that are suspended on that day, with the step that says since when."""
    day = day or dated.today()
    ever = StatusChange.objects.filter(status=Status.SUSPENDED).values("member")
    last = (
        StatusChange.objects.filter(status__in=steps.WITHIN, happened_on__lte=day)
        .filter(member__in=ever)
        .filter(member__in=Member.objects.members(day).values("pk"))
        .order_by("member_id", "-happened_on", "-pk")
        .distinct("member_id")
    )
    return {step.member_id: step for step in last if step.status == Status.SUSPENDED}


def came_and_went() -> tuple[set[int], set[int]]:
    """Members (their ids) that are shown today and were not yesterday, and the other way round."""
    today = dated.today()
    now, before = (
        set(Member.objects.members(day).order_by().values_list("pk", flat=True))
        for day in (today, today - ONE_DAY)
    )
    return now - before, before - now


def allowed_next(member: Member) -> list[str]:
    """The statuses that may follow the last one of this member, whatever day that is from."""
    return list(FOLLOWS[_latest(member)[0]])


def _latest(member: Member) -> tuple[str | None, datetime.date | None]:
    """The last status, of a day to come too, and its first day; from the database."""
    status, step = step_on(Member(pk=member.pk), datetime.date.max)
    return status, step and step.happened_on


@transaction.atomic
def record(
    member: Member,
    status: str,
    day: datetime.date,
    *,
    by: Any,
    reason_ru: str = "",
    reason_en: str = "",
    decided_by_ru: str = "",
    decided_by_en: str = "",
    document: PrivateFile | None = None,
    precision: str = Precision.DAY,
) -> StatusChange:
    """Write the next step in the life of a member: `status` holds from `day` on.

    "member" begins a period (coming back from "suspended" goes on with the one there is), "former"
    ends it on the day before. `by` is None where no person acts. Raises ValidationError, with a
    sentence for the reader, when the status may not follow the present one, when the day lies
    before the last step or more than a year ahead, or when suspension or leaving has no reason.
    """
    Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    steps.follow_periods([member.pk])
    before, since = _latest(member)
    step = StatusChange(
        member=member, status=status, happened_on=dated.start_of_period(day, precision),
        precision=precision, reason_ru=reason_ru, reason_en=reason_en,
        decided_by_ru=decided_by_ru, decided_by_en=decided_by_en, document=document,
        recorded_by=by,
    )  # fmt: skip
    _refuse_unless_next(step, before, since)
    step.full_clean(exclude=["member", "recorded_by", "document"])
    step.save()
    _keep_period(step, before)
    changes = {"status": [before, str(status)], "day": [None, step.happened_on.isoformat()]}
    audit.record("member.status_changed", member, by, f"{member}: {status}", changes)
    return step


def _refuse_unless_next(step: StatusChange, before: str | None, since) -> None:
    if step.status not in FOLLOWS[before]:
        words = {"new": step.get_status_display(), "old": _words_of(before)}
        text = _("“%(new)s” cannot follow “%(old)s”.")
        raise ValidationError({"status": ValidationError(text, code="order", params=words)})
    ends_a_period = step.status == Status.FORMER
    if since and (step.happened_on < since or (ends_a_period and step.happened_on <= since)):
        text = _("The last change of status is of %(day)s: this one has to come after it.")
        _refuse_day(text, day_text(since))
    if step.happened_on > dated.today() + FAR_AHEAD:
        _refuse_day(_("%(day)s is more than a year ahead."), day_text(step.happened_on))


def _refuse_day(text: Any, day: str) -> None:
    error = ValidationError(text, code="day", params={"day": day})
    raise ValidationError({"happened_on": error})


def _words_of(status: str | None) -> str:
    return Status(status).label if status else _("no membership")


def _keep_period(step: StatusChange, before: str | None) -> None:
    """Begin or end the period that a step speaks of."""
    if step.status == Status.MEMBER and before == Status.ACCEPTED:
        MembershipPeriod.objects.create(
            member=step.member, starts_on=step.happened_on, starts_precision=step.precision
        )
    elif step.status == Status.FORMER:
        period = step.member.periods.get(ends_on__isnull=True)
        period.ends_on, period.ends_precision = step.happened_on - ONE_DAY, step.precision
        period.save(update_fields=["ends_on", "ends_precision"])


def counts_from(day: datetime.date) -> str:
    """Whether those accepted on that day count "decision" or "payment" on: the rule of the day.

    Where no rule is written down, the decision counts.
    """
    rule = CountingRule.objects.on(day).first()
    return rule.counts_from if rule else CountingRule.CountsFrom.DECISION.value


@transaction.atomic
def accept(
    member: Member,
    day: datetime.date,
    *,
    by: Any,
    decided_by_ru: str = "",
    decided_by_en: str = "",
    document: PrivateFile | None = None,
) -> StatusChange:
    """A body accepted a member on that day; where the rule counts from the decision, it is one.

    A record without an application gets its step "applied" on the same day. Gives the last step
    written. Raises what `record` raises.
    """
    decision = {
        "decided_by_ru": decided_by_ru, "decided_by_en": decided_by_en, "document": document
    }  # fmt: skip
    if Status.APPLIED in allowed_next(member):
        record(member, Status.APPLIED, day, by=by)
    step = record(member, Status.ACCEPTED, day, by=by, **decision)
    if counts_from(day) == CountingRule.CountsFrom.DECISION:
        step = record(member, Status.MEMBER, day, by=by, **decision)
    return step


@transaction.atomic
def begin_membership(member: Member, day: datetime.date, by: Any) -> StatusChange | None:
    """The first payment of an accepted applicant came on that day: it is a member from then on.

    A payment that came before the decision counts from the decision. Gives None, and changes
    nothing, for anybody who is not "accepted, due not paid".
    """
    Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    status, since = _latest(member)
    if status != Status.ACCEPTED:
        return None
    return record(member, Status.MEMBER, max(day, since), by=by)


@transaction.atomic
def take_back(member: Member, by: Any) -> bool:
    """An application came to nothing: its steps "applied" and "accepted" are taken back.

    What was before, nothing or an earlier membership, holds again. Says whether there was anything
    to take back.
    """
    Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    taken = []
    for step in member.status_changes.order_by("-happened_on", "-pk"):
        if step.status not in (Status.APPLIED, Status.ACCEPTED):
            break
        taken.append(str(step.status))
        step.delete()
    if taken:
        changes = {"status": [taken[0], _latest(member)[0]]}
        audit.record("member.status_taken_back", member, by, str(member), changes)
    return bool(taken)

"""Scores of bids, the sheet that compares them, and the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.db.models import Avg, Count
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit
from events.models import Event
from hosting import bidding, letters
from hosting.bidding import BidRefused
from hosting.models import Bid, BidScore, Criterion, HostCall
from meetings.models import Decision
from members.models import Member

MOST_POINTS = 10
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Column:
    """One city on the sheet: average points by criterion, the weighted total from 0 to 100, how
    many judges scored it, its place (several share one where totals are equal)."""

    bid: Bid
    points: dict[int, Decimal]
    answers: dict[int, str]
    total: Decimal | None
    judges: int
    place: int | None = None


@dataclass(frozen=True)
class Sheet:
    """Criteria × cities, the best first; cities without all scores stand at the end."""

    criteria: list[Criterion]
    columns: list[Column]


@transaction.atomic
def score(bid: Bid, points: Mapping[Criterion, int], by: Any) -> None:
    """Keep the points of one judge for one bid, in place of earlier ones.

    Raises BidRefused before the deadline, after the decision, for a bid that was withdrawn, and
    for points beyond 0 to 10.
    """
    call = bidding.locked(bid.call)
    if call.phase() != HostCall.Phase.JUDGED:
        raise BidRefused(_("Bids are scored between the deadline and the decision."))
    if not Bid.objects.standing().filter(pk=bid.pk).exists():
        raise BidRefused(_("This bid was withdrawn."))
    if any(not 0 <= number <= MOST_POINTS for number in points.values()):
        raise BidRefused(_("Points are a whole number from 0 to 10."))
    for criterion, number in points.items():
        BidScore.objects.update_or_create(
            bid=bid, criterion=criterion, judge=by, defaults={"points": number}
        )
    audit.record("hosting.bid.scored", bid, by, f"{bid.member}: {call}")


def sheet(call: HostCall) -> Sheet:
    """The comparison sheet: five queries, however many cities there are."""
    criteria = list(call.criteria.all())
    bids = call.bids.standing().select_related("member__country").prefetch_related("answers")
    averages = dict[tuple[int, int], Decimal]()
    rows = BidScore.objects.filter(bid__call=call).values("bid", "criterion").order_by()
    for row in rows.annotate(mean=Avg("points")):
        averages[row["bid"], row["criterion"]] = Decimal(str(row["mean"]))
    judges = dict(
        BidScore.objects.filter(bid__call=call).order_by().values_list("bid")
        .annotate(number=Count("judge", distinct=True))
    )  # fmt: skip
    columns = [_column(bid, criteria, averages, judges.get(bid.pk, 0)) for bid in bids]
    return Sheet(criteria, _placed(columns))


@transaction.atomic
def decide(
    call: HostCall,
    bid: Bid | None,
    by: Any,
    *,
    outcome_ru: str = "",
    outcome_en: str = "",
    decision: Decision | None = None,
) -> HostCall:
    """Record the decision: the chosen bid, or None when no city was chosen.

    The event gets its host, every city a letter. Raises BidRefused while bids are taken, when it
    was decided before, when the bid is of another call or withdrawn, and without a decision of a
    meeting or words on how it was decided.
    """
    call = bidding.locked(call)
    if call.phase() != HostCall.Phase.JUDGED:
        raise BidRefused(_("A call is decided once, after its deadline."))
    if decision is None and not (outcome_ru.strip() or outcome_en.strip()):
        raise BidRefused(_("Name the decision of a meeting, or say how it was decided."))
    standing = list(call.bids.standing().select_related("member").order_by("pk"))
    if bid is not None and bid not in standing:
        raise BidRefused(_("This bid does not stand."))
    call.host = bid.member if bid else None
    call.decided_at, call.decided_by, call.decision = timezone.now(), by, decision
    call.outcome_ru, call.outcome_en = outcome_ru.strip(), outcome_en.strip()
    call.save(by=by)
    for one in standing:
        one.state = Bid.State.CHOSEN if one == bid else Bid.State.NOT_CHOSEN
        one.save()
        letters.outcome(one)
    if bid is not None and call.event_id:
        _give_host(call.event, bid.member, by)
    audit.record("hosting.call.decided", call, by, f"{call}: {call.host or '—'}")
    return call


def _give_host(event: Event, host: Member, by: Any) -> None:
    """The chosen city hosts the event: the pages of both say so."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    before = event.host_member
    event.host_member = host
    event.save(update_fields=["host_member", "updated_at"])
    audit.record(
        "events.event.host", event, by, f"{event}", {"host": [str(before or ""), str(host)]}
    )


def _column(bid: Bid, criteria: list, averages: Mapping, judges: int) -> Column:
    points = {one.pk: averages[bid.pk, one.pk] for one in criteria if (bid.pk, one.pk) in averages}
    is_whole = bool(criteria) and len(points) == len(criteria)
    return Column(
        bid=bid,
        points={pk: _rounded(mean) for pk, mean in points.items()},
        answers={answer.criterion_id: answer.text for answer in bid.answers.all()},
        total=_total(criteria, points) if is_whole else None,
        judges=judges,
    )


def _total(criteria: list[Criterion], points: Mapping[int, Decimal]) -> Decimal:
    """The weighted mean as a share of the most points, from 0 to 100."""
    weights = sum(one.weight for one in criteria)
    weighted = sum(one.weight * points[one.pk] for one in criteria)
    return _rounded(weighted * 100 / (weights * MOST_POINTS))


def _rounded(number: Decimal) -> Decimal:
    return Decimal(number).quantize(TENTH, rounding=ROUND_HALF_UP)


def _placed(columns: list[Column]) -> list[Column]:
    columns.sort(key=lambda one: (one.total is None, -(one.total or 0), one.bid.sent_at))
    totals = [one.total for one in columns]
    return [
        Column(**{**vars(one), "place": None if one.total is None else totals.index(one.total) + 1})
        for one in columns
    ]

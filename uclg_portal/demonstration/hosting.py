"""Calls for a host city of the demonstration, with bids, points and one decision."""

import datetime
from typing import Any

from django.utils import timezone

from hosting import bidding, judging
from hosting.models import Bid, Criterion, HostCall
from members.models import Member
from uclg_portal.demonstration import data


def load(users: dict[str, Any]) -> None:
    """Everything of hosting.toml, through the capabilities; members have to be there."""
    members = {member.slug: member for member in Member.objects.all()}
    desk = users["admin@example.org"]
    for row in data.table("hosting.toml")["calls"]:
        _load_call(row, members, users, desk)


def _load_call(row: dict[str, Any], members: dict, users: dict[str, Any], desk: Any) -> None:
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)  # deadlines are full hours
    opens = hour + datetime.timedelta(days=row["opens_days"])
    closes = hour + datetime.timedelta(days=row["closes_days"])
    call = HostCall.objects.create(
        slug=row["slug"],
        opens_at=opens,
        closes_at=max(closes, now + datetime.timedelta(minutes=5)),  # bids come in time
        status=HostCall.Status.PUBLISHED,
        published_at=opens,
        **data.texts(row, "title", "body"),
    )
    criteria = [
        Criterion.objects.create(
            call=call, order=number, weight=one["weight"], **data.texts(one, "name", "hint")
        )
        for number, one in enumerate(row["criteria"], 1)
    ]
    bids = [_load_bid(call, criteria, one, members, users, desk) for one in row.get("bids", [])]
    if closes < now:
        call.closes_at = closes
        call.save()
        _judge(call, criteria, row, dict(zip(bids, row["bids"], strict=True)), desk)


def _load_bid(call, criteria, row: dict[str, Any], members, users, desk) -> Bid:
    offer = bidding.Offer(
        dates=row["dates"],
        summary=row["summary"],
        answers=dict(zip(criteria, row["answers"], strict=True)),
    )
    by = users.get(f"{row['member']}@example.org", desk)
    return bidding.send(call, members[row["member"]], offer, by)


def _judge(call, criteria, row: dict[str, Any], bids: dict[Bid, dict], desk) -> None:
    for bid, told in bids.items():
        judging.score(bid, dict(zip(criteria, told["points"], strict=True)), desk)
    outcome = row.get("outcome")
    if outcome:
        chosen = next(bid for bid, told in bids.items() if told["member"] == outcome["member"])
        judging.decide(call, chosen, desk, **data.texts(outcome, "outcome"))

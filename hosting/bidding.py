"""Bids for a call: sent, changed and withdrawn while it is open, judged by the server's clock.

Every function is one transaction under the lock of the call: no bid slips in behind the deadline
or beside a decision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit, privatefiles
from content.dates import moment_text
from content.editing import CONFLICT
from hosting.models import Bid, BidAnswer, Criterion, HostCall
from members.models import Member

PURPOSE = privatefiles.reserve("hosting.bid", "hosting.view_bid")
MOST_FILES = 10
State = Bid.State


class BidRefused(Exception):
    """Nothing was written; a sentence for the reader."""


@dataclass(frozen=True)
class Offer:
    """What a city offers: `answers` maps criteria to texts."""

    dates: str
    summary: str
    answers: Mapping[Criterion, str]
    uploads: Sequence[UploadedFile] = field(default_factory=tuple)
    dropped: Sequence[int] = field(default_factory=tuple)


def why_closed(call: HostCall) -> str:
    """Why no bid is taken or changed now, as a sentence; empty while the call is open."""
    if not call.is_public():
        return _("This call is not published.")
    match call.phase(timezone.now()):
        case HostCall.Phase.NOT_YET:
            opens = moment_text(call.opens_at, call.zone)
            return _("Bids are taken from %(moment)s.") % {"moment": opens}
        case HostCall.Phase.JUDGED:
            closed = moment_text(call.closes_at, call.zone)
            return _("Bids were taken until %(moment)s.") % {"moment": closed}
        case HostCall.Phase.DECIDED:
            return _("The host has been chosen.")
    return ""


@privatefiles.all_or_nothing()
def send(call: HostCall, member: Member, offer: Offer, by: Any, seen_version: int = 0) -> Bid:
    """Send a bid, change it, or send it again after it was withdrawn.

    seen_version: that of the bid the form was opened with, 0 for none. Raises BidRefused, and
    ValidationError for a file that is not taken.
    """
    call = _open_call(call)
    bid = Bid.objects.select_for_update(of=("self",)).filter(call=call, member=member).first()
    if (bid.version if bid else 0) != seen_version:
        raise BidRefused(str(CONFLICT))
    verb = "hosting.bid.changed" if bid else "hosting.bid.sent"
    bid = bid or Bid(call=call, member=member)
    bid.state, bid.withdrawn_at, bid.sent_by = State.SENT, None, by
    bid.dates, bid.summary = offer.dates, offer.summary
    bid.save()
    for criterion, text in offer.answers.items():
        BidAnswer.objects.update_or_create(bid=bid, criterion=criterion, defaults={"text": text})
    _keep_files(bid, offer, by)
    audit.record(verb, bid, by, f"{member}: {call}")
    return bid


@transaction.atomic
def withdraw(bid: Bid, by: Any) -> Bid:
    """Take a bid back while the call is open; once is enough. Raises BidRefused."""
    _open_call(bid.call)
    bid = Bid.objects.select_for_update(of=("self",)).get(pk=bid.pk)
    if bid.state == State.WITHDRAWN:
        return bid
    bid.state, bid.withdrawn_at = State.WITHDRAWN, timezone.now()
    bid.save()
    audit.record("hosting.bid.withdrawn", bid, by, f"{bid.member}: {bid.call}")
    return bid


def locked(call: HostCall) -> HostCall:
    """The call as it is now; other deeds about it wait until the transaction ends."""
    return HostCall.objects.select_for_update(of=("self",)).get(pk=call.pk)


def _open_call(call: HostCall) -> HostCall:
    call = locked(call)
    if reason := why_closed(call):
        raise BidRefused(reason)
    return call


def _keep_files(bid: Bid, offer: Offer, by: Any) -> None:
    bid.files.remove(*bid.files.filter(pk__in=offer.dropped))
    if bid.files.count() + len(offer.uploads) > MOST_FILES:
        raise BidRefused(_("A bid has at most %(number)d files.") % {"number": MOST_FILES})
    bid.files.add(*(privatefiles.store(one, PURPOSE, by) for one in offer.uploads))

"""Publishing a result: approved by a second person, kept as a snapshot, corrected by errata."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import approvals, audit, dated
from governance.models import Seat
from meetings import counting, results, terms
from meetings.models import Election, Erratum, Nomination, Protocol
from meetings.refusals import Refused

DEED = "meetings.publish_result"


@transaction.atomic
def ask(election: Election, by) -> None:
    """Ask a second person to approve the result as it is now. Raises Refused."""
    election = results.locked(election)
    approvals.ask(DEED, election, digest_of(election), by)


@transaction.atomic
def approve(election: Election, by, seen: str) -> None:
    """A second person approves the result they saw (`seen`: its digest).

    Raises Refused when it is another one by now, or when they asked for it themselves.
    """
    election = results.locked(election)
    if digest_of(election) != seen:
        raise Refused(_("The result was changed since you opened the page. Look at it again."))
    try:
        approvals.approve(DEED, election, seen, by)
    except approvals.ApprovalRefused as refused:
        raise Refused(str(refused)) from refused


def approval_of(election: Election, digest: str):
    """The approval that was asked for this very result, given or not; None when nobody asked."""
    if given := approvals.approved(DEED, election, digest):
        return given
    waiting = approvals.waiting(DEED, election)
    return waiting if waiting and waiting.digest == digest else None


def may_approve(approval, user) -> bool:
    """Whether this person is the second one: somebody else asked, and nobody has approved."""
    return approval is not None and not is_approved(approval) and approval.asked_by != user


def is_approved(approval) -> bool:
    return approval is not None and approval.approved_by is not None


def digest_of(election: Election) -> str:
    """What an approval of the stored result is bound to; raises Refused when it is not ready."""
    election = Election.objects.get(pk=election.pk)
    counted = counting.count(election)
    if reason := results.why_not_ready(election, counted):
        raise Refused(reason)
    return counting.digest(election, counted)


@transaction.atomic
def publish(
    election: Election,
    by,
    *,
    places: Mapping[int, Seat] | None = None,
    starts_on: datetime.date | None = None,
    at: datetime.datetime | None = None,
) -> Protocol:
    """Publish the approved result as a snapshot; the terms of the elected begin with it.

    places: number of a nomination -> the seat that begins on `starts_on`; those left out begin no
    term; `at` is when it was made public, now unless given. Raises Refused: not counted, a tie
    without a rule, not approved, a seat that is not free.
    """
    election = results.locked(election)
    digest = digest_of(election)
    counted = counting.count(election)
    approval = approvals.approved(DEED, election, digest)
    if approval is None:
        raise Refused(_("A second person has not approved this result."))
    election.state = Election.State.PUBLISHED
    election.save(by=by)
    protocol = _protocol(election, counted, approval, by, at or timezone.now())
    chosen = _chosen_places(counted, places or {})
    if chosen:
        terms.begin(chosen, starts_on or dated.today(), by)
    audit.record("meetings.result.published", election, by, digest)
    return protocol


def _protocol(election, counted, approval, by, at) -> Protocol:
    return Protocol.objects.create(
        election=election, seats=election.seats, ballots=election.ballots,
        is_by_consensus=election.is_by_consensus, tie_rule=election.tie_rule,
        tie_note_ru=election.tie_note_ru, tie_note_en=election.tie_note_en,
        candidates=counting.rows(counted), digest=approval.digest,
        asked_by_name=str(approval.asked_by), approved_by_name=str(approval.approved_by),
        published_by=by, published_at=at,
    )  # fmt: skip


def _chosen_places(counted: counting.Count, places: Mapping[int, Seat]) -> dict[Nomination, Seat]:
    elected = {one.nomination.pk: one.nomination for one in counted.elected}
    if not places.keys() <= elected.keys():
        raise Refused(_("Only those who are elected are given a seat."))
    return {elected[pk]: seat for pk, seat in places.items()}


@transaction.atomic
def correct(election: Election, *, text_ru: str, text_en: str, by) -> Erratum:
    """Put a dated erratum below a published result. Raises Refused before it is published."""
    if not Protocol.objects.filter(election=election).exists():
        raise Refused(_("The result is not published yet: correct it where it is recorded."))
    erratum = Erratum.objects.create(
        election=election, dated_on=dated.today(), text_ru=text_ru, text_en=text_en,
        written_by=by,
    )  # fmt: skip
    audit.record("meetings.erratum", election, by, text_ru or text_en)
    return erratum

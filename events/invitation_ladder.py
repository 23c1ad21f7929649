"""The ladder of reminders about an invitation: each rung once, until the member answers.

Who answers for the member, then all who represent it, then a letter on paper to the head of the
city, which staff post. A week lies between the rungs, less where the answer is due sooner. A rung
that reaches nobody is written down empty and the next one follows at once. After an outage only
one rung is taken: nobody gets three letters together.
"""

import datetime
import logging

from django.db import transaction
from django.utils import timezone

from content import privatefiles
from events import invitation_letters, invitations
from events.contacts import contacts_of_members
from events.models import Invitation, InvitationStep

logger = logging.getLogger(__name__)

Rung = InvitationStep.Rung
WEEK = datetime.timedelta(days=7)
PURPOSE = privatefiles.reserve("event-invitation", "events.view_invitation")


def climb(now: datetime.datetime | None = None) -> int:
    """Take the rungs that are due; gives how many. Run twice, it takes each once."""
    now = now or timezone.now()
    taken = 0
    waiting = invitations.open_ones(now).select_related("event").prefetch_related("steps")
    for row in waiting.order_by("pk"):
        if next_rung(row, now) is None:
            continue
        try:
            taken += _climb_one(row.pk, now)
        except Exception:
            logger.exception("The ladder of invitation %s stands still", row.pk)
    return taken


def next_rung(row: Invitation, now: datetime.datetime) -> int | None:
    """The rung that is due; None when it is too early or all are taken. Reads event and steps."""
    steps = {step.rung: step for step in row.steps.all()}
    rung = next((rung for rung in Rung.values if rung not in steps), None)
    if rung is None:
        return None
    last = steps[max(steps)] if steps else None
    if last and not _reached(last):
        return rung
    since = last.taken_at if last else row.invited_at
    return rung if since + pause(row) <= now else None


def pause(row: Invitation) -> datetime.timedelta:
    """The time between two rungs: all of them fit in before the answer is due."""
    limit = min(row.answer_until or row.event.starts_at, row.event.starts_at)
    return min(WEEK, (limit - row.invited_at) / (len(Rung) + 1))


def _reached(step: InvitationStep) -> bool:
    return bool(step.emails or step.letter_id)


@privatefiles.all_or_nothing()
def _climb_one(pk: int, now: datetime.datetime) -> int:
    """Take rungs until one reaches somebody; 0 when it was answered or taken meanwhile."""
    rows = invitations.open_ones(now).filter(pk=pk).select_related("event", "member__country")
    row = rows.select_for_update(of=("self",)).first()
    taken = 0
    while row and (rung := next_rung(row, now)) is not None:
        step = InvitationStep(invitation=row, rung=rung)
        DEEDS[rung](row, step)
        step.save()
        InvitationStep.objects.filter(pk=step.pk).update(taken_at=now)
        taken += 1
    return taken


def _to_answering(row: Invitation, step: InvitationStep) -> None:
    users = contacts_of_members([row.member])[row.member_id][:1]
    step.emails = invitation_letters.write_to(row, users, f"r{step.rung}")


def _to_all(row: Invitation, step: InvitationStep) -> None:
    users = invitation_letters.representatives_of(row.member)
    step.emails = invitation_letters.write_to(row, users, f"r{step.rung}")


def _on_paper(row: Invitation, step: InvitationStep) -> None:
    name = f"{row.member.slug}-{row.event.slug}.pdf"
    data = invitation_letters.paper(row)
    step.letter = privatefiles.keep_bytes(data, name[:200], "application/pdf", PURPOSE, None)


DEEDS = {Rung.ANSWERING: _to_answering, Rung.ALL: _to_all, Rung.HEAD: _on_paper}


@transaction.atomic
def mark_posted(rows, day: datetime.date) -> int:
    """The letters of these invitations went to the post on that day; gives how many."""
    waiting = InvitationStep.objects.filter(
        invitation__in=rows, letter__isnull=False, posted_on__isnull=True
    )
    return waiting.update(posted_on=day)

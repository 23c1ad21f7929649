"""Members are invited to an event and say whether they come. One invitation for each member.

A delegation that is registered accepts by itself. A cancelled event, or one that has begun, takes
no answers; whoever answers from an old page learns what was answered meanwhile.
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit
from content.dates import moment_text
from events import invitation_letters, places
from events.models import Delegation, Event, Invitation, InvitationStep
from events.models.registration import ACTIVE
from governance.models import SeatTerm
from members.models import Member

State = Invitation.State


class InvitationRefused(Exception):
    """Why somebody cannot be invited or an answer not be taken: one sentence for the reader."""


def candidates(
    event: Event, *, countries=(), kinds=(), body=None, named: Iterable[Member] = ()
) -> QuerySet[Member]:
    """The members of today that fit every filter which is given, and those named; all without any.

    `countries` of members, `kinds` of `Member.Kind`, `body`: who holds a seat on the event's day.
    """
    named = [member.pk for member in named]
    fits = Q()
    if countries:
        fits &= Q(country__in=countries)
    if kinds:
        fits &= Q(kind__in=kinds)
    if body:
        day = event.starts_at.astimezone(event.zone).date()
        terms = SeatTerm.objects.on(day).filter(seat__body=body)
        fits &= Q(pk__in=terms.values("member"))
    members = Member.objects.members()
    if fits:
        return members.filter(fits | Q(pk__in=named))
    return members.filter(pk__in=named) if named else members


def invite(
    event: Event, members: QuerySet[Member], by, answer_until: datetime.datetime | None = None
) -> list[Invitation]:
    """Invite members who were not invited before; who answers for them gets a letter.

    A member whose delegation is registered already has accepted, and gets none.

    InvitationRefused: the event is not public, cancelled or has begun, the deadline makes no sense.
    """
    with transaction.atomic():
        event, now = places.lock(event.pk), timezone.now()
        _refuse(why_not_invite(event, answer_until, now))
        known = set(event.invitations.values_list("member_id", flat=True))
        coming = set(
            Delegation.objects.filter(event=event, participants__status__in=ACTIVE)
            .values_list("member_id", flat=True)
        )  # fmt: skip
        rows = [
            _new(event, member, by, answer_until, now if member.pk in coming else None)
            for member in members.select_related("country").in_alphabetical_order()
            if member.pk not in known
        ]
        Invitation.objects.bulk_create(rows)
        for row in rows:
            audit.record("events.invited", row.member, by, str(event))
        invitation_letters.invited(event, [row for row in rows if row.state == State.OPEN])
        return rows


def _new(event: Event, member: Member, by, until, accepted_at) -> Invitation:
    state = State.ACCEPTED if accepted_at else State.OPEN
    return Invitation(
        event=event, member=member, state=state, answered_at=accepted_at, answer_until=until,
        invited_by=by,
    )  # fmt: skip


def why_not_invite(
    event: Event, answer_until: datetime.datetime | None, now: datetime.datetime
) -> str:
    """Why nobody can be invited, as a sentence; empty when it is possible."""
    if reason := places.why_final(event, now):
        return reason
    if not event.is_public(now) or event.status != Event.Status.ANNOUNCED:
        return _("The event is not announced yet: nobody who is invited could see it.")
    if answer_until and not now < answer_until <= event.starts_at:
        return _("The answer is due after today and before the event begins.")
    return ""


def answer(invitation: Invitation, state: str, by, *, seen: str, reason: str = "") -> Invitation:
    """Accept or decline; `seen` is the state on the page the answer was given on.

    The same answer again is as good as once. InvitationRefused: see the sentences.
    """  # fmt: skip
    with transaction.atomic():
        event, now = places.lock(invitation.event_id), timezone.now()
        row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        row.event = event
        if row.state == state:
            return row
        _refuse(_why_not_answer(row, state, seen, now))
        row.state, row.reason = state, reason if state == State.DECLINED else ""
        row.answered_at, row.answered_by = now, by
        row.save(update_fields=["state", "reason", "answered_at", "answered_by"])
        audit.record(f"events.invitation.{state}", row.member, by, str(event))
        return row


def accept_by_registering(event: Event, member: Member | None, by) -> None:
    """A delegation was registered: an invitation of its member is accepted by that."""
    asked = Invitation.objects.filter(event=event, member=member).exclude(state=State.ACCEPTED)
    asked.update(state=State.ACCEPTED, reason="", answered_at=timezone.now(), answered_by=by)


def _why_not_answer(row: Invitation, state: str, seen: str, now: datetime.datetime) -> str:
    if reason := places.why_final(row.event, now):
        return reason
    if row.state != seen:
        words = _("Meanwhile somebody else of your city has answered: %(answer)s. Look once more.")
        return words % {"answer": row.get_state_display()}
    if state == State.ACCEPTED and row.answer_until and row.answer_until <= now:
        until = moment_text(row.answer_until, row.event.zone)
        return _("The answer was due by %(moment)s. Write to the secretariat.") % {"moment": until}
    if state == State.DECLINED and has_delegation(row):
        return _("Your delegation is registered. Cancel the delegation first, then decline.")
    return ""


def has_delegation(invitation: Invitation) -> bool:
    """Whether anybody of the member is registered for the event."""
    own = Delegation.objects.filter(event=invitation.event_id, member=invitation.member_id)
    return own.filter(participants__status__in=ACTIVE).exists()


def open_ones(now: datetime.datetime | None = None) -> QuerySet[Invitation]:
    """Invitations that can still be answered and were not."""
    now = now or timezone.now()
    return Invitation.objects.filter(
        Q(answer_until__isnull=True) | Q(answer_until__gt=now),
        state=State.OPEN,
        event__status=Event.Status.ANNOUNCED,
        event__starts_at__gt=now,
    )


def letters_to_post() -> QuerySet[InvitationStep]:
    """Letters on paper that wait to be posted, of invitations that are still open."""
    waiting = InvitationStep.objects.filter(letter__isnull=False, posted_on__isnull=True)
    return waiting.filter(invitation__in=open_ones())


def remind(invitations: QuerySet[Invitation], by) -> int:
    """Write once more to those who have not answered, once a day; gives how many letters."""
    rows = list(open_ones().filter(pk__in=invitations.values("pk")).select_related("event"))
    with transaction.atomic():
        written = invitation_letters.reminded(rows, f"hand:{timezone.now():%Y%m%d}")
        for row in rows:
            audit.record("events.invitation.reminded", row, by, str(row))
    return written


def _refuse(reason: str) -> None:
    if reason:
        raise InvitationRefused(reason)

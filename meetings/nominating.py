"""Nominations: taken within the window, kept when late, admitted by staff with a reason."""

import datetime
import zoneinfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit
from content.dates import moment_text
from content.timezones import association_zone
from meetings.models import Election, Nomination
from meetings.refusals import Refused

Phase = Election.Phase


@transaction.atomic
def nominate(
    election: Election,
    *,
    by,
    member=None,
    person=None,
    proposed_by_member=None,
    statement_ru: str = "",
    statement_en: str = "",
    zone: zoneinfo.ZoneInfo | None = None,
    at: datetime.datetime | None = None,
) -> Nomination:
    """Keep a nomination. One that comes after the close `is_late`: it stands once it is admitted.

    zone: the clock of the sender, the association's unless given. Raises Refused when nominations
    are not taken yet or the votes are counted, and when the candidate is nominated already.
    """
    at = at or timezone.now()
    election = Election.objects.select_for_update().get(pk=election.pk)
    phase = election.phase(at)
    if phase == Phase.NOT_YET:
        opens = moment_text(election.opens_at, association_zone())
        raise Refused(_("Nominations open on %(moment)s.") % {"moment": opens})
    if phase not in (Phase.OPEN, Phase.CLOSED):
        raise Refused(_("This election takes no nominations."))
    nomination = Nomination(
        election=election, member=member, person=person, proposed_by=by,
        proposed_by_member=proposed_by_member, statement_ru=statement_ru,
        statement_en=statement_en, received_at=at, is_late=phase == Phase.CLOSED,
        sender_zone=(zone or association_zone()).key,
    )  # fmt: skip
    try:
        nomination.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    nomination.save()
    verb = "meetings.nomination.late" if nomination.is_late else "meetings.nomination.received"
    audit.record(verb, election, by, nomination.name_in("en"))
    return nomination


def late_words(nomination: Nomination, language: str | None = None) -> str:
    """Why a late nomination is refused: when it came, by both clocks, and when they closed."""
    zone, own = zoneinfo.ZoneInfo(nomination.sender_zone), association_zone()
    received = nomination.received_at
    words = {
        "received": moment_text(received, own, language),
        "closed": moment_text(nomination.election.closes_at, own, language),
        "sender": moment_text(received, zone, language),
    }
    if received.astimezone(zone).utcoffset() == received.astimezone(own).utcoffset():
        return _("Nominations closed on %(closed)s. Yours came on %(received)s.") % words
    return (
        _("Nominations closed on %(closed)s. Yours came on %(received)s; by your clock %(sender)s.")
        % words
    )


@transaction.atomic
def admit(nomination: Nomination, *, reason_ru: str, reason_en: str, by) -> Nomination:
    """Let a late nomination stand; the protocol prints the reason.

    Raises Refused without a reason, when it was not late, or when the votes are counted.
    """
    election = Election.objects.select_for_update().get(pk=nomination.election_id)
    nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    if election.state != Election.State.ANNOUNCED:
        raise Refused(_("The votes are counted: nobody is admitted any more."))
    if not nomination.is_late or nomination.admitted_at or nomination.withdrawn_at:
        raise Refused(_("This nomination does not wait to be admitted."))
    if not (reason_ru or reason_en):
        raise Refused(_("Say why the late nomination is admitted."))
    nomination.late_reason_ru, nomination.late_reason_en = reason_ru, reason_en
    nomination.admitted_at, nomination.admitted_by = timezone.now(), by
    nomination.save()
    audit.record("meetings.nomination.admitted", election, by, nomination.name_in("en"))
    return nomination


@transaction.atomic
def withdraw(nomination: Nomination, by) -> Nomination:
    """Take a candidate out of the election. Raises Refused when the votes are counted."""
    election = Election.objects.select_for_update().get(pk=nomination.election_id)
    nomination = Nomination.objects.select_for_update().get(pk=nomination.pk)
    if election.state not in (Election.State.DRAFT, Election.State.ANNOUNCED):
        raise Refused(_("The votes are counted: nobody withdraws any more."))
    nomination.withdrawn_at = nomination.withdrawn_at or timezone.now()
    nomination.save(update_fields=["withdrawn_at"])
    audit.record("meetings.nomination.withdrawn", election, by, nomination.name_in("en"))
    return nomination


def stands(nomination: Nomination) -> bool:
    """Whether a nomination in memory stands: the rule of `Nomination.objects.standing`."""
    is_in = not nomination.is_late or nomination.admitted_at is not None
    return is_in and nomination.withdrawn_at is None

"""Which cities are nominated, and by whom: interest, acceptance, refusal, withdrawal.

Every function is one transaction; those that count cities stand under the lock of the call.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import audit
from content.dates import day_text
from members.models import Member
from nominations import checks, mails, texts
from nominations.models import Dossier, OutsideCall
from nominations.refusals import DossierRefused

State, Nominator = Dossier.State, Dossier.Nominator


@dataclass(frozen=True)
class Interest:
    """What a city writes when it wants to be nominated; a title in one language at least."""

    title_ru: str = ""
    title_en: str = ""
    reasons: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""


@dataclass(frozen=True)
class Choice:
    """Who nominates: `member` of the kind "member", names of the kind "organisation"."""

    kind: str = Nominator.SECRETARIAT
    member: Member | None = None
    name_ru: str = ""
    name_en: str = ""


@transaction.atomic
def express(call: OutsideCall, member: Member, interest: Interest, by: Any) -> Dossier:
    """A city wants to be nominated. Raises DossierRefused after the deadline and for a second."""
    call = locked_call(call)
    if reason := why_closed(call):
        raise DossierRefused(reason)
    if Dossier.objects.filter(call=call, member=member).exclude(state__in=Dossier.OVER).exists():
        raise DossierRefused(_("This city has a dossier for this call already."))
    dossier = Dossier.objects.create(call=call, member=member, asked_by=by, **vars(interest))
    audit.record("nominations.interest", dossier, by, str(dossier))
    mails.tell_staff(dossier)
    return dossier


@transaction.atomic
def accept(dossier: Dossier, choice: Choice, by: Any) -> Dossier:
    """The secretariat goes along: the city may write. Raises DossierRefused."""
    dossier = _with_call_locked(dossier)
    if dossier.state != State.INTEREST:
        raise DossierRefused(_("This was decided already: %s.") % dossier.get_state_display())
    _set_nominator(dossier, choice)
    dossier.state, dossier.decided_at = State.WRITING, timezone.now()
    dossier.save()
    texts.ensure(dossier)
    audit.record("nominations.accepted", dossier, by, f"{dossier}: {dossier.nominator_in('en')}")
    mails.tell_decision(dossier)
    return dossier


@transaction.atomic
def decline(dossier: Dossier, reason: str, by: Any) -> Dossier:
    """The secretariat does not nominate the city, and says why. Raises DossierRefused."""
    dossier = locked(dossier)
    if dossier.state != State.INTEREST:
        raise DossierRefused(_("This was decided already: %s.") % dossier.get_state_display())
    if not reason.strip():
        raise DossierRefused(_("Say why."))
    dossier.state, dossier.refusal = State.DECLINED, reason.strip()
    dossier.decided_at = timezone.now()
    dossier.save()
    audit.record("nominations.declined", dossier, by, f"{dossier}: {reason}")
    mails.tell_decision(dossier)
    return dossier


@transaction.atomic
def choose_nominator(dossier: Dossier, choice: Choice, by: Any) -> Dossier:
    """Somebody else nominates; an approval of the earlier final text falls. DossierRefused."""
    dossier = _with_call_locked(dossier)
    if dossier.state not in (State.INTEREST, State.WRITING):
        raise DossierRefused(_("The dossier is sent or over; its nominator stays."))
    _set_nominator(dossier, choice)
    dossier.save()
    audit.record("nominations.nominator", dossier, by, f"{dossier}: {dossier.nominator_in('en')}")
    return dossier


@transaction.atomic
def withdraw(dossier: Dossier, by: Any) -> Dossier:
    """The city takes it back before it is sent; once is enough. Raises DossierRefused."""
    dossier = locked(dossier)
    if dossier.state == State.WITHDRAWN:
        return dossier
    if dossier.state not in (State.INTEREST, State.WRITING):
        raise DossierRefused(_("What was sent or decided cannot be taken back here."))
    dossier.state = State.WITHDRAWN
    dossier.save()
    audit.record("nominations.withdrawn", dossier, by, str(dossier))
    return dossier


def why_closed(call: OutsideCall) -> str:
    """Why a city cannot ask to be nominated now, as a sentence; empty while it can."""
    if not call.is_shown:
        return _("This call is not open to members.")
    if not call.is_open():
        closed = day_text(call.deadline_on)
        return _("The giver took nominations until %(day)s.") % {"day": closed}
    return ""


def locked(dossier: Dossier) -> Dossier:
    """The dossier as it is now, with material; other deeds about it wait."""
    Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    return Dossier.objects.with_material().get(pk=dossier.pk)


def locked_call(call: OutsideCall) -> OutsideCall:
    """The call as it is now; whoever counts its cities waits until the transaction ends."""
    return OutsideCall.objects.select_for_update(of=("self",)).get(pk=call.pk)


def _with_call_locked(dossier: Dossier) -> Dossier:
    locked_call(dossier.call)
    return locked(dossier)


def _set_nominator(dossier: Dossier, choice: Choice) -> None:
    """Write the nominator into the dossier, unsaved, once it may be that."""
    dossier.nominator = choice.kind
    is_member, is_other = (
        choice.kind == Nominator.MEMBER,
        choice.kind == Nominator.ORGANISATION,
    )
    dossier.nominating_member = choice.member if is_member else None
    dossier.nominator_ru = choice.name_ru if is_other else ""
    dossier.nominator_en = choice.name_en if is_other else ""
    if dossier.call.third_party_only and choice.kind == Nominator.SELF:
        raise DossierRefused(checks.nominator_refusal(dossier))
    if is_member and (choice.member is None or choice.member == dossier.member):
        raise DossierRefused(_("Choose another member that nominates the city."))
    if is_other and not (choice.name_ru or choice.name_en):
        raise DossierRefused(_("Name the organisation that nominates."))
    if choice.kind == Nominator.SECRETARIAT:
        _refuse_one_too_many(dossier)


def _refuse_one_too_many(dossier: Dossier) -> None:
    limit = dossier.call.nominated_at_most
    others = Dossier.objects.chosen().filter(
        call=dossier.call, nominator=Nominator.SECRETARIAT
    ).exclude(pk=dossier.pk)  # fmt: skip
    if limit and others.count() >= limit:
        raise DossierRefused(
            ngettext(
                "The secretariat may nominate %(count)d city for this call, and has chosen it.",
                "The secretariat may nominate %(count)d cities for this call, and has chosen them.",
                limit,
            )
            % {"count": limit}
        )

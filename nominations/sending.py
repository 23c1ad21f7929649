"""From the final text to the answer of the giver: made, approved, sent with proof, acknowledged.

Each function is one transaction under the lock of the dossier.
"""

import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit, dated, privatefiles
from content.dated import Precision
from content.dates import day_text
from members import mandates
from nominations import checks, mails, paper
from nominations.models import Dossier, OutsideCall
from nominations.nominating import locked
from nominations.refusals import DossierRefused

PURPOSE = privatefiles.reserve("nominations.dossier", "nominations.view_dossier")
State, Outcome = Dossier.State, Dossier.Outcome


@privatefiles.all_or_nothing()
def make_final(dossier: Dossier, by: Any) -> Dossier:
    """Make the final paper of the texts as they are now; the city is asked to approve it.

    Raises DossierRefused while a text is empty, outdated or too long.
    """
    dossier = _being_prepared(dossier)
    if lacks := checks.text_lacks(dossier):
        raise DossierRefused(*(one.text for one in lacks))
    if checks.is_final(dossier):
        return dossier
    made = paper.make(dossier)
    name = f"dossier-{dossier.member.slug}-{dossier.call.year}.pdf"
    dossier.final_file = privatefiles.keep_bytes(made, name, "application/pdf", PURPOSE, by)
    dossier.final_digest, dossier.final_pages = checks.digest(dossier), paper.pages(made)
    dossier.save()
    audit.record("nominations.final", dossier, by, f"{dossier}: {dossier.final_pages}")
    mails.ask_for_approval(dossier)
    return dossier


@transaction.atomic
def approve(dossier: Dossier, digest_seen: str, by: Any) -> Dossier:
    """The city's signatory approves the final paper they have seen. Raises DossierRefused."""
    dossier = _being_prepared(dossier)
    if not mandates.may_sign(by, dossier.member):
        raise DossierRefused(_("The final text is approved by those who sign for the city."))
    if not checks.is_final(dossier) or digest_seen != dossier.final_digest:
        raise DossierRefused(_("The texts were changed since; look at the new final text first."))
    if checks.is_approved(dossier):
        return dossier
    dossier.approved_digest, dossier.approved_by = dossier.final_digest, by
    dossier.approved_at = timezone.now()
    dossier.save()
    audit.record("nominations.approved", dossier, by, str(dossier))
    return dossier


def lateness(call: OutsideCall, sent_on: datetime.date) -> str:
    """That a dossier sent on this day came too late, as a sentence; empty when it did not."""
    if call.deadline_on is None:
        return ""
    is_late = sent_on > call.deadline_on or (sent_on == dated.today() and not call.is_open())
    if not is_late:
        return ""
    return _("The giver took dossiers until %(day)s.") % {"day": day_text(call.deadline_on)}


@privatefiles.all_or_nothing()
def record_sending(
    dossier: Dossier,
    by: Any,
    *,
    sent_on: datetime.date,
    upload: UploadedFile | None = None,
    words: str = "",
    knows_late: bool = False,
    precision: str = Precision.DAY,
) -> Dossier:
    """Record that the dossier was sent, with its proof: a file, or a reference in words.

    Raises DossierRefused with every cause there is: texts, letters, nominator, final text,
    approval, proof, a day to come, and a day after the deadline unless `knows_late`; and
    ValidationError for a file that is not taken.
    """
    dossier = _being_prepared(dossier)
    reasons = [one.text for one in checks.lacks(dossier)]
    if upload is None and not words.strip():
        reasons.append(_("Give the proof of sending: a file, or what the message or receipt says."))
    if sent_on > dated.today():
        reasons.append(_("This day has not come yet."))
    if not knows_late and (late := lateness(dossier.call, sent_on)):
        reasons.append(late)
    if reasons:
        raise DossierRefused(*reasons)
    dossier.proof_file = privatefiles.store(upload, PURPOSE, by) if upload else None
    dossier.proof_text, dossier.sent_by = words.strip(), by
    dossier.state, dossier.sent_on, dossier.sent_precision = State.SENT, sent_on, precision
    dossier.save()
    audit.record("nominations.sent", dossier, by, f"{dossier}: {sent_on}")
    mails.tell_sent(dossier)
    return dossier


@transaction.atomic
def acknowledge(dossier: Dossier, on: datetime.date, words: str, by: Any) -> Dossier:
    """The giver confirmed the receipt. Raises DossierRefused."""
    dossier = locked(dossier)
    if dossier.state != State.SENT:
        raise DossierRefused(_("Only what is sent and not yet confirmed has a receipt to record."))
    _refuse_day(dossier, on)
    dossier.state, dossier.acknowledged_on = State.ACKNOWLEDGED, on
    dossier.acknowledgement = words.strip()
    dossier.save()
    audit.record("nominations.acknowledged", dossier, by, f"{dossier}: {on}")
    return dossier


@transaction.atomic
def record_outcome(
    dossier: Dossier,
    outcome: str,
    by: Any,
    *,
    on: datetime.date | None = None,
    source: str = "",
    url: str = "",
) -> Dossier:
    """How it ended, or how far it came; "no answer known" needs no day. Raises DossierRefused."""
    dossier = locked(dossier)
    if not dossier.is_gone:
        raise DossierRefused(_("A result comes after the sending."))
    if dossier.laureate_id:
        raise DossierRefused(_("The laureate is recorded already; correct it there."))
    if outcome != Outcome.NO_ANSWER:
        if on is None:
            raise DossierRefused(_("Give the day of the result."))
        _refuse_day(dossier, on)
    dossier.outcome = outcome
    dossier.outcome_on = None if outcome == Outcome.NO_ANSWER else on
    dossier.outcome_source, dossier.outcome_url = source.strip(), url
    dossier.save()
    audit.record("nominations.outcome", dossier, by, f"{dossier}: {outcome}")
    if outcome != Outcome.NO_ANSWER:
        mails.tell_outcome(dossier)
    return dossier


def _being_prepared(dossier: Dossier) -> Dossier:
    dossier = locked(dossier)
    if dossier.state != State.WRITING:
        raise DossierRefused(
            _("The dossier is not being prepared: %s.") % dossier.get_state_display()
        )
    return dossier


def _refuse_day(dossier: Dossier, on: datetime.date) -> None:
    if on > dated.today():
        raise DossierRefused(_("This day has not come yet."))
    if dossier.sent_on and on < dossier.sent_on:
        raise DossierRefused(_("This day lies before the sending."))

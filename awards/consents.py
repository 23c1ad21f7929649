"""Consents of guardians: given, withdrawn, and what a withdrawal hides at once.

Other modules register what else must go when a consent is withdrawn:

    @consents.on_withdrawal
    def hide_laureates(author, purpose, by):
        …  # in the transaction of the withdrawal
        yield consents.Consequence(_("Removed from the gallery of 2026."))
        yield consents.Consequence(_("Diploma 2026-A-001"), is_printed=True, url=…)

What the jury and the public see asks for valid consents itself (`Entry.objects.admitted()` and
`.showable()`); the registry is for copies: rows, pictures, papers.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from awards.models import Author, GuardianConsent, PrintedCopy, Round
from content import audit, cacheversion
from content.dated import today
from content.models import PrivateFile
from content.privatefiles import all_or_nothing, refuse, reserve, store

Purpose = GuardianConsent.Purpose
# Scans belong to no account: also who sent one does not get it back (PRV-4).
SCAN = reserve("awards.consent_scan", "awards.view_guardianconsent")
SCAN_ENDINGS = (".pdf", ".jpg", ".jpeg", ".png")


@dataclass(frozen=True)
class Consequence:
    """What a withdrawal did, or what remains on paper (`is_printed`), as a sentence for staff."""

    text: str
    is_printed: bool = False
    url: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """The consents that ended, what was hidden, and the copies on paper somebody must see to."""

    ended: tuple[GuardianConsent, ...]
    hidden: tuple[Consequence, ...]
    printed: tuple[Consequence, ...]


Hider = Callable[[Author, str, object], Iterable[Consequence]]
_hiders: list[Hider] = []


def on_withdrawal(hider: Hider) -> Hider:
    """Register what must go with a consent: called with author, purpose, by in the transaction.

    The purpose is "entry" where a guardian takes the child out, then consent to be shown is over,
    too; "public" where only the showing ends.
    """
    if hider not in _hiders:
        _hiders.append(hider)
    return hider


def keep_scan(upload: UploadedFile) -> PrivateFile:
    """Keep a signed sheet: PDF or a picture, 20 MB at most. Raises ValidationError."""
    kept = store(upload, SCAN, None, endings=SCAN_ENDINGS)
    # A sheet is often named after the child.
    ending = kept.name.rpartition(".")[2]
    kept.name = f"consent.{ending}"
    kept.save(update_fields=["name"])
    return kept


def judge_scan(upload: UploadedFile) -> None:
    """Raise what `keep_scan` would raise, and keep nothing."""
    refuse(upload, endings=SCAN_ENDINGS)


@all_or_nothing()
def give(
    author: Author, purpose: str, given_on: datetime.date, scan: UploadedFile | PrivateFile | None,
    by,
) -> GuardianConsent:  # fmt: skip
    """Write down that a guardian allows this; one that is valid already is given back.

    A sheet that comes later is added to the consent it proves. Raises ValidationError for a day
    in the future and for a scan that is neither a PDF nor a picture.
    """
    if given_on > today():
        raise ValidationError(
            {"given_on": _("A consent cannot be given on a day that is still to come.")}
        )
    Author.objects.select_for_update().get(pk=author.pk)
    valid = author.consents.filter(purpose=purpose, withdrawn_at__isnull=True).first()
    if valid is not None and (valid.scan_id or scan is None):
        return valid
    kept = keep_scan(scan) if isinstance(scan, UploadedFile) else scan
    if valid is None:
        valid = GuardianConsent(author=author, purpose=purpose, given_on=given_on, recorded_by=by)
    valid.scan = kept
    valid.save()
    audit.record("consent", author.entry, by, gettext("A consent of a guardian was written down."))
    cacheversion.bump()
    return valid


def hold(round: Round) -> None:
    """Until this transaction ends nobody gives or takes back a consent in the round.

    For who copies names to laureates and papers. Lock the round before (`awards.sending.lock`).
    """
    rows = Author.objects.filter(entry__round=round).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


@transaction.atomic
def withdraw(author: Author, purpose: str, by) -> Withdrawal:
    """End a consent at once, everywhere. Without consent to take part there is none to be shown.

    Gives what was hidden and the copies on paper. Nothing to end: all three are empty, and
    nothing is called.
    """
    Author.objects.select_for_update().get(pk=author.pk)
    ending = author.consents.filter(withdrawn_at__isnull=True)
    if purpose == Purpose.PUBLIC:
        ending = ending.filter(purpose=Purpose.PUBLIC)
    ended = tuple(ending)
    if purpose not in {consent.purpose for consent in ended}:
        return Withdrawal((), (), ())
    now = timezone.now()
    for consent in ended:
        consent.withdrawn_at, consent.withdrawn_by = now, by
        consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
    found = [one for hider in _hiders for one in hider(author, purpose, by)]
    audit.record("consent", author.entry, by, gettext("A consent of a guardian was withdrawn."))
    cacheversion.bump()
    return Withdrawal(
        ended,
        tuple(one for one in found if not one.is_printed),
        tuple(one for one in found if one.is_printed),
    )


@on_withdrawal
def screens_and_papers(author: Author, purpose: str, _by) -> Iterable[Consequence]:
    """What goes by itself, because every page asks for valid consents, and known printed copies."""
    if purpose == Purpose.ENTRY:
        yield Consequence(gettext("The jury does not see the work any more."))
    yield Consequence(gettext("Public pages do not show the work, the name and the age any more."))
    for copy in PrintedCopy.objects.filter(entry=author.entry_id):
        yield Consequence(copy_text(copy), is_printed=True)


def copy_text(copy: PrintedCopy) -> str:
    """A copy on paper as a line: what, where, how many."""
    parts = [copy.what, copy.where]
    if copy.copies:
        parts.append(
            ngettext("%(number)d copy", "%(number)d copies", copy.copies) % {"number": copy.copies}
        )
    return ", ".join(part for part in parts if part)

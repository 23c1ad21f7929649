"""Entering data by a letter of the member: live at once, with the letter as their source."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content import audit, dated, privatefiles
from members import confirmation, moderation
from members.models import Member, PaperLetter, ProfileChange, ProfileUpdate
from members.profile import TEXT_FIELDS, Standing, locked, public_value, words

PURPOSE = "members.paper_letter"
ENDINGS = (".pdf", ".jpg", ".jpeg", ".png")


def standing_for_staff(member: Member) -> Standing:
    """The public values alone: what a representative has sent waits for its own decision."""
    return Standing(member, None, {})


@privatefiles.all_or_nothing()
def enter(
    member: Member, values: Mapping[str, str], by: Any, *, dated_on: datetime.date,
    scan: UploadedFile, number: str = "",
) -> PaperLetter:  # fmt: skip
    """Make these values public at once, by a letter of that day; it confirms the page as well.

    `values` maps fields of `profile.TEXT_FIELDS` to the values as they shall be stored; those that
    are public already change nothing. Raises ValidationError, by field, for a letter of tomorrow
    and for a scan that is no PDF or picture or is over 20 MB.
    """
    if dated_on > dated.today():
        raise ValidationError({"dated_on": _("The letter cannot be dated in the future.")})
    member = locked(member)
    letter = PaperLetter.objects.create(
        member=member, dated=dated_on, number=number, entered_by=by, scan=_kept(scan, by)
    )
    wanted = {
        field: values[field]
        for field in TEXT_FIELDS
        if field in values
        and words(field, values[field]) != words(field, public_value(member, field))
    }
    if wanted:
        _make_public(member, wanted, letter, by)
    summary = f"{member}: {words_of(letter)}"
    audit.record("profile.by_letter", member, by, summary, {"fields": [None, sorted(wanted)]})
    confirmation.by_letter(letter)
    return letter


def words_of(letter: PaperLetter) -> str:
    """ "staff, by letter of 12.05.2026 No. 7": for the log."""
    number = f" No. {letter.number}" if letter.number else ""
    return f"staff, by letter of {letter.dated:%d.%m.%Y}{number}"


def _kept(scan: UploadedFile, by: Any):
    try:
        return privatefiles.store(scan, PURPOSE, by, endings=ENDINGS)
    except ValidationError as error:
        raise ValidationError({"scan": error.messages}) from error


def _make_public(member: Member, wanted: dict[str, str], letter: PaperLetter, by: Any) -> None:
    update = ProfileUpdate.objects.create(
        member=member, submitted_by=by, letter=letter, status=ProfileUpdate.Status.DECIDED,
        decided_at=timezone.now(), decided_by=by,
    )  # fmt: skip
    ProfileChange.objects.bulk_create(
        ProfileChange(
            update=update, field=field, old_value=public_value(member, field), new_value=value,
            status=ProfileChange.Status.ACCEPTED,
        )
        for field, value in wanted.items()
    )  # fmt: skip
    for field, value in wanted.items():
        setattr(member, field, value)
    member.save(by=by)
    moderation.mark_corrected(member, {*wanted})

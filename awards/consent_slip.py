"""The signed sheet of a guardian, sent together with the work of one child."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from awards import consents
from awards.models import Entry, GuardianConsent
from content import privatefiles
from content.dated import today

NAME = "file_consent"
SHOWN = "consent_public"


@privatefiles.all_or_nothing()
def keep(entry: Entry, upload: UploadedFile, data: Mapping[str, str], by) -> None:
    """Write down that a guardian allows the child to take part, and to be shown where it says so.

    Nobody who sends the sheet gets it back. ValidationError: no author yet, or no fit file.
    """
    author = entry.authors.order_by("pk").first()
    if author is None:
        raise ValidationError(_("Write the first name of the author and save, then add the sheet."))
    first = consents.give(author, GuardianConsent.Purpose.ENTRY, today(), upload, by)
    if data.get(SHOWN):
        consents.give(author, GuardianConsent.Purpose.PUBLIC, today(), first.scan, by)


def state_of(entry: Entry) -> dict[str, Any] | None:
    """Which consents there are for the author of an entry; None where no children take part."""
    if not entry.round.is_for_children:
        return None
    valid = GuardianConsent.objects.filter(author__entry=entry, withdrawn_at=None)
    purposes = set(valid.values_list("purpose", flat=True))
    return {
        "name": NAME, "shown_name": SHOWN,
        "is_given": GuardianConsent.Purpose.ENTRY in purposes,
        "is_shown": GuardianConsent.Purpose.PUBLIC in purposes,
    }  # fmt: skip

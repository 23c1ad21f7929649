"""Letters that go with a dossier: added and taken out until it is sent."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from content import audit, privatefiles
from nominations.models import Dossier, Letter
from nominations.refusals import DossierRefused

PURPOSE = privatefiles.reserve("nominations.letter", "nominations.view_dossier")
ENDINGS = (".pdf", ".docx", ".jpg", ".jpeg", ".png")
MOST = 30


@privatefiles.all_or_nothing()
def add(
    dossier: Dossier, by: Any, *, kind: str, language: str, title: str, upload: UploadedFile
) -> Letter:
    """Keep a letter. Raises DossierRefused, and ValidationError for a file that is not taken."""
    dossier = _open(dossier)
    if dossier.letters.count() >= MOST:
        raise DossierRefused(_("A dossier has at most %(number)d letters.") % {"number": MOST})
    kept = privatefiles.store(upload, PURPOSE, by, endings=ENDINGS)
    letter = Letter.objects.create(
        dossier=dossier, kind=kind, language=language, title=title, file=kept, added_by=by
    )
    audit.record("nominations.letter.added", dossier, by, f"{letter.kind}, {letter.language}")
    return letter


@transaction.atomic
def remove(letter: Letter, by: Any) -> None:
    """Take a letter out before the dossier is sent; gone already is fine. DossierRefused."""
    dossier = _open(letter.dossier)
    dossier.letters.filter(pk=letter.pk).delete()
    audit.record("nominations.letter.removed", dossier, by, f"{letter.kind}, {letter.language}")


def _open(dossier: Dossier) -> Dossier:
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    if dossier.state != Dossier.State.WRITING:
        raise DossierRefused(_("Letters are added while the dossier is being prepared."))
    return dossier

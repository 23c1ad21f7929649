"""The texts of a dossier: Russian by the city, English by a translator, and whether they agree."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import audit
from content.texts import tidy
from nominations.models import Dossier, DossierSection, SectionText
from nominations.refusals import DossierRefused

State = SectionText.State


def fingerprint(text: str) -> str:
    """What names a text whatever its spaces are; empty for an empty one."""
    plain = " ".join((text or "").split())
    return hashlib.sha256(plain.encode()).hexdigest()[:16] if plain else ""


def ensure(dossier: Dossier) -> None:
    """A row for every heading of the call and both languages, also for headings added later."""
    rows = [
        SectionText(dossier=dossier, section=section, language=language, version=1)
        for section in dossier.call.sections.all()
        for language in ("ru", "en")
    ]
    SectionText.objects.bulk_create(rows, ignore_conflicts=True)


def state_of(english: SectionText | None, russian: SectionText | None) -> State:
    """Whether a translation stands for the Russian text of today."""
    if english is None or not english.text_hash:
        return State.EMPTY
    source = russian.text_hash if russian else ""
    return State.CURRENT if not source or english.made_from == source else State.OUTDATED


@transaction.atomic
def keep(row: SectionText, text: str, by: Any, *, source_seen: str = "") -> SectionText:
    """Keep the text of one heading in one language.

    source_seen: of a translation, the `text_hash` of the Russian text beside which it was written;
    saving without a change says that it still holds. Raises DossierRefused once the dossier is
    sent or over, for a translation over the limits of the heading, and when the Russian text was
    meanwhile changed by nobody who is seen here (the translation then counts as outdated).
    """
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=row.dossier_id)
    if dossier.state != Dossier.State.WRITING:
        raise DossierRefused(_("Texts are written while the dossier is being prepared."))
    text = tidy(text).strip()
    if row.language == "en" and (reason := over_limit(row.section, text)):
        raise DossierRefused(reason)
    row.text, row.text_hash = text, fingerprint(text)
    if row.language == "en":
        row.made_from = source_seen
    row.saved_by, row.saved_at = by, timezone.now()
    row.save()
    audit.record("nominations.text.saved", dossier, by, f"{row.section}: {row.language}")
    return row


def over_limit(section: DossierSection, text: str) -> str:
    """Why a text is too long for its heading, as a sentence; empty when it is not."""
    words, characters = len(text.split()), len(text)
    if section.max_words and words > section.max_words:
        return ngettext(
            "The text has %(words)d word, the giver takes %(limit)d at most.",
            "The text has %(words)d words, the giver takes %(limit)d at most.",
            words,
        ) % {"words": words, "limit": section.max_words}
    if section.max_characters and characters > section.max_characters:
        return ngettext(
            "The text has %(characters)d character, the giver takes %(limit)d at most.",
            "The text has %(characters)d characters, the giver takes %(limit)d at most.",
            characters,
        ) % {"characters": characters, "limit": section.max_characters}
    return ""

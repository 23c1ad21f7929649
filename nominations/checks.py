"""What a dossier lacks before it may be sent: one sentence per cause.

Functions take a dossier of `Dossier.objects.with_material()` and query nothing.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.languages import in_language
from nominations import texts
from nominations.models import Dossier, DossierSection, LetterKind, SectionText

State = SectionText.State


@dataclass(frozen=True)
class Lack:
    """One cause; `step` is the kind of the step that removes it, `section` the heading's key."""

    step: str
    text: str
    section: int | None = None


@dataclass(frozen=True)
class Part:
    """A heading with its texts: `russian` and `english` are rows or None before the first."""

    section: DossierSection
    russian: SectionText | None
    english: SectionText | None

    @property
    def state(self) -> State:
        """Of the translation."""
        return texts.state_of(self.english, self.russian)

    @property
    def russian_text(self) -> str:
        return self.russian.text if self.russian else ""

    @property
    def english_text(self) -> str:
        return self.english.text if self.english else ""

    def text_in(self, language: str) -> str:
        return self.english_text if language == "en" else self.russian_text


def parts(dossier: Dossier) -> list[Part]:
    """All headings in their order."""
    rows = {(row.section_id, row.language): row for row in dossier.texts.all()}
    return [
        Part(one, rows.get((one.pk, "ru")), rows.get((one.pk, "en")))
        for one in dossier.call.sections.all()
    ]


def digest(dossier: Dossier) -> str:
    """What names the final text: who is nominated by whom for what, and every word of it."""
    language = dossier.call.wanted_language
    told = [
        getattr(dossier, f"title_{language}"),
        dossier.nominator, dossier.nominating_member_id,
        dossier.nominator_ru, dossier.nominator_en,
        [(one.section.pk, one.section.title_en, one.section.title_ru, one.text_in(language))
         for one in parts(dossier)],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def is_final(dossier: Dossier) -> bool:
    """Whether the final paper is of the texts as they are now."""
    return bool(dossier.final_digest) and dossier.final_digest == digest(dossier)


def is_approved(dossier: Dossier) -> bool:
    """Whether the city's signatory approved exactly this final paper."""
    return is_final(dossier) and dossier.approved_digest == dossier.final_digest


def lacks(dossier: Dossier) -> list[Lack]:
    """All that keeps the dossier from being sent; empty when it may go."""
    found = [*text_lacks(dossier), *letter_lacks(dossier), *_nominator(dossier)]
    return [*found, *_paper(dossier)]


def text_lacks(dossier: Dossier) -> list[Lack]:
    """What the texts lack in the language that the dossier leaves in."""
    language = dossier.call.wanted_language
    found = []
    if not getattr(dossier, f"title_{language}"):
        found.append(Lack("english", _("The title of the nomination is not translated.")))
    for part in parts(dossier):
        found += _english(part) if language == "en" else _russian(part)
    return found


def _russian(part: Part) -> Iterator[Lack]:
    heading = {"heading": in_language(part.section, "title")[0]}
    if part.section.is_required and not part.russian_text:
        text = _("“%(heading)s”: the Russian text is empty.") % heading
        yield Lack("texts", text, part.section.pk)


def _english(part: Part) -> Iterator[Lack]:
    heading = {"heading": in_language(part.section, "title")[0]}
    if part.state == State.EMPTY and part.section.is_required:
        yield from _russian(part)
        text = _("“%(heading)s”: the English text is empty.") % heading
        yield Lack("english", text, part.section.pk)
    if part.state == State.OUTDATED:
        text = _("“%(heading)s”: the English text is outdated, the Russian one was changed since.")
        yield Lack("english", text % heading, part.section.pk)
    if reason := texts.over_limit(part.section, part.english_text):
        yield Lack("english", f"{heading['heading']}: {reason}", part.section.pk)


def letter_lacks(dossier: Dossier) -> list[Lack]:
    """Letters that the giver wants and that are not there in a language the giver accepts."""
    accepted = dossier.call.languages
    present = {one.kind for one in dossier.letters.all() if one.language in accepted}
    return [
        Lack("letters", _letter_words(kind, accepted))
        for kind in dossier.call.letters_needed
        if kind not in present
    ]


def _letter_words(kind: str, accepted: list[str]) -> str:
    words = {"letter": LetterKind(kind).label}
    if accepted == ["en"]:
        return _("Missing: %(letter)s in English.") % words
    return _("Missing: %(letter)s.") % words


def _nominator(dossier: Dossier) -> Iterator[Lack]:
    if dossier.call.third_party_only and dossier.nominator == Dossier.Nominator.SELF:
        yield Lack("sending", nominator_refusal(dossier))


def nominator_refusal(dossier: Dossier) -> str:
    """Why the city may not nominate itself."""
    words = {"city": in_language(dossier.member, "name")[0], "giver": giver(dossier)}
    return _("%(giver)s: nominations by third parties only; %(city)s may not nominate itself.") % (
        words
    )


def giver(dossier: Dossier) -> str:
    """Who gives the honour: the organisation, or the name of the award."""
    award = dossier.call.award
    return in_language(award, "given_by")[0] or in_language(award, "title")[0]


def _paper(dossier: Dossier) -> Iterator[Lack]:
    if not is_final(dossier):
        yield Lack("signature", _("The final text is not made, or was made before a change."))
        return
    if reason := too_many_pages(dossier):
        yield Lack("english", reason)
    if not is_approved(dossier):
        yield Lack("signature", _("The city has not approved the final text."))


def too_many_pages(dossier: Dossier) -> str:
    """That the final paper is too long, as a sentence; empty when it is not."""
    limit, pages = dossier.call.page_limit, dossier.final_pages or 0
    if not limit or pages <= limit:
        return ""
    return ngettext(
        "The final text has %(pages)d page, the giver takes %(limit)d at most.",
        "The final text has %(pages)d pages, the giver takes %(limit)d at most.",
        pages,
    ) % {"pages": pages, "limit": limit}

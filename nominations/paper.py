"""The dossier on paper, in the language it leaves in, under the fixed headings of the giver."""

import io

from django.utils import translation
from django.utils.translation import gettext
from pypdf import PdfReader

from content import documents
from content.languages import in_language
from nominations import checks
from nominations.models import Dossier

TEMPLATE = "nominations/pdf/dossier.typ"


def make(dossier: Dossier) -> bytes:
    """The PDF of a dossier with material, as its texts are now."""
    language = dossier.call.wanted_language
    call = in_language(dossier.call, "title", language)[0]
    data = {
        "words": _words(language),
        "call": call,
        "title": in_language(dossier, "title", language)[0],
        "city": in_language(dossier.member, "name", language)[0],
        "country": in_language(dossier.member.country, "name", language)[0],
        "nominator": nominator_words(dossier, language),
        "parts": [
            {
                "title": in_language(part.section, "title", language)[0],
                "paragraphs": _paragraphs(part.text_in(language)),
            }
            for part in checks.parts(dossier)
            if part.section.is_required or part.text_in(language)
        ],
        "letters": [
            one.title for one in dossier.letters.all() if one.language in dossier.call.languages
        ],
    }
    title = f"{call}: {data['city']}"
    return documents.pdf(TEMPLATE, data, title=title, language=language)


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def nominator_words(dossier: Dossier, language: str) -> str:
    """Who nominates, in a language whatever the reader's own is."""
    if dossier.nominator == Dossier.Nominator.SECRETARIAT:
        with translation.override(language):
            return gettext("United Cities and Local Governments of Eurasia")
    if dossier.nominator == Dossier.Nominator.SELF:
        return in_language(dossier.member, "name", language)[0]
    return dossier.nominator_in(language)


def _words(language: str) -> dict[str, str]:
    with translation.override(language):
        return {
            "nominee": gettext("Nominee"),
            "nominator": gettext("Nominated by"),
            "letters": gettext("Letters enclosed"),
        }


def _paragraphs(text: str) -> list[str]:
    return [block.strip() for block in text.split("\n") if block.strip()]

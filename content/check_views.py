"""The public check of documents: by the code in the QR, or by what somebody types."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content import documents
from content.dates import day_text
from content.languages import LANGUAGE_CODES
from content.models import IssuedDocument
from content.timezones import association_zone


@dataclass(frozen=True)
class Verdict:
    """What the page says of one document: `said` is a list of (language, sentence)."""

    document: IssuedDocument
    kind: str  # of the notice: good, warn, bad
    said: list[tuple[str, str]]
    names_holder: bool = True


@require_safe
def check_form(request: HttpRequest) -> HttpResponse:
    """A number or a code that somebody typed."""
    words = request.GET.get("q", "").strip()[:60]
    found = documents.find(words) if words else []
    return _page(request, found, words=words, was_asked=bool(words))


@require_safe
def check_document(request: HttpRequest, code: str) -> HttpResponse:
    """The document with the code of the QR; 404, with the form, when there is none."""
    known = IssuedDocument.objects.filter(code=code.lower()).select_related("replaced_by")
    found = list(known) if code.isalnum() else []
    return _page(request, found, words=code, was_asked=True, status=200 if found else 404)


def _page(request, found: list[IssuedDocument], *, status: int = 200, **context) -> HttpResponse:
    verdicts = [_verdict(document, context["words"]) for document in found]
    return render(request, "content/check.html", {"verdicts": verdicts, **context}, status=status)


def _verdict(document: IssuedDocument, words: str) -> Verdict:
    said, kind, of = [], "good", documents.kind_of(document)
    has_code = "".join(words.split()).lower() == document.code
    for language in LANGUAGE_CODES:
        with translation.override(language):
            kind, sentence = _state(document)
            said.append((language, sentence))
    names_holder = has_code or not (of and of.is_personal)
    return Verdict(document, kind, said, names_holder)


def _state(document: IssuedDocument) -> tuple[str, str]:
    """The kind of notice and the sentence for the active language."""
    number = {"number": document.number}
    if document.state == IssuedDocument.State.REVOKED:
        day = day_text(document.revoked_at.astimezone(association_zone()).date())
        sentence = _("Document %(number)s was revoked on %(day)s: it is not valid.")
        return "bad", sentence % {**number, "day": day}
    if document.state == IssuedDocument.State.REPLACED:
        sentence = _("Document %(number)s is genuine, but replaced by document %(new)s.")
        return "warn", sentence % {**number, "new": document.replaced_by.number}
    kind = documents.kind_of(document)
    if kind and not kind.holds(document.target):
        return "warn", _("Document %(number)s is genuine, but no longer in force.") % number
    return "good", _("Document %(number)s is valid.") % number

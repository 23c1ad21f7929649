"""The public check of documents: by the code in the QR, or by what somebody types."""

from dataclasses import dataclass, field

from django.db.models import Model
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
    facts: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)


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
    target = document.target if of else None
    has_code = "".join(words.split()).lower() == document.code
    for language in LANGUAGE_CODES:
        with translation.override(language):
            kind, sentence = _state(document, of, target)
            said.append((language, sentence))
    is_secret = bool(of and of.is_of_a_person(target)) and not has_code
    names_holder = not is_secret and not (of and not of.names_holder(target))
    return Verdict(
        document, kind, said,
        names_holder and document.erased_at is None,
        [] if is_secret else _facts(document),
    )  # fmt: skip


def _facts(document: IssuedDocument) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the register holds besides: label for the reader, values by language."""
    reader, shown = translation.get_language()[:2], []
    for fact in document.facts:
        values = [(code, fact["value"].get(code, "")) for code in LANGUAGE_CODES]
        values = [(code, text) for code, text in values if text]
        same = len({text for _code, text in values}) == 1
        shown.append((fact["label"].get(reader, ""), values[:1] if same else values))
    return shown


def _state(
    document: IssuedDocument, kind: documents.Kind | None, target: Model | None
) -> tuple[str, str]:
    """The kind of notice and the sentence for the active language."""
    number = {"number": document.number}
    if document.state == IssuedDocument.State.REVOKED:
        day = day_text(document.revoked_at.astimezone(association_zone()).date())
        sentence = _("Document %(number)s was revoked on %(day)s: it is not valid.")
        return "bad", sentence % {**number, "day": day}
    if document.state == IssuedDocument.State.REPLACED:
        sentence = _("Document %(number)s is genuine, but replaced by document %(new)s.")
        return "warn", sentence % {**number, "new": document.replaced_by.number}
    if kind and not kind.holds(target):
        return "warn", _("Document %(number)s is genuine, but no longer in force.") % number
    return "good", _("Document %(number)s is valid.") % number

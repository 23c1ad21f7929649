"""The questionnaire on paper: what a city sent, or empty, to be filled in by hand."""

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext

from content import documents
from content.dates import grouped, moment_text
from content.languages import in_language
from questionnaires import wording
from questionnaires.models import Response
from questionnaires.progress import Part, Question, Questionnaire, Section
from ratings.models import Indicator

TEMPLATE = "questionnaires/pdf/questionnaire.typ"
Kind = Indicator.Kind


def of_answers(filled: Questionnaire, language: str) -> bytes:
    """The PDF of all questions with the answers as they are now."""
    with translation.override(language):
        return _pdf(filled, language, _facts(filled.response, language), is_empty=False)


def empty(blank: Questionnaire, language: str) -> bytes:
    """The PDF of all questions with room for answers."""
    edition = blank.response.edition
    with translation.override(language):
        facts = [
            [gettext("City"), blank.response.name_in(language)],
            [gettext("Answers until"), moment_text(edition.closes_at, edition.zone)],
        ]
        return _pdf(blank, language, facts, is_empty=True)


def _pdf(filled: Questionnaire, language: str, facts: list, *, is_empty: bool) -> bytes:
    edition = filled.response.edition
    title = in_language(edition, "title", language)[0]
    data = {
        "title": title,
        "kind": gettext("Questionnaire"),
        "facts": facts,
        "is_empty": is_empty,
        "words": {
            "comment": gettext("Comment"),
            "proofs": gettext("Proofs"),
            "signature": gettext("Signature, name and office of who signs for the city"),
            "note": gettext("Write numbers in digits. Leave out what the city has no figure for."),
        },
        "sections": [_section(one, language, is_empty) for one in filled.sections],
    }
    heading = f"{title}: {filled.response.name_in(language)}"
    return documents.pdf(TEMPLATE, data, title=heading, language=language)


def _facts(response: Response, language: str) -> list[list[str]]:
    by = response.submitted_by
    people = ""
    if response.population is not None:
        people = grouped(response.population, language)
        if response.population_year:
            people = f"{people} ({response.population_year})"
    sent = response.submitted_at or timezone.now()
    return [
        [gettext("City"), response.name_in(language)],
        [gettext("Inhabitants"), people],
        [pgettext("questionnaire", "Sent"), moment_text(sent, response.edition.zone)],
        [gettext("Sent by"), by.full_name or by.email if by else ""],
        [gettext("By letter"), response.letter_details],
    ]


def _section(section: Section, language: str, is_empty: bool) -> dict[str, Any]:
    return {
        "title": f"{section.number}. {in_language(section.group, 'title', language)[0]}",
        "parts": [_part(one, language, is_empty) for one in section.parts if one.questions],
    }


def _part(part: Part, language: str, is_empty: bool) -> dict[str, Any]:
    return {
        "title": in_language(part.group, "title", language)[0] if part.depth else "",
        "depth": part.depth,
        "questions": [_question(one, language, is_empty) for one in part.questions],
    }


def _question(one: Question, language: str, is_empty: bool) -> dict[str, Any]:
    indicator = one.indicator
    found = {
        "code": indicator.code,
        "text": in_language(indicator, "question", language)[0],
        "help": in_language(indicator, "help", language)[0] if is_empty else "",
        "unit": in_language(indicator, "unit", language)[0],
        "is_text": indicator.kind == Kind.TEXT,
    }
    if is_empty:
        return found | {"choices": _choices(indicator, language)}
    answer = one.answer
    said = wording.said(answer) if answer else ""
    return found | {
        "answer": [line for line in (said or gettext("no answer")).split("\n") if line.strip()],
        "is_answered": one.is_answered,
        "comment": answer.comment if answer else "",
        "proofs": [str(proof) for proof in one.proofs],
    }


def _choices(indicator: Indicator, language: str) -> list[str]:
    if indicator.kind == Kind.YES_NO:
        return [pgettext("answer", "yes"), pgettext("answer", "no"), gettext("no such figure")]
    if indicator.kind == Kind.SCALE:
        return [in_language(one, "label", language)[0] for one in indicator.scale.steps.all()]
    return []

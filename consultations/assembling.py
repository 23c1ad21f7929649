"""Chapters of a report, put together of what cities wrote; every excerpt names its city."""

import io

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from consultations.models import Answer, Call, Chapter, Excerpt
from content.languages import in_language


class ExcerptRefused(Exception):
    """Nothing was taken; a sentence for the reader."""


@transaction.atomic
def take(chapter: Chapter, answer: Answer, text: str = "") -> Excerpt:
    """Put an answer, or the part of it given by `text`, at the end of a chapter.

    Raises ExcerptRefused when the answer is of another call, was not sent, or does not say `text`.
    """
    Chapter.objects.select_for_update(of=("self",)).get(pk=chapter.pk)
    usable = answer.contribution.__class__.objects.usable()
    if not usable.filter(pk=answer.contribution_id, call=chapter.call_id).exists():
        raise ExcerptRefused(_("This answer was not sent to this call."))
    text = " ".join(text.split()) or answer.text.strip()
    if not text:
        raise ExcerptRefused(_("The answer is empty."))
    if text not in " ".join(answer.text.split()) and text != answer.text.strip():
        raise ExcerptRefused(_("The city did not write this: an excerpt is a part of its answer."))
    last = chapter.excerpts.aggregate(last=Max("position"))["last"] or 0
    return Excerpt.objects.create(chapter=chapter, answer=answer, position=last + 1, text=text)


def chapters(call: Call) -> list[tuple[Chapter, list[Excerpt]]]:
    """The chapters of a call with their excerpts, in their order. Two queries."""
    found = call.chapters.prefetch_related(
        "excerpts__answer__contribution__member", "excerpts__answer__question"
    )
    return [(chapter, list(chapter.excerpts.all())) for chapter in found]


def document(call: Call, language: str) -> bytes:
    """The report as a DOCX in one language: chapters, excerpts, the city under each of them."""
    from docx import Document  # 13 MB that no other page needs

    with translation.override(language):
        paper = Document()
        paper.core_properties.title = in_language(call, "title")[0]
        paper.add_heading(in_language(call, "title")[0], level=0)
        for chapter, excerpts in chapters(call):
            paper.add_heading(in_language(chapter, "title")[0], level=1)
            for excerpt in excerpts:
                paper.add_paragraph(excerpt.text)
                paper.add_paragraph(attribution(excerpt), style="Intense Quote")
        paper.add_paragraph(_("Texts of the cities named, CC BY 4.0."))
        buffer = io.BytesIO()
        paper.save(buffer)
    return buffer.getvalue()


def attribution(excerpt: Excerpt) -> str:
    """Who wrote it, and in answer to which question."""
    answer = excerpt.answer
    return _("%(city)s, in answer to: %(question)s") % {
        "city": in_language(answer.contribution.member, "name")[0],
        "question": in_language(answer.question, "text")[0],
    }

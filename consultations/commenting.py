"""Comments of cities on a draft text, and the secretariat's answers to them."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.models import Comment, Consultation
from content import audit
from content.editing import CONFLICT
from content.richtext import plain_text
from content.translation_state import paragraphs
from members.models import Member

MOST_OF_A_CITY = 200


class CommentRefused(Exception):
    """Nothing was written; a sentence for the reader."""


def passages(consultation: Consultation, language: str) -> list[str]:
    """The paragraphs of the draft in one language, as plain texts; number 1 is the first."""
    return [plain_text(block) for block in paragraphs(getattr(consultation, f"body_{language}"))]


@transaction.atomic
def comment(
    consultation: Consultation, member: Member, by, *, language: str, text: str,
    paragraph: int | None = None, wording: str = "",
) -> Comment:  # fmt: skip
    """Write down what a city says, with the paragraph as it stands now. Raises CommentRefused."""
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if not consultation.takes_comments():
        raise CommentRefused(_("Comments are not taken at the moment."))
    if consultation.comments.filter(member=member).count() >= MOST_OF_A_CITY:
        raise CommentRefused(_("Your city has made as many comments as one may."))
    known = passages(consultation, language)
    if paragraph is not None and not 1 <= paragraph <= len(known):
        raise CommentRefused(_("The text was changed: this paragraph is no longer there."))
    return Comment.objects.create(
        consultation=consultation, member=member, by=by, language=language, text=text,
        paragraph=paragraph, wording=wording, quote=known[paragraph - 1] if paragraph else "",
    )  # fmt: skip


@transaction.atomic
def withdraw(found: Comment, by) -> None:
    """Take a comment back while comments are taken and nobody answered it."""
    found = Comment.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if not found.consultation.takes_comments() or found.verdict != Comment.Verdict.WAITING:
        raise CommentRefused(_("The comment is with the secretariat already."))
    audit.record("consultations.withdrawn", found.consultation, by, f"{found.member}: {found.pk}")
    found.delete()


@transaction.atomic
def answer(found: Comment, by, *, verdict: str, reason: str, seen: int) -> Comment:
    """Answer a comment; the city reads verdict and reason. Raises CommentRefused.

    seen: the version that the form was opened with.
    """
    found = Comment.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if found.version != seen:
        raise CommentRefused(str(CONFLICT))
    if verdict == Comment.Verdict.NOT_TAKEN and not reason:
        raise CommentRefused(_("Say why the comment is not taken over."))
    found.verdict, found.answer, found.answered_by = verdict, reason, by
    found.save(update_fields=["verdict", "answer", "answered_by"])
    return found

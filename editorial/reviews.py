"""Reviews: asking, commenting, deciding. Every decision is told with its reason."""

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from content import audit
from content.languages import in_language
from editorial import letters
from editorial.locking import locked
from editorial.models import Review, ReviewNote
from editorial.refusals import DECIDED, IN_REVIEW, OWN, Refused


def open_review(record: models.Model) -> Review | None:
    """The review that a record waits in."""
    return Review.objects.about(record).open().select_related("asked_by", "reviewer").first()


@transaction.atomic
def ask(record: models.Model, by: User, *, reviewer: User | None = None, text: str = "") -> Review:
    """Ask for a review, of one person or of whoever may publish. Raises Refused in a second one."""
    locked(record)
    if open_review(record):
        raise Refused(IN_REVIEW, code="in_review")
    review = Review.objects.create(record=record, asked_by=by, reviewer=reviewer, request=text)
    audit.record("editorial.review.asked", record, by, _title(record))
    letters.tell_asked(review)
    return review


def comment(
    review: Review,
    by: User,
    text: str,
    *,
    field: str = "",
    quote: str = "",
    answers_to: ReviewNote | None = None,
) -> ReviewNote:
    """Write a comment, or an answer to one: an answer stands by its comment and needs no place."""
    place = {} if answers_to else {"field": field, "quote": quote}
    return ReviewNote.objects.create(
        review=review, by=by, text=text, answers_to=answers_to, **place
    )


def resolve(note: ReviewNote, by: User) -> None:
    """Mark a comment as dealt with; who did so first stays on it."""
    still_open = ReviewNote.objects.filter(pk=note.pk, resolved_at=None, answers_to=None)
    still_open.update(resolved_at=timezone.now(), resolved_by=by)


def approve(review: Review, by: User, *, version: int, text: str = "") -> None:
    """Approve the text of this `version`. Raises Refused for another one, and for one's own."""
    _decide(review, by, Review.State.APPROVED, version, text)


def send_back(review: Review, by: User, *, version: int, text: str) -> None:
    """Return it with a reason; the comments that are open go with the letter."""
    _decide(review, by, Review.State.RETURNED, version, text)


@transaction.atomic
def _decide(review: Review, by: User, state: str, version: int, text: str) -> None:
    record = locked(review.record, version)
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if not review.is_open:
        raise Refused(DECIDED, code="decided")
    if review.asked_by_id == by.pk:
        raise Refused(OWN, code="own")
    _settle(review, by, state, text)
    audit.record(f"editorial.review.{state}", record, by, f"{_title(record)}: {text}")
    letters.tell_decided(review, _open_comments(review))


def close(record: models.Model, by: User) -> None:
    """End the review that is open, without a decision: the record was published or withdrawn."""
    for review in Review.objects.about(record).open().select_for_update(of=("self",)):
        _settle(review, by, Review.State.CLOSED, "")


def _settle(review: Review, by: User, state: str, text: str) -> None:
    review.state, review.decided_by, review.decided_at = state, by, timezone.now()
    review.decision = text
    review.save(update_fields=["state", "decided_by", "decided_at", "decision"])


def _open_comments(review: Review) -> list[str]:
    notes = review.notes.filter(resolved_at=None, answers_to=None)
    return [f"«{note.quote}»: {note.text}" if note.quote else note.text for note in notes]


def _title(record: models.Model) -> str:
    return in_language(record, record.title_field)[0]

"""Publishing, scheduling, correcting and withdrawing from the desk."""

import datetime
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from content import audit, wake
from content.languages import LANGUAGE_CODES, in_language
from editorial import gates, letters, preview_links, reviews
from editorial.locking import locked
from editorial.models import Correction, Review
from editorial.refusals import IS_PUBLIC, NOT_PUBLIC, OPEN_QUESTIONS, Refused

PUBLISHED, DRAFT, WITHDRAWN = "published", "draft", "withdrawn"
IN_REVIEW = "in_review"


def is_handled(model: type[models.Model]) -> bool:
    """Whether the desk publishes records of a model: those with the usual three states."""
    codes = {code for code, _label in getattr(model, "Status", models.TextChoices).choices}
    return {PUBLISHED, DRAFT, WITHDRAWN} <= codes


def is_over(record: models.Model) -> bool:
    """Whether there is nothing to preview any more: it is public, or withdrawn."""
    return is_handled(type(record)) and (record.is_public() or record.status == WITHDRAWN)


def questions(record: models.Model) -> list[gates.Question]:
    """What must be confirmed before a record is published: the app's questions, an open review."""
    open_ones = gates.questions(record)
    if Review.objects.about(record).open().exists():
        words = _("Nobody has decided about the review yet: publish without a decision.")
        open_ones.append(gates.Question(IN_REVIEW, words))
    return open_ones


@transaction.atomic
def publish(
    record: models.Model,
    by: User,
    *,
    version: int,
    at: datetime.datetime | None = None,
    confirmed: Collection[str] = (),
) -> models.Model:
    """Publish from now on, or from `at` on; `confirmed` are codes of questions.

    Gives the stored record. Raises Refused when the text is no longer of this `version`, is public
    already, or when a question is open.
    """
    record = locked(record, version)
    if record.is_public():
        raise Refused(IS_PUBLIC, code="public")
    if {question.code for question in questions(record)} - set(confirmed):
        raise Refused(OPEN_QUESTIONS, code="questions")
    record.status, record.published_at = PUBLISHED, at or timezone.now()
    _refuse_misfit(record)
    record.save(by=by, revision_note=_("Scheduled") if at else _("Published"))
    reviews.close(record, by)
    _log("scheduled" if at else "published", record, by)
    return record


@transaction.atomic
def back_to_draft(record: models.Model, by: User, *, version: int) -> None:
    """Take back what is scheduled. Raises Refused when it is public meanwhile."""
    record = locked(record, version)
    if record.is_public():
        raise Refused(IS_PUBLIC, code="public")
    record.status, record.published_at = DRAFT, None
    record.save(by=by, revision_note=_("Back to draft"))
    _log("drafted", record, by)


@transaction.atomic
def withdraw(record: models.Model, by: User, *, version: int, reason: str) -> None:
    """Take a public record off the site: its address says so, the reason stays in the log."""
    record = _public(record, version)
    record.status = WITHDRAWN
    record.save(by=by, revision_note=_("Withdrawn"))
    reviews.close(record, by)
    taken_off(record)
    _log("withdrawn", record, by, reason)
    letters.tell_withdrawn(record, by, reason)


def taken_off(record: models.Model) -> None:
    """A record that was public is hidden: its preview links end, the bulk files are made anew."""
    preview_links.revoke_all(record)
    wake.after_commit("opendata.tasks.remake_files")


@transaction.atomic
def correct(record: models.Model, by: User, **notes: str) -> Correction:
    """Say what was corrected, `note_ru` and `note_en`: readers see it with its date."""
    record = _public(record)
    columns = {f"note_{code}": notes.get(f"note_{code}", "") for code in LANGUAGE_CODES}
    correction = Correction.objects.create(record=record, by=by, **columns)
    _log("corrected", record, by, next(filter(None, columns.values()), ""))
    return correction


def _public(record: models.Model, version: int | None = None) -> models.Model:
    record = locked(record, version)
    if not record.is_public():
        raise Refused(NOT_PUBLIC, code="not_public")
    return record


def _refuse_misfit(record: models.Model) -> None:
    """Say in the model's own words why a record of its kind cannot be public."""
    try:
        record.validate_constraints()
    except ValidationError as error:
        raise Refused(error.messages, code="misfit") from error


def _log(deed: str, record: models.Model, by: User, reason: str = "") -> None:
    title = in_language(record, record.title_field)[0]
    summary = f"{title}: {reason}" if reason else title
    audit.record(f"editorial.record.{deed}", record, by, summary, {"reason": ["", reason]})

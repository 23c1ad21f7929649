"""Deeds that need two persons: one asks, another approves what they saw.

An approval holds for one state of the record, named by a digest that the app makes of all that
matters: when the record changes afterwards, the digest is another one and nothing is approved.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit
from content.models import Approval


class ApprovalRefused(Exception):
    """The approval is not given; the text says why, in the language of the reader."""


@transaction.atomic
def ask(deed: str, target: models.Model, digest: str, by: Any) -> Approval:
    """Ask a second person to allow `deed` on `target` in the state `digest` (64 signs at most).

    Asked twice for the same state there is one question; an open question about an earlier state
    is withdrawn. Gives the open question, or the approval where this state is approved already.
    """
    _lock(target)
    if given := approved(deed, target, digest):
        return given
    for earlier in Approval.objects.about(deed, target).open():
        if earlier.digest == digest:
            return earlier
        withdraw(earlier, by)
    asked = Approval.objects.create(deed=deed, target=target, digest=digest, asked_by=by)
    audit.record("approval.asked", target, by, f"{deed}: {target}")
    return asked


@transaction.atomic
def approve(deed: str, target: models.Model, digest: str, by: Any) -> Approval:
    """Approve the deed on the record as it is in the state `digest`.

    Raises ApprovalRefused when nobody asked for this state, or when `by` asked themselves.
    """
    _lock(target)
    question = Approval.objects.about(deed, target).open().filter(digest=digest).first()
    if question is None:
        raise ApprovalRefused(
            _("Nobody asks for this approval any more, or the record was changed since.")
        )
    if question.asked_by_id == by.pk:
        raise ApprovalRefused(_("You asked for this approval: a second person has to give it."))
    question.approved_by, question.approved_at = by, timezone.now()
    question.save(update_fields=["approved_by", "approved_at"])
    audit.record("approval.given", target, by, f"{deed}: {target}")
    return question


@transaction.atomic
def withdraw(approval: Approval, by: Any) -> bool:
    """Take back a question that is still open; says whether it was."""
    _lock(approval.target)
    open_still = Approval.objects.open().filter(pk=approval.pk)
    if not open_still.update(withdrawn_at=timezone.now()):
        return False
    audit.record("approval.withdrawn", approval.target, by, str(approval))
    return True


def approved(deed: str, target: models.Model, digest: str) -> Approval | None:
    """The approval of this state of the record, with both persons; None without one."""
    given = Approval.objects.about(deed, target).filter(digest=digest, approved_at__isnull=False)
    return given.select_related("asked_by", "approved_by").order_by("-approved_at", "-pk").first()


def is_approved(deed: str, target: models.Model, digest: str) -> bool:
    """Whether a second person has approved this state of the record."""
    return approved(deed, target, digest) is not None


def waiting(deed: str, target: models.Model) -> Approval | None:
    """The open question about a deed on a record, whatever state it is about."""
    return Approval.objects.about(deed, target).open().select_related("asked_by").first()


def open_for(user) -> models.QuerySet:
    """Open questions that this person may answer: those they did not ask themselves."""
    if not isinstance(user, get_user_model()):
        return Approval.objects.none()
    return Approval.objects.open().exclude(asked_by=user)


def _lock(target: models.Model) -> None:
    """Questions about one record come one after another."""
    type(target)._base_manager.select_for_update(of=("self",)).get(pk=target.pk)

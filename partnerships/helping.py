"""Requests of members for introductions, consultations and help: every step is kept and told."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content import audit
from members.models import Member
from partnerships import letters
from partnerships.models import HelpRequest, HelpStep

State = HelpRequest.State


@transaction.atomic
def send(member: Member, by: Any, **fields: Any) -> HelpRequest:
    """Record a request of a member and tell those who answer. Raises ValidationError."""
    request = HelpRequest(member=member, created_by=by, **fields)
    request.full_clean()
    request.save()
    _step(request, by, request.text)
    letters.tell_staff(request)
    return request


@transaction.atomic
def take(request: HelpRequest, by: Any) -> HelpRequest:
    """Somebody of the secretariat works on it; the member is told. Twice changes nothing."""
    request = _locked(request)
    if request.state == State.RECEIVED:
        request.state = State.IN_WORK
        request.save(update_fields=["state"])
        letters.tell_asker(request, _step(request, by).pk)
    return request


@transaction.atomic
def answer(request: HelpRequest, text: str, by: Any) -> HelpRequest:
    """Answer it and tell the member. Raises ValidationError for a closed one, and without text."""
    request = _locked(request)
    if request.state == State.CLOSED:
        raise ValidationError(_("This request is closed."), code="closed")
    if not text.strip():
        raise ValidationError(_("Write the answer."), code="empty")
    request.answer, request.state = text.strip(), State.ANSWERED
    request.answered_by, request.answered_at = by, timezone.now()
    request.save(update_fields=["answer", "state", "answered_by", "answered_at"])
    letters.tell_asker(request, _step(request, by, request.answer).pk)
    return request


@transaction.atomic
def close(request: HelpRequest, by: Any) -> HelpRequest:
    """Nothing more is to be done; the member or the secretariat says so. No letter."""
    request = _locked(request)
    if request.state != State.CLOSED:
        request.state = State.CLOSED
        request.save(update_fields=["state"])
        _step(request, by)
    return request


def _locked(request: HelpRequest) -> HelpRequest:
    rows = HelpRequest.objects.select_related("member", "created_by")
    return rows.select_for_update(of=("self",)).get(pk=request.pk)


def _step(request: HelpRequest, by: Any, text: str = "") -> HelpStep:
    audit.record(f"partnership.help_{request.state}", request, by, str(request))
    return HelpStep.objects.create(request=request, state=request.state, by=by, text=text)

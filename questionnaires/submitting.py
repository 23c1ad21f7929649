"""Sending a questionnaire: by who signs for the city, with a paper of what was sent."""

import datetime
import zoneinfo
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards.entry_letters import until_text
from content import audit, privatefiles
from content.dates import moment_text
from content.languages import in_language
from mailing import cleaning, outbox
from members import mandates
from questionnaires import answering, checking, paper
from questionnaires.models import AnswerChange, Response
from questionnaires.progress import Lack, questionnaire
from questionnaires.refusals import Refused

State = Response.State
PURPOSE = privatefiles.reserve("questionnaires.paper", "questionnaires.view_response")


class Incomplete(Refused):
    """The questionnaire cannot be sent yet; `lacks` say why, each with its question."""

    def __init__(self, lacks: list[Lack]):
        self.lacks = lacks
        super().__init__(_("The questionnaire cannot be sent yet. See what it lacks."))


def submit(
    response: Response, by: Any, *, by_letter: bool = False, now: datetime.datetime | None = None
) -> Response:
    """Send a questionnaire and write to the city; one that was sent is left as it is.

    By who signs for the city, within the window; the secretariat sends what came by letter
    (`by_letter`) until the sealing. Raises Refused, and Incomplete where something is missing.
    """
    with privatefiles.all_or_nothing():
        row = _locked(response)
        if row.state in (State.SUBMITTED, State.CHECKED):
            return row
        deed = AnswerChange.Deed.LETTER if by_letter else AnswerChange.Deed.TYPED
        if reason := answering.why_not(row, deed, now):
            raise Refused(reason)
        if not by_letter:
            _refuse_who_does_not_sign(row, by)
        filled = questionnaire(row)
        if filled.stops:
            raise Incomplete(filled.stops)
        row.state, row.submitted_by = State.SUBMITTED, by
        row.submitted_at = now or timezone.now()
        _keep_paper(row, filled)
        checking.settle([row.pk])
        audit.record("questionnaires.sent", row, by, f"{row}: {row.paper.sha256}")
        _write_to_city(row)
    return row


def take_back(response: Response, by: Any, *, now: datetime.datetime | None = None) -> Response:
    """Make a sent questionnaire a draft again: it counts no more until it is sent anew.

    Within the window, by who signs. The paper of the last sending stays until the next one.
    Raises Refused.
    """
    with transaction.atomic():
        row = _locked(response)
        if row.state == State.DRAFT:
            return row
        _refuse_who_does_not_sign(row, by)
        if reason := why_not_back(row, now):
            raise Refused(reason)
        row.state = State.DRAFT
        row.submitted_at = row.submitted_by = row.checked_at = None
        row.save(update_fields=["state", "submitted_at", "submitted_by", "checked_at", "saved_at"])
        audit.record("questionnaires.taken-back", row, by, str(row))
    return row


def why_not_back(response: Response, now: datetime.datetime | None = None) -> str:
    """Why a sent questionnaire stays sent, as a sentence; empty where it can be taken back."""
    if response.state not in (State.SUBMITTED, State.CHECKED):
        return _("The questionnaire was left out of the rating. Write to the secretariat.")
    edition = response.edition
    if edition.takes_answers(now):
        return ""
    return _("Answers were taken until %(moment)s. Nothing was changed.") % {
        "moment": moment_text(edition.closes_at, edition.zone)
    }


def _locked(response: Response) -> Response:
    row = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    # Read after the lock: who waited for it must not judge by an older deadline.
    row.edition.refresh_from_db()
    return row


def _refuse_who_does_not_sign(row: Response, by: Any) -> None:
    if row.member is None or not mandates.may_sign(by, row.member):
        raise Refused(
            _("The questionnaire is sent by those who sign for the city: its signatory or its lead "
              "representative.")
        )  # fmt: skip


def _keep_paper(row: Response, filled) -> None:
    """The PDF of what is sent, in place of that of an earlier sending."""
    language = (get_language() or "ru")[:2]
    earlier, made = row.paper, paper.of_answers(filled, language)
    name = f"questionnaire-{row.edition.year}-{row.pk}.pdf"
    row.paper = privatefiles.keep_bytes(made, name, "application/pdf", PURPOSE, None)
    row.save(update_fields=["state", "submitted_at", "submitted_by", "paper", "saved_at"])
    if earlier is not None:
        privatefiles.discard(earlier)


def _write_to_city(row: Response) -> None:
    """Tell those who answer for the city that it has arrived, and until when it can change."""
    if row.member is None:
        return
    users = mandates.answering_for([row.member_id]).get(row.member_id, [])
    readers = {one.pk: one for one in users}
    if row.submitted_by is not None and not row.submitted_by.is_staff:
        readers[row.submitted_by.pk] = row.submitted_by
    outbox.write_many(_letter(row, one) for one in readers.values())


def _letter(row: Response, reader: Any) -> outbox.Letter:
    edition = row.edition
    own = zoneinfo.ZoneInfo(reader.time_zone) if reader.time_zone else None
    context = {
        "name": reader.full_name,
        "edition": lambda: in_language(edition, "title")[0],
        "city": lambda: row.name_in((get_language() or "ru")[:2]),
        "until": until_text(edition.closes_at, edition, own),
        "can_change": edition.takes_answers(row.submitted_at),
        "link": lambda: cleaning.on_site(
            reverse("questionnaires:questionnaire", args=[row.member.slug, edition.pk])
        ),
        "reason": lambda: _(
            "You receive this letter because you answer for this city in the portal."
        ),
    }
    return outbox.Letter(
        occasion=f"questionnaires.sent:{row.pk}:{row.submitted_at:%Y%m%d%H%M%S%f}",
        email=reader.email, language=reader.language, template="questionnaires/mail/sent",
        context=context, user=reader, about=row,
    )  # fmt: skip

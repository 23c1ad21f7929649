"""Answers that came by letter: the secretariat types them in, and sends in the city's name.

The scan and the details of the letter stand on the questionnaire, every answer is in the log as
typed from a letter. It goes after the deadline, too, with a reason; never after the sealing, nor
over what the city has sent itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit, privatefiles
from content.models import PrivateFile
from questionnaires import answering, checking, submitting
from questionnaires.answering import Conflict, Entry, Saved
from questionnaires.models import Answer, AnswerChange, Evidence, Response
from questionnaires.refusals import Refused
from ratings.models import Indicator

State = Response.State
PURPOSE = privatefiles.reserve("questionnaires.letter", "questionnaires.view_response")
ENDINGS = (".pdf", ".jpg", ".jpeg", ".png", ".docx", ".xlsx")


class AnswersRefused(Refused):
    """Nothing was kept; `texts` say why, by key of the indicator."""

    def __init__(self, texts: Mapping[int, str]):
        self.texts = dict(texts)
        super().__init__(_("Nothing was kept. See what is marked below."))


def why_not(response: Response) -> str:
    """Why no letter can be typed in, as a sentence; empty where one can."""
    if response.edition.sealed_at is not None:
        return _("The results are sealed: nothing of the answers changes any more.")
    if response.edition.opened_at is None:
        return _("The questionnaire is not open yet.")
    if response.state == State.LEFT_OUT:
        return _("The city is left out of the rating. Take it back first.")
    if response.state != State.DRAFT and not response.letter_details:
        return _("The city has sent the questionnaire itself. Correct its answers in the check.")
    return ""


def needs_reason(response: Response) -> bool:
    """Whether the deadline is past: then it is said why the letter still counts."""
    return not response.edition.takes_answers()


def keep(
    response: Response, entries: Sequence[Entry], by: Any, *, details: str,
    scan: UploadedFile | None = None, reason: str = "", send: bool = False,
) -> Response:  # fmt: skip
    """Keep the answers of a letter, and `send` the questionnaire in the city's name: all or none.

    Raises Refused, AnswersRefused by question, Incomplete; ValidationError for a scan that is no
    document or picture.
    """
    with privatefiles.all_or_nothing():
        checking.hold_edition(response.edition)
        row = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
        row.edition.refresh_from_db()
        _refuse(row, details, scan, reason)
        _keep_answers(row, entries, by)
        _keep_letter(row, details.strip(), scan, by)
        words = f"{row}: {row.letter_details}" + (f" ({reason.strip()})" if reason.strip() else "")
        audit.record("questionnaires.letter", row, by, words)
        if send and row.state == State.DRAFT:
            row = submitting.submit(row, by, by_letter=True, now=timezone.now())
        else:
            checking.settle([row.pk])
    return row


def _refuse(row: Response, details: str, scan: UploadedFile | None, reason: str) -> None:
    if text := why_not(row):
        raise Refused(text)
    if not details.strip():
        raise Refused(_("Say whose letter it is, its date and number."))
    if scan is None and row.letter_id is None:
        raise Refused(_("Attach the scan of the letter."))
    if needs_reason(row) and not reason.strip():
        raise Refused(_("The deadline is past. Say why the letter still counts."))


def _keep_answers(row: Response, entries: Sequence[Entry], by: Any) -> None:
    outcomes = answering.save_all(row, entries, by, AnswerChange.Deed.LETTER)
    texts = {
        key: _problem(found) for key, found in outcomes.items() if not isinstance(found, Saved)
    }
    if texts:
        raise AnswersRefused(texts)


def _problem(found: Conflict | Refused) -> str:
    if isinstance(found, Conflict):
        return _("Somebody saved another answer meanwhile. Open the page anew and compare.")
    return str(found)


def _keep_letter(row: Response, details: str, scan: UploadedFile | None, by: Any) -> None:
    """The details and the scan; the letter proves what has to be proved."""
    row.letter_details = details
    if scan is not None:
        row.letter = privatefiles.store(scan, PURPOSE, by, endings=ENDINGS)
    row.save(update_fields=["letter", "letter_details", "saved_at"])
    lacking = Answer.objects.filter(
        response=row, indicator__evidence=Indicator.Evidence.REQUIRED, evidence=None
    )
    Evidence.objects.bulk_create(
        Evidence(answer=one, file=row.letter, title=details[:200], added_by=by) for one in lacking
    )


def files_of(response: Response) -> list[PrivateFile]:
    """The letter and the paper of what was sent, for staff."""
    return [one for one in (response.letter, response.paper) if one is not None]

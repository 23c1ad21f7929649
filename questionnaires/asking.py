"""Questions back: an expert asks about an answer, the city replies, also after the deadline.

Only the answers asked about can be changed then, until the day that stands on the question, by
anybody who may keep the questionnaire. A reply takes the answer back into the queue.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from content import privatefiles
from content.dates import day_text
from questionnaires import answering, proofs, wording
from questionnaires.checkers import SENT, Checker
from questionnaires.checking import decide, hold_edition, hold_one, settle
from questionnaires.models import Answer, AnswerChange, AnswerNote, Evidence, Response
from questionnaires.refusals import Refused
from ratings.models import Edition

REPLY_DAYS = 10


@dataclass(frozen=True)
class Question:
    """An open question about an answer; the city replies to it until a day has ended."""

    answer: Answer
    note: AnswerNote
    is_overdue: bool

    @property
    def until(self) -> datetime.date | None:
        return self.note.answer_until


@dataclass(frozen=True)
class Reply:
    """What a city replies: words, and if it likes another answer, a file and a link as proofs."""

    text: str
    answer: answering.Given | None = None
    file: UploadedFile | None = None
    link: str = ""


def today(edition: Edition) -> datetime.date:
    """The day by the clock that the edition sets its deadlines by."""
    return timezone.localdate(timezone=edition.zone)


@transaction.atomic
def ask_back(checker: Checker, key: int, version: int, text: str) -> AnswerNote:
    """Ask the city about an answer; the letter goes out at the end of the hour with all others.

    Raises Refused without words and for guests without a cabinet; Overtaken.
    """
    answer = hold_one(checker, key, version)
    if not (text := text.strip()):
        raise Refused(_("Write what you ask the city."))
    if answer.response.member_id is None:
        raise Refused(
            _("This guest has no cabinet here: ask by letter, and correct the answer with its "
              "reply as the reason.")
        )  # fmt: skip
    until = today(checker.edition) + datetime.timedelta(days=REPLY_DAYS)
    decide([answer], checker.user, AnswerChange.Deed.ASKED, reason=text,
           check_state=Answer.Check.ASKED)  # fmt: skip
    return AnswerNote.objects.create(answer=answer, text=text, by=checker.user, answer_until=until)


def open_questions(response: Response) -> list[Question]:
    """What the check asks about a questionnaire, in its order; two queries."""
    rows = Answer.objects.filter(response=response, check_state=Answer.Check.ASKED)
    rows = rows.select_related("indicator__group", "indicator__scale", "step")
    ordered = rows.order_by("indicator__group__order", "indicator__order", "indicator")
    return questions_of(ordered, response.edition)


def questions_of(answers: Iterable[Answer], edition: Edition) -> list[Question]:
    """The open questions of answers that were asked about, in their order; one query more."""
    answers = list(answers)
    notes = AnswerNote.objects.filter(answer__in=[one.pk for one in answers], is_of_city=False)
    last = {note.answer_id: note for note in notes.order_by("at", "pk")}
    day = today(edition)
    return [
        Question(one, last[one.pk], is_past(last[one.pk], day)) for one in answers if one.pk in last
    ]


def is_past(note: AnswerNote, day: datetime.date) -> bool:
    """Whether the day for the reply has ended."""
    return note.answer_until is not None and note.answer_until < day


def reply(response: Response, key: int, user: Any, given: Reply) -> answering.Saved:
    """Keep a reply, and the answer it changes; the answer waits for the check again.

    Raises numbers.NotANumber for what is no answer; Refused when nobody asks (any more), after the
    day for it, and after the sealing; ValidationError for a file that is not taken.
    """
    with privatefiles.all_or_nothing():
        hold_edition(response.edition)
        answer = _asked(response, key, user)
        if not given.text.strip():
            raise Refused(_("Write a reply."))
        saved = _changed(answer, given, user)
        if saved.answer.version == answer.version:
            _back_into_the_queue(answer, user)
        _keep_proofs(saved.answer, user, given)
        AnswerNote.objects.create(answer=answer, is_of_city=True, text=given.text.strip(), by=user)
        settle([response.pk])
    return saved


def _changed(answer: Answer, given: Reply, user: Any) -> answering.Saved:
    """The answer with its new value, where one was given; logged as the reply."""
    if given.answer is None:
        return answering.Saved(answer)
    told = (answer.response, answer.indicator, given.answer, user, answer.version)
    saved = answering.save(*told, AnswerChange.Deed.REPLIED)
    if isinstance(saved, answering.Conflict):
        raise Refused(_("Somebody else changed the answer meanwhile. Look at it and reply again."))
    return saved


def _back_into_the_queue(answer: Answer, user: Any) -> None:
    Answer.objects.filter(pk=answer.pk).update(version=F("version") + 1, **answering.UNDECIDED)
    _log(answer, user)


def _asked(response: Response, key: int, user: Any) -> Answer:
    """The answer that is asked about, locked after its questionnaire."""
    own = Response.objects.for_user(user).filter(pk=response.pk, state__in=SENT)
    if own.select_for_update(of=("self",)).first() is None:
        raise Refused(_("This questionnaire is not yours to answer."))
    rows = Answer.objects.filter(response=response, pk=key, check_state=Answer.Check.ASKED)
    found = (
        rows.select_related("indicator__scale", "step", "response")
        .select_for_update(of=("self",))
        .first()
    )
    questions = questions_of([found] if found else [], response.edition)
    if not questions:
        raise Refused(_("Nobody asks about this answer any more: somebody has replied already."))
    if questions[0].is_overdue:
        raise Refused(
            _("Replies were taken until %(day)s. Write to the secretariat.")
            % {"day": day_text(questions[0].until)}
        )
    return questions[0].answer


def _keep_proofs(answer: Answer, user: Any, given: Reply) -> None:
    columns = []
    if given.file is not None:
        kept = privatefiles.store(given.file, proofs.PURPOSE, user)
        columns.append({"file": kept, "title": kept.name[:200]})
    if given.link:
        columns.append({"link": proofs.clean_link(given.link)})
    for one in columns:
        proof = Evidence.objects.create(answer=answer, added_by=user, **one)
        words = _("Proof added: %(proof)s") % {"proof": str(proof)[:400]}
        _log(answer, user, words)


def _log(answer: Answer, user: Any, reason: str = "") -> None:
    """A line about a reply that leaves the value as it is."""
    words = wording.said(answer)[:500]
    AnswerChange.objects.create(
        answer=answer, deed=AnswerChange.Deed.REPLIED, before=words, after=words, reason=reason,
        by=user,
    )  # fmt: skip

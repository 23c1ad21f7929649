"""The check of answers: accept, correct with a reason, take back; each under lock and logged.

Everything that changes a decision locks in this order: the edition, the questionnaires, the
answers. Who decides over a decision they have not seen is told of it and chooses (`Overtaken`).
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from content.dates import moment_text
from questionnaires import wording
from questionnaires.answering import UNDECIDED
from questionnaires.checkers import PENDING, Checker, to_check
from questionnaires.models import Answer, AnswerChange, Response
from questionnaires.refusals import Refused
from ratings.models import Edition, Indicator

Deed, Check = AnswerChange.Deed, Answer.Check


class Overtaken(Refused):
    """The answer is not as this person saw it; `answer` is as it is now, the text says how."""

    def __init__(self, answer: Answer):
        self.answer = answer
        super().__init__(_now_words(answer))


class Bulk(NamedTuple):
    """How many answers were accepted in one deed, and how many were left: they had changed."""

    accepted: int
    left: int


@transaction.atomic
def accept(checker: Checker, key: int, version: int) -> Answer:
    """Accept an answer as the city gave it; of a text, that its reply was read. Raises Refused,
    Overtaken.
    """
    answer = hold_one(checker, key, version)
    decide([answer], checker.user, Deed.ACCEPTED, check_state=Check.ACCEPTED)
    return answer


@transaction.atomic
def accept_many(checker: Checker, seen: Mapping[int, int]) -> Bulk:
    """Accept all answers of `seen` (key: version) that wait and are as they were seen; once each.

    What changed meanwhile, or is not theirs to check, is left. Raises Refused after the sealing.
    """
    waiting = [
        one
        for one in hold(checker, seen)
        if one.version == seen[one.pk]
        and one.check_state == Check.WAITING
        and one.indicator.kind != Indicator.Kind.TEXT
    ]
    decide(waiting, checker.user, Deed.ACCEPTED, check_state=Check.ACCEPTED)
    return Bulk(len(waiting), len(seen) - len(waiting))


@transaction.atomic
def correct(checker: Checker, key: int, version: int, value: Decimal | None, reason: str) -> Answer:
    """Let `value` count in place of what the city said; None: it counts as not answered.

    Raises Refused without a reason and where nothing would change, Overtaken.
    """
    answer = hold_one(checker, key, version)
    if answer.indicator.kind == Indicator.Kind.TEXT:
        raise Refused(_("A text is not scored: it is read, and needs no correction."))
    if not (reason := reason.strip()):
        raise Refused(_("Say why the answer is corrected: the city reads it."))
    if value == answer.number:
        raise Refused(_("This is what the city answered: accept it, or give another value."))
    decide(
        [answer], checker.user, Deed.CORRECTED, reason=reason, check_state=Check.CORRECTED,
        corrected_number=value, corrected_to_nothing=value is None, check_reason=reason,
    )  # fmt: skip
    return answer


@transaction.atomic
def take_back(checker: Checker, key: int, version: int) -> Answer:
    """Take a decision or an open question back: the answer waits again.

    Raises Refused where nothing was decided, Overtaken.
    """
    answer = hold_one(checker, key, version)
    if answer.check_state == Check.WAITING:
        raise Refused(_("Nobody has decided on this answer: there is nothing to take back."))
    decide([answer], checker.user, Deed.REOPENED)
    return answer


def hold(checker: Checker, keys: Iterable[int]) -> list[Answer]:
    """Lock those of these answers that are theirs to check, their questionnaires and the edition.

    Raises Refused once the results are sealed.
    """
    hold_edition(checker.edition)
    asked = list(keys)
    sent = Response.objects.filter(pk__in=Answer.objects.filter(pk__in=asked).values("response"))
    list(sent.select_for_update().order_by("pk").values_list("pk"))
    own = checker.answers().filter(pk__in=asked).order_by("pk")
    rows = own.select_related("indicator", "step", "checked_by", "response__member")
    return list(rows.select_for_update(of=("self",)))


def hold_edition(edition: Edition) -> Edition:
    """Lock an edition against its sealing; raises Refused once it is sealed."""
    held = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    if held.sealed_at is not None:
        raise Refused(
            _("The results are sealed: answers stay as they are. Mistakes are put right by an "
              "erratum.")
        )  # fmt: skip
    return held


def hold_one(checker: Checker, key: int, version: int) -> Answer:
    """Lock one answer as it was seen. Raises Refused, and Overtaken where it has changed."""
    found = hold(checker, [key])
    if not found:
        raise Refused(_("This answer is not yours to check."))
    if found[0].version != version:
        raise Overtaken(found[0])
    return found[0]


def decide(answers: list[Answer], by: Any, deed: str, *, reason: str = "", **columns: Any) -> None:
    """Write a decision on locked answers and into their log; their questionnaires follow.

    `columns` are those that differ from an undecided answer. A few statements, however many.
    """
    if not answers:
        return
    stamp = {"checked_by": by, "checked_at": timezone.now()} if columns else {}
    columns = UNDECIDED | stamp | columns
    before = [_logged(one) for one in answers]
    for one in answers:
        for name, value in columns.items():
            setattr(one, name, value)
        one.version += 1
    keys = [one.pk for one in answers]
    Answer.objects.filter(pk__in=keys).update(version=F("version") + 1, **columns)
    AnswerChange.objects.bulk_create(
        AnswerChange(
            answer=one, deed=deed, before=was, after=_logged(one), reason=reason[:500], by=by
        )
        for one, was in zip(answers, before, strict=True)
    )  # fmt: skip
    settle({one.response_id for one in answers})


def settle(responses: Iterable[int]) -> None:
    """Questionnaires of which every answer is decided on are checked, others are not (yet)."""
    pending = Answer.objects.filter(to_check(), response=OuterRef("pk"), check_state__in=PENDING)
    rows = Response.objects.filter(pk__in=list(responses)).annotate(is_pending=Exists(pending))
    more = {"version": F("version") + 1, "saved_at": timezone.now()}
    rows.filter(state=Response.State.SUBMITTED, is_pending=False).update(
        state=Response.State.CHECKED, checked_at=timezone.now(), **more
    )
    rows.filter(state=Response.State.CHECKED, is_pending=True).update(
        state=Response.State.SUBMITTED, checked_at=None, **more
    )


def _logged(answer: Answer) -> str:
    return wording.counted(answer)[:500]


def _now_words(answer: Answer) -> str:
    """What became of an answer meanwhile, and that the reader decides anew."""
    if answer.check_state == Check.WAITING or answer.checked_by is None:
        return _("The answer has changed since you opened this page. Look at it and decide again.")
    edition = answer.response.edition
    return _(
        "%(person)s was faster, %(when)s: %(state)s. Nothing of yours was saved. Leave it so, or "
        "decide again."
    ) % {
        "person": answer.checked_by,
        "when": moment_text(answer.checked_at, edition.zone),
        "state": wording.decision(answer),
    }

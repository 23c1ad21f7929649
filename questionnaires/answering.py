"""Keeping the answers of a city: under the lock of its questionnaire, seen, and within the window.

Several people fill one questionnaire. An answer that somebody else changed since the page was
opened is not written over: both are shown and one is chosen (`Conflict`).
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content.dates import grouped, moment_text
from content.keys import as_key
from content.texts import tidy
from questionnaires import numbers, wording
from questionnaires.models import Answer, AnswerChange, Response
from questionnaires.refusals import Refused
from ratings import opening
from ratings.models import Edition, Indicator, ScaleStep

Deed, Check, Kind, State = AnswerChange.Deed, Answer.Check, Indicator.Kind, Response.State
LONGEST_TEXT, LONGEST_COMMENT = 5000, 2000
# Of the city itself: within the window, before it is sent. The others are deeds of the check.
OF_CITY = (Deed.TYPED, Deed.OFFERED)
# What a changed answer loses: the decision was about another value.
UNDECIDED = {
    "check_state": Check.WAITING, "corrected_number": None, "corrected_to_nothing": False,
    "check_reason": "", "checked_by": None, "checked_at": None,
}  # fmt: skip


@dataclass(frozen=True)
class Given:
    """What was typed: a number as text, "yes" or "no", the key of a step, a text.

    `comment` None: none was asked for, the stored one stays. `offered`: what of the portal's own
    records it was taken from, see `questionnaires.offers`; None leaves the stored one, so that it
    is seen when the city changes the number afterwards.
    """

    value: str = ""
    is_unknown: bool = False
    comment: str | None = None
    offered: Mapping[str, Any] | None = None


class Entry(NamedTuple):
    """One answer to keep, and the version of it that was seen; 0: there was none."""

    indicator: Indicator
    given: Given
    version: int = 0


@dataclass(frozen=True)
class Saved:
    """It is kept, or was so before; `said`: how it was understood, where that needs a word."""

    answer: Answer
    said: str = ""


@dataclass(frozen=True)
class Conflict:
    """Somebody else saved another answer meanwhile: `answer` is as it is now. Nothing is kept."""

    answer: Answer


Outcome = Saved | Conflict | Refused


def save(
    response: Response, indicator: Indicator, given: Given, by: Any, version: int,
    deed: str = Deed.TYPED, *, now: datetime.datetime | None = None,
) -> Saved | Conflict:  # fmt: skip
    """Keep one answer; at most seven queries, and two for a scale or at the very first answer.

    Raises Refused where the questionnaire takes nothing now, and numbers.NotANumber (a Refused,
    too) for what is no answer. Deeds other than the city's own are held by no window and no state
    of the questionnaire, by the sealing alone: their callers judge who may do them.
    """
    found = save_all(response, [Entry(indicator, given, version)], by, deed, now=now)[indicator.pk]
    if isinstance(found, Refused):
        raise found
    return found


@transaction.atomic
def save_all(
    response: Response, entries: Iterable[Entry], by: Any, deed: str = Deed.TYPED, *,
    now: datetime.datetime | None = None,
) -> dict[int, Outcome]:  # fmt: skip
    """Keep several answers in one transaction; what came of each by the key of its indicator.

    A good answer is kept whatever becomes of the others. Raises Refused as `save` does.
    """
    entries = list(entries)
    row = hold(response, deed, now)
    keys = [one.indicator.pk for one in entries]
    rows = Answer.objects.filter(response=row, indicator__in=keys)
    stored = {one.indicator_id: one for one in rows.select_related("updated_by", "step")}
    return {one.indicator.pk: _kept(row, one, stored, by, deed) for one in entries}


def hold(
    response: Response, deed: str = Deed.TYPED, now: datetime.datetime | None = None
) -> Response:
    """Lock a questionnaire for a deed. Raises Refused where it cannot be done at this moment."""
    edition = None
    # The edition before the questionnaire, as the check does: against a sealing, and where this
    # may be the first answer of all, which is written down on the edition.
    if deed not in OF_CITY or response.edition.frozen_at is None:
        edition = Edition.objects.select_for_update(no_key=True).get(pk=response.edition_id)
    row = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    # Read after the lock: the deadline may have been moved while this waited for it.
    row.edition = edition or Edition.objects.get(pk=row.edition_id)
    if reason := why_not(row, deed, now):
        raise Refused(reason)
    return row


def why_not(
    response: Response, deed: str = Deed.TYPED, now: datetime.datetime | None = None
) -> str:
    """Why nothing can be answered now, as a sentence; empty where it can."""
    edition, now = response.edition, now or timezone.now()
    if edition.sealed_at is not None:
        return _("The results are sealed: nothing of the answers changes any more.")
    if deed not in OF_CITY:
        return ""
    if edition.opened_at is None or now < edition.opens_at:
        return _("The questionnaire is not open yet.")
    if now >= edition.closes_at:
        return _("Answers were taken until %(moment)s. Nothing was changed.") % {
            "moment": moment_text(edition.closes_at, edition.zone)
        }
    if response.state == State.LEFT_OUT:
        return _("The questionnaire was left out of the rating. Write to the secretariat.")
    if response.state != State.DRAFT:
        return _("The questionnaire is sent. Take it back first to change an answer.")
    return ""


def _kept(row: Response, entry: Entry, stored: dict[int, Answer], by: Any, deed: str) -> Outcome:
    indicator, given = entry.indicator, entry.given
    if indicator.edition_id != row.edition_id:
        raise ValueError(f"{indicator.code} is asked in another edition.")
    answer = stored.get(indicator.pk) or Answer(response=row, indicator=indicator)
    answer.response, answer.indicator = row, indicator
    try:
        columns, said = _columns(indicator, given)
    except Refused as refused:
        return refused
    if given.offered is not None:
        columns["offered"] = dict(given.offered)
    value_changes = any(getattr(answer, name) != value for name, value in columns.items())
    comment = answer.comment if given.comment is None else _text(given.comment)
    if len(comment) > LONGEST_COMMENT:
        return Refused(_too_long(len(comment), LONGEST_COMMENT))
    if not value_changes and comment == answer.comment:
        return Saved(answer, said)
    if entry.version != answer.version and not _is_bare(entry, answer):
        return Conflict(answer)
    if value_changes:
        columns |= UNDECIDED
    _write(answer, {**columns, "comment": comment}, by, deed)
    return Saved(answer, said)


def _is_bare(entry: Entry, answer: Answer) -> bool:
    """Whether the row came into being for a proof alone: there is nothing to be written over."""
    said = answer.number is not None or answer.text or answer.is_unknown or answer.comment
    return entry.version == 0 and not said


def _write(answer: Answer, columns: dict[str, Any], by: Any, deed: str) -> None:
    before, old_comment = wording.said(answer), answer.comment
    columns |= {"updated_by": by, "saved_at": timezone.now()}
    for name, value in columns.items():
        setattr(answer, name, value)
    if answer.pk is None:
        answer.save(force_insert=True)
    else:
        # The questionnaire is locked: nobody else raises the number.
        answer.version += 1
        Answer.objects.filter(pk=answer.pk).update(**columns, version=answer.version)
    AnswerChange.objects.create(
        answer=answer, deed=deed, before=before[:500], after=wording.said(answer)[:500], by=by,
        reason="" if answer.comment == old_comment else answer.comment[:500],
    )  # fmt: skip
    opening.freeze(answer.response.edition)


def _columns(indicator: Indicator, given: Given) -> tuple[dict[str, Any], str]:
    """What is stored of an answer, and what is said about it. Raises Refused."""
    empty = {"number": None, "step": None, "text": "", "is_unknown": given.is_unknown}
    value = _text(given.value)
    if given.is_unknown:
        if value and indicator.kind not in (Kind.YES_NO, Kind.SCALE):
            raise Refused(_("Either an answer or “no such figure”: take one of them out."))
        return empty, ""
    if not value:
        return empty, ""
    if indicator.kind == Kind.TEXT:
        if len(value) > LONGEST_TEXT:
            raise Refused(_too_long(len(value), LONGEST_TEXT))
        return empty | {"text": value}, ""
    if indicator.kind == Kind.YES_NO:
        return empty | {"number": _yes_or_no(value)}, ""
    if indicator.kind == Kind.SCALE:
        step = _step(indicator, value)
        return empty | {"number": step.value, "step": step}, ""
    found = numbers.fitting(value, indicator)
    return empty | {"number": found.value}, found.said


def _yes_or_no(value: str) -> Decimal:
    if value not in ("yes", "no"):
        raise Refused(_("Choose one of the answers."))
    return Decimal(value == "yes")


def _step(indicator: Indicator, value: str) -> ScaleStep:
    key = as_key(value)
    found = next((one for one in indicator.scale.steps.all() if one.pk == key), None)
    if found is None:
        raise Refused(_("Choose one of the answers."))
    return found


def _text(value: str) -> str:
    return tidy(value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _too_long(count: int, most: int) -> str:
    return _("At most %(most)s characters; there are %(count)s. Make it shorter.") % {
        "most": grouped(most), "count": grouped(count),
    }  # fmt: skip

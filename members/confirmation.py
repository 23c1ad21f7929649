"""The yearly question to every member: is your page right? Asked once, answered once a year.

A letter on paper is an answer as well. Who does not answer is reminded by `members.ladder`.
"""

import datetime
import zoneinfo
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit, cacheversion, dated
from content.dates import local_day
from content.timezones import association_zone
from members import mandates
from members.attention import Attention, last_moment, register
from members.models import Confirmation, Member, PaperLetter
from members.profile import locked

ANSWER_WITHIN = datetime.timedelta(days=42)
PRESSING = datetime.timedelta(days=14)


class NotAsked(Exception):
    """There is no open question: it was answered meanwhile, or the next one is not due yet."""


def opening_day(year: int) -> datetime.date:
    """The day on which the question of that year is asked."""
    return datetime.date.fromisoformat(f"{year}-{settings.YEARLY_CONFIRMATION_OPENS}")


def round_year(today: datetime.date) -> int:
    """The year of the round that is open on a day."""
    return today.year if today >= opening_day(today.year) else today.year - 1


def open_round(today: datetime.date | None = None) -> int:
    """Ask every member once a year; returns how many are asked now. Run twice, it asks once.

    Only who was a member on the opening day is asked: who has just joined has just written
    everything down. Who confirmed this year already, by letter for example, is not asked.
    """
    today = today or dated.today()
    day = opening_day(today.year)
    if today < day:
        return 0
    asked = Confirmation.objects.filter(member=OuterRef("pk"), year=today.year)
    silent = Member.objects.members(today).filter(
        ~Exists(asked), pk__in=Member.objects.members(day)
    )
    rows = [
        Confirmation(
            member=member, year=today.year, opened_on=today, deadline=today + ANSWER_WITHIN
        )
        for member in silent
    ]
    with transaction.atomic():
        before = Confirmation.objects.filter(year=today.year).count()
        Confirmation.objects.bulk_create(rows, ignore_conflicts=True)
        return Confirmation.objects.filter(year=today.year).count() - before


def open_questions(today: datetime.date | None = None) -> QuerySet[Confirmation]:
    """The questions of the open round to members of today that nobody has answered.

    What was not answered in an earlier round stays unanswered: it waits for nobody any more.
    """
    today = today or dated.today()
    return Confirmation.objects.filter(
        answered_at__isnull=True, year__gte=round_year(today),
        member__in=Member.objects.members(today),
    )  # fmt: skip


def open_question(member: Member) -> Confirmation | None:
    """The question that waits for an answer: that of the round which is open today."""
    year = round_year(dated.today())
    waiting = member.confirmations.filter(answered_at__isnull=True, year__gte=year)
    return waiting.order_by("-year").first()


@transaction.atomic
def confirm(member: Member, by: Any, note: str = "") -> Confirmation:
    """Answer the open question: what the public sees is right, apart from the `note`.

    Raises NotAsked where no question is open.
    """
    member = locked(member)
    question = open_question(member)
    if question is None:
        raise NotAsked
    question.note = note.strip()
    _answer(question, by)
    return question


@transaction.atomic
def by_letter(letter: PaperLetter) -> Confirmation:
    """Count a letter as this year's answer; the open question is answered by it too."""
    member = locked(letter.member)
    today = dated.today()
    this_year, _is_new = Confirmation.objects.get_or_create(
        member=member, year=today.year, defaults={"opened_on": today, "deadline": today}
    )
    questions = {
        question.pk: question for question in [open_question(member), this_year] if question
    }
    for question in questions.values():
        question.letter = letter
        _answer(question, letter.entered_by)
    return questions[this_year.pk]


def _answer(question: Confirmation, by: Any) -> None:
    question.answered_at, question.answered_by = timezone.now(), by
    question.save(update_fields=["answered_at", "answered_by", "letter", "note"])
    cacheversion.bump()  # the public page says when it was confirmed
    summary = f"{question.member}: {question.year}"
    if question.letter:
        summary += f", by letter of {question.letter.dated:%d.%m.%Y}"
    audit.record("member.confirmed", question.member, by, summary)


@transaction.atomic
def settle_notes(questions: Iterable[Confirmation], by: Any) -> int:
    """Mark the corrections that came with these answers as seen to; says how many were open."""
    pks = [question.pk for question in questions]
    waiting = Confirmation.objects.filter(pk__in=pks, note__gt="", note_settled_at__isnull=True)
    rows = list(waiting.select_for_update(of=("self",)).select_related("member"))
    for question in rows:
        question.note_settled_at = timezone.now()
        question.save(update_fields=["note_settled_at"])
        summary = f"{question.member}: {question.year}"
        audit.record("member.confirmation_note_settled", question.member, by, summary)
    return len(rows)


def last_confirmed(member: Member) -> datetime.date | None:
    """The day of the last answer by the association's clock; reads `confirmations`, prefetch it."""
    moments = [row.answered_at for row in member.confirmations.all() if row.answered_at]
    return local_day(max(moments), association_zone()) if moments else None


@register
def page_to_confirm(member: Member, user: Any) -> Iterator[Attention]:
    """The open question, with its last day by the clock of the member."""
    question = open_question(member)
    if question is None or not mandates.may_sign(user, member):
        return
    zone = zoneinfo.ZoneInfo(member.time_zone).key
    yield Attention(
        title=_("Is the page of the city right? The yearly question"),
        note=_("One page: confirm, or correct what is not right."),
        url=reverse("members:cabinet_confirmation", args=[member.slug]),
        action=_("Confirm or correct"),
        deadline=last_moment(question.deadline, zone),
        zone=zone,
        is_hot=question.deadline - dated.today() <= PRESSING,
    )

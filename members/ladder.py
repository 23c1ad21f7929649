"""The ladder of reminders about the yearly question: each rung once, until somebody answers.

Day 0 a representative, day 14 a second one, day 28 the head of the department, day 42 a letter on
paper. A rung that reaches nobody is written down empty and the next one follows at once. What was
missed is not made up for in one heap: between two rungs that reach somebody lie fourteen days.
"""

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from content import dated, privatefiles
from content.dates import day_text, local_day
from content.timezones import association_zone
from mailing import cleaning, outbox
from members import confirmation, departments, mandates, yearly_letter
from members.models import Confirmation, LadderStep, Member, Representative

logger = logging.getLogger(__name__)

Rung = LadderStep.Rung
# Days after the question was asked.
DAYS = {Rung.REPRESENTATIVE: 0, Rung.SECOND: 14, Rung.DEPARTMENT: 28, Rung.LETTER: 42}
PAUSE = datetime.timedelta(days=14)
PURPOSE = "members.yearly_letter"


def climb(today: datetime.date | None = None) -> int:
    """Take the rungs that are due on a day; returns how many. Run twice, it takes each once."""
    today = today or dated.today()
    waiting = confirmation.open_questions(today)
    taken = 0
    for question in waiting.prefetch_related("steps").order_by("pk"):
        if next_rung(question, today) is None:
            continue
        try:
            taken += climb_one(question.pk, today)
        except Exception:
            logger.exception("The ladder of confirmation %s stands still", question.pk)
    return taken


def next_rung(question: Confirmation, today: datetime.date) -> int | None:
    """The rung that is due now; None when it is too early or all are taken. Reads `steps`."""
    steps = {step.rung: step for step in question.steps.all()}
    rung = next((rung for rung in Rung.values if rung not in steps), None)
    if rung is None:
        return None
    reached = [step for step in steps.values() if step.email or step.letter_id]
    if steps and not _reached(steps[max(steps)]):
        return rung
    day = question.opened_on + datetime.timedelta(days=DAYS[rung])
    if reached:
        last = max(local_day(step.taken_at, association_zone()) for step in reached)
        day = max(day, last + PAUSE)
    return rung if day <= today else None


def _reached(step: LadderStep) -> bool:
    return bool(step.email or step.letter_id)


@transaction.atomic
def climb_one(pk: int, today: datetime.date) -> int:
    """Take rungs until one reaches somebody; 0 when somebody else did or answered meanwhile."""
    waiting = Confirmation.objects.filter(pk=pk, answered_at__isnull=True)
    question = waiting.select_for_update(of=("self",)).select_related("member__country").first()
    taken = 0
    while question and (rung := next_rung(question, today)) is not None:
        step = LadderStep(confirmation=question, rung=rung)
        DEEDS[rung](question, step)
        step.save()
        taken += 1
    return taken


def _to_representative(question: Confirmation, step: LadderStep) -> None:
    """Write to the first person who acts for the member and was not written to before."""
    known = set(question.steps.values_list("email", flat=True))
    user = next((one for one in _people(question.member) if one.email not in known), None)
    if user:
        step.email = user.email
        _write(question, step, user.email, user.language, user)


def _people(member: Member) -> list[User]:
    """Who acts for the member today: who signs first, contributors last."""
    rows = member.representatives.on().filter(user__is_active=True).select_related("user")
    order = (*mandates.SIGNS, Representative.Role.CONTRIBUTOR)
    return [row.user for row in sorted(rows, key=lambda row: (order.index(row.role), row.pk))]


def _to_department(question: Confirmation, step: LadderStep) -> None:
    if address := departments.head_address(question.member):
        step.email = address
        _write(question, step, address, settings.LANGUAGE_CODE, None)


def _on_paper(question: Confirmation, step: LadderStep) -> None:
    """A letter for the post, kept for the secretariat to print."""
    data = yearly_letter.letter(question)
    name = f"{question.member.slug}-{question.year}.pdf"
    step.letter = privatefiles.keep_bytes(data, name, "application/pdf", PURPOSE, None)


DEEDS: dict[int, Callable[[Confirmation, LadderStep], None]] = {
    Rung.REPRESENTATIVE: _to_representative,
    Rung.SECOND: _to_representative,
    Rung.DEPARTMENT: _to_department,
    Rung.LETTER: _on_paper,
}


def _write(question: Confirmation, step: LadderStep, email: str, language: str, user: Any) -> None:
    slug, deadline = question.member.slug, question.deadline
    outbox.write(
        f"members.confirmation:{question.pk}:{step.rung}",
        email,
        language,
        "members/mail/confirmation_asked",
        {
            "member": question.member,
            "has_cabinet": user is not None,
            "deadline": lambda: day_text(deadline),
            "facts": lambda: yearly_letter.facts(question.member),
            "page_url": lambda: cleaning.on_site(reverse("members:detail", args=[slug])),
            "confirm_url": lambda: cleaning.on_site(
                reverse("members:cabinet_confirmation", args=[slug])
            ),
            "reason": _("You receive this letter because you work with the association."),
        },
        user=user,
        is_bulk=True,
        about=question,
    )

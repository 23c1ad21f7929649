"""Letters about steps that are due in a week or late: to those who do the step."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from accounts import roles
from content.dates import day_text
from content.timezones import association_zone
from mailing import reminders
from members import mandates
from nominations import mails, schedule
from nominations.models import Dossier

BEFORE = datetime.timedelta(days=7)
AFTER = datetime.timedelta(days=1)
STALE = datetime.timedelta(days=14)
MORNING = datetime.time(9)


@reminders.register
def steps(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """Two letters for each step that is not done: a week before its day, and the day after."""
    day = timezone.localtime(now, association_zone()).date()
    working = Dossier.objects.filter(
        state=Dossier.State.WRITING, call__deadline_on__gte=day - STALE
    )
    dossiers = list(working.with_material())
    readers = _Readers(dossiers)
    for dossier in dossiers:
        for step in schedule.steps(dossier, day):
            if not step.is_done and step.due_on:
                yield from _of_step(dossier, step, readers.of(dossier, step), now)


def _of_step(dossier: Dossier, step, people: list, now) -> Iterator[reminders.DueReminder]:
    for when, moment in (("soon", step.due_on - BEFORE), ("late", step.due_on + AFTER)):
        due_at = datetime.datetime.combine(moment, MORNING, association_zone())
        ends_at = due_at + (BEFORE if when == "soon" else STALE)
        if not due_at <= now < ends_at:
            continue
        for user in people:
            yield _letter(dossier, step, when, user, due_at, ends_at)


def _letter(dossier, step, when: str, user: Any, due_at, ends_at) -> reminders.DueReminder:
    link = mails.cabinet_link(dossier) if step.doer == "city" else mails.desk_link(dossier)
    return reminders.DueReminder(
        occasion=f"nominations.step:{dossier.pk}:{step.kind}:{step.due_on}:{when}",
        email=user.email,
        language=user.language,
        template="nominations/mail/step",
        context={
            **mails.words(dossier),
            "name": user.full_name,
            "step": lambda: step.label,
            "day": lambda: day_text(step.due_on, get_language()),
            "is_late": when == "late",
            "link": mails.translation_link(dossier) if step.doer == "translator" else link,
            "reason": mails.OF_CITY if step.doer == "city" else mails.OF_STAFF,
        },
        user=user,
        due_at=due_at,
        expires_at=ends_at,
        about=dossier,
    )


class _Readers:
    """Who does what: three queries for all dossiers."""

    def __init__(self, dossiers: list[Dossier]):
        self._of_cities = mandates.answering_for({one.member_id for one in dossiers})
        self._staff = {
            "translator": list(roles.staff_who_may(mails.TRANSLATES)) if dossiers else [],
            "secretariat": list(roles.staff_who_may(mails.SENDS)) if dossiers else [],
        }

    def of(self, dossier: Dossier, step: schedule.Step) -> list:
        if step.doer == "city":
            return self._of_cities.get(dossier.member_id, [])
        return self._staff[step.doer]

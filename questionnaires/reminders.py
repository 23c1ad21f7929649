"""What the planner writes about questionnaires: they are open; they close in so many days.

Two weeks, three days and one day before, or as the edition says. A longer deadline moves the
reminders. Each makes sense until the next one, the last until the questionnaire closes; who has
sent, or was left out, hears nothing.
"""

import datetime
from collections.abc import Iterator

from content.dates import local_day
from events.reminder_letters import own_words
from mailing import reminders
from questionnaires import letters
from questionnaires.models import QuestionnaireReminder
from ratings.models import Edition

# The usual reminders: days before the questionnaire closes.
DAYS = (14, 3, 1)


@reminders.register
def questionnaires_open(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """The opening letter of every open questionnaire, to cities that have not got it."""
    for edition in Edition.objects.open(now).select_related("rating"):
        yield from letters.opening(edition)


@reminders.register
def questionnaires_close(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """The reminder that is due of every open questionnaire: one query where none is."""
    rows = Edition.objects.open(now).select_related("rating").prefetch_related("reminders")
    for edition in rows:
        for rule, due_at, expires_at in running(edition, now):
            yield from _of_rule(edition, rule, due_at, expires_at)


def rules_of(edition: Edition) -> list[QuestionnaireReminder]:
    """The reminders of an edition, its own or the usual ones."""
    days = QuestionnaireReminder.Unit.DAYS
    usual = [QuestionnaireReminder(edition=edition, amount=one, unit=days) for one in DAYS]
    return list(edition.reminders.all()) or usual


def running(
    edition: Edition, now: datetime.datetime
) -> Iterator[tuple[QuestionnaireReminder, datetime.datetime, datetime.datetime]]:
    """The rule whose moment has come, with that moment and the next one's; none before opening."""
    due = sorted(
        ((rule.due_from(edition.closes_at, edition.zone), rule) for rule in rules_of(edition)),
        key=lambda one: one[0],
    )
    ends = [*(moment for moment, _rule in due[1:]), edition.closes_at]
    for (due_at, rule), expires_at in zip(due, ends, strict=True):
        if due_at <= now < expires_at and due_at >= letters.began_at(edition):
            yield rule, due_at, expires_at


def _of_rule(edition, rule, due_at, expires_at) -> Iterator[reminders.DueReminder]:
    day = local_day(edition.closes_at, edition.zone)
    return letters.letters(
        edition,
        letters.unsent(edition),
        f"questionnaires.reminder:{edition.pk}:{day:%Y%m%d}:{rule.offset_key}",
        "reminder",
        due_at=due_at,
        expires_at=expires_at,
        extra=own_words(rule) if rule.has_own_words() else {},
    )

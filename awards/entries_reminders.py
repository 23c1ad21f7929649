"""Drafts are reminded of: a week and two days before they close, or as the round says.

A longer deadline moves the reminders. Each makes sense until the next one, the last until the
deadline; what is sent, deleted or closed meanwhile reminds nobody.
"""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from awards import deadlines, entry_letters
from awards.models import DraftReminder, Entry, Round
from content.dates import day_text, local_day
from events.reminder_letters import own_words
from mailing import reminders

# The usual reminders: days before the deadline.
DAYS = (7, 2)


@reminders.register
def drafts_closing(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """Reminders of drafts that are due; drafts of confirmed entrants in public rounds."""
    drafts = Entry.objects.filter(
        state=Entry.State.DRAFT,
        round__opens_at__lte=now,
        round__year__gte=now.year - 1,
    ).exclude(entrant__member=None, entrant__confirmed_at=None)
    rows = drafts.select_related("round__award", "category", "entrant__member")
    lists = ("round__categories", "round__draft_reminders")
    for entry in rows.prefetch_related(*lists).order_by("pk"):
        if entry.round.is_public(now):
            yield from _of(entry, now)


def rules_of(round: Round) -> list[DraftReminder]:
    """The reminders of a round, its own or the usual ones."""
    usual = [DraftReminder(round=round, amount=days, unit=DraftReminder.Unit.DAYS) for days in DAYS]
    return list(round.draft_reminders.all()) or usual


def _of(entry: Entry, now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    entry.entrant.round = round = entry.round
    until = deadlines.closing_for(entry.entrant, entry.category)
    due = sorted(
        ((rule.due_from(until, round.zone), rule) for rule in rules_of(round)),
        key=lambda one: one[0],
    )
    ends = [*(moment for moment, _rule in due[1:]), until]
    for (due_at, rule), expires_at in zip(due, ends, strict=True):
        if due_at <= now < expires_at and entry.created_at <= due_at:
            for reader in entry_letters.readers_of(entry.entrant):
                yield _letter(entry, reader, rule, due_at, expires_at, until)


def _letter(
    entry: Entry, reader: entry_letters.Reader, rule: DraftReminder,
    due_at: datetime.datetime,
    expires_at: datetime.datetime, until: datetime.datetime,
) -> reminders.DueReminder:  # fmt: skip
    round = entry.round
    return reminders.DueReminder(
        occasion=f"awards.draft:{entry.pk}:{local_day(until, round.zone):%Y%m%d}:{rule.offset_key}",
        email=reader.email,
        language=reader.language,
        user=reader.user,
        is_secret=entry_letters.holds_a_link(entry.entrant),
        template=f"awards/mail/{'draft_own_words' if rule.has_own_words() else 'entry_reminder'}",
        context={
            **entry_letters.facts(round, entry.entrant),
            **entry_letters.about_entry(entry),
            "name": reader.name,
            "until": entry_letters.until_text(until, round, reader.zone),
            "until_day": lambda: day_text(local_day(until, round.zone)),
            "reason": lambda: _("You receive this letter because of a draft for this call."),
            **(own_words(rule) if rule.has_own_words() else {}),
        },
        due_at=due_at,
        expires_at=expires_at,
        about=round,
        still_holds=lambda: _is_draft(entry),
    )


def _is_draft(entry: Entry) -> bool:
    """Whether it is still a draft; who sends it waits meanwhile."""
    rows = Entry.objects.select_for_update(no_key=True)
    return rows.filter(pk=entry.pk, state=Entry.State.DRAFT).exists()

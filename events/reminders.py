"""Reminders of events: which rules are due, and for whom; registered with `mailing.reminders`.

A rule counts from the start, the end or the close of registration. It concerns one audience: people
are reminded at their own address, those without one through whoever answers for their delegation;
members through whoever answers for them. A reminder makes no sense any more once the next one of
its kind is due or its moment has come. What is not announced, or has no day yet, reminds nobody.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from content.dated import Precision
from content.dates import local_day
from events import audiences, reminder_letters
from events.models import Event, Participant, ReminderRule
from mailing import reminders

# How long a reminder after something makes sense, and how far back one is looked for.
AFTER = datetime.timedelta(days=7)
OLDEST = reminders.LOOK_BACK + ReminderRule.LONGEST + AFTER

# Who is to be reminded by which of the rules asked about: people of the audience who have no such
# letter. A rule that is past says until when they had to be in it. People without an address come
# again while their reminder runs, since those who answer for them may change.
TO_REMIND = """
SELECT asked.number, person.email <> '', person.id
FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::int[])
    AS asked (event_id, occasion, placed_by, number)
JOIN events_participant AS person
    ON person.event_id = asked.event_id AND person.id IN ({audience})
    AND (
        asked.placed_by IS NULL
        OR coalesce(person.confirmed_at, person.created_at) <= asked.placed_by
    )
WHERE CASE WHEN person.email <> '' THEN
    NOT EXISTS (
        SELECT FROM mailing_message AS message
        WHERE message.occasion = asked.occasion AND message.email = lower(person.email)
    )
ELSE
    asked.placed_by IS NULL OR NOT EXISTS (
        SELECT FROM mailing_message AS message
        WHERE message.occasion = asked.occasion || ':d' || person.delegation_id
    )
END
ORDER BY asked.number, person.id
"""


@dataclass(frozen=True)
class Due:
    """A rule whose moment has come, and the moment at which its reminder is past."""

    rule: ReminderRule
    expires_at: datetime.datetime
    now: datetime.datetime

    @property
    def event(self) -> Event:
        return self.rule.event

    @property
    def due_at(self) -> datetime.datetime:
        return self.rule.due_at

    @property
    def occasion(self) -> str:
        """The key of the letter: another day of the moment is another occasion."""
        rule = self.rule
        day = local_day(rule.moment, self.event.zone)
        key = f"events.reminder:{self.event.pk}:{day:%Y%m%d}:{rule.offset_key}"
        if rule.anchor != ReminderRule.Anchor.START:
            key += f":{rule.anchor}"
        return key if rule.audience == ReminderRule.PLACED else f"{key}:{rule.audience}"

    @property
    def placed_by(self) -> datetime.datetime | None:
        """Who joined later than a reminder made sense has missed nothing."""
        return self.rule.due_at if self.expires_at <= self.now else None

    def still_holds(self) -> bool:
        """Whether the event is still announced for that time; who cancels it waits meanwhile."""
        event = self.event
        events = armed(self.now).filter(
            pk=event.pk, starts_at=event.starts_at, ends_at=event.ends_at
        )
        return events.select_for_update(no_key=True).exists()


@reminders.register
def event_reminders(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """Reminders that are due and not written. Cancelled, postponed and hidden events have none.

    However many were written in the past, finding nothing takes one query for the rules and one
    for each audience of people.
    """
    by_audience = defaultdict(list)
    for due in due_rules(now):
        by_audience[due.rule.audience].append(due)
    for key, dues in by_audience.items():
        audience = audiences.get(key)
        if audience is None:
            continue
        if audience.people:
            yield from _to_people(audience.people(), dues)
        else:
            for due in dues:
                yield from reminder_letters.to_addressees(due)


def armed(now: datetime.datetime) -> QuerySet[Event]:
    """Events that remind: announced, public, on a day that is known."""
    return Event.objects.published(now).filter(
        status=Event.Status.ANNOUNCED, date_precision=Precision.DAY
    )


def due_rules(now: datetime.datetime) -> list[Due]:
    """The rules whose moment has come and is not long past, of events that remind; one query."""
    rules = ReminderRule.objects.filter(
        event__in=armed(now), event__ends_at__gt=now - OLDEST
    ).select_related("event")
    found = []
    for rule, expires_at in runs(list(rules)):
        if rule.due_at <= now and expires_at > now - reminders.LOOK_BACK:
            found.append(Due(rule, expires_at, now))
    return sorted(found, key=lambda due: (due.event.pk, -due.due_at.timestamp()))


def runs(rules: list[ReminderRule]) -> Iterator[tuple[ReminderRule, datetime.datetime]]:
    """Each rule that has a moment, with the time at which its letter is out of date.

    Usual reminders of one audience before one moment give way to one another. After a moment there
    is nothing usual to say: such a rule is silent until it has words of its own.
    """
    until: dict[tuple, datetime.datetime] = {}
    with_moment = [rule for rule in rules if rule.moment]
    for rule in sorted(with_moment, key=lambda one: one.due_at, reverse=True):
        if rule.side == ReminderRule.Side.AFTER:
            if rule.has_own_words():
                yield rule, rule.due_at + AFTER
            continue
        row = (rule.event_id, rule.anchor, rule.audience, rule.pk if rule.has_own_words() else None)
        expires_at = until.get(row, rule.moment)
        until[row] = rule.due_at
        yield rule, expires_at


def _to_people(audience: Q, dues: list[Due]) -> Iterator[reminders.DueReminder]:
    found = to_remind(audience, dues)
    for number, due in enumerate(dues, 1):
        yield from reminder_letters.to_participants(due, found[number, True])
        yield from reminder_letters.to_contacts(due, found[number, False])


def to_remind(audience: Q, dues: list[Due]) -> dict[tuple[int, bool], list[int]]:
    """Keys of people by the number of the rule, from 1, and whether they have an address."""
    members = Participant.objects.filter(audience).order_by().values("pk")
    inner, parameters = members.query.sql_with_params()
    values = [
        (due.event.pk, due.occasion, due.placed_by, number) for number, due in enumerate(dues, 1)
    ]
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            TO_REMIND.format(audience=inner),
            [*(list(column) for column in zip(*values, strict=True)), *parameters],
        )
        for number, has_address, pk in cursor:
            found[number, has_address].append(pk)
    return found

"""Reminders of events: so many hours before the start, by the rules of each event.

Who has a place is reminded at their own address; people without one through whoever answers for
their delegation. A reminder makes no sense any more once the next one is due or the event has
begun. Registered with the planner of the outbox, see `mailing.reminders`.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from content.dates import local_day
from events import placelinks
from events.contacts import contacts_of
from events.letters import NAMES, Reader, cabinet_link, city_of, facts
from events.models import Delegation, Event, Participant, ReminderRule
from mailing import cleaning, reminders

AT_ONCE = 500


# Who is to be reminded by which of the rules asked about: those with a place who have no such
# letter. A rule that is past says until when they had to have the place. People without an address
# come again while their reminder runs, since those who answer for them may change.
TO_REMIND = """
SELECT asked.number, person.email <> '', person.id
FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[])
    WITH ORDINALITY AS asked (event_id, occasion, placed_by, number)
JOIN events_participant AS person
    ON person.event_id = asked.event_id AND person.status = 'confirmed'
    AND (asked.placed_by IS NULL OR person.confirmed_at <= asked.placed_by)
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
    def occasion(self) -> str:
        day = local_day(self.event.starts_at, self.event.zone)
        return f"events.reminder:{self.event.pk}:{day:%Y%m%d}:{self.rule.hours_before}h"

    @property
    def placed_by(self) -> datetime.datetime | None:
        """Who got the place later than a reminder made sense has missed nothing."""
        return self.rule.due_at if self.expires_at <= self.now else None

    def still_holds(self) -> bool:
        """Whether the event is still announced for that time; who cancels it waits meanwhile."""
        events = _announced(self.now).filter(pk=self.event.pk, starts_at=self.event.starts_at)
        return events.select_for_update(no_key=True).exists()


@reminders.register
def event_reminders(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """Reminders that are due and not written. Cancelled and hidden events have none.

    However many were written in the past, finding nothing takes two queries.
    """
    asked = list(_due_rules(now))
    found = _to_remind(asked)
    for number, due in enumerate(asked, 1):
        yield from _to_participants(due, found[number, True])
        yield from _to_contacts(due, found[number, False])


def _announced(now: datetime.datetime) -> QuerySet[Event]:
    return Event.objects.published(now).filter(status=Event.Status.ANNOUNCED)


def _due_rules(now: datetime.datetime) -> Iterator[Due]:
    rules = (
        ReminderRule.objects.filter(
            event__in=_announced(now), event__starts_at__gt=now - reminders.LOOK_BACK
        )
        .select_related("event")
        .order_by("event_id", "hours_before")
    )
    expires_at = {}
    for rule in rules:
        until = expires_at.get(rule.event_id, rule.event.starts_at)
        expires_at[rule.event_id] = rule.due_at
        if rule.due_at <= now and until > now - reminders.LOOK_BACK:
            yield Due(rule, until, now)


def _to_remind(asked: list[Due]) -> dict[tuple[int, bool], list[int]]:
    """Keys of people by the number of the rule, from 1, and whether they have an address."""
    found = defaultdict(list)
    if not asked:
        return found
    values = [(due.event.pk, due.occasion, due.placed_by) for due in asked]
    with connection.cursor() as cursor:
        cursor.execute(TO_REMIND, [list(column) for column in zip(*values, strict=True)])
        for number, has_address, pk in cursor:
            found[number, has_address].append(pk)
    return found


def _to_participants(due: Due, pks: list[int]) -> Iterator[reminders.DueReminder]:
    for start in range(0, len(pks), AT_ONCE):
        some = pks[start : start + AT_ONCE]
        people = Participant.objects.filter(pk__in=some).select_related("delegation__member")
        for person in people.prefetch_related(NAMES).order_by("pk"):
            person.delegation.event = due.event
            yield _reminder(
                due, Reader.participant(person), "",
                city=city_of(person.delegation),
                place_link=lambda person=person: cleaning.on_site(placelinks.address(person)),
            )  # fmt: skip


def _to_contacts(due: Due, pks: list[int]) -> Iterator[reminders.DueReminder]:
    if not pks:
        return
    people = defaultdict(list)
    for person in Participant.objects.filter(pk__in=pks).order_by("pk"):
        people[person.delegation_id].append(person)
    delegations = list(
        Delegation.objects.filter(pk__in=people)
        .select_related("member", "registered_by")
        .prefetch_related("member__names")
    )
    for delegation, users in zip(delegations, _contacts(delegations), strict=True):
        delegation.event = due.event
        for user in users:
            yield _reminder(
                due, Reader.representative(user, delegation), f":d{delegation.pk}",
                city=city_of(delegation),
                people=_names(people[delegation.pk]),
                cabinet_link=cabinet_link(delegation),
            )  # fmt: skip


def _contacts(delegations: list[Delegation]) -> list[list]:
    found = contacts_of(delegations)
    return [found[delegation.pk] for delegation in delegations]


def _names(people: list[Participant]) -> Callable[[], list[str]]:
    return lambda: [person.name_in(get_language()) for person in people]


def _reminder(due: Due, reader: Reader, suffix: str, **context) -> reminders.DueReminder:
    return reminders.DueReminder(
        occasion=due.occasion + suffix,
        email=reader.email,
        language=reader.language,
        user=reader.user,
        template="events/mail/reminder",
        context={
            "name": reader.name,
            **facts(due.event, reader.zone),
            "in_words": lambda: days_to_go(due.event, due.now),
            **context,
        },
        due_at=due.rule.due_at,
        expires_at=due.expires_at,
        about=due.event,
        still_holds=due.still_holds,
    )


def days_to_go(event: Event, now: datetime.datetime) -> str:
    """ "Today", "Tomorrow", "In 7 days": by the calendar of the place."""
    days = (local_day(event.starts_at, event.zone) - local_day(now, event.zone)).days
    if days <= 0:
        return _("Today")
    if days == 1:
        return _("Tomorrow")
    return ngettext("In %(days)d day", "In %(days)d days", days) % {"days": days}

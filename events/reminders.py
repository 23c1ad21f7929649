"""Reminders of events: so many hours before the start, by the rules of each event.

Who has a place is reminded at their own address; people without one through whoever answers for
their delegation. A reminder makes no sense any more once the next one is due or the event has
begun. Registered with the planner of the outbox, see `mailing.reminders`.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from content.dates import local_day
from content.languages import in_language
from events import placelinks
from events.contacts import contacts_of
from events.letters import Reader, facts
from events.models import Delegation, Event, Participant, ReminderRule
from mailing import cleaning, reminders

AT_ONCE = 500


@reminders.register
def event_reminders(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """All reminders that are due, written or not. Cancelled and hidden events have none."""
    for rule, expires_at in _due_rules(now):
        yield from _to_participants(rule, expires_at, now)
        yield from _to_contacts(rule, expires_at, now)


def _due_rules(now: datetime.datetime) -> Iterator[tuple[ReminderRule, datetime.datetime]]:
    """The rules whose moment has come, with the moment at which it is past."""
    rules = (
        ReminderRule.objects.filter(
            event__in=Event.objects.published(now).filter(status=Event.Status.ANNOUNCED),
            event__starts_at__gt=now - reminders.LOOK_BACK,
        )
        .select_related("event")
        .order_by("event_id", "hours_before")
    )
    expires_at = {}
    for rule in rules:
        until = expires_at.get(rule.event_id, rule.event.starts_at)
        expires_at[rule.event_id] = rule.due_at
        if rule.due_at <= now and until > now - reminders.LOOK_BACK:
            yield rule, until


def _reminded(rule: ReminderRule, is_past: bool) -> QuerySet[Participant]:
    """Those who have a place; who got it later than a reminder made sense has missed nothing."""
    people = Participant.objects.filter(
        event=rule.event, status=Participant.Status.CONFIRMED
    ).order_by("pk")
    return people.filter(confirmed_at__lte=rule.due_at) if is_past else people


def _to_participants(rule, expires_at, now) -> Iterator[reminders.DueReminder]:
    people = (
        _reminded(rule, expires_at <= now).exclude(email="").select_related("delegation__member")
    )
    for person in people.iterator(chunk_size=AT_ONCE):
        reader = Reader.participant(person)
        member = person.delegation.member
        yield _reminder(
            rule, reader, expires_at, now, "",
            city=lambda member=member: in_language(member, "name")[0],
            place_link=lambda person=person: cleaning.on_site(placelinks.address(person)),
        )  # fmt: skip


def _to_contacts(rule, expires_at, now) -> Iterator[reminders.DueReminder]:
    people = defaultdict(list)
    for person in _reminded(rule, expires_at <= now).filter(email=""):
        people[person.delegation_id].append(person)
    if not people:
        return
    delegations = list(
        Delegation.objects.filter(pk__in=people).select_related("member", "registered_by")
    )
    for delegation, users in zip(delegations, _contacts(delegations), strict=True):
        for user in users:
            yield _reminder(
                rule, Reader.representative(user, delegation.member), expires_at, now,
                f":d{delegation.pk}",
                city=lambda one=delegation: in_language(one.member, "name")[0],
                people=_names(people[delegation.pk]),
                cabinet_link=_cabinet_link(rule.event, delegation),
            )  # fmt: skip


def _contacts(delegations: list[Delegation]) -> list[list]:
    found = contacts_of(delegations)
    return [found[delegation.pk] for delegation in delegations]


def _names(people: list[Participant]) -> Callable[[], list[str]]:
    return lambda: [person.name_in(get_language()) for person in people]


def _cabinet_link(event: Event, delegation: Delegation) -> Callable[[], str]:
    slug = delegation.member.slug
    return lambda: cleaning.on_site(reverse("events:register", args=[slug, event.slug]))


def _reminder(rule, reader, expires_at, now, suffix, **context) -> reminders.DueReminder:
    event = rule.event
    day = local_day(event.starts_at, event.zone)
    return reminders.DueReminder(
        occasion=f"events.reminder:{event.pk}:{day:%Y%m%d}:{rule.hours_before}h{suffix}",
        email=reader.email,
        language=reader.language,
        user=reader.user,
        template="events/mail/reminder",
        context={
            "name": reader.name,
            **facts(event, reader.zone),
            "in_words": lambda: days_to_go(event, now),
            **context,
        },
        due_at=rule.due_at,
        expires_at=expires_at,
        about=event,
    )


def days_to_go(event: Event, now: datetime.datetime) -> str:
    """ "Today", "Tomorrow", "In 7 days": by the calendar of the place."""
    days = (local_day(event.starts_at, event.zone) - local_day(now, event.zone)).days
    if days <= 0:
        return _("Today")
    if days == 1:
        return _("Tomorrow")
    return ngettext("In %(days)d day", "In %(days)d days", days) % {"days": days}

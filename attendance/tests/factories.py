"""Rows for the tests of attendance."""

import datetime

from django.utils import timezone

from attendance import checkin
from attendance.checkin import Keeper
from attendance.models import CheckIn
from events.models import Delegation, Event, Participant
from events.tests.factories import make_event, make_member, make_participant, make_user

__all__ = [
    "crowd",
    "make_check_in",
    "make_event",
    "make_member",
    "make_part",
    "make_participant",
    "make_user",
    "today_in",
]  # fmt: skip


def make_part(event: Event, slug: str = "council", **fields) -> Event:
    """A part of an event, such as a council within a congress."""
    names = {"title_ru": "Совет", "title_en": "Council"}
    hours = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    return make_event(slug, parent=event, **{**names, **hours, **fields})


def today_in(event: Event) -> datetime.date:
    """The day by the clock of the event."""
    return timezone.localtime(timezone.now(), event.zone).date()


def make_check_in(person: Participant, **fields) -> CheckIn:
    """Somebody who came."""
    by = fields.pop("by", None) or make_user(f"door{person.pk}@example.org")
    answer = checkin.let_in(person.event, person.pk, Keeper(user=by), **fields)
    assert answer.check_in, answer
    return answer.check_in


def crowd(event: Event, cities: int, people: int, **fields) -> list[Participant]:
    """So many confirmed people of each of so many cities, in a few queries."""
    by = make_user(f"crowd-{event.slug}@example.org")
    start = Participant.objects.count()
    members = [make_member(slug=f"{event.slug}-{number}") for number in range(cities)]
    delegations = Delegation.objects.bulk_create(
        [Delegation(event=event, member=one, registered_by=by) for one in members]
    )
    rows = [
        Participant(
            event=event, delegation=delegation, status="confirmed", confirmed_at=timezone.now(),
            **{
                "name_cyrillic": f"Участник {start + place}-{number}",
                "name_latin": f"Delegate {start + place}-{number}",
                "position_ru": "Советник", "position_en": "Adviser", "order": number + 1,
                "email": f"{event.slug}{place}x{number}@example.org", **fields,
            },
        )
        for place, delegation in enumerate(delegations)
        for number in range(people)
    ]  # fmt: skip
    return Participant.objects.bulk_create(rows)

"""Very many participants of one event, for the figures about reminders: rows in bulk."""

import datetime

from django.utils import timezone

from events.models import Delegation, Event, Participant
from events.tests.factories import make_event, make_member

CITIES = 50


def make_reminded_event(people: int) -> Event:
    """An event in three days with so many confirmed participants and one rule, a day before."""
    now = timezone.now()
    event = make_event(starts_at=now + datetime.timedelta(days=3))
    event.remind_before([24])
    zones = ["Europe/Moscow", "Asia/Bishkek", "Asia/Almaty", "Asia/Yakutsk", "Asia/Magadan"]
    cities = [
        make_member(slug=f"city-{number}", time_zone=zones[number % len(zones)])
        for number in range(CITIES)
    ]
    delegations = Delegation.objects.bulk_create(
        Delegation(event=event, member=city) for city in cities
    )
    Participant.objects.bulk_create(
        (_person(number, delegations[number % CITIES], now) for number in range(people)),
        batch_size=2000,
    )
    return event


def _person(number: int, delegation: Delegation, now: datetime.datetime) -> Participant:
    return Participant(
        event=delegation.event, delegation=delegation, status="confirmed",
        confirmed_at=now - datetime.timedelta(days=20), email=f"p{number}@example.org",
        name_cyrillic=f"Участник {number}", name_latin=f"Delegate {number}",
        language="en" if number % 3 == 0 else "ru", order=number // CITIES + 1,
    )  # fmt: skip

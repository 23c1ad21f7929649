"""The link to an online event: whose it is, and from when to when it is shown."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from events import placelinks
from events.models import Delegation, Event, Participant

Status = Participant.Status


@dataclass(frozen=True)
class Door:
    """What the page for joining shows: `link` is given only to the registered, in its time."""

    state: str
    opens_at: datetime.datetime
    link: str = ""


def door(event: Event, *, is_registered: bool, at: datetime.datetime | None = None) -> Door:
    """The page of an event for somebody who is, or is not, registered for it.

    States: "register", "off" (cancelled, postponed), "early", "open", "over", "unknown" (no link
    was given yet).
    """
    at = at or timezone.now()
    opens_at = event.starts_at - datetime.timedelta(minutes=event.join_opens_minutes)
    if event.status != Event.Status.ANNOUNCED:
        return Door("off", opens_at)
    if at > event.ends_at:
        return Door("over", opens_at)
    if not is_registered:
        return Door("register", opens_at)
    if at < opens_at:
        return Door("early", opens_at)
    return Door("open", opens_at, event.join_link) if event.join_link else Door("unknown", opens_at)


def is_registered(event: Event, user) -> bool:
    """Whether this user has a place at the event, or represents a delegation that has one."""
    if not user.is_authenticated:
        return False
    placed = Participant.objects.filter(event=event, status=Status.CONFIRMED)
    if placed.filter(email__iexact=user.email).exists():
        return True
    return placed.filter(delegation__in=Delegation.objects.for_user(user)).exists()


def may_join(person: Participant, event: Event) -> bool:
    """Whether the link of a participant's letter opens the page of this event."""
    return person.event_id == event.pk and person.status == Status.CONFIRMED


def page_of(person: Participant) -> str:
    """The path of a participant's own page for joining; empty where there is nothing to join."""
    event = person.event
    over = event.ends_at < timezone.now() or event.status != Event.Status.ANNOUNCED
    if event.mode == Event.Mode.IN_PERSON or over or not may_join(person, event):
        return ""
    return reverse("events:join_by_link", args=[event.slug, placelinks.token(person)])

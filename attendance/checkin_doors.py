"""Links for the people who help at the doors: one event, one day, no account."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from attendance.models import DoorPass
from content import audit, secretlinks
from events.models import Event


@transaction.atomic
def give(event: Event, name: str, day: datetime.date, by) -> tuple[DoorPass, str]:
    """A new link and its token, which is shown once: only its digest is kept."""
    token = secretlinks.new_token()
    made = DoorPass.objects.create(
        event=event, name=name, valid_on=day, created_by=by, token_hash=secretlinks.hashed(token)
    )
    audit.record("attendance.door.given", made, by, f"{made}, {day.isoformat()}")
    return made, token


@transaction.atomic
def take_back(door: DoorPass, by) -> None:
    """The link works no more; a second time changes nothing."""
    if DoorPass.objects.filter(pk=door.pk, revoked_at__isnull=True).update(
        revoked_at=timezone.now()
    ):
        audit.record("attendance.door.taken_back", door, by, str(door))


def address(token: str) -> str:
    """The path of the page of a door in the active language."""
    return reverse("attendance:door_pass", args=[token])


def find(token: str) -> DoorPass | None:
    """The door whose link this is, on its day in the zone of its event; None otherwise."""
    door = (
        DoorPass.objects.select_related("event")
        .filter(token_hash=secretlinks.hashed(token))
        .first()
    )
    return door if door and works(door) else None


def works(door: DoorPass, at: datetime.datetime | None = None) -> bool:
    """Whether the link of a door works at a moment."""
    today = timezone.localtime(at or timezone.now(), door.event.zone).date()
    return door.revoked_at is None and door.valid_on == today

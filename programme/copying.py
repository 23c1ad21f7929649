"""The programme of an event taken over into another one: next year's congress begins with it."""

import datetime

from django.db import IntegrityError, transaction

from content.languages import LANGUAGE_CODES
from events import cloning
from events.models import Event
from programme import overlaps
from programme.models import Session

COPIED = (
    "kind", "hall_id", "is_online", "languages", "interpretation", "capacity",
    *(f"{name}_{code}" for name in ("title", "summary", "listeners") for code in LANGUAGE_CODES),
)  # fmt: skip


@transaction.atomic
def copy(from_event: Event, to_event: Event) -> int:
    """Copy the sessions to the same hours of the same days of the event; how many there are.

    Without speakers, stars and agenda items: those are of that year. A session in a hall that is
    taken comes without it; one outside of the new event is left out.
    """
    days = _first_day(to_event) - _first_day(from_event)
    zone, copied = from_event.zone, 0
    for session in from_event.sessions.kept().in_order():
        new = Session(
            event=to_event, starts_at=cloning.moved(session.starts_at, days, zone),
            ends_at=cloning.moved(session.ends_at, days, zone),
            **{name: getattr(session, name) for name in COPIED},
        )  # fmt: skip
        if to_event.starts_at <= new.starts_at and new.ends_at <= to_event.ends_at:
            _store(new)
            copied += 1
    return copied


def _first_day(event: Event) -> datetime.date:
    return event.starts_at.astimezone(event.zone).date()


def _store(session: Session) -> None:
    if session.hall_id and session.hall.venue_id != session.event.venue_id:
        session.hall = None
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        if not overlaps.is_overlap(error):
            raise
        session.hall, session.version = None, 0
        session.save()

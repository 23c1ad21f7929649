"""Rows for the tests of programmes: plain functions with fixed, sensible defaults."""

import datetime
import zoneinfo

from events.models import Event, Hall, Venue
from events.tests.factories import make_event
from governance.models import Person
from programme import publishing
from programme.models import Session, SpeakerRole

KAZAN = zoneinfo.ZoneInfo("Europe/Moscow")
HOUR = datetime.timedelta(hours=1)
# Three days, by the clock of Kazan.
OPENING = datetime.datetime(2027, 5, 20, 9, 0, tzinfo=KAZAN)
CLOSING = datetime.datetime(2027, 5, 22, 18, 0, tzinfo=KAZAN)


def make_congress(slug: str = "congress", **fields) -> Event:
    """A congress in Kazan, 20 to 22 May 2027, with a venue."""
    venue = fields.pop("venue", None) or make_venue()
    span = {"starts_at": OPENING, "ends_at": CLOSING, "venue": venue}
    return make_event(slug, **{**span, **fields})


def make_venue() -> Venue:
    return Venue.objects.create(name_ru="Ратуша", name_en="City Hall")


def make_hall(event: Event, number: int = 1) -> Hall:
    names = {"name_ru": f"Зал {number}", "name_en": f"Hall {number}"}
    return Hall.objects.create(venue=event.venue, order=number, capacity=100, **names)


def at(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    """A moment of the congress: the first day is 1."""
    opening = OPENING.replace(hour=hour, minute=minute)
    return opening + datetime.timedelta(days=day - 1)


def make_session(event: Event, hall: Hall | None = None, hour: int = 10, **fields) -> Session:
    """A plenary session on the first day, from a full hour on, one hour long."""
    starts_at = fields.pop("starts_at", None) or at(fields.pop("day", 1), hour)
    values = {
        "title_ru": "Открытие", "title_en": "Opening", "starts_at": starts_at,
        "ends_at": starts_at + HOUR, "languages": ["ru"], "interpretation": ["en"],
    }  # fmt: skip
    return Session.objects.create(event=event, hall=hall, **{**values, **fields})


def make_person(slug: str = "ivanov", name_ru="Иван Иванов", name_en="Ivan Ivanov") -> Person:
    return Person.objects.create(slug=slug, full_name_ru=name_ru, full_name_en=name_en)


def make_role(session: Session, **fields) -> SpeakerRole:
    """Somebody who speaks; "Анна Петрова" unless a person or a participant is given."""
    if not {"person", "participant", "name_ru", "name_en"} & fields.keys():
        fields |= {"name_ru": "Анна Петрова", "name_en": "Anna Petrova"}
    return SpeakerRole.objects.create(session=session, **fields)


def publish(event: Event):
    """The draft as a new version."""
    return publishing.publish(event, None)

"""What events of the demonstration ask about the journey; every passport is invented."""

import datetime
from typing import Any

from content.dated import today
from events.models import Event, Participant
from travel import passports, trips
from travel.models import Hotel, TravelOffer
from uclg_portal.demonstration import data

SURNAME = "INVENTED"


def load(users: dict[str, Any]) -> None:
    """Everything of travel.toml; events and delegations have to be there."""
    desk = users["admin@example.org"]
    for row in data.table("travel.toml")["offers"]:
        event = Event.objects.filter(slug=row["event"]).first()
        if event is not None:
            _load_offer(event, row, desk)


def _load_offer(event: Event, row: dict[str, Any], desk: Any) -> None:
    asked = ("visa", "lodging", "transfer", "meals", "access")
    offer = TravelOffer.objects.create(
        event=event,
        visa_until=_until(event, row.get("visa_until_days")),
        fill_until=_until(event, row.get("fill_until_days")),
        **{f"asks_{name}": row[name] for name in asked},
        **data.texts(row, "note"),
    )
    for number, hotel in enumerate(row.get("hotels", []), 1):
        Hotel.objects.create(
            offer=offer,
            order=number,
            first_night=_day(hotel.get("first_days")),
            last_night=_day(hotel.get("last_days")),
            **data.texts(hotel, "name", "price"),
        )
    for person in row.get("people", []):
        _load_person(event, person, desk)


def _until(event: Event, days: int | None) -> datetime.datetime | None:
    return None if days is None else data.day_from_now(days, "18:00", event.zone)


def _day(days: int | None) -> datetime.date | None:
    return None if days is None else today() + datetime.timedelta(days=days)


def _load_person(event: Event, row: dict[str, Any], desk: Any) -> None:
    people = Participant.objects.active().filter(event=event, name_latin=row["name_latin"])
    person = people.select_related("event").first()
    if person is None:
        return
    told = row["passport"]
    paper = passports.PassportData(
        surname=SURNAME,
        given_names=told["given_names"],
        nationality=told["nationality"],
        number=told["number"],
        birth_date=datetime.date(1980, 1, 1),
        birth_place="Invented",
        issued_on=datetime.date(2020, 1, 1),
        expires_on=today() + datetime.timedelta(days=3000),
    )
    passports.save(person, paper, told["consulate"], desk)
    trips.save(person, row["trip"], 0, desk)

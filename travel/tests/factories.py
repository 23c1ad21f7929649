"""Rows for the tests of the journey: every passport is invented."""

import datetime

from events.models import Event, Participant
from events.tests.factories import make_event, make_participant
from travel import passports
from travel.models import Hotel, Passport, TravelOffer
from travel.passports import PassportData

ALL = {f"asks_{name}": True for name in ("visa", "lodging", "transfer", "meals", "access")}


def make_offer(event: Event | None = None, **fields) -> TravelOffer:
    """An event that asks for everything, without deadlines of its own."""
    return TravelOffer.objects.create(event=event or make_event(), **{**ALL, **fields})


def make_hotel(offer: TravelOffer, name: str = "Заря", **fields) -> Hotel:
    return Hotel.objects.create(offer=offer, name_ru=name, **fields)


def make_data(number: str = "00 1234567", **fields) -> PassportData:
    """Invented passport data that are right for any event of the next years."""
    values = {
        "surname": "INVENTOVA",
        "given_names": "ANNA",
        "nationality": "KZ",
        "number": number,
        "birth_date": datetime.date(1980, 5, 17),
        "birth_place": "Vydumgrad",
        "issued_on": datetime.date(2020, 1, 10),
        "expires_on": datetime.date(2045, 1, 9),
    }
    return PassportData(**{**values, **fields})


def make_passport(person: Participant, number: str = "00 1234567", **fields) -> Passport:
    return passports.save(person, make_data(number, **fields), "Астана", None)


def posted_passport(**fields) -> dict[str, str]:
    """The form of passport data as a browser posts it."""
    values = {name: str(value) for name, value in vars(make_data()).items()}
    return {**values, "consulate": "Астана", "consent": "on", **fields}


__all__ = ["make_data", "make_event", "make_hotel", "make_offer", "make_participant",
           "make_passport", "posted_passport"]  # fmt: skip

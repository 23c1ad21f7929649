"""Rows for tests: plain functions with fixed, sensible defaults."""

import datetime

from governance.models import (
    Body,
    Office,
    OfficeTerm,
    Organisation,
    OrganisationName,
    Person,
    Seat,
    SeatFilling,
    SeatTerm,
)
from members.models import Member


def make_person(slug="ivanov", full_name_ru="Иван Иванов", full_name_en="Ivan Ivanov", **fields):
    """A person with a page and no consent to anything."""
    return Person.objects.create(
        slug=slug, full_name_ru=full_name_ru, full_name_en=full_name_en, **fields
    )


def make_organisation(slug="uclg-eurasia", **fields) -> Organisation:
    """An organisation of the world body's sections without dated names."""
    fields.setdefault("kind", "section")
    fields.setdefault("name_ru", "ОГМВ Евразия")
    fields.setdefault("name_en", "UCLG-Eurasia")
    return Organisation.objects.create(slug=slug, **fields)


def make_organisation_name(organisation, name_en, name_ru="", **fields) -> OrganisationName:
    return OrganisationName.objects.create(
        organisation=organisation, name_ru=name_ru, name_en=name_en, **fields
    )


def make_office(owner, kind="head", title_ru="Мэр", title_en="Mayor", **fields) -> Office:
    """An office at a member or an organisation."""
    place = {"member": owner} if isinstance(owner, Member) else {"organisation": owner}
    return Office.objects.create(kind=kind, title_ru=title_ru, title_en=title_en, **place, **fields)


def make_office_term(office, person, starts_on=datetime.date(2020, 1, 1), **fields) -> OfficeTerm:
    return OfficeTerm.objects.create(office=office, person=person, starts_on=starts_on, **fields)


def make_body(organisation=None, slug="council", name_ru="Совет", name_en="Council", **fields):
    """A body; of the association when no organisation is given."""
    organisation = organisation or Organisation.objects.first() or make_organisation()
    return Body.objects.create(
        organisation=organisation, slug=slug, name_ru=name_ru, name_en=name_en, **fields
    )


def make_seat(body, title_ru="Член Совета", title_en="Member of the Council", **fields) -> Seat:
    return Seat.objects.create(body=body, title_ru=title_ru, title_en=title_en, **fields)


def make_seat_term(seat, owner, starts_on=datetime.date(2020, 1, 1), **fields) -> SeatTerm:
    """A seat that belongs to a member or a person."""
    whose = {"member": owner} if isinstance(owner, Member) else {"person": owner}
    return SeatTerm.objects.create(seat=seat, starts_on=starts_on, **whose, **fields)


def make_filling(term, person, starts_on=datetime.date(2020, 1, 1), **fields) -> SeatFilling:
    return SeatFilling.objects.create(term=term, person=person, starts_on=starts_on, **fields)

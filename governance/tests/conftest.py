"""A city with a mayor, a Council with a seat of the city, the association around them."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import translation

from governance.tests.factories import (
    make_body,
    make_filling,
    make_office,
    make_office_term,
    make_organisation,
    make_person,
    make_seat,
    make_seat_term,
)
from members.tests.factories import make_member, make_representative


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def city(db):
    """Kazan; its mayor since 2020 sits on its seat in the Council by virtue of the office."""
    member = make_member()
    organisation = make_organisation(is_own=True)
    office = make_office(member, title_dative="Мэру Казани", title_genitive="Мэра Казани")
    mayor = make_person(name_dative="Ивану Иванову", name_genitive="Ивана Иванова")
    term = make_office_term(office, mayor)
    body = make_body(organisation)
    seat = make_seat(body, by_office=True)
    seat_term = make_seat_term(seat, member)
    filling = make_filling(seat_term, mayor, office_term=term, has_mandate=True)
    return SimpleNamespace(
        member=member, organisation=organisation, office=office, mayor=mayor, term=term,
        body=body, seat=seat, seat_term=seat_term, filling=filling,
    )  # fmt: skip


@pytest.fixture
def rep(city, make_user):
    """The lead representative of the city, who reads English."""
    user = make_user("rep@example.org", full_name="Rep", language="en")
    make_representative(user, city.member, starts_on=datetime.date(2020, 1, 1))
    return user


@pytest.fixture
def door(client, rep):
    """The representative's browser."""
    client.force_login(rep)
    return client


@pytest.fixture
def desk(client_of, editor):
    """The browser of an editor who reads English."""
    browser = client_of(editor)
    browser.cookies["django_language"] = "en"
    return browser

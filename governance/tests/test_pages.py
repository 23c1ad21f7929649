"""Public pages: who was who on a day, the constant number of queries, the tags of other pages."""

import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from governance.models import Seat, SeatFilling, SeatTerm
from governance.tests.factories import (
    make_body,
    make_office,
    make_office_term,
    make_organisation,
    make_person,
    make_seat,
    make_seat_term,
)
from governance.tests.pages import words
from members.activity import activities_of
from members.tests.factories import make_member


def fill_body(body, seats: int, terms: int) -> None:
    """So many seats, each with so many terms one after the other, each with a delegate."""
    member = make_member("many", "Много", "Many")
    person = make_person("many", "Многий", "Many Person")
    made = Seat.objects.bulk_create(
        Seat(body=body, title_ru=f"Место {n}", title_en=f"Seat {n}", order=n) for n in range(seats)
    )
    rows = SeatTerm.objects.bulk_create(
        SeatTerm(
            seat=seat, member=member, starts_on=datetime.date(2001 + 4 * n, 1, 1),
            ends_on=None if n == terms - 1 else datetime.date(2004 + 4 * n, 12, 31),
        )
        for seat in made
        for n in range(terms)
    )  # fmt: skip
    SeatFilling.objects.bulk_create(
        SeatFilling(term=term, person=person, starts_on=term.starts_on, ends_on=term.ends_on)
        for term in rows
    )


def count_queries(client, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_body_page_takes_as_many_queries_for_a_hundred_seats(city, client):
    address = "/en/about/bodies/council/"
    few = count_queries(client, address)
    fill_body(city.body, seats=100, terms=5)
    many, on_a_day = count_queries(client, address), count_queries(client, address + "?as_of=2006")
    # Two more for the histories that one undated term does not have: fillings, their people.
    assert many <= few + 2
    assert on_a_day <= many
    assert many <= 20


def test_organisation_page_takes_as_many_queries_for_many_bodies(city, client):
    address = "/en/about/organisations/uclg-eurasia/"
    few = count_queries(client, address)
    for number in range(20):
        make_body(city.organisation, f"body-{number}", f"Орган {number}", f"Body {number}")
        office = make_office(city.organisation, "other", f"Пост {number}", f"Post {number}")
        make_office_term(office, city.mayor)
    many = count_queries(client, address)
    for number in range(20, 40):
        make_body(city.organisation, f"body-{number}", f"Орган {number}", f"Body {number}")
    assert count_queries(client, address) == many
    assert many <= few + 3


def test_lists_take_as_many_queries_for_many_records(city, client):
    counts = [[count_queries(client, f"/en/about/{page}/") for page in ("bodies", "organisations")]]
    for number in range(30):
        make_body(city.organisation, f"body-{number}", f"Орган {number}", f"Body {number}")
    counts.append(
        [count_queries(client, f"/en/about/{page}/") for page in ("bodies", "organisations")]
    )
    assert counts[0] == counts[1]


def test_body_page_refuses_a_day_that_is_none(city, client):
    page = words(client.get("/en/about/bodies/council/?as_of=31.12.2020"))
    assert "Write a day as 2015-06-30, a month as 2015-06 or a year as 2015." in page
    assert "The composition of today is shown." in page
    assert "Member of the Council Kazan Ivan Ivanov" in page


def test_vacant_seat_is_marked_in_words(city, client):
    make_seat(city.body, "Свободное", "Free seat")
    page = words(client.get("/en/about/bodies/council/"))
    assert "Seats: 2 · filled: 1 · vacant: 1" in page
    assert "Free seat vacant — —" in page


def test_bodies_stand_below_each_other_in_the_list(city, client):
    make_body(city.organisation, "bureau", "Бюро", "Bureau", parent=city.body)
    page = client.get("/en/about/bodies/").content.decode()
    assert page.index("Council") < page.index("Bureau")


def test_unknown_addresses_are_not_found(db, client):
    for place in ("bodies", "organisations", "people"):
        assert client.get(f"/en/about/{place}/nowhere/").status_code == 404


def test_s0_12_person_page_tells_offices_and_seats_with_dates(city, client):
    president = make_office(city.organisation, "president", "Президент", "President")
    make_office_term(president, city.mayor, datetime.date(2018, 10, 1), starts_precision="month")
    page = words(client.get("/en/about/people/ivanov/"))
    assert "since 1 January 2020 Mayor, Kazan" in page
    assert "since October 2018 President, UCLG-Eurasia" in page
    assert "Delegate: Council , UCLG-Eurasia The seat belongs to: Kazan" in page


def test_person_sat_no_longer_than_the_office(city, client):
    city.term.ends_on = datetime.date(2022, 5, 1)
    city.term.save()
    page = words(client.get("/en/about/people/ivanov/"))
    assert "1 January 2020 – 1 May 2022 Delegate: Council" in page


def test_s1_22_seat_in_an_outside_body_has_its_term(city, client):
    unacla = make_organisation("unacla", kind="un_body", name_ru="ЮНАКЛА", name_en="UNACLA")
    body = make_body(unacla, "unacla-members", "Состав", "Members of UNACLA")
    make_seat_term(make_seat(body, "Член", "Member for UCLG"), city.member,
                   datetime.date(2023, 1, 1), starts_precision="year")  # fmt: skip
    page = words(client.get("/en/members/kazan/"))
    assert "Members of UNACLA UNACLA Member for UCLG to be filled since 2023" in page


def test_s0_10_member_page_shows_its_seats(city, client):
    page = words(client.get("/en/members/kazan/"))
    assert "Council UCLG-Eurasia Member of the Council Ivan Ivanov since 1 January 2020" in page


@pytest.mark.parametrize("name", ["member_leaders", "member_seats"])
def test_tags_of_the_passport_take_two_queries(city, name, django_assert_max_num_queries):
    for number in range(5):
        make_seat_term(make_seat(city.body), city.member)
        make_office_term(make_office(city.member, "deputy", f"З{number}", f"D{number}"), city.mayor)
    template = Template("{% load governance_tags %}{% " + name + " member %}")
    with django_assert_max_num_queries(2):
        template.render(Context({"member": city.member}))


def test_chronicle_tells_of_offices_and_seats(city, english):
    told = [(one.title, one.kind, one.url) for one in activities_of(city.member)
            if one.kind in ("office", "seat")]  # fmt: skip
    assert told == [
        ("Ivan Ivanov took office: Mayor", "office", "/en/about/people/ivanov/"),
        ("Seat in: Council, UCLG-Eurasia", "seat", "/en/about/bodies/council/"),
    ]

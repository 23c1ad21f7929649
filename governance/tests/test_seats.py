"""Seats: giving, ending, filling, voting; and the composition of a body on any day."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from governance import seats
from governance.composition import composition, days_of_change
from governance.models import EndReason, SeatFilling, SeatTerm
from governance.templatetags.governance_tags import days_sat
from governance.tests.factories import (
    make_body,
    make_filling,
    make_office,
    make_office_term,
    make_person,
    make_seat,
    make_seat_term,
)
from members.models import MemberName
from members.tests.factories import make_member

JANUARY_2020 = datetime.date(2020, 1, 1)
JUNE_2023 = datetime.date(2023, 6, 1)
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def substitute(db):
    return make_person("sub", "Сергей Запасной", "Sergey Zapasnoy")


def test_gov_3_substitute_without_a_mandate_may_not_vote(city, substitute):
    filling = seats.fill(city.seat_term, substitute, JUNE_2023, role="substitute")
    assert seats.may_vote(filling) is False
    assert seats.may_vote(city.filling) is True
    (row,) = composition(city.body, JUNE_2023)
    assert (row.delegate, row.substitute, row.substitute_may_vote) == (city.filling, filling, False)


def test_gov_3_substitute_with_a_mandate_may_vote(city, substitute):
    filling = seats.fill(city.seat_term, substitute, JUNE_2023, role="substitute", has_mandate=True)
    assert seats.may_vote(filling) is True


def test_seat_is_given_and_the_running_term_closed(city, lead):
    other = make_member("ufa", "Уфа", "Ufa")
    term = seats.give_seat(city.seat, other, JUNE_2023, by=lead, closes_predecessor=True)
    city.seat_term.refresh_from_db()
    city.filling.refresh_from_db()
    assert (city.seat_term.ends_on, city.seat_term.end_reason) == (JUNE_2023 - ONE_DAY, "term")
    assert city.filling.ends_on == JUNE_2023 - ONE_DAY
    assert (term.owner, term.is_re_elected) == (other, False)


def test_seat_given_to_the_same_member_is_a_re_election(city):
    term = seats.give_seat(city.seat, city.member, JUNE_2023, closes_predecessor=True)
    city.seat_term.refresh_from_db()
    assert (term.is_re_elected, city.seat_term.end_reason) == (True, "re_elected")


def test_overlap_of_a_seat_is_refused_and_names_the_other_term(english, city):
    with pytest.raises(ValidationError) as refused:
        seats.give_seat(city.seat, make_member("ufa", "Уфа", "Ufa"), JUNE_2023)
    assert refused.value.messages == [
        "These days overlap with “Council: Member of the Council: Kazan” (since 1 January 2020). "
        "End it first or change the days."
    ]


def test_seat_belongs_to_a_member_or_a_person_never_to_both(city, english):
    term = SeatTerm(seat=make_seat(city.body), member=city.member, person=city.mayor,
                    starts_on=JUNE_2023)  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        term.full_clean()
    assert refused.value.messages == ["A seat belongs to a member or to a person."]


def test_seat_is_not_given_back_before_it_is_given(english, city):
    with pytest.raises(ValidationError) as refused:
        seats.end_seat(city.seat_term, JANUARY_2020 - ONE_DAY, EndReason.TERM)
    assert refused.value.message_dict == {
        "ends_on": ["A seat is not given back before it is given."]
    }


def test_ended_seat_is_vacant_and_nobody_sits_there(city):
    seats.end_seat(city.seat_term, JUNE_2023, EndReason.RESIGNED, note_en="By letter")
    before, after = composition(city.body, JUNE_2023), composition(city.body, JUNE_2023 + ONE_DAY)
    assert [row.state for row in before + after] == ["filled", "vacant"]
    city.filling.refresh_from_db()
    assert city.filling.ends_on == JUNE_2023


def test_seat_of_a_person_is_filled_in_person(city):
    person = make_person("president", "Президент", "President")
    seat = make_seat(city.body, "Президент", "President", order=0)
    term = make_seat_term(seat, person)
    row = composition(city.body, JUNE_2023)[-1]
    assert (row.owner, row.person, row.state, row.delegate) == (person, person, "filled", None)
    with pytest.raises(ValidationError):
        seats.fill(term, city.mayor, JUNE_2023)


def test_filling_outside_the_term_is_refused(english, city, substitute):
    with pytest.raises(ValidationError) as refused:
        seats.fill(city.seat_term, substitute, JANUARY_2020 - ONE_DAY)
    assert refused.value.message_dict == {
        "starts_on": ["On that day the seat does not belong to the member."]
    }


def test_second_delegate_at_one_time_is_refused(english, city, substitute):
    with pytest.raises(ValidationError) as refused:
        seats.fill(city.seat_term, substitute, JUNE_2023)
    assert refused.value.messages == [
        "These days overlap with “Ivan Ivanov, delegate” (since 1 January 2020). "
        "End it first or change the days."
    ]
    new = seats.fill(city.seat_term, substitute, JUNE_2023, closes_predecessor=True)
    city.filling.refresh_from_db()
    assert (city.filling.ends_on, new.person) == (JUNE_2023 - ONE_DAY, substitute)


def test_head_takes_the_seat_by_virtue_of_the_office(city):
    city.filling.delete()
    filling = seats.fill_by_office(city.seat_term, JUNE_2023)
    assert (filling.person, filling.office_term) == (city.mayor, city.term)


def test_nobody_takes_a_seat_where_nobody_is_head(city, english):
    city.filling.delete()
    city.term.delete()
    with pytest.raises(ValidationError) as refused:
        seats.fill_by_office(city.seat_term, JUNE_2023)
    assert refused.value.messages == ["On that day nobody heads the member."]


def test_s1_25_seat_does_not_stay_with_the_name(db):
    """The mayor of Yakutsk was Vice-President; he left the office, the seat stayed the city's."""
    yakutsk = make_member("yakutsk", "Якутск", "Yakutsk")
    mayor = make_person("nikolaev", "Айсен Николаев", "Aysen Nikolaev")
    left = datetime.date(2018, 5, 27)
    office_term = make_office_term(make_office(yakutsk), mayor, datetime.date(2012, 1, 1),
                                   ends_on=left)  # fmt: skip
    body = make_body(slug="presidency", name_ru="Президиум", name_en="Presidency")
    seat = make_seat(body, "Вице-президент", "Vice-President", by_office=True)
    start = datetime.date(2013, 10, 4)
    first = make_seat_term(seat, yakutsk, start)
    make_filling(first, mayor, start, office_term=office_term)
    second = seats.give_seat(seat, yakutsk, datetime.date(2016, 10, 15), closes_predecessor=True)
    make_filling(second, mayor, datetime.date(2016, 10, 15), office_term=office_term)
    shown = [
        (row.owner, row.person, row.state, row.term.is_re_elected)
        for day in (datetime.date(2014, 1, 1), left, left + ONE_DAY)
        for row in composition(body, day)
    ]
    assert shown == [
        (yakutsk, mayor, "filled", False),
        (yakutsk, mayor, "filled", True),
        (yakutsk, None, "to_be_filled", True),
    ]


def test_s3_21_one_city_holds_several_seats_with_several_persons(city, substitute):
    bureau = make_body(slug="bureau", name_ru="Бюро", name_en="Executive Bureau")
    seat_term = make_seat_term(make_seat(bureau, "Член Бюро", "Member of the Bureau"), city.member)
    seats.fill(seat_term, substitute, JUNE_2023)
    people = [composition(body, JUNE_2023)[0].person for body in (city.body, bureau)]
    assert people == [city.mayor, substitute]


def test_composition_names_the_member_as_it_was_called_then(city):
    name = city.member.names.get()
    name.ends_on = JUNE_2023 - ONE_DAY
    name.save()
    MemberName.objects.create(member=city.member, name_en="New Kazan", starts_on=JUNE_2023)
    names = [composition(city.body, day)[0].owner.dated_name_en
             for day in (JANUARY_2020, JUNE_2023)]  # fmt: skip
    assert names == ["Kazan", "New Kazan"]


def test_seat_that_is_abolished_leaves_the_composition(city):
    city.seat.ends_on = JUNE_2023
    city.seat.save()
    assert len(composition(city.body, JUNE_2023)) == 1
    assert composition(city.body, JUNE_2023 + ONE_DAY) == []


def test_days_of_change_are_the_first_days_of_terms(city):
    seats.give_seat(city.seat, city.member, JUNE_2023, closes_predecessor=True)
    assert days_of_change(city.body) == [JUNE_2023, JANUARY_2020]


def test_filling_lasts_no_longer_than_the_office_and_the_seat(city):
    city.term.ends_on = JUNE_2023
    city.term.save()
    filling = SeatFilling.objects.get()
    assert filling.lasts_until == JUNE_2023
    city.seat_term.ends_on = JUNE_2023 - ONE_DAY
    city.seat_term.save()
    assert SeatFilling.objects.get().lasts_until == JUNE_2023 - ONE_DAY


def test_days_of_a_filling_are_no_more_precise_than_the_end_of_the_office(city):
    city.term.ends_on, city.term.ends_precision = JUNE_2023, "year"
    city.term.save()
    filling = SeatFilling.objects.get()

    with translation.override("en"):
        assert days_sat(filling).endswith("– 2023")
    assert filling.end == (datetime.date(2023, 12, 31), "year")

"""Offices and their terms: appointing, ending, overlaps, and who is the head on a day."""

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from content.models import AuditEntry
from governance import offices
from governance.models import EndReason, OfficeTerm
from governance.tests.factories import (
    make_office,
    make_office_term,
    make_organisation,
    make_person,
)
from members.tests.factories import make_member

MAY_2019 = datetime.date(2019, 5, 1)
OCTOBER_2024 = datetime.date(2024, 10, 14)
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def office(db):
    return make_office(make_member())


@pytest.fixture
def petrov(db):
    return make_person("petrov", "Пётр Петров", "Pyotr Petrov")


def test_overlap_is_refused_and_names_the_other_term(english, office, petrov):
    make_office_term(office, make_person(), MAY_2019, ends_on=OCTOBER_2024)
    with pytest.raises(ValidationError) as refused:
        offices.appoint(office, petrov, OCTOBER_2024)
    assert refused.value.messages == [
        "These days overlap with “Ivan Ivanov, Mayor” (1 May 2019 – 14 October 2024). "
        "End it first or change the days."
    ]
    assert OfficeTerm.objects.count() == 1


def test_office_that_ends_before_it_begins_is_refused(english, office, petrov):
    with pytest.raises(ValidationError) as refused:
        offices.appoint(office, petrov, OCTOBER_2024, ends_on=MAY_2019)
    assert refused.value.messages == ["The last valid day lies before the first one."]
    term = make_office_term(office, petrov, OCTOBER_2024)
    with pytest.raises(ValidationError) as refused:
        offices.end_term(term, MAY_2019, EndReason.RESIGNED)
    assert refused.value.message_dict == {"ends_on": ["An office does not end before it begins."]}


def test_appointing_closes_the_predecessor_where_asked(office, petrov, lead):
    first = make_office_term(office, make_person(), MAY_2019)
    second = offices.appoint(office, petrov, OCTOBER_2024, by=lead, closes_predecessor=True)
    first.refresh_from_db()
    assert (first.ends_on, first.end_reason) == (OCTOBER_2024 - ONE_DAY, "term")
    assert (second.person, second.starts_on, second.ends_on) == (petrov, OCTOBER_2024, None)
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["office.ended", "office.appointed"]


def test_same_person_again_is_a_re_election(office):
    person = make_person()
    first = make_office_term(office, person, MAY_2019)
    offices.appoint(office, person, OCTOBER_2024, closes_predecessor=True)
    first.refresh_from_db()
    assert first.end_reason == "re_elected"


def test_s1_24_first_term_re_election_and_end_are_kept(db):
    """The Co-President of the world organisation: elected in 2010, re-elected in 2013."""
    world = make_organisation("uclg", kind="world_body", name_ru="ОГМВ", name_en="UCLG")
    office = make_office(
        world, "other", "Сопрезидент", "Co-President", is_single=False
    )  # fmt: skip
    person = make_person("metshin", "Ильсур Метшин", "Ilsur Metshin")
    first = make_office_term(office, person, datetime.date(2010, 11, 20))
    offices.end_term(first, datetime.date(2013, 10, 3), EndReason.RE_ELECTED)
    second = offices.appoint(office, person, datetime.date(2013, 10, 4))
    rows = office.terms.values_list("starts_on", "ends_on", "end_reason")
    assert list(rows) == [
        (datetime.date(2010, 11, 20), datetime.date(2013, 10, 3), "re_elected"),
        (second.starts_on, None, ""),
    ]


def test_office_of_several_may_be_held_at_one_time(db, petrov):
    office = make_office(make_member(), "deputy", "Заместитель", "Deputy", is_single=False)
    make_office_term(office, make_person(), MAY_2019)
    offices.appoint(office, petrov, MAY_2019)
    assert office.terms.on(OCTOBER_2024).count() == 2


def test_office_made_single_takes_its_terms_along(office):
    office.is_single = False
    office.save()
    term = make_office_term(office, make_person(), MAY_2019)
    assert term.is_single is False
    office.is_single = True
    office.save()
    term.refresh_from_db()
    assert term.is_single is True


def test_partial_days_end_with_their_period(office):
    term = make_office_term(office, make_person(), MAY_2019)
    ended = offices.end_term(term, datetime.date(2024, 1, 1), EndReason.TERM, precision="year")
    assert (ended.ends_on, ended.ends_precision) == (datetime.date(2024, 12, 31), "year")


@pytest.mark.django_db
def test_heads_of_many_members_take_one_query(django_assert_num_queries):
    members = [make_member(f"city-{n}", f"Город {n}", f"City {n}") for n in range(5)]
    terms = {}
    for number, member in enumerate(members[:4]):
        person = make_person(f"head-{number}", f"Глава {number}", f"Head {number}")
        terms[member.pk] = make_office_term(make_office(member), person, MAY_2019)
    with django_assert_num_queries(1):
        found = offices.heads_on([member.pk for member in members], OCTOBER_2024)
        names = {key: (term.person.full_name_en, term.office.title_en)
                 for key, term in found.items()}  # fmt: skip
    assert found == terms
    assert names[members[2].pk] == ("Head 2", "Mayor")


def test_head_of_another_day_is_another_person(office, petrov):
    first = make_office_term(office, make_person(), MAY_2019, ends_on=OCTOBER_2024)
    second = make_office_term(office, petrov, OCTOBER_2024 + ONE_DAY)
    days = [MAY_2019 - ONE_DAY, MAY_2019, OCTOBER_2024, OCTOBER_2024 + ONE_DAY]
    assert [offices.head_on(office.member, day) for day in days] == [None, first, first, second]


@pytest.mark.django_db(transaction=True)
def test_two_appointments_at_one_moment_give_one_holder():
    office = make_office(make_member())
    people = [make_person(f"person-{n}", f"Человек {n}", f"Person {n}") for n in range(2)]
    barrier, refused = threading.Barrier(2), []

    def appoint(person):
        barrier.wait()
        try:
            offices.appoint(office, person, MAY_2019)
        except ValidationError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=appoint, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (office.terms.count(), len(refused)) == (1, 1)

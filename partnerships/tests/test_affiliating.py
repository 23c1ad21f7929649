import datetime

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template

from governance.models import SeatTerm
from governance.tests.factories import make_body, make_organisation, make_seat
from members.activity import activities_of
from members.tests.factories import make_member
from partnerships import affiliating, stating
from partnerships.models import CharterSigning, ListedCity
from partnerships.tests.factories import make_affiliation, make_partnership

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 1, 1)


@pytest.fixture
def volga(db):
    return make_organisation(
        "volga-cities", kind="association", name_ru="Города Поволжья", name_en="Volga Cities"
    )


def block(tag: str, **values) -> str:
    """What an inclusion tag draws, its white space as one space."""
    drawn = Template(f"{{% load partnerships_tags %}}{{% {tag} %}}").render(Context(values))
    return " ".join(drawn.split())


def test_what_a_member_belongs_to_on_a_day(kazan, volga):
    iac = make_organisation("iac", name_en="IAC")
    old = make_affiliation(kazan, iac, 2003, ends_on=datetime.date(2018, 12, 31))
    row = make_affiliation(kazan, volga, 2015, grade="full")
    unknown = make_affiliation(kazan, make_organisation("x", name_en="X"))

    assert [one.affiliation for one in affiliating.of_member(kazan, DAY)] == [row, unknown]
    assert [one.affiliation for one in affiliating.of_member(kazan, datetime.date(2016, 1, 1))] == [
        old, row, unknown,
    ]  # fmt: skip


def test_s3_39_seats_in_other_associations_stand_beside_the_membership(kazan, volga):
    board = make_body(volga, "volga-board", "Правление", "Board")
    SeatTerm.objects.create(seat=make_seat(board, title_en="Member of the Board"), member=kazan)
    elsewhere = make_body(make_organisation("other", name_en="Other"), "other-board")
    SeatTerm.objects.create(seat=make_seat(elsewhere), member=kazan)
    make_affiliation(kazan, volga, 2015)

    [one] = affiliating.of_member(kazan)

    assert [str(term.seat.title_en) for term in one.seats] == ["Member of the Board"]
    drawn = block("member_affiliations member", member=kazan)
    assert "Seats: Member of the Board (Board)" in drawn


def test_memberships_in_one_association_do_not_overlap(kazan, volga):
    make_affiliation(kazan, volga, 2015)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_affiliation(kazan, volga, 2019)


def test_s4_16_overlap_with_another_association(kazan, stavropol, volga):
    guest = make_member("guest", "Гость", "Guest", is_member=False)
    for city in (kazan, stavropol, guest):
        make_affiliation(city, volga, 2015)
    listed = ListedCity.objects.create(
        organisation=volga, name_ru="Димитровград", name_en="Dimitrovgrad"
    )

    overlap = affiliating.overlap_of(volga)

    assert (overlap.count, overlap.members, overlap.listed) == (3, 2, [listed])
    assert [row.member for row in overlap.rows] == [guest, kazan, stavropol]
    drawn = block("organisation_members organisation", organisation=volga)
    assert "2 members of our association belong to it." in drawn
    assert "It also names" in drawn
    assert "Dimitrovgrad" in drawn


def test_s4_08_a_charter_with_person_and_office_then(kazan):
    CharterSigning.objects.create(
        member=kazan, charter_en="Aalborg Charter", signed_on=datetime.date(2000, 6, 1),
        signed_precision="year", signatory_en="A. Saltykov", office_en="mayor",
    )  # fmt: skip

    drawn = block("member_affiliations member", member=kazan)

    assert "Aalborg Charter" in drawn
    assert "Signed by A. Saltykov, mayor" in drawn
    assert affiliating.charters_of(kazan, datetime.date(1999, 1, 1)) == []


def test_grade_and_founder_are_said(kazan, volga):
    make_affiliation(kazan, volga, 2002, grade="full", is_founder=True)

    drawn = block("member_affiliations member", member=kazan)

    assert "since 2002 · full member · founding member" in drawn


def test_blocks_of_a_member_without_anything_are_empty(kazan, volga):
    assert block("member_partnerships member", member=kazan) == ""
    assert block("member_affiliations member", member=kazan) == ""
    assert block("organisation_members organisation", organisation=volga) == ""


def test_blocks_take_the_same_queries_for_one_and_for_many(
    django_assert_num_queries, kazan, stavropol, volga
):
    make_affiliation(kazan, volga, 2015)
    make_partnership(stavropol, kazan)
    counts = [("member_affiliations member", {"member": kazan}, 3),
              ("member_partnerships member", {"member": kazan}, 1),
              ("organisation_members organisation", {"organisation": volga}, 4)]  # fmt: skip
    for tag, values, number in counts:
        with django_assert_num_queries(number):
            block(tag, **values)
    for number in range(60):
        city = make_member(f"city-{number}", f"Город {number}", f"City {number}")
        make_partnership(kazan, city)
        make_affiliation(city, volga, 2015)
        make_affiliation(kazan, make_organisation(f"o-{number}", name_en=f"O {number}"), 2001)
    for tag, values, number in counts:
        with django_assert_num_queries(number):
            block(tag, **values)


def test_the_chronicle_tells_of_agreements_associations_and_charters(kazan, stavropol, volga):
    make_partnership(
        stavropol, kazan, stage="ended", ended_on=datetime.date(2018, 5, 1), ended_precision="year"
    )
    make_affiliation(kazan, volga, 2015, is_founder=True)
    CharterSigning.objects.create(
        member=kazan, charter_en="Aalborg Charter", signed_on=datetime.date(2000, 1, 1)
    )

    told = [
        (one.machine_day, one.title)
        for one in activities_of(kazan)
        if one.kind in ("partnership", "association")
    ]

    assert told == [
        ("2018", "Partnership with Stavropol ended"),
        ("2015", "Among the founders: Volga Cities"),
        ("2012-05-12", "Sister-city agreement with Stavropol"),
        ("2000-01-01", "Signed: Aalborg Charter"),
    ]


def test_the_page_of_a_city_leaves_out_what_it_does_not_confirm(stavropol, kazan, kazan_rep):
    row = make_partnership(stavropol, kazan, answer="asked", asked_at="2026-01-01T00:00Z")
    stating.refuse(row, kazan_rep, stating.Dissent("No."))

    assert "Stavropol" not in block("member_partnerships member", member=kazan)
    drawn = block("member_partnerships member", member=stavropol)
    assert "stated by Stavropol" in drawn
    assert "not confirmed" not in drawn


def test_the_block_as_of_a_day(stavropol, kazan):
    make_partnership(stavropol, kazan)

    for day, is_there in ((datetime.date(2012, 5, 11), False), (datetime.date(2012, 5, 12), True)):
        drawn = block("member_partnerships member day", member=stavropol, day=day)
        assert ("Kazan" in drawn) is is_there

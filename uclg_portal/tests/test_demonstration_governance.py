"""People, organisations and bodies of the demonstration: the facts of the source documents."""

import datetime

import pytest

from content.dated import today
from governance import vacancies
from governance.composition import composition
from governance.models import Body, OfficeTerm, Organisation, Person, Seat
from governance.offices import head_on
from members.models import Member
from members.tests.factories import make_member
from uclg_portal.demonstration import data, governance

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded(db):
    cities = {row["member"] for row in data.table("governance.toml")["offices"] if "member" in row}
    for slug in sorted(cities):
        make_member(slug, slug, slug)
    governance.load()


def sitting(slug: str, day: datetime.date) -> list[tuple[str, str, str]]:
    """Owner, person and state of every seat of a body on a day."""
    rows = composition(Body.objects.get(slug=slug), day)
    return [
        (getattr(row.owner, "slug", ""), getattr(row.person, "slug", ""), row.state) for row in rows
    ]


def test_s0_06_tree_has_seven_sections_the_metropolitan_one_and_the_forum():
    world = Organisation.objects.get(slug="uclg")
    assert sorted(world.children.values_list("slug", flat=True)) == [
        "forum-of-regions", "metropolitan-section", "uclg-africa", "uclg-asia-pacific",
        "uclg-eurasia", "uclg-europe", "uclg-latin-america", "uclg-middle-east-west-asia",
        "uclg-north-america",
    ]  # fmt: skip


def test_s0_07_association_has_two_legal_names_and_eight_names_in_use():
    own = Organisation.objects.get(is_own=True)
    kinds = [name.kind for name in own.names.all()]
    assert (kinds.count("legal"), kinds.count("alias")) == (2, 8)
    assert own.name_en == (
        "International Association “United Cities and Local Governments of Eurasia”"
    )


def test_s0_12_mayor_of_kazan_is_president():
    person = Person.objects.get(slug="ilsur-metshin")
    assert head_on(Member.objects.get(slug="kazan")).person == person
    president = OfficeTerm.objects.on().get(
        office__organisation__is_own=True, office__kind="president"
    )
    assert president.person == person


def test_s1_24_co_president_is_elected_and_re_elected():
    terms = OfficeTerm.objects.filter(
        person__slug="ilsur-metshin", office__organisation__slug="uclg"
    )
    assert [(term.starts_on.year, term.end_reason) for term in terms] == [
        (2010, "re_elected"), (2013, "term"),
    ]  # fmt: skip


def test_s1_25_seat_of_yakutsk_outlives_its_mayor():
    days = [datetime.date(2014, 1, 1), datetime.date(2018, 5, 27), datetime.date(2018, 5, 28)]
    assert [sitting("world-presidency", day)[-1] for day in days] == [
        ("yakutsk", "aysen-nikolaev", "filled"),
        ("yakutsk", "aysen-nikolaev", "filled"),
        ("yakutsk", "", "to_be_filled"),
    ]


def test_s3_21_stavropol_is_elected_to_three_bodies():
    day = datetime.date(2020, 5, 28)
    found = {
        slug: [row for row in sitting(slug, day) if row[0] == "stavropol"]
        for slug in ("council", "world-council", "executive-bureau", "iac-board")
    }
    mine = [("stavropol", "g-kolyagin", "filled")]
    assert found == dict.fromkeys(found, mine)


def test_s3_39_stavropol_has_seats_in_other_associations():
    day = datetime.date(2020, 5, 28)
    seats = {slug: sitting(slug, day) for slug in ("iac-expert-council", "tcia-board")}
    assert seats == {key: [("stavropol", "", "to_be_filled")] for key in seats}


def test_s4_04_to_07_organisations_have_their_facts():
    figures = {
        one.slug: {(figure.value, figure.what_en) for figure in one.figures.all()}
        for one in Organisation.objects.prefetch_related("figures")
    }
    assert figures["who-healthy-cities"] == {
        (90, "cities"),
        (30, "national networks"),
        (1400, "cities and towns in the national networks"),
    }  # fmt: skip
    branch = Organisation.objects.get(slug="healthy-cities-russia")
    assert (branch.kind, branch.parent.slug) == ("branch", "who-healthy-cities")
    assert figures["cities-of-ural"] == {(34, "cities"), (10, "regions")}
    iac = Organisation.objects.get(slug="iac")
    assert iac.founded_on == datetime.date(1998, 9, 3)
    assert {value for value, _what in figures["iac"]} == {85, 7, 19}
    assert Organisation.objects.named_like("capitals and large cities").get() == iac


def test_one_seat_is_to_be_filled_and_one_is_vacant():
    (one,) = vacancies.vacancies()
    assert (one.term.member.slug, one.since) == (
        "yakutsk", today() - datetime.timedelta(days=11),
    )  # fmt: skip
    assert Seat.objects.vacant().filter(body__slug="council").count() == 1
    assert [term.office.member.slug for term in vacancies.vacant_heads()] == ["yakutsk"]


def test_invented_people_are_marked():
    real = Person.objects.filter(is_invented=False).values_list("slug", flat=True)
    assert sorted(real) == [
        "anatoliy-saltykov", "aysen-nikolaev", "g-kolyagin", "ilsur-metshin", "kadir-topbas",
    ]  # fmt: skip

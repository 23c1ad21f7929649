"""Who is to get which invoice: rates by kind, size and country, and who gets none and why."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from content import dated
from dues import plan
from dues.models import CountryInGroup
from dues.tests.factories import (
    days_from_now,
    make_applicant,
    make_group,
    make_invoice,
    make_payee,
    make_rate,
    make_rule,
    make_scale,
)
from members.models import Member, MemberFigure, MembershipPeriod, StatusChange
from members.tests.factories import make_country, make_figure, make_member, make_size_categories

pytestmark = pytest.mark.django_db
YEAR = dated.today().year


@pytest.fixture
def sizes():
    return {size.code: size for size in make_size_categories()}


@pytest.fixture
def scale():
    make_payee()
    return make_scale()


def made(**options) -> plan.Plan:
    return plan.make(YEAR, dated.today(), **options)


def amounts() -> dict[str, str]:
    return {line.name_en: line.amount for line in made().lines}


def reasons() -> dict[str, str]:
    return {one.member.slug: one.code for one in made().problems}


def test_amount_follows_from_size_and_group_of_countries(scale, sizes):
    armenia = make_country("AM", "Армения", "Armenia")
    group = make_group(armenia)
    make_rate(scale, "100", size_category=sizes["small"])
    make_rate(scale, "900", size_category=sizes["metropolitan"])
    make_rate(scale, "50", size_category=sizes["small"], country_group=group)
    make_rate(scale, "40", country_group=group)
    make_rate(scale, "7", kind="region")
    make_member("kazan", "Казань", "Kazan", population=1_300_000)
    make_member("small", "Малый", "Small", population=99_999)
    make_member("dilijan", "Дилижан", "Dilijan", population=17_000, country=armenia)
    make_member("yerevan", "Ереван", "Yerevan", population=1_000_000, country=armenia)
    make_member("tatarstan", "Татарстан", "Tatarstan", kind="region")

    assert amounts() == {
        "Kazan": "900.00", "Small": "100.00", "Dilijan": "50.00", "Yerevan": "40.00",
        "Tatarstan": "7.00",
    }  # fmt: skip
    assert reasons() == {}


@pytest.mark.parametrize("kind", ["city", "metropolis", "district"])
def test_kinds_of_municipalities_pay_by_one_rate(scale, kind):
    make_rate(scale, "10")
    make_rate(scale, "5", kind="associate")
    make_member(kind=kind)

    assert amounts() == {"Kazan": "10.00"}


def test_who_gets_no_invoice_is_told_why(scale, sizes):
    make_rate(scale, "100", size_category=sizes["small"])
    make_member("unknown")
    make_member("too-big", population=5_000_000)
    make_member("union", kind="association", population=5_000)

    assert reasons() == {
        "unknown": "no_population", "too-big": "no_rate", "union": "no_rate",
    }  # fmt: skip
    texts = {one.text for one in made().problems}
    with translation.override("en"):
        assert made().problems[0].text != ""
    assert len(texts) == 2


def test_two_scales_with_the_same_case_are_not_guessed_between(scale):
    make_rate(scale, "100")
    make_rate(make_scale(currency="EUR"), "10")
    make_member()

    assert reasons() == {"kazan": "two_rates"}


def test_scales_of_a_year_in_two_currencies_share_the_members(scale):
    armenia = make_country("AM", "Армения", "Armenia")
    make_rate(scale, "100")
    make_rate(make_scale(currency="EUR"), "10", country_group=make_group(armenia))
    make_member("kazan")
    make_member("yerevan", country=armenia)

    found = made()

    assert [(line.currency, line.amount) for line in found.lines] == [
        ("RUB", "100.00"), ("EUR", "10.00"),
    ]  # fmt: skip
    assert found.sums() == [("RUB", Decimal("100.00"), 1), ("EUR", Decimal("10.00"), 1)]


def test_nobody_to_pay_to_stops_an_invoice():
    make_rate(make_scale(), "100")
    make_payee(currency="EUR")
    make_payee(currency="RUB", starts_on=days_from_now(1))
    make_member()

    assert reasons() == {"kazan": "no_payee"}


def test_latest_population_up_to_the_year_counts(scale, sizes):
    make_rate(scale, "100", size_category=sizes["small"])
    make_rate(scale, "200", size_category=sizes["medium"])
    member = make_member(population=90_000)
    make_figure(member, year=YEAR + 1, value=150_000)

    line = made().lines[0]

    assert (line.amount, line.population, line.population_year) == ("100.00", 90_000, 2024)
    assert MemberFigure.objects.count() == 2


def test_members_the_suspended_and_accepted_applicants_owe(scale):
    make_rule("payment")
    make_rate(scale)
    make_member("member")
    make_applicant("accepted")
    suspended = make_member("suspended")
    StatusChange.objects.create(
        member=suspended, status="suspended", happened_on=days_from_now(-5), reason_ru="Долг"
    )
    left = make_member("left")
    MembershipPeriod.objects.filter(member=left).update(ends_on=days_from_now(-3))
    make_member("guest", is_member=False)

    slugs = Member.objects.in_bulk([line.member for line in made().lines]).values()

    assert sorted(member.slug for member in slugs) == ["accepted", "member", "suspended"]


def test_group_of_a_country_is_that_of_the_first_day_of_the_year(scale):
    armenia = make_country("AM", "Армения", "Armenia")
    group = make_group()
    CountryInGroup.objects.create(
        group=group, country=armenia, ends_on=datetime.date(YEAR - 1, 12, 31)
    )
    make_rate(scale, "10", country_group=group)
    make_rate(scale, "20")
    make_member(country=armenia)

    assert amounts() == {"Kazan": "20.00"}


def test_who_has_an_invoice_of_the_year_is_passed_over(scale):
    make_rate(scale)
    make_invoice(make_member("has-one"))
    make_invoice(make_member("last-year"), year=YEAR - 1)

    found = made()

    assert (found.already, len(found.lines)) == (1, 1)


def test_line_carries_the_name_the_rate_and_the_day(scale, sizes):
    make_rate(scale, "100", size_category=sizes["small"], country_group=make_group(make_country()))
    make_member(population=50_000)

    line = made(due_on=days_from_now(60)).lines[0]

    assert (line.name_ru, line.name_en) == ("Казань", "Kazan")
    assert line.last_day == days_from_now(60)
    assert line.basis_en == (
        f"Fee scale for {YEAR}: city, metropolis, district; Small city; Group A; "
        "population 50,000 (2024)"
    )
    assert line.basis_ru.startswith(f"Шкала на {YEAR} год: ")
    assert line.basis_ru.endswith("Малый город; Группа А; "
                                  + line.basis_ru.rpartition("; ")[2])  # fmt: skip
    assert plan.Line(**line.as_json()) == line


def test_digest_changes_with_what_would_be_issued(scale):
    rate = make_rate(scale)
    make_member()
    before = made().digest
    assert made().digest == before

    rate.amount = Decimal("1000.01")
    rate.save()

    assert made().digest != before


def test_preview_of_5000_members_takes_a_bounded_number_of_queries(
    scale, sizes, django_assert_max_num_queries
):
    make_rate(scale, "100", size_category=sizes["small"])
    make_rate(scale, "200")
    country = make_country()
    members = Member.objects.bulk_create(
        Member(slug=f"city-{number}", country=country, name_ru=f"Город {number}", name_en="City")
        for number in range(5000)
    )
    MembershipPeriod.objects.bulk_create(
        MembershipPeriod(member=member, starts_on=datetime.date(2010, 1, 1)) for member in members
    )
    MemberFigure.objects.bulk_create(
        MemberFigure(member=member, year=2024, value=1000 + member.pk) for member in members
    )

    with django_assert_max_num_queries(6):
        found = made()

    assert (len(found.lines), len(found.problems)) == (5000, 0)

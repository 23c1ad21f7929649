"""What the portal knows of a city, by source: what counts, what does not, and how it is shown."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from attendance import presence
from awards.tests.factories import make_award
from events.models import Event
from events.tests.factories import make_event, make_participant, make_tentative, make_user
from governance.tests.factories import make_organisation
from laureates.tests.factories import make_laureate
from library.tests.factories import make_publication
from members.tests.factories import make_member
from partnerships.tests.factories import make_affiliation, make_city, make_partnership
from questionnaires import offers
from questionnaires.models import Answer, Response
from questionnaires.offers import Item, Period
from questionnaires.tests.factories import make_response
from ratings.models import Indicator
from ratings.tests.factories import make_edition, make_group, make_indicator

pytestmark = pytest.mark.django_db

YEAR = Period(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
Kind = Indicator.Kind


@pytest.fixture
def kazan():
    return make_member()


def found(code: str, member, period: Period = YEAR) -> list[str]:
    source = next(one for one in offers.sources() if one.code == code)
    return [item.title_en for item in source.provider(member, period)]


def at(day: str, hour: int = 9) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T{hour:02}:00+03:00")


def held(slug: str, day: str, **fields) -> Event:
    return make_event(slug, starts_at=at(day), title_en=slug, **fields)


def edition_asking(**offered) -> dict[str, Indicator]:
    """An edition of 2025 with an indicator for each source, by code."""
    edition = make_edition(
        period_starts_on=YEAR.first, period_ends_on=YEAR.last, opened_at=timezone.now()
    )
    group = make_group(edition)
    return {
        code: make_indicator(group, code, offered_from=source, **columns)
        for code, (source, columns) in offered.items()
    }


def test_sources_are_those_an_indicator_may_name():
    assert [one.code for one in offers.sources()] == [
        "partnerships", "affiliations", "events_hosted", "events_attended", "honours", "practices",
    ]  # fmt: skip


def test_partnerships_count_what_both_sides_confirmed_and_cities_outside(kazan):
    member = make_member("ufa", "Уфа", "Ufa")
    confirmed = {"answer": "confirmed", "answered_at": timezone.now()}
    make_partnership(kazan, member, **confirmed)
    make_partnership(kazan, make_member("perm", "Пермь", "Perm"), answer="asked")
    make_partnership(kazan, make_member("omsk", "Омск", "Omsk"), kind="friendship", **confirmed)
    make_partnership(kazan, make_city(), signed_on=datetime.date(2014, 3, 2))
    assert found("partnerships", kazan) == ["Ufa", "Zhenjiang"]
    assert found("partnerships", member) == ["Kazan"]


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({"signed_on": datetime.date(2025, 12, 31)}, True),
        ({"signed_on": datetime.date(2026, 1, 1)}, False),
        ({"signed_on": None, "is_date_unknown": True}, True),
        ({"stage": "preparation", "signed_on": None}, False),
        ({"stage": "dormant"}, False),
        ({"stage": "ended", "ended_on": datetime.date(2025, 1, 1)}, True),
        ({"stage": "ended", "ended_on": datetime.date(2024, 12, 31)}, False),
        ({"stage": "ended"}, False),
    ],
)
def test_partnerships_count_where_in_force_in_the_period(kazan, fields, counts):
    make_partnership(kazan, make_city(), **fields)
    assert found("partnerships", kazan) == (["Zhenjiang"] if counts else [])


def test_partnership_says_who_states_it(kazan):
    make_partnership(kazan, make_city(), signed_on=datetime.date(2014, 1, 1),
                     signed_precision="year")  # fmt: skip
    (item,) = next(iter(offers.sources())).provider(kazan, YEAR)
    assert item.note_en == "stated by Kazan"
    assert (item.title_ru, item.day, item.precision) == (
        "Чжэньцзян", datetime.date(2014, 1, 1), "year",
    )  # fmt: skip
    assert item.address.startswith("/")
    assert "/en/" not in item.address


def test_affiliations_count_once_an_association_of_the_period(kazan):
    league = make_organisation("lhc", name_en="League", name_ru="Лига")
    make_affiliation(kazan, league, starts_on=datetime.date(2010, 1, 1),
                     ends_on=datetime.date(2025, 2, 1))  # fmt: skip
    make_affiliation(kazan, league, starts_on=datetime.date(2025, 6, 1))
    make_affiliation(kazan, make_organisation("old", name_en="Old", name_ru="Старая"),
                     ends_on=datetime.date(2024, 12, 31))  # fmt: skip
    make_affiliation(kazan, make_organisation("new", name_en="New", name_ru="Новая"), since=2026)
    assert found("affiliations", kazan) == ["League"]


def test_events_hosted_are_public_past_and_of_the_period(kazan):
    held("January", "2025-01-01", host_member=kazan)
    whole = held("Congress", "2025-05-01", host_member=kazan)
    held("Part", "2025-05-01", host_member=kazan, parent=whole)
    held("Elsewhere", "2025-05-02", host_member=make_member("ufa", "Уфа", "Ufa"))
    held("Later", "2026-01-01", host_member=kazan)
    held("Draft", "2025-05-03", host_member=kazan, status="draft")
    held("Cancelled", "2025-05-04", host_member=kazan, status="cancelled",
         cancelled_at=timezone.now())  # fmt: skip
    held("Day", "2025-05-05", host_member=kazan, kind="day")
    make_tentative("Month", 10, 2025, host_member=kazan)
    assert found("events_hosted", kazan) == ["January", "Congress"]


def test_events_hosted_are_counted_by_the_clock_of_their_place(kazan):
    """At half past midnight of 1 January in Vladivostok it is still the old year in London."""
    starts_at = datetime.datetime(2024, 12, 31, 14, 30, tzinfo=datetime.UTC)
    make_event("far", starts_at=starts_at, title_en="Far", time_zone="Asia/Vladivostok",
               host_member=kazan)  # fmt: skip
    assert found("events_hosted", kazan) == ["Far"]
    assert found("events_hosted", kazan, Period(*(day.replace(year=2024) for day in YEAR))) == []


def test_events_attended_count_those_who_were_there_where_it_was_noted(kazan):
    bishkek = make_member("bishkek", "Бишкек", "Bishkek")
    plain, noted = held("Plain", "2025-03-01"), held("Noted", "2025-03-02")
    own, waiting = held("Own", "2025-03-03", host_member=kazan), held("Waiting", "2025-03-04")
    for event in (plain, noted, own):
        make_participant(event, member=kazan)
    make_participant(waiting, member=kazan, status="waiting")
    came = make_participant(noted, member=bishkek)
    presence.mark([came], make_user("desk@example.org", is_staff=True))
    assert found("events_attended", kazan) == ["Plain"]
    assert found("events_attended", bishkek) == ["Noted"]


def test_honours_are_public_and_of_the_period(kazan):
    award = make_award(title_en="Best City")
    make_laureate(award, member=kazan, year=2025)
    make_laureate(award, member=kazan, year=2025, place=2, presented_on=datetime.date(2025, 4, 1))
    make_laureate(award, member=kazan, year=2024)
    make_laureate(award, member=kazan, year=2025, status="draft")
    make_laureate(award, year=2025, member=make_member("ufa", "Уфа", "Ufa"))
    assert found("honours", kazan) == ["Best City: 1st place", "Best City: 2nd place"]


def test_practices_are_those_of_the_citys_works_in_the_library(kazan):
    laureate = make_laureate(make_award(), member=kazan)
    other = make_laureate(make_award("other"), member=make_member("ufa", "Уфа", "Ufa"))
    day = {"dated_on": datetime.date(2025, 5, 1)}
    make_publication("own", kind="practice", origin=laureate, title_en="Own", **day)
    make_publication("others", kind="practice", origin=other, title_en="Others", **day)
    make_publication("report", kind="report", title_en="Report", **day)
    assert found("practices", kazan) == ["Own"]
    assert found("practices", kazan, Period(*(d.replace(year=2024) for d in YEAR))) == []


def test_offers_are_a_number_with_their_proof(kazan):
    asked = edition_asking(
        P1=("partnerships", {}), P2=("partnerships", {"kind": Kind.YES_NO}),
        P3=("honours", {}), P4=("", {}), P5=("unheard_of", {}),
        P6=("partnerships", {"kind": Kind.PERCENT}),
    )  # fmt: skip
    make_partnership(kazan, make_city())
    response = make_response(asked["P1"].edition, kazan)
    known = offers.offers_for(response, asked.values())
    assert {code: one.value for code, one in known.items()} == {"P1": Decimal(1), "P2": Decimal(1)}
    assert [one.is_yes for one in known.values()] == [False, True]
    kept = known["P1"].kept()
    assert kept["source"] == "partnerships"
    assert kept["value"] == "1"
    assert [(one["title_en"], one["day"]) for one in kept["items"]] == [("Zhenjiang", "2012-05-12")]
    taken = Answer(number=1, offered=kept)
    assert offers.kept_items(taken) == list(known["P1"].items)
    assert known["P1"].is_taken(taken)
    assert not known["P1"].is_taken(Answer(number=2, offered=kept))
    assert not known["P1"].is_taken(None)


def test_guest_without_record_is_offered_nothing():
    asked = edition_asking(P1=("partnerships", {}))
    guest = Response(edition=asked["P1"].edition, name_en="Izmir", is_guest=True)
    assert offers.offers_for(guest, asked.values()) == {}


def test_period_is_the_year_where_none_is_stated():
    edition = make_edition(year=2024)
    assert offers.period_of(edition) == (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    edition.period_starts_on = datetime.date(2022, 7, 1)
    edition.period_ends_on = datetime.date(2024, 6, 30)
    assert offers.period_of(edition) == (datetime.date(2022, 7, 1), datetime.date(2024, 6, 30))


def test_offers_take_a_number_of_queries_that_does_not_grow(
    kazan, django_assert_num_queries, django_assert_max_num_queries
):
    asked = edition_asking(**{
        f"P{place}": (source.code, {}) for place, source in enumerate(offers.sources())
    })  # fmt: skip
    response = make_response(asked["P1"].edition, kazan)
    fill(kazan, "a", 1)
    with django_assert_max_num_queries(8) as few:
        assert len(offers.offers_for(response, asked.values())) == 6
    fill(kazan, "b", 4)
    with django_assert_num_queries(len(few)):
        known = offers.offers_for(response, asked.values())
    assert {one.source.code: one.value for one in known.values()} == {
        "partnerships": 5, "affiliations": 5, "events_hosted": 5, "events_attended": 5,
        "honours": 5, "practices": 5,
    }  # fmt: skip


def fill(member, prefix: str, count: int) -> None:
    """So many of everything that is offered."""
    award = make_award(f"award-{prefix}")
    for number in range(count):
        name = f"{prefix}{number}"
        make_partnership(member, make_city(name, name, name))
        make_affiliation(member, make_organisation(name, name_en=name, name_ru=name))
        held(f"hosted-{name}", "2025-03-01", host_member=member)
        make_participant(held(f"visited-{name}", "2025-03-02"), member=member)
        laureate = make_laureate(award, member=member, year=2025)
        make_publication(name, kind="practice", origin=laureate,
                         dated_on=datetime.date(2025, 3, 3))  # fmt: skip


def shown(offer, answer=None, take_url="/take/", language="en") -> str:
    template = Template("{% load offer_tags %}{% offer_beside offer 'P1' answer url %}")
    with translation.override(language):
        return template.render(Context({"offer": offer, "answer": answer, "url": take_url}))


def test_offer_is_shown_with_its_proof_and_a_button(kazan):
    asked = edition_asking(P1=("partnerships", {}))
    make_partnership(kazan, make_city())
    known = offers.offers_for(make_response(asked["P1"].edition, kazan), asked.values())
    html = shown(known["P1"])
    assert "The portal knows 1: sister cities" in html
    assert 'href="/en/' in html
    assert ">Zhenjiang</a>" in html
    assert "12 May 2012" in html
    assert 'formaction="/take/"' in html
    assert "Take over 1" in html
    russian = shown(known["P1"], language="ru")
    assert 'href="/ru/' in russian
    assert ">Чжэньцзян</a>" in russian
    assert "formaction" not in shown(known["P1"], take_url="")
    taken = Answer(number=1, offered=known["P1"].kept())
    assert "Taken over from the portal." in shown(known["P1"], taken)
    assert "formaction" not in shown(known["P1"], taken)
    assert shown(None).strip() == ""


def test_item_says_the_language_of_a_title_that_is_not_the_readers():
    item = Item(title_ru="Лига", address="/x/")
    with translation.override("en"):
        assert (item.title, item.title_language, item.url) == ("Лига", "ru", "/en/x/")
    with translation.override("ru"):
        assert (item.title, item.title_language, item.url) == ("Лига", "", "/ru/x/")

import datetime

import pytest

from members.models import Country
from members.tests.factories import make_country, make_member
from partnerships import partialdates, sides
from partnerships.models import OutsideCity
from partnerships.tests.factories import make_alias, make_city

pytestmark = pytest.mark.django_db


def found(name: str, country: str = "") -> list:
    return [one.record for one in sides.candidates(name, country)]


def test_s3_52_a_city_is_found_by_every_spelling():
    city = make_city("pazardzhik", "Пазарджик", "Pazardzhik")
    make_alias(city, "Pazardjik")

    for text in ("Pazardzhik", "pazardjik", "ПАЗАРДЖИК", " Пазарджик "):
        assert found(text) == [city]
    assert found("Pazar") == []
    assert found("") == []


def test_members_and_cities_outside_are_found_together(kazan):
    other = make_city("kazan-outside", "Казань", "Kazan")

    assert found("казань") == [kazan, other]
    assert found("казань", "CN") == [other]
    assert [one.code for one in sides.candidates("Kazan")] == [
        f"member:{kazan.pk}", f"city:{other.pk}",
    ]  # fmt: skip
    assert sides.candidates("Kazan")[1].label == "Kazan, China"


def test_finding_takes_two_queries(django_assert_num_queries, kazan):
    make_city()
    with django_assert_num_queries(2):
        found("Kazan")


def test_a_new_city_brings_its_country():
    city = sides.add_city("IT", "", "Giugliano in Campania")

    assert (city.slug, city.name_ru or "", city.country.code) == (
        "giugliano-in-campania", "", "IT",
    )  # fmt: skip
    country = Country.objects.get(code="IT")
    assert (country.name_ru, country.name_en, country.is_in_region) == ("Италия", "Italy", False)


def test_a_city_that_is_there_is_not_added_twice():
    make_country("CN", "Китай", "China")
    first = sides.add_city("CN", "Чанчжоу", "Changzhou")

    assert sides.add_city("CN", "", "changzhou") == first
    assert sides.add_city("CN", "ЧАНЧЖОУ") == first
    assert OutsideCity.objects.count() == 1


def test_an_unknown_country_is_refused():
    with pytest.raises(KeyError):
        sides.add_city("ZZ", "Город")


def test_every_country_of_the_world_can_be_chosen():
    make_member()
    names = dict(sides.country_choices())

    assert (names["BG"], names["RU"], "EU" in names) == ("Bulgaria", "Russia", False)
    assert 240 < len(names) < 256


def test_an_alias_that_goes_is_no_longer_found():
    city = make_city()
    alias = make_alias(city, "Chinkiang")
    assert found("Chinkiang") == [city]

    alias.delete()

    assert found("Chinkiang") == []


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("2014", (datetime.date(2014, 1, 1), "year")),
        (" 05.2014 ", (datetime.date(2014, 5, 1), "month")),
        ("2014-05", (datetime.date(2014, 5, 1), "month")),
        ("12.5.2014", (datetime.date(2014, 5, 12), "day")),
        ("12/05/2014", (datetime.date(2014, 5, 12), "day")),
        ("2014-05-12", (datetime.date(2014, 5, 12), "day")),
    ],
)
def test_dates_as_people_write_them(text, result):
    assert partialdates.read(text) == result


@pytest.mark.parametrize(
    "text", ["", "14", "99.2014", "31.02.2014", "0999", "2014-13", "May 2014", "1.2.3.2014", "²⁰¹⁴"]
)
def test_what_is_no_date(text):
    with pytest.raises(ValueError, match=r"^"):
        partialdates.read(text)


@pytest.mark.parametrize("text", ["2014", "05.2014", "12.05.2014"])
def test_what_is_stored_is_shown_as_it_was_written(text):
    assert partialdates.write(*partialdates.read(text)) == text

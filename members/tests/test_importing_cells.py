"""What cells say, and the sentence for those that say nothing usable."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from members.importing import cells, lookalikes
from members.importing.addresses import free_slug, in_latin
from members.importing.messages import BadCell, Remark

A_DAY = datetime.datetime(2004, 5, 12)  # noqa: DTZ001 - as workbooks give days


def understood(key: str, cell):
    cells.refuse_never_good(cell)
    return cells.PARSERS[key](cell)


def wrong(key: str, cell) -> str:
    with pytest.raises(BadCell) as caught:
        understood(key, cell)
    with translation.override("en"):
        return Remark(caught.value.code, key, caught.value.params).text


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("name_ru", "Казань", "Казань"),
        ("name_ru", "Пётр I", "Пётр I"),
        ("name_ru", "Отделение UCLG в Казани", "Отделение UCLG в Казани"),
        ("name_ru", "Нөкіс", "Нөкіс"),
        ("name_en", "Gəncə", "Gəncə"),
        ("name_en", "Yoshkar-Ola", "Yoshkar-Ola"),
        ("kind", "Город", "city"),
        ("kind", "REGION", "region"),
        ("kind", "район", "district"),
        ("population", 1318604, 1318604),
        ("population", 1318604.0, 1318604),
        ("population", "1 318 604", 1318604),
        ("population", "15914", 15914),
        ("population_year", "2024", 2024),
        ("population_year", 2010.0, 2010),
        ("time_zone", "asia/bishkek", "Asia/Bishkek"),
        ("latitude", "55,7887", Decimal("55.78870")),
        ("latitude", 55.7887, Decimal("55.78870")),
        ("longitude", "−179.5", Decimal("-179.50000")),
        ("website", "https://kzn.ru/", "https://kzn.ru/"),
        ("email", "office@example.org", "office@example.org"),
        ("phone", "+7 (843) 292-09-34", "+7 (843) 292-09-34"),
        ("phone", 78432920934, "78432920934"),
        ("member_since", "2004", (datetime.date(2004, 1, 1), "year")),
        ("member_since", 2004, (datetime.date(2004, 1, 1), "year")),
        ("member_since", "2004-05", (datetime.date(2004, 5, 1), "month")),
        ("member_since", "05.2004", (datetime.date(2004, 5, 1), "month")),
        ("member_since", "12.05.2004", (datetime.date(2004, 5, 12), "day")),
        ("member_since", A_DAY, (datetime.date(2004, 5, 12), "day")),
        ("geonames_id", "551487", 551487),
        ("geonames_id", 551487.0, 551487),
        ("slug", "/naberezhnye-chelny/", "naberezhnye-chelny"),
    ],
)
def test_cell_is_understood(key, cell, value):
    assert understood(key, cell) == value


@pytest.mark.parametrize(
    ("key", "cell", "sentence"),
    [
        ("population", "12 тыс.",
         "“12 тыс.”: write all digits, 12000."),
        ("population", "1,2 млн", "“1,2 млн”: write all digits, 1200000."),
        ("population", "about 5", "“about 5” is not a number. Write digits, for example 1318604."),
        ("population", -5, "“-5”: a population is more than zero."),
        ("population", "-5", "“-5”: a population is more than zero."),
        ("population", 0, "“0”: a population is more than zero."),
        ("population", "1318,6",
         "“1318,6”: write whole inhabitants, without commas and dots, for example 1318604."),
        ("population", "1,318,604",
         "“1,318,604”: write whole inhabitants, without commas and dots, for example 1318604."),
        ("population", 12.5,
         "“12.5”: write whole inhabitants, without commas and dots, for example 1318604."),
        ("population", 10**12,
         "“1000000000000” is more than any member has. Check the digits."),
        ("population", "=A1*1000", "A formula stands here: paste its result as a value."),
        ("population", "#Н/Д", "The spreadsheet shows an error here: #Н/Д."),
        ("population", "#REF!", "The spreadsheet shows an error here: #REF!."),
        ("name_ru", "Кaзaнь",
         "Latin letters inside a Russian name: a (2), a (4). Type them on the Russian keyboard."),
        ("name_ru", "Новый MO",
         "Latin letters inside a Russian name: M (7), O (8). Type them on the Russian keyboard."),
        ("name_ru", "Kazan", "“Kazan” has no Cyrillic letter: are two columns swapped?"),
        ("name_en", "Казань", "“Казань” has no Latin letter: are two columns swapped?"),
        ("name_en", "Kаzan",
         "Cyrillic letters where Latin ones belong: а (2). Type them on the Latin keyboard."),
        ("name_en", "x" * 151, "Longer than 150 characters."),
        ("kind", "деревня",
         "“деревня” is not a kind of member. Write one of these: city, metropolis, district or "
         "municipality, region, association or union of municipalities, associate."),
        ("time_zone", "Moscow",
         "There is no time zone “Moscow”. Write it as Asia/Bishkek or Europe/Moscow."),
        ("latitude", "55°47′", "“55°47′”: write decimal degrees, for example 55.7887."),
        ("latitude", 557887, "“557887” lies outside −90…90 degrees. Is a comma missing?"),
        ("latitude", "nan", "“nan”: write decimal degrees, for example 55.7887."),
        ("website", "kzn.ru",
         "“kzn.ru”: write the whole address, for example https://kzn.ru/."),
        ("website", "javascript:alert(1)",
         "“javascript:alert(1)”: write the whole address, for example https://kzn.ru/."),
        ("email", "office", "“office” is not an e-mail address."),
        ("email", "оffice@example.org",
         "Cyrillic letters where Latin ones belong: о (1). Type them on the Latin keyboard."),
        ("phone", "нет",
         "“нет”: write the number with the code, for example +7 843 292-09-34."),
        ("member_since", "весна 2004", "“весна 2004”: write 2004, 2004-05 or 2004-05-12."),
        ("member_since", 38000, "“38000”: write 2004, 2004-05 or 2004-05-12."),
        ("member_since", "2999", "“2999” is still to come."),
        ("geonames_id", "KZN", "“KZN” is not a GeoNames number: those are digits only."),
        ("slug", "Казань",
         "“Казань”: an address holds small Latin letters, digits and hyphens."),
    ],
)  # fmt: skip
def test_cell_that_says_nothing_gets_a_sentence(key, cell, sentence):
    assert wrong(key, cell) == sentence


def test_year_is_not_later_than_this_one():
    this_year = datetime.date.today().year  # noqa: DTZ011 - the year will do

    assert wrong("population_year", this_year + 2) == (
        f"“{this_year + 2}” is not a year. Write four digits, not later than {this_year}."
    )


def test_kinds_are_known_in_russian_whatever_the_language_of_the_page():
    with translation.override("en"):
        assert [cells.kind(word) for word in ("город", "область", "ассоциация")] == [
            "city", "region", "association",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Казань", []),
        ("Kazan", []),
        ("IAС", [("I", 1), ("A", 2)]),
        ("Cайт города", [("C", 1)]),
        ("Нижний Hовгород", [("H", 8)]),
        ("Улан-Yдэ", [("Y", 6)]),
        ("Фонд XXI века", []),
    ],
)
def test_latin_letters_inside_cyrillic_are_named_with_their_places(text, found):
    assert lookalikes.latin_inside(text) == found


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Горно-Алтайск", "gorno-altaysk"),
        ("Yoshkar-Ola", "yoshkar-ola"),
        ("Ölgii", "olgii"),
        ("Gəncə", "ganca"),
        ("Нүкүс", "nukus"),
        ("Orekhovo-Zuyevo (town)", "orekhovo-zuyevo-town"),
        ("Երևան", ""),
    ],
)
def test_address_is_made_of_any_name(name, slug):
    assert in_latin(name) == slug


def test_addresses_of_namesakes_get_the_country_then_a_number():
    taken = {"kirov", "kirov-ru"}

    found = [
        free_slug({"name_en": "Kirov"}, "RU", taken),
        free_slug({"name_ru": "Ош"}, "KG", taken),
        free_slug({"name_en": "Երևան"}, "AM", taken),
    ]

    assert found == ["kirov-ru-2", "osh", "member"]

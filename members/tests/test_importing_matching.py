"""Which member a row is about, and what counts as a change."""

import pytest
from django.utils import translation

from members.importing import judging, reading
from members.models import MemberName, OldSlug
from members.tests.factories import make_country, make_figure, make_member
from members.tests.spreadsheets import workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def judged(headings, *rows, **options) -> list[judging.Verdict]:
    sheet = reading.read(workbook(headings, *rows))
    return judging.judge(sheet, judging.Options(**options)).verdicts


def told(verdicts) -> list[tuple]:
    """Kind, address and sentences of every row."""
    return [
        (one.kind, one.slug, [remark.text for remark in one.remarks + one.notes])
        for one in verdicts
    ]


def make_yekaterinburg(**fields):
    member = make_member("yekaterinburg", "Екатеринбург", "Yekaterinburg", **fields)
    MemberName.objects.create(member=member, kind="alias", name_en="Ekaterinburg")
    MemberName.objects.create(member=member, kind="alias", name_ru="Свердловск")
    return member


@pytest.mark.parametrize(
    "row",
    [
        ["Екатеринбург", None],
        [None, "YEKATERINBURG"],
        [None, "Yekaterinburg "],
        ["Ёкатеринбург", "Yekaterinburg"],
        ["Ёкатеринбург", None],
        [None, "Ekaterinburg"],
        ["Свердловск", None],
        ["Ек\u0430теринбург\u200b", None],
    ],
)
def test_member_is_found_by_any_name_alias_and_spelling(row):
    make_yekaterinburg()

    [verdict] = judged(["Название", "Name", "Страна"], [*row, "Россия"])

    assert (verdict.kind, verdict.slug, verdict.changes) == ("same", "yekaterinburg", [])


@pytest.mark.parametrize("country", ["RU", "ru", "Россия", "россия", "Russia", "РФ",
                                     "Российская Федерация", None])  # fmt: skip
def test_country_is_known_by_code_and_names(country):
    make_yekaterinburg()

    [verdict] = judged(["Name", "Country"], ["Yekaterinburg", country])

    assert verdict.kind == "same"


def test_other_spelling_is_told_but_changes_nothing():
    make_yekaterinburg()

    assert told(judged(["Название", "Страна"], ["Ёкатеринбург", "RU"])) == [
        ("same", "yekaterinburg", ["Found by “Ёкатеринбург”; the name stays “Екатеринбург”."])
    ]


def test_geonames_number_and_address_find_a_renamed_member():
    make_member("astana", "Нур-Султан", "Nur-Sultan", country=make_country("KZ"), geonames_id=5)

    by_number = judged(["GeoNames", "Name"], [5, "Astana"])
    by_address = judged(["Slug", "Name"], ["astana", "Astana"])

    assert [row.changes for row in by_number + by_address] == [
        [["name_en", "Nur-Sultan", "Astana"]],
        [["name_en", "Nur-Sultan", "Astana"]],
    ]


def test_earlier_address_finds_a_member_and_stays_as_it_is():
    member = make_yekaterinburg()
    OldSlug.objects.create(member=member, slug="sverdlovsk")

    assert told(judged(["Address"], ["sverdlovsk"])) == [
        ("same", "yekaterinburg", ["The address stays “yekaterinburg”."])
    ]


def test_several_members_of_a_name_are_offered():
    make_member("kirov", "Киров", "Kirov", geonames_id=1)
    make_member("kirov-kaluga", "Киров", "Kirov", geonames_id=2)
    sentence = (
        "Several members answer to this: Киров (/kirov/), Киров (/kirov-kaluga/). Give the "
        "address or the GeoNames number of the one you mean."
    )

    found = judged(
        ["Name", "Country", "Slug", "GeoNames"],
        ["Kirov", "RU"], ["Kirov", "RU", "kirov-kaluga"], ["Kirov", "RU", None, 1],
    )  # fmt: skip

    assert told(found) == [
        ("error", "", [sentence]), ("same", "kirov-kaluga", []), ("same", "kirov", [])
    ]  # fmt: skip


def test_present_name_goes_before_a_former_one():
    make_member("kaliningrad", "Калининград", "Kaliningrad")
    korolyov = make_member("korolyov", "Королёв", "Korolyov")
    MemberName.objects.create(member=korolyov, kind="alias", name_ru="Калининград")

    [verdict] = judged(["Название", "Страна"], ["Калининград", "RU"])

    assert verdict.slug == "kaliningrad"


def test_number_and_name_of_different_members_contradict():
    make_member("moscow", "Москва", "Moscow", geonames_id=524901)
    make_member("kazan", geonames_id=551487)

    assert told(judged(["Name", "GeoNames"], ["Kazan", 524901])) == [
        ("error", "", [
            "Several members answer to this: Москва (/moscow/), Казань (/kazan/). Give the address "
            "or the GeoNames number of the one you mean."
        ])
    ]  # fmt: skip


def test_number_and_address_of_different_members_contradict():
    make_member("moscow", "Москва", "Moscow", geonames_id=524901)
    make_member("kazan", geonames_id=551487)

    [verdict] = judged(["Slug", "GeoNames"], ["kazan", 524901])

    assert [remark.code for remark in verdict.remarks] == ["ambiguous"]


def test_namesake_in_the_country_needs_an_address_of_its_own():
    make_member("kirov", "Киров", "Kirov", geonames_id=548408)
    headings = ["Name", "Country", "Time zone", "GeoNames", "Slug"]

    found = judged(
        headings,
        ["Kirov", "RU", "Europe/Moscow", 548410],
        ["Kirov", "RU", "Europe/Moscow", 548410, "kirov-kaluga"],
    )

    assert told(found) == [
        ("error", "", [
            "The portal keeps Киров (/kirov/) with the GeoNames number 548408. If this is another "
            "place of the same name, give it an address of its own."
        ]),
        ("new", "kirov-kaluga", ["The portal keeps others of this name: Киров (/kirov/)."]),
    ]  # fmt: skip


def test_known_name_under_another_country_is_a_wrong_country():
    make_member("kazan", geonames_id=551487)
    make_country("KG", "Кыргызстан", "Kyrgyzstan")
    headings = ["Name", "Country", "GeoNames", "Slug"]

    found = judged(
        headings, ["Kazan", "KG"], ["Kazan", "KG", 551487], ["Kazan", "KG", 99],
        ["Kazan", "KG", None, "kazan-2"], ["Kazan", "Atlantis"],
    )  # fmt: skip

    assert told(found) == [
        ("error", "", [
            "The portal keeps this name in another country: Казань (/kazan/). If this is another "
            "place, give it an address of its own or its GeoNames number."
        ]),
        ("error", "", [
            "In the portal Казань (/kazan/) belongs to RU, not to KG. An import does not move a "
            "member to another country: correct the file, or change the record by hand."
        ]),
        ("new", "kazan-kg", ["The portal keeps others of this name: Казань (/kazan/)."]),
        ("error", "", ["The same member as in row 4."]),
        ("error", "", [
            "There is no country “Atlantis” in the portal. Write its name or one of the codes "
            "KG, RU."
        ]),
    ]  # fmt: skip


def test_doubles_in_the_file_name_the_other_row():
    make_yekaterinburg()
    headings = ["Название", "Name", "Country", "Time zone", "GeoNames", "Slug"]
    zone = "Europe/Moscow"

    found = judged(
        headings,
        ["Екатеринбург", None, "RU"],
        [None, "Ekaterinburg", "RU"],
        ["Омск", "Omsk", "RU", zone, 7],
        ["омск", None, "RU", zone],
        [None, "Omsk city", "RU", zone, 7],
        ["Орск", "Orsk", "RU", zone, None, "orsk"],
        ["Орск", "Orsk", "RU", zone, None, "orsk-2"],
        ["Оркск", None, "RU", zone, None, "orsk"],
    )

    assert [(row.number, row.kind, [one.text for one in row.remarks]) for row in found] == [
        (2, "same", []),
        (3, "error", ["The same member as in row 2."]),
        (4, "new", []),
        (5, "error", ["The same member as in row 4."]),
        (6, "error", ["The same member as in row 4."]),
        (7, "new", []),
        (8, "new", []),
        (9, "error", ["The same member as in row 7."]),
    ]


def test_wrong_row_does_not_claim_a_member():
    make_yekaterinburg()

    found = judged(
        ["Name", "Country", "Population", "Year"],
        ["Yekaterinburg", "RU", "много", 2024], ["Yekaterinburg", "RU", 5, 2024],
    )  # fmt: skip

    assert [row.kind for row in found] == ["error", "changed"]


def test_new_member_needs_country_zone_and_both_degrees():
    make_country()
    make_country("KG", "Кыргызстан", "Kyrgyzstan")
    headings = ["Name", "Country", "Широта", "GeoNames"]

    found = judged(headings, ["Osh"], ["Omsk", "RU"], ["Osh", "KG", 40.5], [None, "KG", None, 5])

    assert [(row.remarks[0].label, row.remarks[0].text) for row in found] == [
        ("Country", "A new member needs its country."),
        ("Time zone", "A new member here needs its time zone, for example Europe/Astrakhan."),
        ("Latitude", "Give latitude and longitude, or neither."),
        ("", "The row names no member."),
    ]


def test_country_with_one_zone_gives_it():
    make_country("KG", "Кыргызстан", "Kyrgyzstan")

    [verdict] = judged(["Name", "Country"], ["Osh", "Киргизия"])

    assert (verdict.kind, verdict.values["time_zone"]) == ("new", "Asia/Bishkek")


def test_row_with_several_faults_gets_a_message_for_each():
    make_country()

    [verdict] = judged(
        ["Название", "Country", "Population", "E-mail"], ["Кaзань", "RU", "12 тыс.", "=A1"]
    )

    assert [(one.label, one.text) for one in verdict.remarks] == [
        ("Name in Russian", "Latin letters inside a Russian name: a (2). Type them on the Russian "
         "keyboard."),
        ("Population", "“12 тыс.”: write all digits, 12000."),
        ("E-mail", "A formula stands here: paste its result as a value."),
    ]  # fmt: skip
    assert verdict.cells == {
        "name_ru": "Кaзань", "country": "RU", "population": "12 тыс.", "email": "=A1",
    }  # fmt: skip


def test_changes_name_what_was_and_what_shall_be():
    member = make_member(
        population=1_300_000, time_zone="Europe/Moscow", email="old@example.org", geonames_id=7
    )
    MemberName.objects.filter(member=member).update(name_en=None)
    member.refresh_from_db()
    member.save()

    [verdict] = judged(
        ["Название", "Name", "Population", "Time zone", "E-mail", "Phone", "Kind", "Lat", "Lon",
         "Member since", "GeoNames"],
        ["Казань", "Kazan", 1_318_604, "Europe/Moscow", "new@example.org", "+7 843 1",
         "metropolis", "55,7887", 49.1221, "2004", 7],
        population_year=2025,
    )  # fmt: skip

    assert verdict.changes == [
        ["kind", "city", "metropolis"],
        ["latitude", None, "55.78870"],
        ["longitude", None, "49.12210"],
        ["email", "old@example.org", "new@example.org"],
        ["phone", None, "+7 843 1"],
        ["name_en", None, "Kazan"],
        ["population", [1_300_000, 2024], [1_318_604, 2025]],
    ]


def test_empty_cells_and_missing_columns_change_nothing():
    make_member(website="https://kzn.ru/", phone="+7 843 1", population=5)

    [verdict] = judged(["Name", "Country", "Website", "Phone"], ["Kazan", None, None, ""])

    assert (verdict.kind, verdict.values) == ("same", {})


def test_population_is_compared_by_year():
    member = make_member(population=1_300_000)
    make_figure(member, year=2026, value=9)
    headings = ["Slug", "Population", "Year"]

    found = [
        judged(headings, ["kazan", *row])[0]
        for row in [(1_300_000, 2024), (1_300_000, 2023), (1_300_001, 2024), (5, None)]
    ]

    assert [(row.kind, row.changes, [one.code for one in row.remarks]) for row in found] == [
        ("same", [], []),
        ("changed", [["population", None, [1_300_000, 2023]]], []),
        ("changed", [["population", [1_300_000, 2024], [1_300_001, 2024]]], []),
        ("error", [], ["year_needed"]),
    ]
    assert [one.text for one in found[0].notes] == ["A later figure is kept: 2026."]


def test_kept_membership_stays_as_it_is():
    make_member()  # since 2004

    same, other = (
        judged(["Slug", "Member since"], ["kazan", year])[0] for year in ("2004", "2010")
    )

    assert (same.kind, same.notes) == ("same", [])
    assert told([other]) == [
        ("same", "kazan", ["Its membership is kept already; it stays as it is."])
    ]


def test_new_member_with_almost_a_kept_name_is_pointed_out():
    make_yekaterinburg()
    make_country("KG", "Кыргызстан", "Kyrgyzstan")
    headings = ["Название", "Country", "Time zone"]
    zone = "Asia/Yekaterinburg"

    found = judged(
        headings, ["Екатеринбрг", "RU", zone], ["Орск", "RU", zone], ["Екатеринбурк", "KG", None]
    )

    assert told(found) == [
        ("new", "ekaterinbrg", [
            "Similar names are kept: Екатеринбург (/yekaterinburg/). If one of them is meant, "
            "correct the spelling."
        ]),
        ("new", "orsk", []),
        ("new", "ekaterinburk", []),
    ]  # fmt: skip

"""The import of 120 cities as staff do it: file, preview, confirmation, and the same file again."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from members.models import Member, MemberFigure, MemberImport, MemberName, MembershipPeriod
from members.tests.factories import make_country
from members.tests.import_desk import choose, confirm, page_of
from members.tests.spreadsheets import workbook

pytestmark = pytest.mark.django_db
CITIES = Path(settings.BASE_DIR) / "demonstration/cities.csv"
KEYS = ["name_en", "name_ru", "country", "population", "latitude", "longitude", "time_zone"]
COUNTRIES = {
    "AM": ("Армения", "Armenia"), "AZ": ("Азербайджан", "Azerbaijan"),
    "BY": ("Беларусь", "Belarus"), "KZ": ("Казахстан", "Kazakhstan"),
    "KG": ("Кыргызстан", "Kyrgyzstan"), "MD": ("Молдова", "Moldova"),
    "MN": ("Монголия", "Mongolia"), "RU": ("Россия", "Russia"),
    "TJ": ("Таджикистан", "Tajikistan"), "TM": ("Туркменистан", "Turkmenistan"),
    "TR": ("Турция", "Türkiye"), "UZ": ("Узбекистан", "Uzbekistan"),
}  # fmt: skip

NO_COUNTRY = (
    "There is no country “Атлантида” in the portal. Write its name or one of the codes "
    "AM, AZ, BY, KG, KZ, MD, MN, RU, TJ, TM, TR, UZ."
)


@pytest.fixture
def desk(client, lead):
    """A client of the lead, who reads English; the pages of an import follow that."""
    lead.language = "en"
    lead.save()
    client.force_login(lead)
    with translation.override("en"):
        yield client


@pytest.fixture
def cities() -> list[dict[str, str]]:
    """The cities of the demonstration, Yekaterinburg first."""
    for code, (name_ru, name_en) in COUNTRIES.items():
        make_country(code, name_ru, name_en)
    with CITIES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return sorted(rows, key=lambda row: row["name_en"] != "Yekaterinburg")


def cells(row: dict[str, str]) -> list[str]:
    return [row[key] for key in KEYS]


def file_of_120(cities: list[dict[str, str]]) -> bytes:
    """Of the 109 kept cities 97 as they are and 12 grown by one person, eight new ones, a double
    by another spelling, a double of a row, a city in a country that does not exist, an empty row.
    """
    rows = [cells(row) for row in cities[1:117]]
    for row in rows[:12]:
        row[3] = int(row[3]) + 1
    rows.insert(20, [None, "Ёкатеринбург", "РФ", cities[0]["population"]])
    rows.insert(40, [])
    rows += [["Yekaterinburg ", None, "Russia"], rows[30], ["Kazan", "Казань", "Атлантида", 1]]
    return workbook(KEYS, *rows)


def send(desk, data: bytes) -> MemberImport:
    """Choose a file; the browser is led to its preview."""
    response = choose(desk, data, population_year=2025, source_ru="Росстат", source_en="Rosstat")
    found = MemberImport.objects.latest("pk")
    assert response.url == page_of(found)
    return found


def preview(desk, found: MemberImport) -> dict[str, int]:
    """How many rows of each kind the page offers."""
    tabs = desk.get(page_of(found)).context["tabs"]
    return {tab["kind"]: tab["count"] for tab in tabs}


def lines(desk, found: MemberImport, kind: str) -> list:
    return desk.get(page_of(found), {"kind": kind}).context["lines"]


def kept() -> list[list[dict]]:
    """Everything that an import writes, row by row."""
    models = (Member, MemberName, MemberFigure, MembershipPeriod)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_adm_1_import_shows_what_it_would_do_writes_when_confirmed_and_repeats_nothing(
    desk, cities
):
    confirm(desk, send(desk, workbook(KEYS, *map(cells, cities[:109]))))
    before = kept()
    assert len(before[0]) == 109
    data = file_of_120(cities)

    found = send(desk, data)

    assert preview(desk, found) == {"error": 3, "changed": 12, "new": 8, "same": 97}
    assert [
        (line.number, line.title, [remark.text for remark in line.remarks])
        for line in lines(desk, found, "error")
    ] == [
        (120, "Yekaterinburg", ["The same member as in row 22."]),
        (121, cities[30]["name_en"], ["The same member as in row 32."]),
        (122, "Kazan", [NO_COUNTRY]),
    ]
    assert [
        (line.number, line.title, [change.label for change in line.changes])
        for line in lines(desk, found, "changed")
    ] == [(number + 1, cities[number]["name_en"], ["Population"]) for number in range(1, 13)]
    assert [line.title for line in lines(desk, found, "new")] == [
        row["name_en"] for row in cities[109:117]
    ]
    assert kept() == before

    confirm(desk, found)

    found.refresh_from_db()
    assert found.status == "applied"
    written = kept()
    assert len(written[0]) == 117
    assert sum(old != new for old, new in zip(before[2], written[2], strict=False)) == 12

    again = send(desk, data)
    assert preview(desk, again) == {"error": 3, "changed": 0, "new": 0, "same": 117}
    page = desk.get(page_of(again)).content.decode()
    assert "There is nothing to write." in page
    confirm(desk, again)
    assert kept() == written

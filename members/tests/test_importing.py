"""The whole way of an import: read, judge, write, judge again."""

import csv
import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from content.models import SearchEntry, TranslationState
from members.importing import applying, judging, reading
from members.models import Member, MemberFigure, MemberName, MembershipPeriod
from members.tests.factories import make_country, make_member
from members.tests.spreadsheets import workbook

pytestmark = pytest.mark.django_db
CITIES = Path(settings.BASE_DIR) / "demonstration/cities.csv"
OPTIONS = judging.Options(population_year=2025, source_ru="GeoNames", source_en="GeoNames")
KEYS = ["name_en", "name_ru", "country", "population", "latitude", "longitude", "time_zone"]


def make_countries() -> None:
    names = {
        "AM": ("Армения", "Armenia"), "AZ": ("Азербайджан", "Azerbaijan"),
        "BY": ("Беларусь", "Belarus"), "KZ": ("Казахстан", "Kazakhstan"),
        "KG": ("Кыргызстан", "Kyrgyzstan"), "MD": ("Молдова", "Moldova"),
        "MN": ("Монголия", "Mongolia"), "RU": ("Россия", "Russia"),
        "TJ": ("Таджикистан", "Tajikistan"), "TM": ("Туркменистан", "Turkmenistan"),
        "TR": ("Турция", "Türkiye"), "UZ": ("Узбекистан", "Uzbekistan"),
    }  # fmt: skip
    for code, (name_ru, name_en) in names.items():
        make_country(code, name_ru, name_en)


def judge(*rows) -> judging.Plan:
    return judging.judge(reading.read(workbook(*rows)), OPTIONS)


def brief(plan: judging.Plan) -> list[tuple]:
    """Row number, kind and codes of remarks."""
    return [
        (one.number, one.kind, [remark.code for remark in one.remarks]) for one in plan.verdicts
    ]


def test_adm_1_import_judges_every_row_and_writes_only_once():
    make_countries()
    with CITIES.open(encoding="utf-8") as file:
        cities = list(csv.DictReader(file))
    yekaterinburg = next(row for row in cities if row["name_en"] == "Yekaterinburg")
    others = [row for row in cities if row is not yekaterinburg]
    known, added = [yekaterinburg, *others[:108]], others[108:116]
    table = [KEYS, *([row[key] for key in KEYS] for row in known)]
    applying.apply(judge(*table))

    rows = [[row[key] for key in KEYS] for row in [*others[:108], *added]]
    for row in rows[:12]:
        row[3] = int(row[3]) + 1
    rows.insert(20, [None, "Ёкатеринбург", "РФ", yekaterinburg["population"]])
    rows.insert(40, [])
    rows.append(["Yekaterinburg ", None, "Russia"])
    rows.append(rows[30])
    rows.append(["Kazan", "Казань", "Атлантида", 1])
    before = list(Member.objects.order_by("pk").values())
    plan = judge(KEYS, *rows)

    assert plan.counts() == {"same": 97, "changed": 12, "new": 8, "error": 3, "empty": 1}
    assert [row for row in brief(plan) if row[1] == "error"] == [
        (120, "error", ["double"]),
        (121, "error", ["double"]),
        (122, "error", ["country_unknown"]),
    ]
    assert plan.of_kind("error")[0].remarks[0].params == {"row": 22}
    assert list(Member.objects.order_by("pk").values()) == before

    assert applying.apply(plan) == {"new": 8, "changed": 12}
    assert Member.objects.count() == 117
    again = judge(KEYS, *rows)
    assert again.counts() == {"same": 117, "changed": 0, "new": 0, "error": 3, "empty": 1}

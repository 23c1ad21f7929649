"""Laureates of the past from a workbook: rows judged, written once, harmless to repeat."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from awards.tests.factories import make_award
from content import tables
from laureates import importing
from laureates.models import Laureate
from members.models import MemberName
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db
HEADINGS = ["Award", "Year", "City", "Laureate (en)", "Honour", "Place", "What for (en)",
            "Prize", "Currency"]  # fmt: skip
ROWS = [
    ["Scroll of Honour", 2009, "Фрунзе", "", "winner", "", "For courage", "", ""],
    ["scroll", "", "Lyon", "Lyon", "place", 1, "", "10 000", "usd"],
]


@pytest.fixture(autouse=True)
def _world(db):
    make_award("scroll", title_en="Scroll of Honour")
    bishkek = make_member("bishkek", "Бишкек", "Bishkek")
    MemberName.objects.create(
        member=bishkek, kind=MemberName.Kind.ALIAS, name_ru="Фрунзе", name_en="Frunze"
    )
    bishkek.save()
    translation.activate("en")


def book(*rows) -> bytes:
    return tables.xlsx("Laureates", HEADINGS, rows or ROWS)


def test_rows_are_written_with_the_city_by_any_of_its_names():
    importing.apply(book(), None)
    rows = Laureate.objects.order_by("title_en")
    told = rows.values_list("title_en", "member__slug", "year", "honour", "place", "prize_currency")
    assert list(told) == [
        ("Bishkek", "bishkek", 2009, "winner", None, ""), ("Lyon", None, None, "place", 1, "USD"),
    ]  # fmt: skip
    assert rows.public().count() == 2


def test_same_file_again_changes_nothing():
    importing.apply(book(), None)
    assert [one.kind for one in importing.apply(book(), None)] == ["same", "same"]
    assert Laureate.objects.count() == 2


def test_row_twice_in_a_file_is_one():
    assert [one.kind for one in importing.judge(book(ROWS[0], ROWS[0]))] == ["new", "same"]


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (0, "Nobel", "No award is called “Nobel”."),
        (2, "Атлантида", "No city is called “Атлантида”. Give its name as laureate, too."),
        (1, "MMIX", "Год / Year: “MMIX” is not a number."),
        (4, "hero", "No honour is called “hero”."),
        (4, "place", "Give the place."),
        (7, "100", "A prize has an amount and a currency, such as USD."),
    ],
)
def test_wrong_row_says_why_and_the_others_are_written(place, value, words):
    wrong = list(ROWS[0])
    wrong[place] = value
    (first, second) = importing.apply(book(wrong, ROWS[1]), None)
    assert (first.kind, first.remarks, second.kind) == ("wrong", [words], "new")
    assert Laureate.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04broken", b"%PDF-1.7"])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(ValidationError):
        importing.judge(data)


def test_file_without_its_columns_is_refused():
    with pytest.raises(ValidationError, match="A column is missing"):
        importing.judge(tables.xlsx("X", ["Year"], [[2009]]))


def test_preview_then_confirmation(client_of, awards_officer):
    browser = client_of(awards_officer)
    address = reverse("admin:laureates_laureate_import")
    page = browser.post(address, {"file": SimpleUploadedFile("past.xlsx", book())})
    assert [row.kind for row, _label in page.context["rows"]] == ["new", "new"]
    assert not Laureate.objects.exists()
    browser.post(address, {"confirm": "1", "file": page.context["kept"].pk})
    assert Laureate.objects.count() == 2


def test_file_of_somebody_else_is_not_confirmed(client_of, awards_officer, lead):
    address = reverse("admin:laureates_laureate_import")
    page = client_of(lead).post(address, {"file": SimpleUploadedFile("past.xlsx", book())})
    client_of(awards_officer).post(address, {"confirm": "1", "file": page.context["kept"].pk})
    assert not Laureate.objects.exists()

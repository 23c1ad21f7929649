"""Tables that leave: readable by Excel in both languages, never a formula."""

import datetime
import io
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.translation import gettext
from openpyxl import load_workbook

from content import tables

HEADINGS = ["Город", "Sum", "Day", "Note"]
ROWS = [
    ["Өскемен; \"Gəncə\"", Decimal("1200.50"), datetime.date(2026, 3, 1), None],
    ["-5", -5, datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC), True],
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "ru",
            "Город;Sum;Day;Note\r\n"
            '"Өскемен; ""Gəncə""";1200,50;2026-03-01;\r\n'
            "'-5;-5;2026-03-01 12:30;{yes}\r\n",
        ),
        (
            "en",
            "Город,Sum,Day,Note\r\n"
            '"Өскемен; ""Gəncə""",1200.50,2026-03-01,\r\n'
            "'-5,-5,2026-03-01 12:30,{yes}\r\n",
        ),
    ],
)
def test_csv_is_in_the_dialect_of_the_reader(language, expected):
    with translation.override(language):
        response = tables.csv_response("Участники 2026", HEADINGS, ROWS)
        expected = expected.format(yes=gettext("yes"))

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.content.decode("utf-8-sig") == expected
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%A3")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formula_is_defused_in_both_files(start):
    hostile = f'{start}HYPERLINK("https://example.org")'

    csv_text = tables.csv_response("x", ["A"], [[hostile]]).content.decode("utf-8-sig")
    cell = load_workbook(io.BytesIO(tables.xlsx("T", ["A"], [[hostile]]))).active["A2"]

    assert csv_text.startswith(("A\r\n\"'", "A\r\n'"))
    assert (cell.value[0], cell.data_type) == ("'", "s")


def test_xlsx_keeps_numbers_and_days():
    book = load_workbook(io.BytesIO(tables.xlsx_response("x", "Т: [1]", HEADINGS, ROWS).content))
    sheet = book.active

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        HEADINGS,
        ['Өскемен; "Gəncə"', 1200.5, datetime.datetime(2026, 3, 1), None],  # noqa: DTZ001
        ["'-5", -5, datetime.datetime(2026, 3, 1, 12, 30), gettext("yes")],  # noqa: DTZ001
    ]
    assert (sheet.title, sheet.freeze_panes) == ("Т   1", "A2")
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width == 18


def test_table_without_rows_has_its_headings():
    assert tables.csv_response("x", ["A", "B"], []).content.decode("utf-8-sig") in {
        "A;B\r\n", "A,B\r\n",
    }  # fmt: skip
    assert load_workbook(io.BytesIO(tables.xlsx("T", ["A", "B"], []))).active["B1"].value == "B"

"""The template, and the rows to correct: what Excel opens, and what comes back."""

import io

import pytest
from django.utils import translation
from openpyxl import load_workbook

from members.importing import judging, reading, sheets
from members.importing.messages import Refused
from members.models import MemberImport
from members.tests.factories import make_country
from members.tests.spreadsheets import workbook

pytestmark = pytest.mark.django_db


def opened(data: bytes) -> list[list[list]]:
    """The values of all sheets."""
    book = load_workbook(io.BytesIO(data))
    return [[[cell.value for cell in row] for row in sheet] for sheet in book.worksheets]


@pytest.mark.parametrize(
    ("language", "headings", "words"),
    [
        ("ru", ["Название", "Название на английском", "Страна", "Вид"],
         ["Примерск", "Primersk", "Россия", "город"]),
        ("en", ["Name in Russian", "Name", "Country", "Kind"],
         ["Примерск", "Primersk", "RU", "city"]),
    ],
)  # fmt: skip
def test_template_speaks_the_language_of_the_page(language, headings, words):
    make_country()
    with translation.override(language):
        rows, notes = opened(sheets.template())

    assert (rows[0][:4], rows[1][:4]) == (headings, words)
    assert [row[1] for row in notes if row[0] in ("Россия", "Russia")] == ["RU"]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_template_filled_in_is_read_in_every_language(language):
    make_country()
    with translation.override(language):
        book = load_workbook(io.BytesIO(sheets.template()))
        book.worksheets[0].append(["Казань", "Kazan", "Россия", None, 5, 2024, "Europe/Moscow"])
        data = io.BytesIO()
        book.save(data)
    with translation.override("en" if language == "ru" else "ru"):
        plan = judging.judge(reading.read(data.getvalue()))

    assert plan.counts() == {"same": 0, "changed": 0, "new": 1, "error": 0, "empty": 0}


def test_untouched_template_is_an_empty_file():
    with pytest.raises(Refused) as caught:
        reading.read(sheets.template())

    assert caught.value.remark.code == "empty"


def wrong_rows() -> MemberImport:
    make_country()
    data = workbook(
        ["Name", "Население", "Телефон", "Мэр"],
        ["=HYPERLINK(\"x\")", "12 тыс.", "+7 843 1", "Иванов"], ["@x", "-5", None],
    )  # fmt: skip
    plan = judging.judge(reading.read(data))
    return MemberImport(rows=plan.rows())


EXPECTED = [
    ["Row", "Name", "Population", "Phone", "What is wrong"],
    ["2", '=HYPERLINK("x")', "12 тыс.", "+7 843 1",
     "Name: A formula stands here: paste its result as a value. "
     "Population: “12 тыс.”: write all digits, 12000."],
    ["3", "@x", "-5", "", "Population: “-5”: a population is more than zero."],
]  # fmt: skip


def test_rows_to_correct_are_text_in_a_workbook():
    with translation.override("en"):
        data = sheets.as_workbook(sheets.error_rows(wrong_rows()))

    [rows] = opened(data)
    assert [[value or "" for value in row] for row in rows] == EXPECTED
    sheet = load_workbook(io.BytesIO(data)).active
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}
    assert [cell.coordinate for row in sheet for cell in row if cell.quotePrefix] == [
        "B2", "D2", "B3", "C3",
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "delimiter"), [("ru", ";"), ("en", ",")])
def test_rows_to_correct_are_harmless_in_csv(language, delimiter):
    with translation.override("en"):
        table = sheets.error_rows(wrong_rows())
    with translation.override(language):
        text = sheets.as_csv(table).decode("utf-8")

    lines = text.removeprefix("\ufeff").splitlines()
    assert text[0] == "\ufeff"
    assert lines[0] == delimiter.join(EXPECTED[0])
    assert lines[2].split(delimiter)[:4] == ["3", "'@x", "'-5", ""]
    assert "'=HYPERLINK" in lines[1]
    assert "'+7 843 1" in lines[1]


@pytest.mark.parametrize("write", [sheets.as_csv, sheets.as_workbook])
def test_corrected_rows_are_read_again(write):
    with translation.override("en"):
        sheet = reading.read(write(sheets.error_rows(wrong_rows())))

    assert sheet.ignored == ["Row", "What is wrong"]
    assert [row.cells for row in sheet.rows] == [
        {"name_en": '=HYPERLINK("x")', "population": "12 тыс.", "phone": "+7 843 1"},
        {"name_en": "@x", "population": "-5"},
    ]

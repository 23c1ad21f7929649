"""Files: what is read of them, and the one sentence for what is not."""

import datetime
import io
import zipfile

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from members.importing import archives, columns, reading
from members.importing.messages import Refused
from members.tests.spreadsheets import csv_file, workbook

A_DAY = datetime.datetime(2004, 5, 12)  # noqa: DTZ001 - as workbooks give days
ROW = ["Казань", "Kazan", "RU"]


def cells(data: bytes, **options) -> list[tuple[int, dict]]:
    return [(row.number, row.cells) for row in reading.read(data, **options).rows]


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught, translation.override("en"):
        reading.read(data)
    with translation.override("en"):
        return caught.value.remark.text


def rezipped(data: bytes, add=(), change=None) -> bytes:
    """A workbook with parts added or rewritten by `change(name, bytes)`."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            content = old.read(part.filename)
            new.writestr(part.filename, change(part.filename, content) if change else content)
        for name, content in add:
            new.writestr(name, content)
    return target.getvalue()


GOOD = workbook(["Название", "Name", "Страна"], ROW)
EXPECTED = [(2, {"name_ru": "Казань", "name_en": "Kazan", "country": "RU"})]


@pytest.mark.parametrize(
    "headings",
    [
        ["Название", "Name", "Страна"],
        ["НАЗВАНИЕ", " name ", "country"],
        ["Name in Russian", "Название на английском", "Код страны"],
        ["name_ru", "name_en", "Country code"],
    ],
)
def test_headings_are_known_in_both_languages_and_any_case(headings):
    assert cells(workbook(headings, ROW)) == EXPECTED


def test_columns_may_stand_in_any_order_and_strangers_are_named():
    data = workbook(["Страна", "Мэр", "Name", "Название"], ["RU", "Иванов", "Kazan", "Казань"])

    sheet = reading.read(data)

    assert (sheet.rows[0].cells, sheet.ignored) == (EXPECTED[0][1], ["Мэр"])


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_csv_is_read_by_any_delimiter_and_encoding(delimiter, encoding):
    data = csv_file(["Название", "Name", "Страна"], ROW, delimiter=delimiter, encoding=encoding)

    assert cells(data) == EXPECTED


def test_csv_keeps_quoted_delimiters_and_line_breaks():
    data = 'Название;Name;Страна\r\n"Нур;\nСултан";Nur-Sultan;KZ\r\n'.encode()

    assert cells(data) == [
        (2, {"name_ru": "Нур; Султан", "name_en": "Nur-Sultan", "country": "KZ"})
    ]


def test_csv_row_with_more_cells_than_headings_is_marked():
    data = csv_file(["Название", "Name"], ["Казань", "Kazan", "лишнее"], ["Ош", "Osh", " "])

    assert [row.has_extra for row in reading.read(data).rows] == [True, False]


def test_empty_rows_are_skipped_and_counted_but_not_those_behind_the_last():
    data = workbook([], ["Name", "Страна"], ["Kazan", "RU"], [], [None, " "], ["Osh", "KG"], [], [])

    sheet = reading.read(data)

    assert [row.number for row in sheet.rows] == [3, 6]
    assert sheet.empty_rows == 2


def test_text_is_composed_and_freed_of_invisible_marks():
    typed = ["\u202eИ\u0306ошкар\u00ad-Ола\u200b ", "Yosh\u00a0kar \t Ola", "\u2066RU\u2069"]

    assert cells(workbook(["Название", "Name", "Страна"], typed)) == [
        (2, {"name_ru": "Йошкар-Ола", "name_en": "Yosh kar Ola", "country": "RU"})
    ]


def test_apostrophe_that_marks_text_is_taken_off():
    data = csv_file(["Name", "Телефон"], ["Kazan", "'+7 843 000"], ["Osh", "'=1+1"])

    assert [row[1]["phone"] for row in cells(data)] == ["+7 843 000", "=1+1"]


def test_formulas_numbers_and_days_come_as_they_are():
    def prepare(sheet):
        sheet["A3"] = ArrayFormula("A3:A3", "=SUM(B2:B2)")

    data = workbook(
        ["Name", "Население", "Член с"],
        ["=A1", 1318604, datetime.date(2004, 5, 12)],
        [None, 1.5, True],
        prepare=prepare,
    )

    assert cells(data) == [
        (2, {"name_en": "=A1", "population": 1318604,
             "member_since": A_DAY}),
        (3, {"name_en": "=", "population": 1.5, "member_since": "True"}),
    ]  # fmt: skip


def test_shared_formula_is_a_formula_in_every_cell():
    def share(name, content):
        if name != "xl/worksheets/sheet1.xml":
            return content
        return content.replace(
            b"<v>2</v>", b'<f t="shared" ref="A3:A4" si="0">A2</f><v>2</v>', 1
        ).replace(b"<v>3</v>", b'<f t="shared" si="0"/><v>3</v>', 1)

    data = rezipped(workbook(["GeoNames"], [1], [2], [3]), change=share)

    assert [row[1]["geonames_id"] for row in cells(data)] == [1, "=A2", "=A3"]


def test_rows_are_read_although_the_file_claims_to_be_smaller():
    def lie(name, content):
        return content.replace(b'<dimension ref="A1:C2"', b'<dimension ref="A1:A1"')

    assert cells(rezipped(GOOD, change=lie)) == EXPECTED


def test_reading_stops_at_the_limit_and_says_so():
    data = workbook(["GeoNames"], *([number] for number in range(1, 8)))

    sheet = reading.read(data, limit=5)

    assert (len(sheet.rows), sheet.is_partial) == (5, True)
    assert not reading.read(data, limit=7).is_partial


@pytest.mark.parametrize("language", [0, 1])
def test_example_left_in_the_template_is_no_row(language):
    headings = [column.key for column in columns.COLUMNS]
    example = [column.example[language] for column in columns.COLUMNS]
    row = [None] * len(headings)
    row[0] = "Казань"

    assert cells(workbook(headings, example, row)) == [(3, {"name_ru": "Казань"})]


def test_ten_thousand_rows_are_read_and_one_more_is_not():
    rows = [["Name"], *([f"City {number}"] for number in range(10_000))]

    assert len(reading.read(csv_file(*rows)).rows) == 10_000
    expected = "There are more than 10,000 rows. Split the file into parts."
    assert refusal(csv_file(*rows, ["One more"])) == expected
    assert refusal(workbook(*rows, ["One more"])) == expected


def old_excel(password=False) -> bytes:
    name = "EncryptedPackage" if password else "Workbook"
    return archives.OLE + bytes(100) + name.encode("utf-16-le") + bytes(100)


def merged(sheet) -> None:
    sheet.merge_cells("A3:B3")


def bomb() -> bytes:
    return rezipped(GOOD, add=[("xl/media/big.xml", b" " * (archives.RATIO_FROM + 1))])


REFUSED = {
    "nothing": (b"", "The file is empty: there is no row of members in it."),
    "only headings": (
        workbook(["Название", "Страна"]), "The file is empty: there is no row of members in it.",
    ),
    "empty sheet": (workbook(), "The file is empty: there is no row of members in it."),
    "strange headings": (
        workbook(["Мэр", "Партия"], ["Иванов", "—"]),
        "No known heading stands in the first row. At least one of these is needed: "
        "“Name in Russian”, “Name”, “GeoNames id”, “Page address”. Start from the template.",
    ),
    "no identity": (
        workbook(["Страна", "Население"], ["RU", 5]),
        "There is no column that says which member a row is about: "
        "“Name in Russian”, “Name”, “GeoNames id”, “Page address”. Start from the template.",
    ),
    "slip in a heading": (
        workbook(["Название", "Насиление"], ["Казань", 5]),
        "The heading “Насиление” is not known. Did you mean “Population”?",
    ),
    "heading twice": (
        workbook(["Name", "Население", "Population"], ["Kazan", 5, 6]),
        "Two columns hold “Population”: “Население” and “Population”. Keep one.",
    ),
    "merged cells": (
        workbook(["Name"], ["Kazan"], ["Osh"], prepare=merged),
        "Cells are merged (A3:B3). Unmerge them and choose the file again.",
    ),
    "many columns": (
        workbook(["Name", *(f"x{number}" for number in range(120))], ["Kazan"]),
        "There are more than 100 columns. Keep only those of the template.",
    ),
    "old excel": (
        old_excel(), "This is a workbook of Excel 97–2003. Save it as .xlsx and choose it again.",
    ),
    "password": (
        old_excel(password=True), "The workbook is locked with a password. Save it without one.",
    ),
    "pdf": (b"%PDF-1.7 x", "This is not a spreadsheet. Save it as Excel workbook (.xlsx) or CSV."),
    "other archive": (
        rezipped(GOOD, change=None).replace(b"xl/workbook.xml", b"xl/workbooc.xml"),
        "This is not a spreadsheet. Save it as Excel workbook (.xlsx) or CSV.",
    ),
    "macros": (
        rezipped(GOOD, add=[("xl/vbaProject.bin", b"x")]),
        "The workbook carries macros. Save it as .xlsx, without them.",
    ),
    "bomb": (
        bomb(),
        "The workbook unpacks to far more than a list of members needs: it is not opened.",
    ),
    "many parts": (
        rezipped(GOOD, add=[(f"xl/media/{number}", b"") for number in range(400)]),
        "The workbook unpacks to far more than a list of members needs: it is not opened.",
    ),
    "entities": (
        rezipped(GOOD, change=lambda name, data: data.replace(
            b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'
        )),
        "The workbook unpacks to far more than a list of members needs: it is not opened.",
    ),
    "cut off": (
        GOOD[: len(GOOD) // 2],
        "The workbook is damaged and cannot be opened. Save it anew and choose it again.",
    ),
    "broken sheet": (
        rezipped(GOOD, change=lambda name, data: data[:-90] if "sheet1" in name else data),
        "The workbook is damaged and cannot be opened. Save it anew and choose it again.",
    ),
    "binary": (
        b"Name\n\x00\x01\x02",
        "The text cannot be read. Save the file as CSV in UTF-8 or as .xlsx.",
    ),
    "heavy": (
        b"x" * (archives.MAX_BYTES + 1),
        "The file is larger than 10 MB. Keep only the rows of members.",
    ),
    "far away": (
        workbook(["Name"], prepare=lambda sheet: sheet.cell(60_000, 1, "Osh")),
        "There are thousands of empty rows in the sheet. Copy the filled ones into the template.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), REFUSED.values(), ids=REFUSED)
def test_file_that_is_no_list_gets_one_sentence(data, sentence):
    assert refusal(data) == sentence


def test_bomb_is_refused_before_anything_is_unpacked(monkeypatch):
    data = bomb()

    def never(*args, **options):
        raise AssertionError("opened")

    monkeypatch.setattr(reading, "load_workbook", never)
    monkeypatch.setattr(zipfile.ZipFile, "open", never)

    assert "not opened" in refusal(data)


def test_first_sheet_is_read_whatever_stands_on_others():
    book = load_workbook(io.BytesIO(GOOD))
    notes = book.create_sheet("Notes")
    notes.append(["Мэр"])
    notes.merge_cells("A1:B1")
    data = io.BytesIO()
    book.save(data)

    assert cells(data.getvalue()) == EXPECTED


def test_workbook_of_another_program_is_read():
    book = Workbook(write_only=True)
    sheet = book.create_sheet("x")
    sheet.append(["Название", "Name", "Страна"])
    sheet.append(ROW)
    data = io.BytesIO()
    book.save(data)

    assert cells(data.getvalue()) == EXPECTED

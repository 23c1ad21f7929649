"""What a batch may bring: archives that are no archives, tables that are no tables."""

import io
import stat
import struct
import zipfile

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from awards import batch_archive, batch_table
from awards.tests.batches import HEADINGS, child, table

PICTURE = b"\xff\xd8\xff picture"


def packed(*files: tuple[str | zipfile.ZipInfo, bytes], method=zipfile.ZIP_STORED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    out.seek(0)
    return out


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("01.jpg")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def encrypted() -> io.BytesIO:
    data = bytearray(packed(("01.jpg", PICTURE)).getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return io.BytesIO(bytes(data))


def endless_contents() -> io.BytesIO:
    """An archive whose table of contents says it is two gigabytes long."""
    data = bytearray(packed(("01.jpg", PICTURE)).getvalue())
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 20] = struct.pack("<II", 2**31, 0)
    return io.BytesIO(bytes(data))


def refusal(file: io.BytesIO) -> str:
    with pytest.raises(ValidationError) as caught, batch_archive.opened(file):
        pass
    return caught.value.code


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (io.BytesIO(b"no archive at all"), "not_zip"),
        (io.BytesIO(b""), "not_zip"),
        (io.BytesIO(b"Rar!\x1a\x07\x00" + b"0" * 100), "not_zip"),
        (io.BytesIO(packed(("01.jpg", PICTURE)).getvalue()[:-30]), "not_zip"),
        (packed(), "empty"),
        (packed(("__MACOSX/._01.jpg", PICTURE), ("Thumbs.db", b"x")), "empty"),
        (packed(("../01.jpg", PICTURE)), "path"),
        (packed(("works/../../01.jpg", PICTURE)), "path"),
        (packed(("..\\01.jpg", PICTURE)), "path"),
        (packed(("/etc/passwd", PICTURE)), "path"),
        (packed(("C:\\works\\01.jpg", PICTURE)), "path"),
        (packed((link(), b"/etc/passwd")), "link"),
        (encrypted(), "password"),
        (packed(("more.zip", b"PK")), "nested"),
        (packed(("more.RAR", b"Rar!")), "nested"),
        (packed(("01.jpg", bytes(8_000_000)), method=zipfile.ZIP_DEFLATED), "bomb"),
        (endless_contents(), "not_zip"),
    ],
)
def test_archive_that_is_unfit_is_refused_whole(file, code):
    assert refusal(file) == code


def test_archive_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr(batch_archive, "MOST_FILES", 2)
    assert refusal(packed(*((f"{number}.jpg", b"x") for number in range(3)))) == "many"


def test_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(batch_archive, "MAX_UNPACKED", 20)
    assert refusal(packed(("1.jpg", b"x" * 15), ("2.jpg", b"x" * 15))) == "bomb"


def test_drawing_over_20_mb_is_not_read_further(monkeypatch):
    monkeypatch.setattr(batch_archive.privatefiles, "MAX_BYTES", 1000)
    file = packed(("1.jpg", b"x" * 1001))
    with batch_archive.opened(file) as works, pytest.raises(ValidationError) as caught:
        works.read(works.find("1.jpg"))
    assert caught.value.code == "too_heavy"


def test_damaged_file_is_one_files_trouble():
    data = bytearray(packed(("1.jpg", b"drawing one"), ("2.jpg", b"drawing two")).getvalue())
    data[data.index(b"drawing one")] ^= 255
    with batch_archive.opened(io.BytesIO(bytes(data))) as works:
        assert works.read(works.find("2.jpg")) == b"drawing two"
        with pytest.raises(ValidationError) as caught:
            works.read(works.find("1.jpg"))
    assert caught.value.code == "damaged"


def test_files_are_found_as_people_name_them():
    files = packed(("работы/Ёлка  1.JPG", b"a"), ("b/02.png", b"b"), ("x/3.jpg", b"c"),
                   ("y/3.jpg", b"d"))  # fmt: skip
    with batch_archive.opened(files) as works:
        assert works.read(works.find("ёлка 1.jpg")) == b"a"
        assert works.read(works.find("02")) == b"b"
        assert works.find("04.jpg") is None
        with pytest.raises(ValidationError) as caught:
            works.find("3.jpg")
    assert caught.value.code == "double"


def test_name_in_the_code_page_of_dos_is_read():
    data = packed(("xxxxxx.jpg", b"a")).getvalue().replace(b"xxxxxx", "Ромашк".encode("cp866"))
    with batch_archive.opened(io.BytesIO(data)) as works:
        assert works.read(works.find("ромашк.jpg")) == b"a"


def read(*rows: dict) -> list[batch_table.Line]:
    return batch_table.read(table(list(rows)).read())


def codes(*rows: dict) -> list[list[str]]:
    return [[error["code"] for error in line.errors] for line in read(*rows)]


def workbook(*rows: list) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"%PDF-1.7", "file"),
        (b"\x00\x01\x02 junk", "not_text"),
        (b"one;two\n1;2", "headings"),
        ("Файл;Имя;Школа\n1.jpg;Анна;5".encode(), "columns"),
        (";".join(HEADINGS).encode(), "no_rows"),
        (b"PK\x03\x04 broken workbook", "file"),
        (workbook(["Файл", "Имя"]), "headings"),
        (b"x" * (batch_table.MAX_BYTES + 1), "too_heavy"),
        ("\n".join([";".join(HEADINGS), *["1.jpg"] * 1001]).encode(), "many"),
    ],
)
def test_table_that_is_unfit_is_refused_whole(data, code):
    with pytest.raises(ValidationError) as caught:
        batch_table.read(data)
    assert caught.value.code == code


def test_rows_say_what_is_wrong_one_by_one():
    assert codes(
        child(1), child(2, file=""), child(3, given_name_ru=""), child(4, title_ru=""),
        child(5, age=""), child(6, age="девять"), child(7, consent_entry="может быть"),
        child(8, title_ru='=HYPERLINK("http://x")'), child(9, title_ru="x" * 301), child(1),
    ) == [
        [], ["file"], ["name"], ["title"], ["age_missing"], ["age_missing"], ["yes_no"],
        ["formula"], ["long"], ["twice"],
    ]  # fmt: skip


def test_workbook_and_english_headings_are_read():
    english = [headings[1][0] for headings in batch_table.COLUMNS.values()]
    row = child(1, age="9", consent_entry="yes", given_name_ru="", given_name_en="Anna")
    cells = [row.get(name, "") for name in batch_table.COLUMNS]
    cells[list(batch_table.COLUMNS).index("age")] = 9.0
    line = batch_table.read(workbook(["Our school"], english, cells))[0]
    assert (line.number, line.name, line.data["age"], line.data["consent_entry"]) == (
        3, "01.jpg", 9, True,
    )  # fmt: skip
    assert (line.data["given_name_en"], line.errors) == ("Anna", [])


def test_formula_of_a_workbook_is_never_counted():
    cells = {**child(1), "title_ru": "=1+1"}
    row = [cells.get(name, "") for name in batch_table.COLUMNS]
    line = batch_table.read(workbook(HEADINGS, row))[0]
    assert [error["code"] for error in line.errors] == ["formula"]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-8"])
def test_tables_of_old_programs_are_read(encoding):
    text = table([child(1)]).read().decode("utf-8-sig")
    assert batch_table.read(text.encode(encoding))[0].data["title_ru"] == "Костюм 1"

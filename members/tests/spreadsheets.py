"""Files for the tests of the import: workbooks and CSV, made from plain rows."""

import io
from collections.abc import Iterable

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

HEADINGS = ["Название", "Name", "Страна", "Население", "Часовой пояс"]


def workbook(*rows: Iterable, prepare=None) -> bytes:
    """A workbook of one sheet; `prepare(sheet)` changes it before it is saved."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    if prepare:
        prepare(sheet)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def csv_file(*rows: Iterable, delimiter=";", encoding="utf-8") -> bytes:
    return "\r\n".join(delimiter.join(map(str, row)) for row in rows).encode(encoding)


def upload(data: bytes, name="cities.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)

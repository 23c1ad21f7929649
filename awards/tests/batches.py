"""Archives and tables of schools for tests."""

import csv
import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from awards import batch_table, batches
from awards.models import Batch
from awards.tests.factories import make_category, make_entrant, make_round

HEADINGS = [headings[0][0] for headings in batch_table.COLUMNS.values()]


def painted(seed: int = 0, size=(640, 480), form: str = "JPEG", **options) -> bytes:
    """A picture of a few coloured discs, other ones for every seed."""
    image = Image.new("RGB", size, "ivory")
    draw = ImageDraw.Draw(image)
    for disc in range(12):
        number = (seed * 7919 + disc * 104729) % 9973
        x, y = number * 31 % size[0], number * 17 % size[1]
        radius = size[1] // 10 + number % (size[1] // 6)
        colour = (number % 256, number * 3 % 256, number * 7 % 256)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def child(number: int, **values) -> dict[str, str]:
    """A row of the table in which everything is right."""
    row = {
        "file": f"{number:02d}.jpg",
        "family_name_ru": f"Фамилия{number}",
        "given_name_ru": f"Имя{number}",
        "age": "9",
        "title_ru": f"Костюм {number}",
        "institution_ru": "Детская художественная школа",
        "teacher_ru": "Вера Лукина",
        "consent_entry": "да",
        "consent_public": "да",
    }
    return {**row, **values}


def table(rows: list[dict], name: str = "table.csv") -> SimpleUploadedFile:
    """A table in CSV as a Russian Excel writes it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADINGS)
    writer.writerows([row.get(column, "") for column in batch_table.COLUMNS] for row in rows)
    return SimpleUploadedFile(name, out.getvalue().encode("utf-8-sig"))


def archive(files: dict[str, bytes]) -> SimpleUploadedFile:
    """A ZIP archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return SimpleUploadedFile("works.zip", out.getvalue())


def drawings(*numbers: int) -> dict[str, bytes]:
    return {f"{number:02d}.jpg": painted(number) for number in numbers}


def school(**fields):
    """A school that enters a contest for children from 5 to 14 which takes batches."""
    round = make_round(is_for_children=True, admits_batches=True, region_only=False, **fields)
    make_category(round)
    return make_entrant(round)


def send(entrant, rows=None, files=None, *, by=None, batch=None, **options) -> Batch:
    """Send a batch and read it as a worker does."""
    sent = batches.send(
        entrant, by, batch=batch,
        table=table(rows) if rows is not None else None,
        archive=archive(files) if files is not None else None, **options,
    )  # fmt: skip
    batches.run(sent.pk)
    sent.refresh_from_db()
    return sent


def outcome(batch: Batch) -> list[tuple[str, str, list[str]]]:
    """Of every row its file, its state, and the codes of what is said about it."""
    return [
        (row.name, row.state, [error["code"] for error in row.errors])
        for row in batch.rows.order_by("number", "pk")
    ]

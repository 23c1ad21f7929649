"""Batches of children's drawings, sent and read as schools' are; the drawings are drawn here."""

import csv
import datetime
import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from awards import batch_table, batches, entering
from awards.models import BatchRow, PrintedCopy, Round
from members.models import Member
from uclg_portal.demonstration import data
from uclg_portal.demonstration.drawings import drawing

SMALL = (420, 400)  # pixels, where nobody looks at the pictures


def load(users: dict[str, Any], *, with_pictures: bool = True) -> None:
    """Everything of works.toml, through the capabilities; the round and the members are there."""
    told = data.table("works.toml")
    round = Round.objects.select_related("award").get(award__slug=told["award"], slug=told["round"])
    for row in told["batches"]:
        entrant = entering.of_member(round, Member.objects.get(slug=row["member"]))
        sent = batches.send(
            entrant, users.get(f"{row['member']}@example.org"),
            archive=SimpleUploadedFile("works.zip", _archive(row, with_pictures)),
            table=SimpleUploadedFile("works.csv", _table(told, row)),
            now=round.closes_at - datetime.timedelta(days=row["sent_days"]),
        )  # fmt: skip
        batches.run(sent.pk)
    for row in told["printed"]:
        batch_rows = BatchRow.objects.filter(batch__entrant__member__slug=row["member"])
        printed = batch_rows.get(batch__entrant__round=round, name=f"{row['row']:02d}.jpg")
        PrintedCopy.objects.create(
            entry=printed.entry, **{name: row[name] for name in ("what", "where", "copies")}
        )


def _table(told: dict[str, Any], row: dict[str, Any]) -> bytes:
    """The table as a school fills it in, in both languages."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(russian[0] for russian, _english in batch_table.COLUMNS.values())
    start = sum(map(ord, row["member"]))  # names and titles of a city of its own
    for number, age in enumerate(row["ages"], 1):
        given = told["names"][(start + number) % len(told["names"])]
        title = told["titles"][(start + 5 * number) % len(told["titles"])]
        may_enter = number not in row.get("without_consent", [])
        cells = {
            "file": f"{number:02d}.jpg", "age": age,
            "given_name_ru": given[0], "given_name_en": given[1],
            "title_ru": title[0], "title_en": title[1],
            "consent_entry": "да" if may_enter else "нет",
            "consent_public": "да" if number not in row.get("not_shown", []) else "нет",
            **{f"family_name_{code}": told[f"family_name_{code}"] for code in ("ru", "en")},
            **{f"institution_{code}": row[f"school_{code}"] for code in ("ru", "en")},
            **{f"teacher_{code}": row[f"teacher_{code}"] for code in ("ru", "en")},
        }  # fmt: skip
        writer.writerow(cells.get(name, "") for name in batch_table.COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def _archive(row: dict[str, Any], with_pictures: bool) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(1, len(row["ages"]) + 1):
            seed = f"{row['member']}-{number}"
            is_copy = number == 1 and "same_as_first" in row
            picture = drawing(row["same_as_first"] if is_copy else seed)
            if is_copy or not with_pictures:
                picture = _copied(picture, with_pictures)
            packed.writestr(f"{number:02d}.jpg", picture)
    return out.getvalue()


def _copied(picture: bytes, with_pictures: bool) -> bytes:
    """The same drawing as another scanner would make it, or a small one."""
    image = Image.open(io.BytesIO(picture))
    size = (1200, 1200 * image.height // image.width) if with_pictures else SMALL
    out = io.BytesIO()
    image.resize(size).save(out, "JPEG", quality=70)
    return out.getvalue()

"""Works as schools send them, full of what a blind jury must not learn."""

import io

from PIL import Image
from pypdf import PdfWriter

from awards.models import EntryAnswer, EntryFile
from awards.tests.factories import make_author, make_entrant, make_entry, make_field
from content.privatefiles import keep_bytes
from judging.tests.factories import make_assignment

# What stands in the rows and files of `make_revealing_work` and in no answer to a juror.
SECRETS = (
    "Амина", "Сафина", "Amina", "Safina", "Лукина", "Lukina",
    "Детская художественная школа", "Children’s Art School", "Ставрополь", "Stavropol",
    "school-", "secret-teacher", "teacher.example", "Гимназия № 7",
)  # fmt: skip


def picture_bytes(width: int = 480, height: int = 320, *, kind: str = "JPEG") -> bytes:
    """A plain picture without metadata, as the portal makes them."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (29, 154, 151)).save(out, kind)
    return out.getvalue()


def photograph_of_amina(width: int = 480, height: int = 320) -> bytes:
    """The same with a name in its EXIF: what a phone sends."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "Amina Safina, Stavropol"  # artist
    exif[0x010E] = "Harvest by Amina Safina"  # description
    Image.new("RGB", (width, height), (29, 154, 151)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def pdf_bytes(author: str = "") -> bytes:
    """A page of PDF, with the author in its metadata where one is given."""
    out, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(200, 200)
    if author:
        writer.add_metadata({"/Author": author})
    writer.write(out)
    return out.getvalue()


def keep(data: bytes, name: str, content_type: str, user=None):
    return keep_bytes(data, name, content_type, "entry", user)


def add_picture(entry, *, sizes: bool = True, user=None, **fields) -> EntryFile:
    """The drawing itself: the original with a name inside, the clean copy and two sizes."""
    original = keep(photograph_of_amina(), "Amina-Safina-school-7.jpg", "image/jpeg", user)
    clean = keep(picture_bytes(), "Amina-Safina-school-7.jpg", "image/jpeg", user)
    values = {"file": original, "clean": clean, "is_picture": True, "width": 480, "height": 320}
    if sizes:
        small = keep(picture_bytes(240, 160, kind="WEBP"), "Amina-small.webp", "image/webp")
        large = keep(picture_bytes(kind="WEBP"), "Amina-large.webp", "image/webp")
        values |= {"small": small, "large": large}
    return EntryFile.objects.create(entry=entry, **{**values, **fields})


def add_document(entry, *, is_clean: bool = True, user=None, **fields) -> EntryFile:
    """A PDF with its author in the metadata; `clean` is a copy without."""
    original = keep(pdf_bytes("Amina Safina"), "Сафина-Ставрополь.pdf", "application/pdf", user)
    clean = keep(pdf_bytes(), "Сафина-Ставрополь.pdf", "application/pdf") if is_clean else None
    values = {"file": original, "clean": clean, "order": 2}
    return EntryFile.objects.create(entry=entry, **{**values, **fields})


def make_revealing_work(round, category=None, *, user=None, **fields):
    """Work 0417 of a girl from Stavropol whose name stands everywhere but in the title."""
    entrant = make_entrant(round, contact_name="Вера Лукина")
    values = {"number": 417, "home_text": "Ставрополь", "created_by": user}
    entry = make_entry(entrant, category, **{**values, **fields})
    make_author(entry, consents=("entry",))
    add_picture(entry, user=user)
    add_document(entry, user=user)
    answer(entry, "text", "Краски и бумага", label_en="What is it made of?", order=1)
    answer(
        entry, "line", "Гимназия № 7, Ставрополь", label_en="School", is_identifying=True, order=2
    )
    answer(entry, "link", "https://teacher.example/secret-teacher", label_en="Page", order=3)
    return entry


def answer(entry, kind: str, text: str, **fields) -> EntryAnswer:
    question = make_field(entry.round, kind, **fields)
    return EntryAnswer.objects.create(entry=entry, field=question, text=text)


def make_works(stage, juror, entrant, count: int, category=None) -> list:
    """Works of one entrant, each with a picture and an answer, all given to one juror."""
    made = []
    question = make_field(stage.round)
    for place in range(1, count + 1):
        entry = make_entry(entrant, category, number=place, title_en=f"Harvest {place}")
        if stage.round.is_for_children:
            make_author(entry, consents=("entry",))
        small = keep(b"RIFF0000WEBP", "small.webp", "image/webp")
        EntryFile.objects.create(
            entry=entry, file=small, clean=small, small=small, large=small, is_picture=True,
            width=480, height=320,
        )  # fmt: skip
        EntryAnswer.objects.create(entry=entry, field=question, text="Paint and paper")
        made.append(make_assignment(stage, juror, entry))
    return made

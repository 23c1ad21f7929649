"""Pictures of works: without metadata, in two sizes, alike or not."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from awards import tasks, works
from awards.models import EntryFile
from awards.tests.factories import make_entrant, make_entry, make_round
from content.models import PrivateFile

pytestmark = pytest.mark.django_db


def painted(seed: int = 0, size=(1200, 900), form: str = "JPEG", **options) -> bytes:
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


@pytest.fixture
def entry():
    return make_entry(make_entrant(make_round(is_for_children=True)), state="draft")


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x013B] = "Амина Сафина".encode().decode("latin-1")
    exif[0x0112] = 6  # lies on its side
    return painted(exif=exif)


def test_work_is_kept_upright_without_metadata(entry):
    file = works.keep_work(entry, with_exif(), None)
    with file.file.file.open() as stored:
        image = Image.open(stored)
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (900, 1200), {})
    assert (file.width, file.height, file.clean_id) == (900, 1200, file.file_id)
    assert (file.file.name, file.file.purpose) == ("work.jpg", "awards.work")


def test_work_that_is_an_upload_gets_two_sizes_once(entry):
    upload = SimpleUploadedFile("Сафина Амина.png", painted(form="PNG", size=(3000, 2000)))
    file = works.keep_work(entry, upload, None)
    tasks.make_work_renditions(file.pk)
    file.refresh_from_db()
    sizes = {}
    for name in works.SIZES:
        with getattr(file, name).file.open() as stored:
            image = Image.open(stored)
            sizes[name] = (image.format, image.size)
    assert sizes == {"large": ("WEBP", (1600, 1067)), "small": ("WEBP", (480, 320))}
    before = PrivateFile.objects.count()
    tasks.make_missing_work_renditions()
    tasks.make_work_renditions(file.pk)
    assert PrivateFile.objects.count() == before


def test_missed_sizes_are_made_by_the_timetable(entry):
    works.keep_work(entry, painted(), None)
    works.keep_work(entry, painted(1), None)
    tasks.make_missing_work_renditions()
    assert not works.without_renditions().exists()
    assert list(EntryFile.objects.values_list("order", flat=True)) == [1, 2]


def test_sizes_of_a_file_that_is_gone_are_no_error(entry):
    file = works.keep_work(entry, painted(), None)
    pk = file.pk
    works.erase([file])
    tasks.make_work_renditions(pk)
    assert PrivateFile.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"MZ a program that calls itself drawing.jpg", "not_a_picture"),
        (painted(size=(300, 300)), "too_small"),
        (painted()[:4000], "damaged"),
        (b"PK\x03\x04 an archive", "not_a_picture"),
    ],
)
def test_file_that_is_no_fit_picture_is_refused_and_nothing_kept(entry, data, code):
    with pytest.raises(ValidationError) as caught:
        works.keep_work(entry, data, None)
    assert caught.value.code == code
    assert (EntryFile.objects.count(), PrivateFile.objects.count()) == (0, 0)


def distance(first: bytes, second: bytes) -> int:
    return (works.look_of(first) ^ works.look_of(second)).bit_count()


def test_look_of_the_same_drawing_is_near_and_of_another_far():
    again = io.BytesIO()
    Image.open(io.BytesIO(painted(5))).resize((800, 600)).save(again, "JPEG", quality=40)
    assert distance(painted(5), again.getvalue()) <= 4
    assert distance(painted(5), painted(6)) > 10
    assert -(2**63) <= works.look_of(painted(5)) < 2**63

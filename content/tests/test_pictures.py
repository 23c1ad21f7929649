"""REP-7 and the rest of what pictures must stand."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from PIL import Image

from content import pictures, tasks
from content.models import Picture, PictureRendition
from content.tests.factories import make_picture, make_upload, picture_bytes

HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64


def refusal(data: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(ValidationError) as caught:
        pictures.accept_upload(make_upload(data, name))
    return caught.value.code


def bomb(width: int = 20_000, height: int = 10_000) -> bytes:
    """A PNG of 200 megapixels in a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (HEIC, "heic"),
        (b"%PDF-1.7 not a picture", "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"", "not_a_picture"),
        (picture_bytes((800, 200)), "too_small"),
        (picture_bytes()[:3000], "damaged"),
        (bomb(), "too_many_pixels"),
    ],
)
def test_rep_7_each_bad_picture_has_its_own_refusal(data, code):
    assert refusal(data) == code


def test_rep_7_heavy_heic_says_heic_and_not_heavy():
    assert refusal(HEIC + b"\0" * (40 * 1024 * 1024), "IMG_0001.HEIC") == "heic"


def test_rep_7_three_messages_differ():
    messages = set()
    for data in (HEIC, b"%PDF-1.7", picture_bytes((200, 200))):
        with pytest.raises(ValidationError) as caught:
            pictures.accept_upload(make_upload(data))
        messages.add(str(caught.value.messages[0]))
    assert len(messages) == 3


def test_picture_is_turned_upright_and_loses_its_metadata():
    image = Image.new("RGB", (1200, 800))
    exif = image.getexif()
    exif[0x0112] = 6  # lying on its side
    exif[0x010F] = "Camera of a private person"
    exif.get_ifd(0x8825)[1] = "N"
    data = io.BytesIO()
    image.save(data, "JPEG", exif=exif)

    checked = pictures.accept_upload(make_upload(data.getvalue()))

    kept = Image.open(io.BytesIO(checked.data))
    assert kept.size == (checked.width, checked.height) == (800, 1200)
    assert dict(kept.getexif()) == {}
    assert b"private person" not in checked.data


def test_transparent_ground_becomes_white():
    data = io.BytesIO()
    Image.new("RGBA", (500, 500), (0, 0, 0, 0)).save(data, "PNG")

    checked = pictures.accept_upload(make_upload(data.getvalue(), "emblem.png"))

    assert Image.open(io.BytesIO(checked.data)).getpixel((250, 250)) == (255, 255, 255)


@pytest.mark.django_db
def test_renditions_are_made_once_and_never_wider_than_the_picture():
    picture = make_picture()

    tasks.make_renditions(picture.pk)
    tasks.make_renditions(picture.pk)

    rows = PictureRendition.objects.values_list("width", "height", "format")
    assert list(rows) == [(480, 320, "webp"), (960, 640, "webp")]
    assert not pictures.without_renditions().exists()


@pytest.mark.django_db
def test_small_picture_has_one_rendition_of_its_own_width():
    checked = pictures.accept_upload(make_upload(picture_bytes((450, 420))))
    picture = pictures.make_picture(checked, alt_ru="Мост")

    pictures.make_renditions(picture)

    assert [row.width for row in picture.renditions.all()] == [450]


@pytest.mark.django_db
def test_missed_renditions_are_made_by_the_timetable():
    make_picture()

    tasks.make_missing_renditions()
    tasks.make_missing_renditions()

    assert PictureRendition.objects.count() == 2


@pytest.mark.django_db
def test_half_made_picture_is_completed():
    picture = make_picture()
    pictures.make_renditions(picture)
    picture.renditions.get(width=960).delete()

    tasks.make_missing_renditions()

    assert list(picture.renditions.values_list("width", flat=True)) == [480, 960]


@pytest.mark.django_db
def test_replaced_picture_leaves_no_file_behind(django_capture_on_commit_callbacks):
    picture = make_picture()
    pictures.make_renditions(picture)
    old = [picture.file.name, *picture.renditions.values_list("file", flat=True)]

    with django_capture_on_commit_callbacks(execute=True):
        pictures.put_file(picture, pictures.accept_upload(make_upload()))

    assert [name for name in old if picture.file.storage.exists(name)] == []
    assert picture.file.storage.exists(picture.file.name)


@pytest.mark.django_db
def test_tag_lists_only_what_exists_and_marks_the_language():
    picture = make_picture(alt_en=None)
    template = Template("{% load content_tags %}{% picture pic css='story__pic' %}")
    assert template.render(Context({"pic": picture})) == ""

    pictures.make_renditions(picture)
    picture = Picture.objects.get()
    shown = template.render(Context({"pic": picture}))

    small, large = picture.renditions.all()
    assert shown == (
        f'<img class="story__pic" src="{small.file.url}" '
        f'srcset="{small.file.url} 480w, {large.file.url} 960w" sizes="100vw" '
        'width="960" height="640" alt="Мост" loading="lazy">'
    )

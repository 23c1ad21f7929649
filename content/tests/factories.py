"""Rows and files for the tests of the ground floor."""

import io
from pathlib import Path

from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from content import pictures
from content.models import Picture, Topic


def picture_bytes(size=(1200, 800), kind="JPEG", **options) -> bytes:
    """The bytes of a plain picture of `size` pixels."""
    data = io.BytesIO()
    Image.new("RGB", size, (29, 154, 151)).save(data, kind, **options)
    return data.getvalue()


def make_upload(data: bytes | None = None, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes() if data is None else data)


def make_picture(**texts) -> Picture:
    """A stored picture; its renditions are not made."""
    checked = pictures.accept_upload(make_upload())
    return pictures.make_picture(checked, **{"alt_ru": "Мост", "alt_en": "A bridge", **texts})


def make_topic(slug: str = "culture", **fields) -> Topic:
    return Topic.objects.create(
        slug=slug, **{"title_ru": "Культура", "title_en": "Culture", **fields}
    )


def private_files_on_disk() -> set[Path]:
    """The stored bytes of private files, of this run's tests all together."""
    return {path for path in Path(storages["private"].location).rglob("*") if path.is_file()}

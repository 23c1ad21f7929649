"""Pictures of works: judged, made anew without metadata, hashed so that look-alikes are found.

All that is kept of an upload is a JPEG of our own making, and two sizes more for screens. Nothing
here is public, and no name of a file tells whose it is.
"""

import io
import warnings
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from PIL import Image

from awards.models import Entry, EntryField, EntryFile
from content import pictures, wake
from content.models import PrivateFile
from content.pictures import CheckedPicture
from content.privatefiles import all_or_nothing, keep_bytes, reserve

PURPOSE = reserve("awards.work", "awards.view_entry")
SIZES = {"large": 1600, "small": 480}  # pixels wide at most
SWEPT_AT_ONCE = 50
# Of PNG, WebP and progressive JPEG: others are decoded in a smaller size from the start.
MOST_PIXELS_AT_ONCE = 24_000_000
TASK = "awards.tasks.make_work_renditions"


def prepare(data_or_upload: bytes | UploadedFile) -> CheckedPicture:
    """Judge a picture of a work and make it anew, outside of any transaction: the slow half.

    Raises ValidationError with a sentence for people (see `content.pictures.accept_upload`).
    """
    upload = data_or_upload
    if isinstance(upload, bytes):
        upload = SimpleUploadedFile("work", upload)
    _judge_weight(upload)
    return pictures.accept_upload(upload)


def _judge_weight(upload: UploadedFile) -> None:
    """Refuse what has to be decoded whole and is too large for the memory of a worker."""
    upload.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(upload, formats=pictures.FORMATS)
        except (Image.DecompressionBombError, OSError, SyntaxError, ValueError):
            return  # the judge of all pictures says what is wrong
    in_parts = image.format == "JPEG" and not image.info.get("progressive")
    if not in_parts and image.width * image.height > MOST_PIXELS_AT_ONCE:
        raise ValidationError(
            _("The picture has more than 24 million pixels. Save it as a usual JPEG."),
            code="too_many_pixels",
        )


@all_or_nothing()
def attach(entry: Entry, checked: CheckedPicture, by, field: EntryField | None = None) -> EntryFile:
    """Keep a prepared picture as a file of this entry; without a field it is the work itself."""
    kept = keep_bytes(checked.data, "work.jpg", "image/jpeg", PURPOSE, by)
    return EntryFile.objects.create(
        entry=entry,
        field=field,
        file=kept,
        clean=kept,
        is_picture=True,
        width=checked.width,
        height=checked.height,
        look=look_of(checked.data),
        order=entry.files.filter(field=field).count() + 1,
    )


def keep_work(
    entry: Entry, data_or_upload: bytes | UploadedFile, by, field: EntryField | None = None
) -> EntryFile:
    """Judge a picture and keep it; a worker makes its sizes after the commit.

    `by`: the account that sends it, or None. Raises ValidationError for what is no fit picture.
    """
    file = attach(entry, prepare(data_or_upload), by, field)
    wake.after_commit(TASK, file.pk)
    return file


def look_of(jpeg: bytes) -> int:
    """The perceptual hash of a picture: 64 times "darker than its neighbour", a signed number.

    Two files of one drawing differ in a few bits; two drawings differ in about half of them.
    """
    image = Image.open(io.BytesIO(jpeg))
    image.draft("L", (72, 64))
    pixels = image.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = 0
    for place in range(72):
        if place % 9 != 8:
            bits = bits << 1 | (pixels[place] < pixels[place + 1])
    return bits - (1 << 64) if bits >> 63 else bits


def make_renditions(file: EntryFile) -> int:
    """Make the sizes that are missing; says how many. A repeated call makes nothing twice."""
    missing = [name for name in SIZES if getattr(file, f"{name}_id") is None]
    if not file.is_picture or not missing:
        return 0
    with file.file.file.open() as stored:
        image = Image.open(stored)
        image.draft("RGB", (SIZES[missing[0]], 1))
        image.load()
    return sum(_make_size(file, image, name) for name in missing)


def _make_size(file: EntryFile, image: Image.Image, name: str) -> bool:
    width = min(SIZES[name], image.width)
    height = max(1, round(image.height * width / image.width))
    data = io.BytesIO()
    small = image if width == image.width else image.resize((width, height), reducing_gap=2.0)
    small.save(data, "WEBP", quality=78, method=2)
    with all_or_nothing():
        locked = EntryFile.objects.select_for_update().filter(pk=file.pk).first()
        if locked is None or getattr(locked, f"{name}_id") is not None:
            return False
        kept = keep_bytes(data.getvalue(), f"{name}.webp", "image/webp", PURPOSE, None)
        EntryFile.objects.filter(pk=file.pk).update(**{name: kept})
    setattr(file, name, kept)
    return True


def without_renditions():
    """Pictures whose sizes a worker still has to make, oldest first."""
    return EntryFile.objects.filter(
        Q(large__isnull=True) | Q(small__isnull=True), is_picture=True
    ).order_by("pk")


def erase(files: Iterable[EntryFile]) -> int:
    """Take pictures away for good, from the disk too once that is committed; says how many."""
    gone = 0
    for file in files:
        kept = {file.file_id, file.clean_id, file.large_id, file.small_id} - {None}
        file.delete()
        forget_files(PrivateFile.objects.filter(pk__in=kept))
        gone += 1
    return gone


def forget_files(files: Iterable[PrivateFile]) -> None:
    """Erase private files, each from the disk once its row is gone."""
    for kept in files:
        name, storage = kept.file.name, kept.file.storage
        kept.delete()
        transaction.on_commit(lambda name=name, storage=storage: storage.delete(name))

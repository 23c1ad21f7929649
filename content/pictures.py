"""Pictures on their way in: judged before they are decoded, turned upright, without metadata.

What is kept is a JPEG of our own making; what is shown are its renditions, made by a worker.
"""

import io
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Case, Count, F, Q, Value, When
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from content import wake
from content.models import Picture, PictureRendition

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 60_000_000
MIN_SIDE = 400
KEPT_SIDE = 2560
WIDTHS = (480, 960, 1600)
FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True)
class CheckedPicture:
    """An upload that passed: JPEG bytes without metadata, and its size in pixels."""

    data: bytes
    width: int
    height: int


def accept_upload(upload: UploadedFile, smallest: int = MIN_SIDE) -> CheckedPicture:
    """Judge and re-encode an uploaded picture; `smallest` is what its shorter side needs, pixels.

    Raises ValidationError with a sentence for people, in their language: wrong type by content,
    HEIC, SVG, too heavy, too many pixels, too small, cut off.
    """
    upload.seek(0)
    head = upload.read(1024)
    if head[4:8] == b"ftyp":
        raise ValidationError(
            _(
                "This is a HEIC or AVIF picture, the format of some telephones. Save it as JPEG "
                "and upload it again."
            ),
            code="heic",
        )
    if b"<svg" in head.lower():
        raise ValidationError(
            _(
                "This is an SVG drawing. Such a file may hold a program, so it is not taken. Save "
                "it as PNG and upload it again."
            ),
            code="svg",
        )
    if not _is_picture(head):
        raise ValidationError(
            _(
                "This file is not a picture, whatever its name says. Upload a photograph as JPEG, "
                "PNG or WebP."
            ),
            code="not_a_picture",
        )
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("The picture is larger than 20 MB. Make it smaller and upload it again."),
            code="too_heavy",
        )
    upload.seek(0)
    return _decoded(upload.read(), smallest)


def _is_picture(head: bytes) -> bool:
    is_webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return is_webp or head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def _decoded(data: bytes, smallest: int) -> CheckedPicture:
    with warnings.catch_warnings():
        # Our own limit stands before the decoder; Pillow's warning would say it twice.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            _judge_size(*image.size, smallest)
            flat = _made_small(image)
        except Image.DecompressionBombError:
            raise _too_many_pixels() from None
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
            raise ValidationError(
                _("The picture is damaged or cut off. Save it once more and upload it again."),
                code="damaged",
            ) from None
    stored = io.BytesIO()
    flat.save(stored, "JPEG", quality=88, optimize=True, progressive=True)
    return CheckedPicture(stored.getvalue(), *flat.size)


def _made_small(image: Image.Image) -> Image.Image:
    """The picture as it is kept, upright. Made small first: never are there two in full size."""
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    # A JPEG is decoded in the smallest size that suffices.
    image.draft(None, (KEPT_SIDE, KEPT_SIDE))
    image.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    image.load()  # also of a picture that is small enough: what is cut off shows here
    return _on_white(ImageOps.exif_transpose(_in_srgb(image)))


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture in the colours of the web, where it brings a profile of its own."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(
            image, own, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except ImageCms.PyCMSError:
        return image  # a broken profile: its colours are taken as they are


def _judge_size(width: int, height: int, smallest: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < smallest:
        raise ValidationError(
            _(
                "The picture is too small: %(width)d × %(height)d pixels. Its shorter side needs "
                "%(minimum)d pixels or more."
            ),
            code="too_small",
            params={"width": width, "height": height, "minimum": smallest},
        )


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has more than 60 million pixels. Make it smaller and upload it again."),
        code="too_many_pixels",
    )


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("RGB")


def make_picture(checked: CheckedPicture, *, uploaded_by=None, **texts) -> Picture:
    """Store a checked picture with its texts (`alt_ru`, `caption_en`, `credit` …)."""
    return put_file(Picture(**texts), checked, uploaded_by=uploaded_by)


def put_file(picture: Picture, checked: CheckedPicture, *, uploaded_by=None) -> Picture:
    """Store a picture row with these bytes; no file stays behind when the row is refused.

    Its renditions are made by a worker after the commit; until then nothing lists them.
    """
    replaced = _forget_files(picture) if picture.pk else []
    picture.uploaded_by = uploaded_by
    picture.width, picture.height = checked.width, checked.height
    picture.file.save("picture.jpg", ContentFile(checked.data), save=False)
    try:
        picture.save()
    except Exception:
        picture.file.storage.delete(picture.file.name)
        raise
    transaction.on_commit(lambda: _delete_files(picture, replaced))
    wake.after_commit("content.tasks.make_renditions", picture.pk)
    return picture


def discard(picture: Picture) -> None:
    """Erase a picture that nothing shows any more: its rows now, its bytes on commit.

    Raises ProtectedError where something still holds it.
    """
    names = _forget_files(picture)
    storage = picture.file.storage
    picture.delete()
    transaction.on_commit(lambda: [storage.delete(name) for name in names])


def _forget_files(picture: Picture) -> list[str]:
    """Take the rows of the renditions away; names of the files that go with the old picture."""
    names = [picture.file.name, *picture.renditions.values_list("file", flat=True)]
    picture.renditions.all().delete()
    return names


def _delete_files(picture: Picture, names: list[str]) -> None:
    for name in names:
        picture.file.storage.delete(name)


def widths_for(picture: Picture) -> list[int]:
    """The widths a picture is shown in: never wider than it is itself."""
    return [width for width in WIDTHS if width < picture.width] or [picture.width]


def make_renditions(picture: Picture) -> int:
    """Make the sizes that are missing, each file first and then its row; says how many."""
    known = set(picture.renditions.values_list("width", flat=True))
    missing = [width for width in widths_for(picture) if width not in known]
    if not missing:
        return 0
    with picture.file.open() as file:
        image = Image.open(file)
        image.load()
    for width in missing:
        _make_rendition(picture, image, width)
    return len(missing)


def _make_rendition(picture: Picture, image: Image.Image, width: int) -> None:
    height = max(1, round(image.height * width / image.width))
    resized = image.resize((width, height), Image.Resampling.LANCZOS)
    data = io.BytesIO()
    resized.save(data, "WEBP", quality=78, method=4)
    rendition = PictureRendition(picture=picture, width=width, height=height)
    rendition.file.save("rendition.webp", ContentFile(data.getvalue()), save=False)
    _row, is_new = PictureRendition.objects.get_or_create(
        picture=picture,
        format="webp",
        width=width,
        defaults={"height": height, "file": rendition.file.name},
    )
    if not is_new:
        rendition.file.storage.delete(rendition.file.name)


def without_renditions():
    """Pictures that a worker still has to work on, oldest first."""
    smaller = Count("renditions", filter=Q(renditions__format="webp"))
    wanted = sum(
        (Case(When(width__gt=width, then=Value(1)), default=Value(0)) for width in WIDTHS[1:]),
        start=Value(1),
    )
    return (
        Picture.objects.annotate(made=smaller, wanted=wanted)
        .filter(made__lt=F("wanted"))
        .order_by("pk")
    )

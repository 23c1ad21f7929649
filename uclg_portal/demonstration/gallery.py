"""Draws the pictures of the demonstration, on all cores, and stores them with their renditions."""

import io
import multiprocessing
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from content.models import Picture, PictureRendition
from uclg_portal.demonstration.pictures import draw

SIZE = (1200, 800)
WIDTHS = (480, 960)


@dataclass
class Wanted:
    """A picture to be drawn: what it shows, the seed of its details, its texts."""

    motif: str
    seed: str
    texts: dict[str, Any] = field(default_factory=dict)


def _drawn(wanted: Wanted) -> tuple[Wanted, bytes, list[tuple[int, int, bytes]]]:
    original = draw(wanted.motif, wanted.seed, SIZE)
    image = Image.open(io.BytesIO(original))
    image.load()
    renditions = []
    for width in WIDTHS:
        height = round(image.height * width / image.width)
        data = io.BytesIO()
        image.resize((width, height), Image.Resampling.LANCZOS).save(data, "WEBP", quality=78)
        renditions.append((width, height, data.getvalue()))
    return wanted, original, renditions


def draw_all(
    wanted: Iterable[Wanted], say: Callable[[str], None]
) -> dict[str, tuple[Wanted, bytes, list]]:
    """Draw everything; maps seeds to what was drawn. Needs no database."""
    wanted, drawn = list(wanted), {}
    if not wanted:
        return drawn
    context = multiprocessing.get_context("spawn")
    with context.Pool() as pool:
        for number, result in enumerate(pool.imap_unordered(_drawn, wanted, chunksize=4), 1):
            drawn[result[0].seed] = result
            if number % 25 == 0 or number == len(wanted):
                say(f"  {number} of {len(wanted)} pictures drawn")
    return drawn


def store(drawn: tuple[Wanted, bytes, list]) -> Picture:
    """Store one drawn picture with the renditions that belong to it."""
    wanted, original, renditions = drawn
    picture = Picture(width=SIZE[0], height=SIZE[1], **wanted.texts)
    picture.file.save("picture.jpg", ContentFile(original), save=False)
    picture.save()
    for width, height, data in renditions:
        rendition = PictureRendition(picture=picture, width=width, height=height)
        rendition.file.save("rendition.webp", ContentFile(data), save=False)
        rendition.save()
    return picture

"""Draws the pictures of the demonstration on all cores. Its processes know nothing of Django."""

import io
import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from PIL import Image

from uclg_portal.demonstration.pictures import draw

SIZE = (1200, 800)
WIDTHS = (480, 960)


@dataclass(frozen=True)
class Wanted:
    """A picture to be drawn: what it shows, the seed of its details, its texts by column."""

    motif: str
    seed: str
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawn:
    """A drawn picture: a JPEG of SIZE, and its renditions as (width, height, WebP)."""

    wanted: Wanted
    original: bytes
    renditions: list[tuple[int, int, bytes]]


def draw_one(wanted: Wanted) -> Drawn:
    """Draw one picture and make its renditions."""
    original = draw(wanted.motif, wanted.seed, SIZE)
    image = Image.open(io.BytesIO(original))
    image.load()
    renditions = []
    for width in WIDTHS:
        height = round(image.height * width / image.width)
        data = io.BytesIO()
        image.resize((width, height), Image.Resampling.LANCZOS).save(data, "WEBP", quality=78)
        renditions.append((width, height, data.getvalue()))
    return Drawn(wanted, original, renditions)


def draw_all(wanted: Iterable[Wanted], say: Callable[[str], None]) -> dict[str, Drawn]:
    """Draw everything; maps seeds to pictures. `say` hears how far it is."""
    wanted, drawn = list(wanted), {}
    if not wanted:
        return drawn
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=context) as pool:
        for number, picture in enumerate(pool.map(draw_one, wanted, chunksize=4), 1):
            drawn[picture.wanted.seed] = picture
            if number % 25 == 0 or number == len(wanted):
                say(f"  {number} of {len(wanted)} pictures drawn")
    return drawn

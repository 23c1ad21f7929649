"""Draws the pictures of the demonstration: a scene for each motif, varied by a seed."""

from collections.abc import Callable
from random import Random

from uclg_portal.demonstration.artwork import (
    crafts,
    desk,
    halls,
    hands,
    harbour,
    parks,
    riverside,
    shows,
    squares,
    streets,
    town,
    uplands,
    winter,
)
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import (
    DAY,
    DUSK,
    GOLDEN,
    MORNING,
    NIGHTFALL,
    PALE,
    Light,
    indoors,
)

BY_DAY = (MORNING, DAY, GOLDEN, PALE)
TO_DUSK = (*BY_DAY, DUSK)
ANY_HOUR = (*TO_DUSK, NIGHTFALL)

OUTDOORS: dict[str, tuple[Callable[[Canvas], None], tuple[Light, ...]]] = {
    "street": (streets.street, TO_DUSK),
    "river": (riverside.river, ANY_HOUR),
    "bridge": (riverside.bridge, ANY_HOUR),
    "park": (parks.park, TO_DUSK),
    "school": (town.school, BY_DAY),
    "square": (squares.square, TO_DUSK),
    "transport": (streets.transport, TO_DUSK),
    "market": (squares.market, TO_DUSK),
    "mountain": (uplands.mountain, TO_DUSK),
    "steppe": (uplands.steppe, ANY_HOUR),
    "harbour": (harbour.harbour, TO_DUSK),
    "winter": (winter.winter, ANY_HOUR),
    "night": (town.night, (NIGHTFALL, NIGHTFALL, DUSK)),
    "garden": (parks.garden, TO_DUSK),
}
INDOORS: dict[str, tuple[Callable[[Canvas], None], tuple[Light, ...]]] = {
    "meeting": (halls.meeting, TO_DUSK),
    "drawing": (crafts.drawing, BY_DAY),
    "library": (halls.library, ANY_HOUR),
    "stage": (shows.stage, TO_DUSK),
    "workshop": (crafts.workshop, TO_DUSK),
    "books": (desk.books, ANY_HOUR),
    "hands": (hands.hands, BY_DAY),
    "museum": (shows.museum, BY_DAY),
}
MOTIFS = sorted([*OUTDOORS, *INDOORS])


def draw(motif: str, seed: str, size: tuple[int, int] = (1600, 1067)) -> bytes:
    """A JPEG of the motif, of that width and height in pixels.

    The same motif, seed and size give the same picture. Scenes are composed 3:2; other shapes
    show their middle. Raises KeyError for an unknown motif.
    """
    rng = Random(f"{motif}:{seed}")
    if motif in INDOORS:
        scene, hours = INDOORS[motif]
        light = indoors(rng.choice(hours))
    else:
        scene, hours = OUTDOORS[motif]
        light = rng.choice(hours)
    canvas = Canvas(size, rng, light)
    scene(canvas)
    return canvas.jpeg()

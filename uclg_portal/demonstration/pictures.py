"""Draws the pictures of the demonstration: a scene for each motif, varied by a seed."""

from collections.abc import Callable
from random import Random

from uclg_portal.demonstration.artwork import (
    choir,
    crafts,
    desk,
    halls,
    hands,
    harbour,
    lecture,
    moorings,
    orchard,
    parks,
    riverside,
    shows,
    squares,
    streets,
    terrace,
    town,
    uplands,
    valley,
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

Scene = Callable[[Canvas], None]
BY_DAY = (MORNING, DAY, GOLDEN, PALE)
TO_DUSK = (*BY_DAY, DUSK)
ANY_HOUR = (*TO_DUSK, NIGHTFALL)

OUTDOORS: dict[str, tuple[tuple[Scene, ...], tuple[Light, ...]]] = {
    "street": ((streets.street, terrace.terrace), TO_DUSK),
    "river": ((riverside.river, valley.valley), ANY_HOUR),
    "bridge": ((riverside.bridge,), ANY_HOUR),
    "park": ((parks.park,), TO_DUSK),
    "school": ((town.school,), BY_DAY),
    "square": ((squares.square,), TO_DUSK),
    "transport": ((streets.transport,), TO_DUSK),
    "market": ((squares.market,), TO_DUSK),
    "mountain": ((uplands.mountain,), TO_DUSK),
    "steppe": ((uplands.steppe,), ANY_HOUR),
    "harbour": ((harbour.harbour, moorings.moorings), TO_DUSK),
    "winter": ((winter.winter,), ANY_HOUR),
    "night": ((town.night,), (NIGHTFALL, NIGHTFALL, DUSK)),
    "garden": ((parks.garden, orchard.orchard), TO_DUSK),
}
INDOORS: dict[str, tuple[tuple[Scene, ...], tuple[Light, ...]]] = {
    "meeting": ((halls.meeting, lecture.lecture), TO_DUSK),
    "drawing": ((crafts.drawing,), BY_DAY),
    "library": ((halls.library,), ANY_HOUR),
    "stage": ((shows.stage, choir.choir), TO_DUSK),
    "workshop": ((crafts.workshop,), TO_DUSK),
    "books": ((desk.books,), ANY_HOUR),
    "hands": ((hands.hands, hands.raised), BY_DAY),
    "museum": ((shows.museum,), BY_DAY),
}
MOTIFS = sorted([*OUTDOORS, *INDOORS])


def draw(motif: str, seed: str, size: tuple[int, int] = (1600, 1067)) -> bytes:
    """A JPEG of the motif, of that width and height in pixels.

    The same motif, seed and size give the same picture. Scenes are composed 3:2; other shapes
    show their middle. Raises KeyError for an unknown motif.
    """
    rng = Random(f"{motif}:{seed}")
    scenes, hours = (INDOORS if motif in INDOORS else OUTDOORS)[motif]
    light = rng.choice(hours)
    canvas = Canvas(size, rng, indoors(light) if motif in INDOORS else light)
    rng.choice(scenes)(canvas)
    return canvas.jpeg()

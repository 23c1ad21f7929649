"""A meeting scene: somebody explains a map to a full room."""

from uclg_portal.demonstration.artwork import figures
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    CREAM,
    DEEP,
    GLAZE,
    LEAF,
    LIMESTONE,
    PETROL,
    POMEGRANATE,
    ROSE,
    SAND,
    STRAW,
    TURQUOISE,
    WOOD,
    mix,
)
from uclg_portal.demonstration.artwork.rooms import KINDS, floor, pendant, pot_plant, view, wall
from uclg_portal.demonstration.artwork.shapes import arch, bezier, blob, ellipse


def lecture(c: Canvas) -> None:
    """A speaker beside a great map of dots and rivers; listeners in rows, seen from behind."""
    rng = c.rng
    paint = rng.choice(
        (mix(PETROL, TURQUOISE, 0.3), mix(ROSE, LIMESTONE, 0.4), SAND, mix(GLAZE, PETROL, 0.4))
    )
    wall(c, paint, 800)
    kind = rng.choice(KINDS)
    side = c.sun
    for dx in (560, 700):
        view(c, 800 + side * dx - 55, 560, 110, 350, kind)
    floor(c, 760, WOOD)
    _map(c, 800 - side * 130, kind)
    for x in (300, 800, 1300):
        pendant(c, x, 60, 62, rng.choice((PETROL, POMEGRANATE, APRICOT)))
    x = 800 + side * 400
    c.fill([(x - 66, 800), (x + 66, 800), (x + 82, 640), (x - 82, 640)], c.light.lit(WOOD))
    c.model(
        [(x - 66, 800), (x + 66, 800), (x + 82, 640), (x - 82, 640)], mix(WOOD, CREAM, 0.4), DEEP
    )
    c.fill(arch(kind, x - 34, 790, 68, 100), c.light.lit(APRICOT))
    figures.person(c, x - side * 150, 815, 380, pose="wave")
    pot_plant(c, 800 - side * 690, 800, 210)
    for y, size, count in ((890, 150, 11), (980, 190, 9), (1090, 250, 7)):
        for i in range(count):
            spot = 800 + (i - (count - 1) / 2) * 1680 / count + rng.uniform(-18, 18)
            figures.bust(c, spot, y, size * rng.uniform(0.94, 1.05), back=True)


def _map(c: Canvas, x: float, kind: str) -> None:
    rng = c.rng
    c.fill(arch(kind, x - 440, 700, 880, 610), c.light.lit(mix(WOOD, APRICOT, 0.3)))
    sheet = arch(kind, x - 414, 690, 828, 578)
    c.passage(sheet, (mix(CREAM, GLAZE, 0.35), CREAM))
    for _ in range(7):
        land = blob(
            rng,
            x + rng.uniform(-260, 260),
            470 + rng.uniform(-60, 120),
            rng.uniform(70, 150),
            rng.uniform(50, 90),
            14,
            0.2,
        )
        tone = mix(rng.choice((LEAF, STRAW, TURQUOISE)), CREAM, 0.45)
        c.fill(land, tone)
        c.model(land, CREAM, mix(tone, PETROL, 0.4), 0.6)
    spots = [(x + rng.uniform(-310, 310), rng.uniform(390, 640)) for _ in range(11)]
    middle = (x + rng.uniform(-40, 40), 500)
    for spot in spots:
        lift = (spot[1] + middle[1]) / 2 - 60
        c.line(
            [middle, *bezier(middle, (middle[0], lift), (spot[0], lift), spot)], POMEGRANATE, 3, 0.7
        )
        c.fill(ellipse(*spot, 11), PETROL)
        c.fill(ellipse(*spot, 5), CREAM)
    c.fill(ellipse(*middle, 20), POMEGRANATE)
    c.fill(ellipse(*middle, 9), APRICOT)

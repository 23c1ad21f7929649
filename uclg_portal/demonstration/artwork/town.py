"""Scenes of the town: a school yard by day, a canal by night."""

from uclg_portal.demonstration.artwork import buildings, figures, sky
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.grounds import paving
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BARK,
    BRICK,
    CREAM,
    DEEP,
    GLAZE,
    LEAF,
    LIMESTONE,
    MIST,
    PETROL,
    POMEGRANATE,
    ROSE,
    SAND,
    TURQUOISE,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import (
    ARCHES,
    arch,
    capsule,
    ellipse,
    rect,
    rounded,
    smooth,
)


def school(c: Canvas) -> None:
    """A school with a clock, its yard, children with satchels, hopscotch on the ground."""
    rng = c.rng
    c.sky()
    sky.sun_or_moon(c, 800 + c.sun * 620, 160, 44)
    sky.clouds(c, 60, 220, 3)
    buildings.skyline(c, 640, 170, 0.66)
    wall = rng.choice((BRICK, SAND, ROSE, APRICOT, LIMESTONE))
    kind = rng.choice(("round", "segmental", "pointed", "four-centred"))
    for left in (190, 960):
        buildings.house(c, left, 690, 450, 300, wall, "hip", kind, rows=2, door=False)
    _school_front(c, 800, 690, wall, kind)
    for x in (100, 1500):
        figures.tree(c, x, 720, 420, rng.choice(("round", "birch")))
    paving(c, 685, mix(SAND, LIMESTONE, 0.5))
    _hopscotch(c, 800 - c.sun * 330, 860)
    for i in range(8):
        x = 250 + i * 155 + rng.uniform(-40, 40)
        _pupil(c, x, 790 + rng.uniform(-40, 60), 135)
    figures.person(c, 800 + c.sun * 470, 900, 280)
    for x, size in (
        (800 + c.sun * 330, 205),
        (800 - c.sun * 120, 215),
        (800 - c.sun * 560, 230),
        (800 + c.sun * 140, 200),
    ):
        _pupil(c, x + rng.uniform(-20, 20), 1000 + rng.uniform(-20, 30), size)
    c.fill(ellipse(800 + c.sun * 20, 1010, 24), c.light.lit(POMEGRANATE))
    c.model(ellipse(800 + c.sun * 20, 1010, 24), CREAM, DEEP)
    flowers = [(x, 702) for x in range(210, 620, 34)] + [(x, 702) for x in range(990, 1400, 34)]
    for x, y in flowers:
        figures.bush(c, x, y, 44, LEAF)
        c.fill(
            ellipse(x, y - 22, 6, steps=10), c.light.lit(rng.choice((POMEGRANATE, APRICOT, CREAM)))
        )


def _school_front(c: Canvas, x: float, base: float, wall: Colour, kind: str) -> None:
    lit = c.light.lit(wall)
    front = rect(x - 180, base - 360, x + 180, base)
    gable = [(x - 205, base - 356), (x, base - 490), (x + 205, base - 356)]
    c.fill(gable, c.light.lit(PETROL))
    c.fill(
        [(x - 165, base - 362), (x, base - 468), (x + 165, base - 362)], mix(lit, c.light.glow, 0.3)
    )
    c.fill(front, mix(lit, c.light.glow, 0.2))
    c.model(front, c.light.glow, mix(lit, c.light.shadow, 0.4), 0.8)
    buildings.windows(c, x - 168, base - 352, x + 168, base - 200, 3, 1, wall, kind)
    c.fill(arch(kind, x - 84, base, 168, 190), mix(lit, CREAM, 0.6))
    c.fill(
        arch(kind, x - 66, base, 132, 166), c.light.glow if c.light.lamps else c.light.lit(PETROL)
    )
    for side in (-1, 1):
        c.fill(
            rect(x + side * 33 - 30, base - 112, x + side * 33 + 30, base), c.light.lit(POMEGRANATE)
        )
        c.fill(ellipse(x + side * 9, base - 54, 4), c.light.lit(APRICOT))
    for i in range(3):
        c.fill(
            rect(x - 110 - i * 16, base + i * 9, x + 110 + i * 16, base + i * 9 + 10),
            mix(c.light.lit(LIMESTONE), c.light.shadow, 0.07 * i),
        )
    c.fill(ellipse(x, base - 408, 36), c.light.lit(CREAM))
    c.line([(x, base - 408), (x, base - 434)], DEEP, 4)
    c.line([(x, base - 408), (x + 17, base - 398)], DEEP, 4)
    c.fill(rect(x - 26, base - 550, x + 26, base - 476), lit)
    c.fill(arch("round", x - 15, base - 482, 30, 52), c.light.lit(DEEP))
    c.fill(ellipse(x, base - 500, 9, 11), c.light.lit(APRICOT))
    c.fill([(x - 38, base - 546), (x, base - 600), (x + 38, base - 546)], c.light.lit(POMEGRANATE))


def _pupil(c: Canvas, x: float, y: float, size: float) -> None:
    figures.person(c, x, y, size, pose=c.rng.choice(("walk", "stand", "wave", "walk")))
    bag = rounded(x - size * 0.17, y - size * 0.76, x - size * 0.06, y - size * 0.48, size * 0.04)
    c.fill(bag, c.light.lit(c.rng.choice((POMEGRANATE, TURQUOISE, APRICOT, PETROL))))


def _hopscotch(c: Canvas, x: float, y: float) -> None:
    chalk = (CREAM, GLAZE, ROSE)
    for row, cells in enumerate((1, 2, 1, 2, 1)):
        scale = 1 - row * 0.13
        top, deep = y - row * 26 * (1 - row * 0.06), 24 * scale
        for i in range(cells):
            left = x + (i - cells / 2) * 84 * scale
            cell = [
                (left, top),
                (left + 84 * scale, top),
                (left + 80 * scale, top - deep),
                (left + 4 * scale, top - deep),
            ]
            c.line([*cell, cell[0]], chalk[row % 3], 4, 0.9)


NIGHT_WATER = mix(PETROL, DEEP, 0.55)


def night(c: Canvas) -> None:
    """A city after dark: rows of lit windows, a clock tower, lamps along a canal."""
    rng = c.rng
    c.sky()
    sky.sun_or_moon(c, 800 + c.sun * rng.uniform(200, 560), rng.uniform(140, 220), 58)
    sky.clouds(c, 120, 300, 2)
    buildings.skyline(c, 560, 330, 0.62)
    buildings.skyline(c, 620, 250, 0.36, paint=DEEP)
    c.glow(800, 640, 900, mix(c.light.glow, APRICOT, 0.4), 0.3, flat=0.3)
    buildings.row_of_houses(c, 720, 190, 400)
    _clock_tower(c, 800 - c.sun * 260, 720)
    bank = c.light.lit(PETROL)
    c.fill(rect(0, 716, 1600, 764), bank)
    c.passage(
        rect(0, 764, 1600, 1067),
        (mix(NIGHT_WATER, c.light.glow, 0.1), NIGHT_WATER, DEEP),
        masked=False,
    )
    for _ in range(110):
        x, y = rng.uniform(0, 1600), 770 + rng.random() ** 1.4 * 260
        c.fill(
            capsule((x, y), (x + rng.uniform(6, 46), y), 1.6),
            mix(c.light.glow, APRICOT, rng.random()),
            rng.uniform(0.15, 0.7),
        )
    for x in range(70, 1600, 235):
        figures.street_lamp(c, x, 740, 170)
        c.glow(x, 850, 120, c.light.glow, 0.5, flat=1.4)
    for _ in range(7):
        figures.person(
            c, rng.uniform(60, 1540), 748, 86, pose=rng.choice(("walk", "stand")), shadow=False
        )
    _lantern_boat(c, 800 + c.sun * 330, 930)
    _near_parapet(c)


def _clock_tower(c: Canvas, x: float, base: float) -> None:
    lit = c.light.lit(LIMESTONE)
    body = [(x - 52, base), (x - 46, base - 440), (x + 46, base - 440), (x + 52, base)]
    c.fill(body, lit)
    c.model(body, mix(lit, c.light.glow, 0.4), c.light.shadow)
    c.fill(rect(x - 56, base - 452, x + 56, base - 436), mix(lit, c.light.glow, 0.3))
    c.fill([(x - 58, base - 450), (x, base - 580), (x + 58, base - 450)], c.light.lit(POMEGRANATE))
    c.glow(x, base - 385, 120, c.light.glow, 0.8)
    c.fill(ellipse(x, base - 385, 36), c.light.glow)
    c.line([(x, base - 385), (x, base - 412)], DEEP, 4)
    c.line([(x, base - 385), (x - 18, base - 376)], DEEP, 4)
    for k in range(3):
        c.fill(
            arch("round", x - 13, base - 90 - k * 84, 26, 54),
            mix(c.light.glow, APRICOT, 0.4) if k != 1 else c.light.lit(DEEP),
        )


def _lantern_boat(c: Canvas, x: float, y: float) -> None:
    for side in (-1, 1):
        figures.bust(c, x + side * 54, y - 28, 66)
    hull = smooth(
        [
            (x - 170, y - 40),
            (x - 60, y - 24),
            (x + 60, y - 24),
            (x + 170, y - 40),
            (x + 110, y + 10),
            (x - 110, y + 10),
        ],
        5,
    )
    c.fill(hull, c.light.lit(BRICK))
    c.model(hull, mix(BRICK, c.light.glow, 0.5), c.light.shadow)
    c.line([(x, y - 24), (x, y - 120)], c.light.lit(BARK), 4)
    c.glow(x, y - 116, 170, c.light.glow, 0.8)
    c.glow(x, y + 50, 200, c.light.glow, 0.45, flat=0.4)
    c.fill(rounded(x - 14, y - 134, x + 14, y - 96, 8), c.light.glow)


def _near_parapet(c: Canvas) -> None:
    c.fill(rect(0, 1016, 1600, 1067), c.light.lit(DEEP))
    for x in range(20, 1640, 80):
        c.fill(arch(ARCHES[(x // 80) % len(ARCHES)], x - 24, 1067, 48, 40), c.light.lit(PETROL))
    c.fill(rect(0, 1008, 1600, 1020), c.light.lit(MIST))
    for dx in (-0, 74):
        figures.person(c, 800 - c.sun * 420 + dx, 1076, 250, pose="stand", shadow=False)

"""A harbour scene: ships, cranes, a lighthouse."""

from uclg_portal.demonstration.artwork import buildings, figures, sky
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.grounds import water
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BRICK,
    CREAM,
    DEEP,
    LIMESTONE,
    MOSS,
    PETROL,
    POMEGRANATE,
    SAND,
    TURQUOISE,
    WOOD,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.riverside import sail
from uclg_portal.demonstration.artwork.shapes import (
    Outline,
    arch,
    blob,
    ellipse,
    rect,
    ridge,
    rounded,
    smooth,
)


def harbour(c: Canvas) -> None:
    """A bay with ships and cranes; the city climbs the slope behind."""
    rng = c.rng
    c.sky()
    sun_x = 800 + c.sun * 420
    sky.sun_or_moon(c, sun_x, 190, 44)
    sky.clouds(c, 80, 230, 3)
    c.fill(ridge(rng, 390, 190, 0.42), c.light.far(PETROL, 0.66))
    slope = ridge(rng, 480, 90, 0.3, bottom=640)
    c.fill(slope, c.light.far(MOSS, 0.4))
    for level in range(4):
        for _ in range(13):
            x = rng.uniform(-40, 1580)
            buildings.house(
                c,
                x,
                520 + level * 34,
                rng.uniform(60, 110),
                rng.uniform(60, 120),
                door=False,
                rows=1,
            )
        figures.crown(
            c,
            blob(rng, rng.uniform(100, 1500), 520 + level * 34, 70, 26),
            c.light.far(MOSS, 0.2),
        )
    c.fill(rect(0, 612, 1600, 648), c.light.lit(SAND))
    for x in (250 + rng.uniform(0, 80), 560, 1210):
        _crane(c, x, 632, rng.uniform(270, 350))
    water(c, 640, 1067, sun_x)
    _ship(c, 800 - c.sun * 250, 770, 620, rng.choice((POMEGRANATE, PETROL, BRICK)))
    sail(c, 800 + c.sun * 420, 800, 210, CREAM)
    _lighthouse(c, 800 + c.sun * 640, 960)
    sky.birds(c, 700, 420, 10, 20, CREAM)
    _quay(c)


def _quay(c: Canvas) -> None:
    """The near corner: planks, a coil of rope, a bollard, somebody who looks out."""
    side = 0 if c.sun > 0 else 1600
    turn = 1 if c.sun > 0 else -1
    planks = [(side, 960), (side + turn * 560, 1000), (side + turn * 640, 1067), (side, 1067)]
    c.fill(planks, c.light.lit(WOOD))
    c.model(planks, mix(WOOD, c.light.glow, 0.5), c.light.shadow)
    for i in range(1, 6):
        c.line(
            [(side, 960 + i * 20), (side + turn * (560 + i * 14), 1000 + i * 13)],
            c.light.lit(DEEP),
            2,
            0.5,
        )
    x = side + turn * 430
    c.fill(rounded(x - 20, 955, x + 20, 1010, 10), c.light.lit(DEEP))
    c.fill(rounded(x - 28, 948, x + 28, 968, 10), c.light.lit(DEEP))
    for i in range(4):
        c.line(ellipse(side + turn * 300, 1018 - i * 7, 46, 13), c.light.lit(SAND), 6)
    figures.person(c, side + turn * 130, 1035, 250)
    figures.person(c, side + turn * 205, 1040, 150)


def _crane(c: Canvas, x: float, base: float, height: float) -> None:
    metal, top = c.light.lit(APRICOT), base - height
    for a, b, width in (
        ((x - 36, base), (x - 10, top + 60), 7),
        ((x + 36, base), (x + 10, top + 60), 7),
        ((x - 90, top + 80), (x + 190, top + 6), 8),
        ((x, top), (x + 190, top + 6), 3),
        ((x, top), (x - 90, top + 80), 3),
        ((x, top), (x, top + 76), 8),
        ((x - 26, base - height * 0.35), (x + 20, base - height * 0.6), 3),
    ):
        c.line([a, b], metal, width)
    c.line([(x + 184, top + 6), (x + 184, top + 130)], c.light.lit(DEEP), 2)
    c.fill(rect(x + 162, top + 130, x + 206, top + 160), c.light.lit(TURQUOISE))


def _ship(c: Canvas, x: float, y: float, length: float, paint: Colour) -> None:
    lit, bow = c.light.lit(paint), -c.sun
    at = lambda u, v: (x + bow * u * length, y + v * length)  # noqa: E731
    c.fill(ellipse(x, y + 12, length * 0.52, 20), c.light.shadow, 0.35)
    hull: Outline = [at(-0.5, -0.11), at(0.52, -0.13), at(0.44, 0.015), at(-0.45, 0.015)]
    for i in range(7):
        for level in range(2):
            box = [
                at(-0.16 + i * 0.08, -0.115 - level * 0.045),
                at(-0.085 + i * 0.08, -0.115 - level * 0.045),
                at(-0.085 + i * 0.08, -0.16 - level * 0.045),
                at(-0.16 + i * 0.08, -0.16 - level * 0.045),
            ]
            if c.rng.random() < 0.85:
                c.fill(
                    box,
                    c.light.lit(c.rng.choice((APRICOT, TURQUOISE, POMEGRANATE, LIMESTONE, BRICK))),
                )
    for left, right, low, high in (
        (-0.46, -0.2, -0.11, -0.2),
        (-0.43, -0.24, -0.2, -0.26),
        (-0.38, -0.31, -0.26, -0.34),
    ):
        deck = [at(left, low), at(right, low), at(right, high), at(left, high)]
        c.fill(deck, c.light.lit(CREAM))
        c.model(deck, CREAM, mix(CREAM, c.light.shadow, 0.5))
        for i in range(5):
            u = left + (right - left) * (0.14 + i * 0.17)
            c.fill(
                [
                    at(u, (low + high) / 2 + 0.012),
                    at(u + 0.012, (low + high) / 2 + 0.012),
                    at(u + 0.012, (low + high) / 2 - 0.012),
                    at(u, (low + high) / 2 - 0.012),
                ],
                c.light.glow if c.light.lamps else c.light.lit(PETROL),
            )
    c.fill(hull, lit)
    c.model(hull, mix(lit, c.light.glow, 0.4), mix(lit, c.light.shadow, 0.6))
    c.fill(
        [at(-0.462, -0.02), at(0.465, -0.02), at(0.44, 0.015), at(-0.45, 0.015)],
        mix(lit, DEEP, 0.55),
    )
    c.line([at(-0.5, -0.112), at(0.52, -0.132)], CREAM, 4)


def _lighthouse(c: Canvas, x: float, base: float) -> None:
    rock = smooth(
        [
            (x - 190, 1080),
            (x - 120, base - 10),
            (x - 20, base - 34),
            (x + 90, base - 14),
            (x + 190, 1080),
        ]
    )
    tower = [(x - 34, base - 20), (x - 20, base - 330), (x + 20, base - 330), (x + 34, base - 20)]
    c.fill(tower, c.light.lit(CREAM))
    for low, high in ((0.16, 0.36), (0.56, 0.76)):
        a, b = 34 - 14 * low, 34 - 14 * high
        c.fill(
            [
                (x - a, base - 20 - 310 * low),
                (x + a, base - 20 - 310 * low),
                (x + b, base - 20 - 310 * high),
                (x - b, base - 20 - 310 * high),
            ],
            c.light.lit(POMEGRANATE),
        )
    c.model(tower, CREAM, c.light.shadow, 1.1)
    c.fill(rect(x - 30, base - 340, x + 30, base - 328), c.light.lit(DEEP))
    c.glow(x, base - 362, 130 if c.light.lamps else 60, c.light.glow, 0.9)
    c.fill(rect(x - 16, base - 380, x + 16, base - 340), c.light.glow)
    c.fill(arch("round", x - 20, base - 378, 40, 26), c.light.lit(POMEGRANATE))
    c.fill(rock, c.light.lit(PETROL))
    c.model(rock, mix(PETROL, c.light.glow, 0.4), c.light.shadow)

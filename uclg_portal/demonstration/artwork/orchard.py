"""A garden scene: an orchard at harvest, with hives and baskets."""

from math import cos, pi, sin

from uclg_portal.demonstration.artwork import buildings, figures, sky
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.grounds import flowers, grass, ground
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BARK,
    BRICK,
    CREAM,
    DEEP,
    LEAF,
    MOSS,
    PETROL,
    POMEGRANATE,
    STRAW,
    TURQUOISE,
    WOOD,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import bezier, capsule, ellipse, rect, ridge


def orchard(c: Canvas) -> None:
    """Rows of fruit trees that run to the hills, pickers on ladders, baskets full."""
    rng = c.rng
    fruit = rng.choice((POMEGRANATE, APRICOT, BRICK))
    c.sky(bottom=520)
    sky.sun_or_moon(c, 800 + c.sun * 360, 170, 50)
    sky.clouds(c, 60, 220, 4)
    for y, height, distance in ((420, 140, 0.62), (470, 90, 0.42)):
        hill = ridge(rng, y, height, 0.34, bottom=y + 110)
        paint = c.light.far(mix(TURQUOISE, MOSS, 0.6), distance)
        c.fill(hill, paint)
        c.model(hill, mix(paint, c.light.glow, 0.4), mix(paint, c.light.shadow, 0.3), 0.8)
    x = 100.0
    while x < 1500:
        buildings.house(c, x, 512, rng.uniform(70, 110), rng.uniform(60, 90), rows=1)
        x += rng.uniform(120, 220)
    ground(c, 505, mix(LEAF, STRAW, 0.25), 0.25)
    grass(c, 560, 1060, 260, mix(LEAF, STRAW, 0.2), 30)
    for y, height, step in ((560, 120, 130), (630, 190, 210), (740, 300, 330)):
        start = rng.uniform(-step, 0)
        for i in range(int(1800 / step)):
            _laden(c, start + i * step, y, height, fruit)
    for i in range(4):
        _hive(c, 800 - c.sun * (240 + i * 105), 800 + 8 * (i % 2))
    figures.person(c, 800 - c.sun * 660, 860, 270, pose="walk")
    tree = 800 + c.sun * 470
    _laden(c, tree, 960, 640, fruit)
    _ladder(c, tree - c.sun * 150, 985)
    figures.person(c, tree - c.sun * 112, 850, 290, pose="carry", shadow=False)
    figures.person(c, 800 + c.sun * 70, 985, 290, pose="carry")
    figures.person(c, 800 - c.sun * 30, 1005, 180, pose="wave")
    for x, y in ((800 + c.sun * 190, 1015), (800 - c.sun * 300, 1020), (800 - c.sun * 440, 1000)):
        _basket(c, x, y, 78, fruit)
    flowers(c, 0, 1600, 1000, 1067, 90, 9)


def _laden(c: Canvas, x: float, y: float, height: float, fruit: Colour) -> None:
    figures.tree(c, x, y, height, "round", c.rng.choice((LEAF, MOSS)))
    for _ in range(int(8 + height / 26)):
        turn, reach = c.rng.uniform(0, 2 * pi), height * 0.26 * c.rng.random() ** 0.6
        spot = (x + reach * cos(turn), y - height * 0.64 + reach * sin(turn))
        c.fill(ellipse(*spot, max(3, height * 0.017), steps=16), c.light.lit(fruit))


def _hive(c: Canvas, x: float, y: float) -> None:
    figures.cast_shadow(c, x, y, 80, 70)
    for side in (-1, 1):
        c.fill(rect(x + side * 26 - 4, y - 16, x + side * 26 + 4, y), c.light.lit(BARK))
    paint = c.light.lit(c.rng.choice((APRICOT, TURQUOISE, CREAM, POMEGRANATE)))
    body = rect(x - 38, y - 84, x + 38, y - 14)
    c.fill(body, paint)
    c.model(body, mix(paint, CREAM, 0.5), mix(paint, DEEP, 0.5))
    c.fill([(x - 46, y - 82), (x, y - 106), (x + 46, y - 82)], c.light.lit(PETROL))
    c.fill(capsule((x - 16, y - 30), (x + 16, y - 30), 4), c.light.lit(DEEP))
    for _ in range(6):
        bee = (x + c.rng.gauss(0, 40), y - 90 + c.rng.gauss(0, 30))
        c.fill(ellipse(*bee, 3.6, 2.6, 10), c.light.lit(DEEP))


def _ladder(c: Canvas, x: float, y: float) -> None:
    for dx in (-44, 44):
        c.line([(x + dx, y), (x + dx * 0.5 + c.sun * 60, y - 460)], c.light.lit(WOOD), 10)
    for i in range(1, 9):
        t = i / 9
        half, shift = 44 - 22 * t, c.sun * 60 * t
        c.line(
            [(x - half + shift, y - 460 * t), (x + half + shift, y - 460 * t)], c.light.lit(WOOD), 8
        )


def _basket(c: Canvas, x: float, y: float, size: float, fruit: Colour) -> None:
    figures.cast_shadow(c, x, y, size * 0.7, size * 1.4)
    c.line(
        [
            (x - size * 0.7, y - size * 0.6),
            *bezier(
                (x - size * 0.7, y - size * 0.6),
                (x - size * 0.6, y - size * 1.6),
                (x + size * 0.6, y - size * 1.6),
                (x + size * 0.7, y - size * 0.6),
            ),
        ],
        c.light.lit(WOOD),
        8,
    )
    for _ in range(16):
        ball = ellipse(
            x + c.rng.uniform(-0.56, 0.56) * size,
            y - size * c.rng.uniform(0.6, 0.86),
            size * 0.16,
            steps=18,
        )
        paint = c.light.lit(mix(fruit, STRAW, c.rng.uniform(0, 0.3)))
        c.fill(ball, paint)
        c.model(ball, CREAM, mix(paint, DEEP, 0.4), 0.6)
    body = [
        (x - size * 0.76, y - size * 0.64),
        (x + size * 0.76, y - size * 0.64),
        (x + size * 0.56, y),
        (x - size * 0.56, y),
    ]
    c.fill(body, c.light.lit(mix(STRAW, WOOD, 0.45)))
    for i in range(1, 4):
        c.line(
            [
                (x - size * (0.76 - 0.05 * i), y - size * (0.64 - 0.16 * i)),
                (x + size * (0.76 - 0.05 * i), y - size * (0.64 - 0.16 * i)),
            ],
            c.light.lit(WOOD),
            4,
        )
    c.model(body, CREAM, mix(WOOD, DEEP, 0.5), 0.8)

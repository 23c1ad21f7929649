"""Scenes of the square: portals and domes, a market."""

from uclg_portal.demonstration.artwork import buildings, figures, sky
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.grounds import bunting, paving
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BARK,
    BRICK,
    CREAM,
    GLAZE,
    LEAF,
    LIMESTONE,
    MIST,
    MOSS,
    PETROL,
    POMEGRANATE,
    ROSE,
    SAND,
    STRAW,
    TURQUOISE,
    WOOD,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import arch, bezier, ellipse, rect


def square(c: Canvas) -> None:
    """A great square with three portals and domes, patterned paving, small people."""
    rng = c.rng
    c.sky()
    sky.sun_or_moon(c, 800 + c.sun * 520, 180, 50)
    sky.clouds(c, 60, 220, 4)
    buildings.skyline(c, 570, 120, 0.66)
    kinds = rng.sample(("keel", "pointed", "four-centred", "round"), 3)
    for x, width, height, kind in (
        (250, 400, 330, kinds[0]),
        (1350, 400, 330, kinds[1]),
        (800, 470, 420, kinds[2]),
    ):
        _portal(c, x + rng.uniform(-14, 14), 640, width, height, kind)
    paving(c, 630, LIMESTONE)
    _rosette(c, 800, 840)
    for side in (-1, 1):
        for i in range(3):
            figures.tree(
                c,
                800 + side * (320 + i * 25 + i * i * 90),
                690 + i * 70,
                150 + i * 80,
                "poplar" if kinds[0] == "keel" else "round",
            )
    for _ in range(20):
        depth = rng.random() ** 1.5
        figures.person(
            c,
            rng.uniform(140, 1460),
            680 + depth * 330,
            70 + depth * 160,
            pose=rng.choice(("walk", "stand", "walk", "wave", "carry")),
        )
    _pigeons(c)
    for x in (120, 1480):
        figures.street_lamp(c, x, 950, 360)


def _portal(c: Canvas, x: float, base: float, width: float, height: float, kind: str) -> None:
    """A wall with a deep arch, bands of tiles, towers at its corners and a dome behind."""
    lit = c.light.lit
    body = c.rng.choice((SAND, LIMESTONE, STRAW))
    tile, deep = c.rng.sample((TURQUOISE, PETROL, GLAZE, POMEGRANATE), 2)
    for side in (-0.36, 0.36):
        dome = arch(
            "keel",
            x + side * width - width * 0.16,
            base - height * 0.62,
            width * 0.32,
            width * 0.36,
        )
        c.fill(dome, lit(TURQUOISE))
        c.model(dome, mix(lit(TURQUOISE), c.light.glow, 0.5), c.light.shadow)
    wing = rect(x - width * 0.62, base - height * 0.62, x + width * 0.62, base)
    c.fill(wing, mix(lit(body), c.light.shadow, 0.08))
    c.model(wing, c.light.glow, mix(lit(body), c.light.shadow, 0.4), 0.7)
    for side in (-1, 1):
        for level in range(2):
            left = x + side * width * 0.46 - width * 0.085
            low = base - height * (0.03 + 0.3 * level)
            c.fill(arch(kind, left, low, width * 0.17, height * 0.24), lit(tile))
            c.fill(
                arch(kind, left + width * 0.025, low, width * 0.12, height * 0.2),
                c.light.glow if c.light.lamps else mix(lit(PETROL), lit(body), 0.2),
            )
        tower = [
            (x + side * width * 0.66 - width * 0.05, base),
            (x + side * width * 0.66 - width * 0.036, base - height * 1.12),
            (x + side * width * 0.66 + width * 0.036, base - height * 1.12),
            (x + side * width * 0.66 + width * 0.05, base),
        ]
        c.fill(tower, lit(body))
        for k in range(5):
            y = base - height * (0.15 + k * 0.2)
            c.fill(
                rect(
                    x + side * width * 0.66 - width * 0.042,
                    y - height * 0.05,
                    x + side * width * 0.66 + width * 0.042,
                    y,
                ),
                lit(tile if k % 2 else deep),
            )
        c.model(tower, c.light.glow, c.light.shadow, 0.9)
        c.fill(
            arch(
                "keel",
                x + side * width * 0.66 - width * 0.055,
                base - height * 1.11,
                width * 0.11,
                width * 0.14,
            ),
            lit(tile),
        )
    front = rect(x - width * 0.34, base - height, x + width * 0.34, base)
    c.fill(front, lit(body))
    c.fill(rect(x - width * 0.31, base - height * 0.965, x + width * 0.31, base), lit(deep))
    _tiles(c, x - width * 0.31, base - height * 0.965, width * 0.62, height * 0.94, lit(tile))
    c.fill(arch(kind, x - width * 0.25, base, width * 0.5, height * 0.84), lit(body))
    c.fill(
        arch(kind, x - width * 0.22, base, width * 0.44, height * 0.78),
        mix(lit(tile), c.light.glow, 0.1),
    )
    niche = arch(kind, x - width * 0.18, base, width * 0.36, height * 0.68)
    c.passage(
        niche, (mix(lit(PETROL), c.light.shadow, 0.3), mix(lit(TURQUOISE), c.light.shadow, 0.35))
    )
    if c.light.lamps:
        c.glow(x, base - height * 0.2, width * 0.3, c.light.glow, 0.8)
    c.fill(
        arch(kind, x - width * 0.07, base, width * 0.14, height * 0.27),
        c.light.glow if c.light.lamps else lit(BARK),
    )
    c.model(front, c.light.glow, c.light.shadow, 0.55)


def _tiles(c: Canvas, left: float, top: float, width: float, height: float, paint: Colour) -> None:
    step = 17.0
    for i in range(int(width / step)):
        for k in range(int(height / step)):
            if (i + k) % 2 == 0:
                x, y = left + (i + 0.5) * step, top + (k + 0.5) * step
                c.fill([(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)], paint)


def _rosette(c: Canvas, x: float, y: float) -> None:
    for radius, paint in (
        (330, SAND),
        (270, GLAZE),
        (210, LIMESTONE),
        (120, TURQUOISE),
        (66, CREAM),
    ):
        c.fill(ellipse(x, y, radius, radius * 0.26), c.light.lit(paint), 0.6)
    for i in range(12):
        a, b = ellipse(x, y, 205, 53, 12)[i], ellipse(x, y, 125, 32, 24)[(2 * i + 1) % 24]
        d = ellipse(x, y, 125, 32, 24)[(2 * i - 1) % 24]
        c.fill([a, b, d], c.light.lit(POMEGRANATE if i % 2 else PETROL), 0.55)


def _pigeons(c: Canvas) -> None:
    for _ in range(16):
        x, y = c.rng.uniform(420, 1180), c.rng.uniform(930, 1040)
        paint = c.light.lit(c.rng.choice((MIST, PETROL, CREAM)))
        c.fill(ellipse(x, y, 12, 7, 14), paint)
        c.fill(ellipse(x + 10, y - 8, 5, steps=10), paint)
        c.fill([(x - 10, y), (x - 22, y - 3), (x - 12, y + 4)], paint)


def market(c: Canvas) -> None:
    """Stalls under striped awnings, heaps of fruit, sellers and buyers."""
    rng = c.rng
    c.sky(bottom=420)
    buildings.row_of_houses(c, 470, 240, 400)
    paving(c, 465, SAND)
    bunting(c, (-20, 90), (820, 120), 110, 12, c.light.lamps)
    bunting(c, (780, 120), (1620, 80), 110, 12, c.light.lamps)
    for x in (90, 470, 850, 1230):
        _stall(c, x + rng.uniform(-16, 16), 640, 0.72)
    for _ in range(7):
        figures.person(
            c,
            rng.uniform(80, 1520),
            740 + rng.uniform(-20, 30),
            215,
            pose=rng.choice(("walk", "carry", "stand")),
        )
    for x in (-40, 560, 1160):
        _stall(c, x + rng.uniform(-20, 20), 960, 1.25)
    for x, height in ((480, 330), (1085, 320), (1580, 330), (40, 325)):
        figures.person(
            c, x + rng.uniform(-24, 24), 1052, height, pose=rng.choice(("carry", "walk", "stand"))
        )
    figures.person(c, 1010, 1050, 190, pose="wave")


def _stall(c: Canvas, x: float, y: float, s: float) -> None:
    lit, width = c.light.lit, 390 * s
    for dx in (14 * s, width - 14 * s):
        c.fill(rect(x + dx - 5 * s, y - 330 * s, x + dx + 5 * s, y), lit(WOOD))
    for dx in (0.3, 0.68):
        figures.bust(c, x + width * dx, y - 100 * s, 112 * s)
    stripe = c.rng.choice((POMEGRANATE, TURQUOISE, APRICOT, PETROL, LEAF))
    count = 8
    for i in range(count):
        a, b = (
            x - 16 * s + (width + 32 * s) * i / count,
            x - 16 * s + (width + 32 * s) * (i + 1) / count,
        )
        top_a, top_b = (
            x + 26 * s + (width - 52 * s) * i / count,
            x + 26 * s + (width - 52 * s) * (i + 1) / count,
        )
        cloth = [
            (top_a, y - 382 * s),
            (top_b, y - 382 * s),
            (b, y - 300 * s),
            *bezier((b, y - 300 * s), (b, y - 262 * s), (a, y - 262 * s), (a, y - 300 * s), 8),
        ]
        paint = lit(stripe if i % 2 else CREAM)
        c.fill(cloth, paint)
        c.model(cloth, mix(paint, c.light.glow, 0.4), mix(paint, c.light.shadow, 0.45), 0.8)
    c.fill(rect(x + 18 * s, y - 292 * s, x + width - 18 * s, y - 262 * s), c.light.shadow, 0.16)
    if c.light.lamps:
        c.glow(x + width / 2, y - 230 * s, 200 * s, c.light.glow, 0.7)
        c.fill(ellipse(x + width / 2, y - 236 * s, 13 * s, 16 * s), c.light.glow)
    table = [(x, y - 108 * s), (x + width, y - 108 * s), (x + width, y), (x, y)]
    for i in range(4):
        _heap(c, x + width * (0.14 + 0.24 * i), y - 104 * s, 44 * s)
    c.fill(table, lit(WOOD))
    c.model(table, mix(WOOD, c.light.glow, 0.45), mix(WOOD, c.light.shadow, 0.6))
    for i in range(1, 3):
        c.line(
            [(x, y - 108 * s + i * 36 * s), (x + width, y - 108 * s + i * 36 * s)], lit(BARK), 3 * s
        )
    c.fill(
        rect(x - 5 * s, y - 116 * s, x + width + 5 * s, y - 102 * s), lit(mix(WOOD, CREAM, 0.35))
    )


def _heap(c: Canvas, x: float, y: float, size: float) -> None:
    """A pyramid of round fruit."""
    paint = c.light.lit(c.rng.choice((APRICOT, POMEGRANATE, LEAF, BRICK, STRAW, ROSE, MOSS)))
    for row in range(4):
        for i in range(4 - row):
            cx = x + (i - (3 - row) / 2) * size * 0.48
            ball = ellipse(cx, y - size * (0.22 + row * 0.4), size * 0.26, steps=18)
            c.fill(ball, mix(paint, c.light.shadow, 0.12 * ((i + row) % 2)))
            c.model(ball, mix(paint, CREAM, 0.6), mix(paint, c.light.shadow, 0.5), 0.9)

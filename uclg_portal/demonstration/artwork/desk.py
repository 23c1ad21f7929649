"""A scene of books on a table by the window."""

from uclg_portal.demonstration.artwork import rooms
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BARK,
    BRICK,
    CREAM,
    DEEP,
    GLAZE,
    LIMESTONE,
    MOSS,
    PETROL,
    POMEGRANATE,
    ROSE,
    SAND,
    STRAW,
    TURQUOISE,
    WOOD,
    mix,
)
from uclg_portal.demonstration.artwork.rooms import table_top
from uclg_portal.demonstration.artwork.shapes import arch, capsule, ellipse, rect, rounded, smooth


def books(c: Canvas) -> None:
    """A stack of books, an open one, a lamp, a cup, a plant by the window."""
    rng = c.rng
    rooms.wall(
        c,
        rng.choice(
            (
                PETROL,
                mix(TURQUOISE, PETROL, 0.3),
                mix(BRICK, POMEGRANATE, 0.4),
                mix(ROSE, LIMESTONE, 0.3),
            )
        ),
        740,
    )
    side = c.sun
    rooms.view(c, 800 + side * 400 - 270, 620, 540, 560, rng.choice(rooms.KINDS))
    rooms.shelf(c, 800 - side * 470 - 260, 70, 800 - side * 470 + 260, 420, 2)
    table_top(c, 720, rng.choice((WOOD, mix(WOOD, STRAW, 0.5), mix(PETROL, WOOD, 0.25))))
    c.shade(
        [
            (800 + side * 660, 726),
            (800 + side * 130, 726),
            (800 - side * 330, 1067),
            (800 + side * 460, 1067),
        ],
        c.light.glow,
        (90, 90, 30, 30),
    )
    _stack(c, 800 - side * 360, 930, rng.randint(5, 7))
    rooms.pot_plant(c, 800 + side * 560, 830, 250)
    _desk_lamp(c, 800 - side * 640, 860, 430)
    rooms.open_book(c, 800 + side * 160, 960, 270)
    _cup(c, 800 + side * 520, 990)
    c.fill(capsule((800 - side * 60, 1030), (800 - side * 250, 1000), 8), c.light.lit(APRICOT))
    c.fill(
        [(800 - side * 250, 992), (800 - side * 250, 1008), (800 - side * 280, 996)],
        c.light.lit(DEEP),
    )


def _stack(c: Canvas, x: float, y: float, count: int) -> None:
    rng, base, last = c.rng, y, None
    for i in range(count):
        thick, half = rng.uniform(44, 74), rng.uniform(150, 215) * (1 - i * 0.045)
        middle = x + rng.uniform(-26, 26)
        paint = rng.choice(
            [
                p
                for p in (PETROL, TURQUOISE, POMEGRANATE, APRICOT, BRICK, MOSS, LIMESTONE, ROSE)
                if p != last
            ]
        )
        last, lit = paint, c.light.lit(paint)
        if i == 0:
            c.fill(ellipse(x - c.sun * 70, y + 4, 290, 26), c.light.shadow, 0.35)
        block = rounded(middle - half, base - thick, middle + half, base, 9)
        c.fill(block, lit)
        c.model(block, mix(lit, c.light.glow, 0.4), mix(lit, c.light.shadow, 0.5))
        pages = rounded(
            middle + c.sun * half - 8 - (70 if c.sun > 0 else 0) + 2,
            base - thick + 8,
            middle + c.sun * half + 6 + (70 if c.sun < 0 else 0),
            base - 8,
            3,
        )
        c.fill(pages, c.light.lit(CREAM))
        for k in range(1, 4):
            level = base - thick + 8 + (thick - 16) * k / 4
            c.line(
                [
                    (pages[14][0] if c.sun < 0 else min(p[0] for p in pages), level),
                    (max(p[0] for p in pages), level),
                ],
                mix(SAND, BARK, 0.2),
                1.6,
            )
        for u in (-0.62, -0.52, 0.1):
            c.fill(
                rect(
                    middle - c.sun * half * u - 5,
                    base - thick + 2,
                    middle - c.sun * half * u + 5,
                    base - 2,
                ),
                mix(lit, CREAM, 0.65),
            )
        base -= thick
    _small_thing(c, x, base)


def _small_thing(c: Canvas, x: float, y: float) -> None:
    """On top of the stack: spectacles or a model of a gate."""
    if c.rng.random() < 0.5:
        for side in (-1, 1):
            c.line(
                [*ellipse(x + side * 46, y - 26, 36, 24), (x + side * 46 + 36, y - 26)],
                c.light.lit(DEEP),
                6,
            )
        c.line([(x - 12, y - 30), (x + 12, y - 30)], c.light.lit(DEEP), 6)
        return
    for width, height, paint in (
        (120, 130, TURQUOISE),
        (88, 104, CREAM),
        (58, 78, APRICOT),
        (30, 50, DEEP),
    ):
        c.fill(
            arch("keel" if width < 100 else "round", x - width / 2, y, width, height),
            c.light.lit(paint),
        )


def _desk_lamp(c: Canvas, x: float, y: float, height: float) -> None:
    turn = c.sun
    metal = c.light.lit(STRAW)
    joint, head = (x - turn * 40, y - height * 0.56), (x + turn * 110, y - height * 0.98)
    c.glow(head[0] + turn * 70, head[1] + 190, 430, c.light.glow, 0.75 if c.light.lamps else 0.35)
    c.fill(ellipse(x, y, 96, 22), metal)
    for a, b in (((x, y - 6), joint), (joint, head)):
        c.line([a, b], metal, 13)
    c.fill(ellipse(*joint, 15), c.light.lit(DEEP))
    shade = smooth(
        [
            (head[0] - turn * 30, head[1] - 46),
            (head[0] + turn * 50, head[1] - 30),
            (head[0] + turn * 140, head[1] + 70),
            (head[0] + turn * 20, head[1] + 128),
            (head[0] - turn * 46, head[1] + 20),
        ],
        5,
    )
    c.fill(ellipse(head[0] + turn * 74, head[1] + 96, 42, 38), c.light.glow)
    c.fill(shade, c.light.lit(POMEGRANATE))
    c.model(shade, APRICOT, DEEP, 0.9)


def _cup(c: Canvas, x: float, y: float) -> None:
    paint = c.light.lit(TURQUOISE)
    c.fill(ellipse(x, y, 106, 22), c.light.lit(CREAM))
    c.line([*ellipse(x + 78, y - 60, 30, 34), (x + 108, y - 60)], paint, 12)
    body = [
        (x - 76, y - 106),
        (x + 76, y - 106),
        (x + 60, y - 24),
        (x + 34, y - 4),
        (x - 34, y - 4),
        (x - 60, y - 24),
    ]
    c.fill(smooth(body, 3), paint)
    c.model(smooth(body, 3), GLAZE, DEEP)
    c.fill(ellipse(x, y - 106, 76, 15), mix(paint, CREAM, 0.4))
    c.fill(ellipse(x, y - 104, 66, 11), c.light.lit(BARK))
    rooms.steam(c, x, y - 124, 150)

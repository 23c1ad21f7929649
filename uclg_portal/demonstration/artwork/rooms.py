"""What rooms are made of: walls, floors, windows, lamps, shelves, books, tables."""

from math import cos, pi, sin

from uclg_portal.demonstration.artwork import buildings, figures
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import (
    BRICK,
    CLOTHES,
    CREAM,
    DEEP,
    LEAF,
    LIMESTONE,
    MIST,
    MOSS,
    PETROL,
    POMEGRANATE,
    SAND,
    WOOD,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import (
    arch,
    bezier,
    capsule,
    ellipse,
    moved,
    rect,
    rounded,
    smooth,
)

KINDS = ("round", "pointed", "four-centred", "keel", "segmental", "trefoil")


def wall(c: Canvas, paint: Colour, bottom: float) -> None:
    """The wall of a room, lighter on the side of the windows."""
    lit = c.light.lit(paint)
    area = rect(0, 0, 1600, bottom)
    c.fill(area, lit)
    c.model(area, mix(lit, c.light.glow, 0.4), mix(lit, c.light.shadow, 0.4), 0.8)


def floor(c: Canvas, top: float, paint: Colour) -> None:
    lit = c.light.lit(paint)
    c.passage(rect(0, top, 1600, 1067), (mix(lit, c.light.shadow, 0.3), lit), masked=False)
    for i in range(-12, 13):
        c.line([(800 + i * 70, top), (800 + i * 190, 1080)], mix(lit, c.light.shadow, 0.4), 2, 0.5)


def view(c: Canvas, x: float, base: float, width: float, height: float, kind: str) -> None:
    """A window: sky, hills, a strip of town, and the light it throws into the room."""
    frame = mix(c.light.lit(LIMESTONE), c.light.glow, 0.4)
    c.fill(arch(kind, x - 16, base + 12, width + 32, height + 30), frame)
    opening = arch(kind, x, base, width, height)
    c.passage(opening, c.light.sky)
    for level, paint, distance in ((0.3, PETROL, 0.6), (0.18, MOSS, 0.35)):
        step = width / 5
        line = [
            (x + i * step, base - height * level + c.rng.uniform(-0.05, 0.05) * height)
            for i in range(6)
        ]
        c.fill(
            [(x, base), *smooth(line, 4, closed=False), (x + width, base)],
            c.light.far(paint, distance),
        )
    for i in range(4):
        tall = height * c.rng.uniform(0.1, 0.26)
        left = x + width * (0.08 + i * 0.22)
        c.fill(
            arch(c.rng.choice(KINDS), left, base, width * 0.16, tall),
            c.light.far(c.rng.choice(buildings.WALLS), 0.25),
        )
    c.line([(x + width / 2, base - height), (x + width / 2, base)], frame, 8)
    c.line([(x, base - height * 0.5), (x + width, base - height * 0.5)], frame, 6)
    c.fill(rounded(x - 26, base, x + width + 26, base + 18, 4), mix(frame, CREAM, 0.4))


def pendant(c: Canvas, x: float, y: float, size: float, paint: Colour = PETROL) -> None:
    """A hanging lamp."""
    c.line([(x, -10), (x, y)], c.light.lit(DEEP), 3)
    c.glow(x, y + size * 0.7, size * 3.4, c.light.glow, 0.55 if c.light.lamps else 0.3)
    c.fill(ellipse(x, y + size * 0.62, size * 0.3), c.light.glow)
    shade = [
        (x - size * 0.16, y),
        (x + size * 0.16, y),
        (x + size * 0.8, y + size * 0.6),
        (x - size * 0.8, y + size * 0.6),
    ]
    c.fill(shade, c.light.lit(paint))
    c.model(shade, mix(paint, CREAM, 0.4), DEEP, 0.8)


def shelf(
    c: Canvas, left: float, top: float, right: float, bottom: float, rows: int, wood: Colour = WOOD
) -> None:
    """A bookcase full of spines."""
    lit, rng = c.light.lit(wood), c.rng
    c.fill(rect(left - 10, top - 12, right + 10, bottom + 8), lit)
    tall = (bottom - top) / rows
    for row in range(rows):
        low = top + (row + 1) * tall - 8
        c.fill(rect(left, low - tall + 12, right, low), mix(lit, DEEP, 0.62))
        x = left + 3
        while x < right - 12:
            thick, high = rng.uniform(9, 24), tall * rng.uniform(0.52, 0.84)
            if rng.random() < 0.07:
                x += thick * 1.6
                continue
            thick = min(thick, right - 3 - x)
            spine = rect(x, low - high, x + thick - 1.5, low)
            if rng.random() < 0.08:
                spine = [(px + (low - py) * 0.16, py) for px, py in spine]
            paint = c.light.lit(rng.choice(CLOTHES))
            c.fill(spine, paint)
            if thick > 14:
                band = low - high * 0.8
                c.fill(rect(x, band, x + thick - 1.5, band + 5), mix(paint, CREAM, 0.6))
            x += thick
        c.fill(rect(left - 4, low, right + 4, low + 7), mix(lit, c.light.glow, 0.3))
    c.shade(
        rect(left, top, right, bottom),
        mix(lit, c.light.shadow, 0.7),
        (0, 90, 0, 110) if c.sun < 0 else (90, 0, 110, 0),
    )


def open_book(c: Canvas, x: float, y: float, half: float) -> None:
    """An open book that lies flat, seen from above its near edge."""
    for side in (-1, 1):
        page = [
            (x, y - half * 0.16),
            *bezier(
                (x, y - half * 0.16),
                (x + side * half * 0.3, y - half * 0.36),
                (x + side * half * 0.7, y - half * 0.34),
                (x + side * half, y - half * 0.24),
            ),
            (x + side * half * 1.08, y + half * 0.12),
            *bezier(
                (x + side * half * 1.08, y + half * 0.12),
                (x + side * half * 0.7, y + half * 0.02),
                (x + side * half * 0.3, y),
                (x, y + half * 0.2),
            ),
        ]
        cover = moved(page, 0, half * 0.07)
        c.fill(cover, c.light.lit(POMEGRANATE))
        c.fill(page, c.light.lit(CREAM))
        c.model(page, CREAM, mix(SAND, c.light.shadow, 0.3), 0.6)
        for k in range(4):
            dy = (k - 2.2) * half * 0.075
            c.line(
                [
                    (x + side * half * 0.14, y + dy - half * 0.02),
                    (x + side * half * 0.86, y + dy - half * 0.07),
                ],
                mix(PETROL, CREAM, 0.45),
                half * 0.02,
            )


def steam(c: Canvas, x: float, y: float, height: float) -> None:
    """A curl above something hot."""
    for dx in (-10, 8):
        c.line(
            [
                (x + dx, y),
                *bezier(
                    (x + dx, y),
                    (x + dx + 22, y - height * 0.3),
                    (x + dx - 22, y - height * 0.6),
                    (x + dx + 6, y - height),
                ),
            ],
            CREAM,
            5,
            0.45,
        )


def pot_plant(c: Canvas, x: float, y: float, size: float) -> None:
    """A plant with long leaves in a pot."""
    for i in range(9):
        turn = pi * (0.12 + 0.095 * i)
        tip = (x - size * cos(turn), y - size * 0.35 - size * 0.8 * sin(turn))
        side = (-(tip[1] - y) * 0.14, (tip[0] - x) * 0.14)
        leaf = [
            (x, y - size * 0.3),
            *bezier(
                (x, y - size * 0.3),
                (x + side[0], y - size * 0.6),
                (tip[0] + side[0], tip[1] + side[1] + 20),
                tip,
            ),
            *bezier(
                tip,
                (tip[0] - side[0], tip[1] - side[1] + 20),
                (x - side[0], y - size * 0.6),
                (x, y - size * 0.3),
            ),
        ]
        figures.crown(c, leaf, (LEAF, MOSS)[i % 2])
    pot = [
        (x - size * 0.26, y - size * 0.36),
        (x + size * 0.26, y - size * 0.36),
        (x + size * 0.19, y),
        (x - size * 0.19, y),
    ]
    c.fill(pot, c.light.lit(BRICK))
    c.model(pot, mix(BRICK, CREAM, 0.5), mix(BRICK, DEEP, 0.5))
    c.fill(
        rounded(x - size * 0.3, y - size * 0.42, x + size * 0.3, y - size * 0.34, 4),
        mix(c.light.lit(BRICK), CREAM, 0.2),
    )


def table_top(c: Canvas, y: float, paint: Colour) -> None:
    lit = c.light.lit(paint)
    c.passage(
        rect(0, y, 1600, 1067),
        (mix(lit, c.light.glow, 0.25), lit, mix(lit, c.light.shadow, 0.3)),
        masked=False,
    )
    for i in range(5):
        line = y + 30 + i * i * 16
        c.line(
            [
                (0, line),
                *bezier(
                    (0, line),
                    (500, line + c.rng.uniform(-14, 14)),
                    (1000, line + c.rng.uniform(-14, 14)),
                    (1600, line),
                ),
            ],
            mix(lit, c.light.shadow, 0.25),
            2.5,
            0.7,
        )
    c.fill(rect(0, y - 5, 1600, y + 5), mix(lit, c.light.glow, 0.5))


def paint_jar(c: Canvas, x: float, y: float, size: float, paint: Colour) -> None:
    """A pot of paint with brushes in it."""
    for i in range(3):
        tip = (x + (i - 1) * size * 0.5, y - size * (2.3 + 0.2 * (i % 2)))
        c.line([(x + (i - 1) * size * 0.16, y - size), tip], c.light.lit(WOOD), size * 0.1)
        c.fill(
            capsule(
                tip, (tip[0] + (i - 1) * size * 0.1, tip[1] - size * 0.36), size * 0.12, size * 0.05
            ),
            c.light.lit(CLOTHES[i]),
        )
    body = rounded(x - size * 0.5, y - size * 1.1, x + size * 0.5, y, size * 0.14)
    c.fill(body, c.light.lit(MIST))
    c.fill(
        rounded(x - size * 0.46, y - size * 0.72, x + size * 0.46, y - size * 0.05, size * 0.12),
        c.light.lit(paint),
    )
    c.model(body, CREAM, mix(PETROL, MIST, 0.3), 0.9)

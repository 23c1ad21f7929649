"""Scenes at long tables: a meeting, a reading room."""

from math import sin

from uclg_portal.demonstration.artwork import figures
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BRICK,
    CREAM,
    DEEP,
    GLAZE,
    LEAF,
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
from uclg_portal.demonstration.artwork.rooms import (
    KINDS,
    floor,
    open_book,
    pendant,
    shelf,
    view,
    wall,
)
from uclg_portal.demonstration.artwork.shapes import arch, capsule, ellipse, rect, rounded, smooth


def meeting(c: Canvas) -> None:
    """People at a long table before tall windows; papers, water, a hand raised."""
    rng = c.rng
    kind = rng.choice(KINDS)
    wall(
        c, rng.choice((LIMESTONE, mix(GLAZE, LIMESTONE, 0.5), SAND, mix(ROSE, LIMESTONE, 0.6))), 760
    )
    count = rng.choice((3, 4, 5))
    step = 1600 / count
    for i in range(count):
        view(c, i * step + step * 0.2, 560, step * 0.6, 430, kind)
    c.fill(rect(0, 600, 1600, 760), c.light.lit(mix(PETROL, TURQUOISE, 0.25)))
    for i in range(22):
        c.fill(arch(kind, i * 76 + 8, 760, 60, 130), mix(c.light.lit(PETROL), c.light.shadow, 0.15))
    floor(c, 760, WOOD)
    for x in (270, 800, 1330):
        pendant(c, x, 120, 78, rng.choice((PETROL, POMEGRANATE, APRICOT)))
    seats = 7
    speaker = rng.randrange(1, 6)
    for i in range(seats):
        x = 800 + (i - (seats - 1) / 2) * 186
        c.fill(arch("round", x - 62, 760, 124, 190), c.light.lit(POMEGRANATE))
        look = figures.a_look(rng)
        if i == speaker:
            _raised_hand(c, x, 700, look)
        figures.bust(c, x + rng.uniform(-8, 8), 756, 196 + 10 * sin(i), look)
    _table(c)
    for i, x in enumerate((180, 520, 1080, 1420)):
        figures.bust(c, x + rng.uniform(-30, 30), 1090, 330, back=True)
        if i % 3 == 0:
            c.fill(rounded(x - 170, 1010, x + 170, 1080, 30), c.light.lit(POMEGRANATE))
    if rng.random() < 0.5:
        figures.person(c, 60 if c.sun > 0 else 1540, 1010, 520)


def _raised_hand(c: Canvas, x: float, y: float, look: figures.Look) -> None:
    sleeve = mix(c.light.lit(look.top), c.light.shadow, 0.14)
    c.fill(capsule((x + 66, y), (x + 96, y - 96), 24, 18), sleeve)
    c.fill(capsule((x + 96, y - 104), (x + 98, y - 132), 15, 17), c.light.lit(look.skin))
    for dx in (-12, -4, 4, 12):
        c.fill(
            capsule((x + 98 + dx * 0.8, y - 140), (x + 98 + dx, y - 168 + abs(dx)), 5),
            c.light.lit(look.skin),
        )
    c.fill(capsule((x + 84, y - 128), (x + 76, y - 146), 5), c.light.lit(look.skin))


def _table(c: Canvas) -> None:
    lit = c.light.lit(mix(WOOD, BRICK, 0.3))
    top = [(110, 752), (1490, 752), (1660, 930), (-60, 930)]
    c.fill(top, lit)
    c.model(top, mix(lit, c.light.glow, 0.55), mix(lit, c.light.shadow, 0.4))
    c.fill([(-60, 930), (1660, 930), (1660, 972), (-60, 972)], mix(lit, DEEP, 0.5))
    for i in range(7):
        x = 800 + (i - 3) * 196
        c.fill(
            [
                (x - 46, 776),
                (x + 40, 776),
                (x + 46 + (i - 3) * 4, 812),
                (x - 54 + (i - 3) * 4, 812),
            ],
            c.light.lit(CREAM),
        )
        for k in range(3):
            c.line(
                [(x - 34 + (i - 3), 785 + k * 8), (x + 26 + (i - 3), 785 + k * 8)],
                mix(PETROL, CREAM, 0.5),
                2,
            )
        c.fill(
            [(x + 58, 800), (x + 76, 800), (x + 73, 764), (x + 61, 764)],
            mix(GLAZE, CREAM, 0.5),
            0.85,
        )
    for x in (330, 800, 1270):
        plate = [(x - 66, 908), (x + 66, 908), (x + 52, 858), (x - 52, 858)]
        c.fill(plate, c.light.lit(PETROL))
        c.fill(arch("round", x - 16, 900, 32, 34), c.light.lit(APRICOT))
    for x in (560, 1040):
        bowl = smooth([(x - 64, 846), (x, 838), (x + 64, 846), (x + 38, 884), (x - 38, 884)], 5)
        for _ in range(7):
            c.fill(
                ellipse(x + c.rng.uniform(-40, 40), 838 + c.rng.uniform(-14, 6), 15, steps=18),
                c.light.lit(c.rng.choice((APRICOT, POMEGRANATE, LEAF))),
            )
        c.fill(bowl, c.light.lit(TURQUOISE))
        c.model(bowl, GLAZE, DEEP)


def library(c: Canvas) -> None:
    """A reading room: tall cases, a great window, green lamps, readers, a ladder."""
    rng = c.rng
    wall(c, mix(PETROL, TURQUOISE, rng.uniform(0.1, 0.5)), 780)
    kind = rng.choice(KINDS)
    view(c, 590, 600, 420, 520, kind)
    for left, right in ((20, 250), (290, 520), (1080, 1310), (1350, 1580)):
        c.fill(
            arch(kind, left - 26, 782, right - left + 52, 800), mix(c.light.lit(WOOD), DEEP, 0.35)
        )
        shelf(c, left, 170, right, 770, 6)
    floor(c, 780, mix(WOOD, BRICK, 0.4))
    ladder = rng.choice((170, 1430))
    for dx in (-34, 34):
        c.line([(ladder + dx + 60, 800), (ladder + dx - 10, 210)], c.light.lit(STRAW), 9)
    for i in range(11):
        t = i / 11
        c.line(
            [
                (ladder - 34 + 60 - 70 * t, 780 - 560 * t),
                (ladder + 34 + 60 - 70 * t, 780 - 560 * t),
            ],
            c.light.lit(STRAW),
            7,
        )
    figures.person(c, ladder + 30, 560, 260, pose="carry", shadow=False)
    figures.person(c, 560, 830, 280, pose="stand")
    figures.person(c, 1050, 836, 180, pose="carry")
    for x in (330, 800, 1270):
        figures.bust(c, x + rng.uniform(-40, 40), 886, 170)
    _reading_table(c)
    for x in (140, 640, 1130, 1500):
        figures.bust(c, x + rng.uniform(-30, 30), 1092, 270, back=True)


def _reading_table(c: Canvas) -> None:
    lit = c.light.lit(WOOD)
    c.fill([(90, 878), (1510, 878), (1600, 968), (0, 968)], lit)
    c.model(
        [(90, 878), (1510, 878), (1600, 968), (0, 968)],
        mix(lit, c.light.glow, 0.5),
        mix(lit, c.light.shadow, 0.4),
    )
    c.fill(rect(0, 968, 1600, 996), mix(lit, DEEP, 0.5))
    for x in (200, 560, 1030, 1390):
        c.glow(x, 930, 170, c.light.glow, 0.8, flat=0.5)
        c.fill(rect(x - 5, 836, x + 5, 934), c.light.lit(STRAW))
        c.fill(ellipse(x, 936, 36, 9), c.light.lit(STRAW))
        glass = smooth([(x - 72, 846), (x - 50, 806), (x + 50, 806), (x + 72, 846), (x, 856)], 5)
        c.fill(glass, c.light.lit(LEAF))
        c.model(glass, CREAM, MOSS)
    for x in (330, 800, 1270):
        open_book(c, x, 928, 92)

"""Scenes of a theatre and of a museum."""

from math import sin

from uclg_portal.demonstration.artwork import buildings, figures
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BARK,
    BRICK,
    CREAM,
    DEEP,
    GLAZE,
    HAIRS,
    LIMESTONE,
    MOSS,
    PETROL,
    POMEGRANATE,
    ROSE,
    SAND,
    SKINS,
    TURQUOISE,
    WOOD,
    mix,
)
from uclg_portal.demonstration.artwork.rooms import KINDS, floor, pendant, wall
from uclg_portal.demonstration.artwork.shapes import (
    Outline,
    arch,
    bezier,
    capsule,
    ellipse,
    rect,
    ridge,
    smooth,
)


def stage(c: Canvas) -> None:
    """A theatre: arch, curtains, painted town, dancers and players in the lights."""
    rng = c.rng
    c.fill(rect(0, 0, 1600, 1067), mix(DEEP, POMEGRANATE, 0.12))
    kind = rng.choice(KINDS)
    gold = mix(APRICOT, BARK, 0.25)
    c.fill(arch("segmental", 120, 850, 1360, 800), gold)
    opening = arch("segmental", 156, 850, 1288, 764)
    c.passage(opening, c.light.sky)
    backdrop_light = 800 + c.sun * 260
    c.glow(backdrop_light, 330, 420, c.light.glow, 0.8)
    c.fill(ellipse(backdrop_light, 330, 90), mix(c.light.glow, CREAM, 0.4))
    c.fill(ridge(rng, 560, 130, 0.4, 156, 1444, 740), c.light.far(PETROL, 0.5))
    buildings.skyline(c, 700, 230, 0.3, 170, 1400)
    for x in (300, 1300):
        buildings.house(c, x - 90, 730, 180, rng.uniform(260, 330), kind=kind, rows=2)
    boards = [(156, 720), (1444, 720), (1560, 850), (40, 850)]
    c.fill(boards, c.light.lit(WOOD, 0.1))
    c.shade(boards, c.light.glow, (60, 60, 150, 150))
    for i in range(-9, 10):
        c.line([(800 + i * 68, 720), (800 + i * 84, 850)], mix(WOOD, DEEP, 0.5), 2, 0.6)
    for x, reach in ((420, 620), (800, 800), (1180, 980)):
        c.fill([(x, 90), (reach + 130, 810), (reach - 130, 810)], CREAM, 0.1)
        c.glow(reach, 806, 190, CREAM, 0.5, flat=0.18)
    _company(c)
    _curtains(c)
    for x in range(230, 1400, 106):
        c.glow(x, 846, 56, c.light.glow, 0.8)
        c.fill(arch("round", x - 22, 862, 44, 30), gold)
    c.fill([(0, 856), (1600, 856), (1600, 1067), (0, 1067)], mix(DEEP, POMEGRANATE, 0.16))
    _orchestra(c)
    for row, (y, size) in enumerate(((960, 92), (1020, 118), (1090, 150))):
        for i in range(13):
            x = (i + (row % 2) * 0.5) * 136 + rng.uniform(-14, 14)
            figures.bust(c, x, y, size * rng.uniform(0.92, 1.06), _dim_look(c), back=True)


def _dim_look(c: Canvas) -> figures.Look:
    look = figures.a_look(c.rng)
    return figures.Look(
        look.skin,
        mix(look.hair, DEEP, 0.4),
        mix(look.top, DEEP, 0.62),
        look.legs,
        False,
        look.long_hair,
        None,
    )


def _company(c: Canvas) -> None:
    rng = c.rng
    if rng.random() < 0.5:
        for i in range(7):
            x = 470 + i * 110
            figures.person(
                c,
                x,
                800 + 14 * sin(i * 1.3),
                235 + rng.uniform(-14, 14),
                pose="wave" if i % 2 else "walk",
            )
        return
    for x, pose in ((520, "stand"), (640, "wave"), (980, "carry"), (1090, "wave")):
        figures.person(c, x, 806, 250, pose=pose)
    figures.person(
        c,
        800,
        815,
        285,
        figures.Look(SKINS[0], HAIRS[0], POMEGRANATE, PETROL, True, True, APRICOT),
        "wave",
    )


def _curtains(c: Canvas) -> None:
    cloth = mix(POMEGRANATE, DEEP, 0.12)
    for side in (-1, 1):
        edge = 800 + side * 644
        for i in range(6):
            a, b = edge - side * i * 40 + side * 30, edge - side * (i + 1) * 40 + side * 30
            pull = side * i * 22
            fold = [
                (a, 60),
                (b, 60),
                *bezier(
                    (b, 60),
                    (b + pull * 0.2, 400),
                    (b + pull, 520),
                    (b + pull * 1.1 + side * 26, 850),
                ),
                (a + pull * 0.9 + side * 26, 850),
                *bezier(
                    (a + pull * 0.9 + side * 26, 850), (a + pull * 0.8, 520), (a, 400), (a, 60)
                ),
            ]
            c.fill(fold, mix(cloth, DEEP, 0.14 * (i % 2)))
            c.shade(
                fold, mix(cloth, APRICOT, 0.45), (0, 70, 0, 120) if side < 0 else (70, 0, 120, 0)
            )
        c.fill(
            capsule((edge - side * 20, 556), (edge - side * 120, 580), 8), mix(APRICOT, BARK, 0.2)
        )
    for i in range(10):
        x = 140 + i * 132
        swag = [
            (x, 40),
            (x + 140, 40),
            *bezier((x + 140, 40), (x + 130, 170), (x + 10, 170), (x, 40)),
        ]
        c.fill(swag, mix(cloth, DEEP, 0.1 * (i % 2)))
        c.shade(swag, mix(cloth, APRICOT, 0.5), (0, 0, 110, 110))
    c.fill(rect(0, 0, 1600, 48), mix(APRICOT, BARK, 0.35))


def _orchestra(c: Canvas) -> None:
    for x in (330, 560, 1040, 1270):
        c.fill([(x - 34, 930), (x + 34, 930), (x + 40, 878), (x - 40, 878)], CREAM, 0.85)
        c.glow(x, 890, 60, c.light.glow, 0.6)


def museum(c: Canvas) -> None:
    """A hall of arches one behind another, vessels on stands, pictures, visitors."""
    rng = c.rng
    paint = rng.choice((LIMESTONE, mix(ROSE, LIMESTONE, 0.55), mix(GLAZE, LIMESTONE, 0.4), SAND))
    wall(c, paint, 760)
    floor(c, 740, mix(SAND, LIMESTONE, 0.4))
    kind = rng.choice(KINDS)
    for i, (width, height) in enumerate(((760, 640), (560, 500), (400, 380), (270, 280))):
        base = 800 - i * 26
        tone = mix(c.light.lit(paint), (c.light.shadow, c.light.glow)[i % 2], 0.2)
        c.fill(
            arch(kind, 800 - width / 2 - 34, base, width + 68, height + 34), mix(tone, CREAM, 0.5)
        )
        c.fill(arch(kind, 800 - width / 2, base, width, height), tone)
        c.shade(
            arch(kind, 800 - width / 2, base, width, height),
            mix(tone, c.light.shadow, 0.4),
            (130, 40, 90, 10) if c.sun > 0 else (40, 130, 10, 90),
        )
    end = arch(kind, 726, 722, 148, 190)
    c.passage(end, c.light.sky)
    c.glow(800, 640, 260, c.light.glow, 0.7)
    c.shade([(740, 722), (860, 722), (1120, 1067), (480, 1067)], c.light.glow, (190, 190, 50, 50))
    for side in (-1, 1):
        _picture(c, 800 + side * 580, 330, 250, 300)
        _picture(c, 800 + side * 760, 620, 150, 180)
        pendant(c, 800 + side * 470, 40, 46, BRICK)
    for x, y, size in ((1150, 830, 0.8), (450, 836, 0.8), (250, 960, 1.15), (1360, 980, 1.2)):
        _stand(c, x + rng.uniform(-16, 16), y, size)
    figures.person(c, 800 + rng.uniform(-40, 40), 770, 150, pose="walk")
    figures.person(c, 610, 900, 300, pose="stand")
    figures.person(c, 990, 930, 320, pose="carry")
    figures.person(c, 1080, 940, 205, pose="wave")
    figures.person(c, 800 - c.sun * 200, 1030, 380, pose="walk")


def _picture(c: Canvas, x: float, y: float, width: float, height: float) -> None:
    """A framed painting: one of our own landscapes in a few shapes."""
    rng = c.rng
    c.fill(
        rect(x - width / 2 - 14, y - height / 2 - 8, x + width / 2 + 20, y + height / 2 + 24),
        c.light.shadow,
        0.25,
    )
    c.fill(
        rect(x - width / 2 - 14, y - height / 2 - 14, x + width / 2 + 14, y + height / 2 + 14),
        c.light.lit(mix(APRICOT, WOOD, 0.4)),
    )
    left, right, top, low = x - width / 2, x + width / 2, y - height / 2, y + height / 2
    first, second, third = rng.sample(
        (PETROL, TURQUOISE, APRICOT, POMEGRANATE, ROSE, GLAZE, MOSS), 3
    )
    c.passage(
        rect(left, top, right, low), (c.light.lit(first), mix(c.light.lit(first), CREAM, 0.6))
    )
    c.fill(
        ellipse(x + width * rng.uniform(-0.2, 0.2), y - height * 0.18, width * 0.14),
        c.light.lit(CREAM),
    )
    for level, paint in ((0.1, second), (0.28, third)):
        line = [
            (left + width * i / 4, y + height * (level + rng.uniform(-0.08, 0.08)))
            for i in range(5)
        ]
        hill = [(left, low), *smooth(line, 4, closed=False), (right, low)]
        c.fill(hill, c.light.lit(paint))
        c.model(hill, CREAM, DEEP, 0.5)


def _stand(c: Canvas, x: float, y: float, s: float) -> None:
    """A plinth with a vessel, a jug or a bust on it."""
    rng, lit = c.rng, c.light.lit
    figures.cast_shadow(c, x, y, 240 * s, 110 * s)
    block = rect(x - 58 * s, y - 190 * s, x + 58 * s, y)
    c.fill(block, lit(CREAM))
    c.model(block, CREAM, mix(SAND, c.light.shadow, 0.4))
    c.fill(rect(x - 66 * s, y - 200 * s, x + 66 * s, y - 186 * s), lit(LIMESTONE))
    paint = lit(rng.choice((TURQUOISE, BRICK, PETROL, APRICOT, POMEGRANATE)))
    half = rng.choice(
        (
            [(0.2, 0), (0.3, 0.08), (0.52, 0.45), (0.46, 0.7), (0.2, 0.86), (0.2, 0.96), (0.3, 1)],
            [(0.26, 0), (0.2, 0.08), (0.5, 0.3), (0.6, 0.62), (0.44, 0.8), (0.5, 0.84)],
            [
                (0.22, 0),
                (0.16, 0.1),
                (0.3, 0.26),
                (0.34, 0.5),
                (0.16, 0.68),
                (0.14, 0.9),
                (0.24, 1),
            ],
        )
    )
    size = 150 * s
    base = y - 198 * s
    vessel: Outline = [(x + u * size, base - v * size) for u, v in half]
    outline = [
        *smooth(vessel, 5, closed=False),
        *reversed([(2 * x - px, py) for px, py in smooth(vessel, 5, closed=False)]),
    ]
    c.fill(outline, paint)
    c.model(outline, mix(paint, CREAM, 0.6), mix(paint, DEEP, 0.6))
    for v in (0.4, 0.52):
        c.line(
            [
                (x - size * 0.46, base - size * v),
                *bezier(
                    (x - size * 0.46, base - size * v),
                    (x - size * 0.2, base - size * v + 8),
                    (x + size * 0.2, base - size * v + 8),
                    (x + size * 0.46, base - size * v),
                ),
            ],
            mix(paint, CREAM, 0.7),
            4 * s,
        )

"""Scenes by the river: a promenade, a bridge."""

from uclg_portal.demonstration.artwork import buildings, figures, sky
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.grounds import water
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BRICK,
    CREAM,
    DEEP,
    LEAF,
    LIMESTONE,
    MOSS,
    PETROL,
    POMEGRANATE,
    SAND,
    TURQUOISE,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import (
    arch,
    bezier,
    blob,
    capsule,
    ellipse,
    rect,
    ridge,
)


def rowing_boat(c: Canvas, x: float, y: float, length: float, paint: Colour) -> None:
    lit = c.light.lit(paint)
    hull = [
        (x - length / 2, y - length * 0.13),
        (x + length / 2, y - length * 0.15),
        *bezier(
            (x + length / 2, y - length * 0.15),
            (x + length * 0.4, y + 2),
            (x + length * 0.3, y + 3),
            (x, y + 3),
        ),
        *bezier(
            (x, y + 3),
            (x - length * 0.3, y + 3),
            (x - length * 0.42, y),
            (x - length / 2, y - length * 0.13),
        ),
    ]
    c.fill(
        ellipse(x, y + length * 0.06, length * 0.5, length * 0.05),
        mix(c.light.shadow, PETROL, 0.4),
        0.35,
    )
    for shift in (-0.18, 0.16):
        figures.bust(c, x + shift * length, y - length * 0.1, length * 0.24)
    c.fill(hull, lit)
    c.model(hull, mix(lit, c.light.glow, 0.4), mix(lit, c.light.shadow, 0.5))
    c.line(
        [(x - length / 2, y - length * 0.13), (x + length / 2, y - length * 0.15)],
        mix(lit, CREAM, 0.6),
        3,
    )
    c.line(
        [(x + length * 0.02, y - length * 0.2), (x + length * 0.36, y + length * 0.06)],
        c.light.lit(SAND),
        3,
    )


def sail(c: Canvas, x: float, y: float, height: float, paint: Colour) -> None:
    lit = c.light.lit(paint)
    c.fill(ellipse(x, y + height * 0.05, height * 0.3, height * 0.03), c.light.shadow, 0.3)
    c.fill(
        [
            (x - height * 0.24, y - height * 0.07),
            (x + height * 0.27, y - height * 0.07),
            (x + height * 0.18, y + 2),
            (x - height * 0.17, y + 2),
        ],
        c.light.lit(DEEP),
    )
    for outline in (
        [(x - 2, y - height), (x - 2, y - height * 0.1), (x - height * 0.3, y - height * 0.1)],
        [
            (x + 2, y - height * 0.9),
            (x + 2, y - height * 0.1),
            (x + height * 0.24, y - height * 0.1),
        ],
    ):
        c.fill(outline, lit)
        c.model(outline, CREAM, mix(lit, c.light.shadow, 0.4), 0.8)


def _high_bank(c: Canvas, base: float) -> None:
    """A far city on a rise: walls and towers above the trees."""
    hill = ridge(c.rng, base - 60, 70, 0.25, bottom=base + 2)
    c.fill(hill, c.light.far(MOSS, 0.45))
    buildings.skyline(c, base - 50, 190, 0.3)
    for x in range(-20, 1640, 44):
        figures.crown(c, blob(c.rng, x, base - 22, 42, 30), c.light.far(MOSS, 0.3))
    c.fill(rect(0, base - 10, 1600, base), c.light.far(SAND, 0.3))


def river(c: Canvas) -> None:
    """A broad river, a city on the far bank, a promenade on the near one."""
    rng = c.rng
    c.sky()
    sun_x = 800 + c.sun * rng.uniform(180, 480)
    sky.sun_or_moon(c, sun_x, rng.uniform(210, 300), 46)
    sky.clouds(c, 90, 260, 3)
    c.fill(ridge(rng, 440, 60, 0.3), c.light.far(MOSS, 0.7))
    _high_bank(c, 540)
    water(c, 540, 940, sun_x)
    sail(c, rng.uniform(350, 800), 640, 120, CREAM)
    sail(c, rng.uniform(900, 1350), 610, 84, APRICOT)
    rowing_boat(c, 800 - c.sun * rng.uniform(120, 320), 790, 210, BRICK)
    sky.birds(c, 900, 330, 7)
    _promenade(c)


def _promenade(c: Canvas) -> None:
    rng, lit = c.rng, c.light.lit
    quay = [(0, 905), (1600, 880), (1600, 1067), (0, 1067)]
    c.fill(quay, lit(SAND))
    c.model(quay, mix(lit(SAND), c.light.glow, 0.5), mix(lit(SAND), c.light.shadow, 0.5), 0.8)
    for i in range(24):
        x = i * 70
        c.line(
            [(x + 20, 905 - x * 0.0156), (x * 1.2 - 160, 1067)],
            mix(lit(SAND), c.light.shadow, 0.2),
            2,
        )
    rail = [(0, 868), (1600, 842)]
    for x in range(10, 1600, 46):
        y = 868 - x * 0.0163
        c.fill(rect(x - 3, y, x + 3, y + 42), lit(PETROL))
    c.line(rail, lit(PETROL), 8)
    c.line([(0, 888), (1600, 863)], lit(PETROL), 3)
    side = -c.sun
    figures.tree(c, 800 + side * 640, 1000, 620, "birch", shadow=False)
    for x in (300, 860, 1420):
        figures.street_lamp(c, x, 930, 260)
    figures.bench(c, 800 - side * 250, 985, 170)
    for i in range(3):
        figures.person(
            c,
            330 + i * 210 + rng.uniform(-50, 50) + (400 if side < 0 else 0),
            985 + rng.uniform(0, 50),
            205,
            pose=rng.choice(("walk", "stand", "wave")),
        )
    figures.person(c, 800 + side * 380, 1020, 150, pose="walk")


def bridge(c: Canvas) -> None:
    """A long bridge over a river: stone arches or cables, with a tram or a train on it."""
    rng = c.rng
    c.sky()
    sun_x = 800 + c.sun * rng.uniform(150, 500)
    sky.sun_or_moon(c, sun_x, 330, 58)
    sky.clouds(c, 80, 240, 3)
    c.fill(ridge(rng, 500, 130, 0.4), c.light.far(PETROL, 0.72))
    buildings.skyline(c, 585, 150, 0.6)
    c.fill(ridge(rng, 580, 26, 0.3, bottom=602), c.light.far(MOSS, 0.35))
    water(c, 600, 1067, sun_x)
    rng.choice((_stone_bridge, _cable_bridge))(c)
    rowing_boat(c, 800 - c.sun * 330, 955, 250, rng.choice((POMEGRANATE, TURQUOISE)))
    sky.birds(c, 700, 250, 8, 18)
    _reeds(c)


def _stone_bridge(c: Canvas) -> None:
    lit, deck, spans = c.light.lit, 520, 5
    stone = lit(c.rng.choice((SAND, LIMESTONE, BRICK)))
    wide = 1760 / spans
    body = rect(-20, deck, 1620, 700)
    openings = [arch("round", -80 + i * wide + 34, 716, wide - 68, 150) for i in range(spans)]
    below = [[(x, 2 * 716 - y) for x, y in o] for o in openings]
    c.fill(rect(-20, 700, 1620, 870), mix(stone, PETROL, 0.6), 0.4)
    for o in below:
        c.fill(o, mix(c.light.sky[-1], PETROL, 0.3), 0.55)
    c.fill(body, stone)
    c.model(body, mix(stone, c.light.glow, 0.4), mix(stone, c.light.shadow, 0.4))
    for i, o in enumerate(openings):
        ring = arch("round", -80 + i * wide + 20, 716, wide - 40, 168)
        c.fill(ring, mix(stone, c.light.glow, 0.45))
        c.passage(o, (c.light.far(PETROL, 0.6), mix(c.light.sky[-1], PETROL, 0.2)))
        c.shade(
            o,
            mix(stone, c.light.shadow, 0.65),
            (230, 120, 90, 0) if c.sun > 0 else (120, 230, 0, 90),
        )
        pier = -80 + i * wide
        c.fill(arch("gable", pier - 26, 730, 52, 130), mix(stone, c.light.shadow, 0.22))
    c.fill(rect(-20, deck - 26, 1620, deck + 6), mix(stone, c.light.glow, 0.3))
    _tram_on(c, 800 + c.sun * 140, deck - 26)
    for x in range(60, 1600, 220):
        figures.street_lamp(c, x, deck - 22, 130)
    for x in (150, 330, 1260, 1440):
        figures.person(c, x + c.rng.uniform(-50, 50), deck - 16, 76, pose="walk", shadow=False)
    c.fill(rect(-20, deck - 34, 1620, deck - 8), mix(stone, c.light.shadow, 0.12))


def _tram_on(c: Canvas, x: float, base: float) -> None:
    lit = c.light.lit(POMEGRANATE)
    for i in range(3):
        left = x - 225 + i * 152
        car = [(left, base), (left, base - 66), (left + 146, base - 66), (left + 146, base)]
        c.fill(car, lit)
        c.model(car, mix(lit, c.light.glow, 0.35), mix(lit, c.light.shadow, 0.4))
        for w in range(4):
            c.fill(
                rect(left + 12 + w * 33, base - 54, left + 38 + w * 33, base - 28),
                c.light.glow if c.light.lamps else mix(PETROL, CREAM, 0.3),
            )
        c.fill(rect(left, base - 74, left + 146, base - 66), mix(lit, DEEP, 0.4))


def _cable_bridge(c: Canvas) -> None:
    lit, deck = c.light.lit, 560
    steel, rope = lit(CREAM), mix(lit(CREAM), c.light.haze, 0.2)
    for x in (470, 1130):
        for k in range(1, 15):
            for side in (-1, 1):
                c.line([(x, 180 + k * 10), (x + side * k * 23, deck)], rope, 2)
        c.fill([(x - 8, 150), (x + 8, 150), (x + 24, 720), (x - 24, 720)], steel)
        c.model(
            [(x - 8, 150), (x + 8, 150), (x + 24, 720), (x - 24, 720)],
            CREAM,
            mix(steel, c.light.shadow, 0.6),
        )
        c.fill(
            [(x - 20, 725), (x + 20, 725), (x + 10, 1000), (x - 8, 1000)],
            mix(steel, PETROL, 0.4),
            0.3,
        )
        if c.light.lamps:
            c.glow(x, 148, 40, POMEGRANATE, 0.9)
    c.fill(rect(-20, deck, 1620, deck + 26), mix(steel, c.light.shadow, 0.25))
    c.fill(rect(-20, deck - 3, 1620, deck + 7), CREAM)
    c.fill(rect(-20, 730, 1620, 748), mix(PETROL, c.light.shadow, 0.4), 0.25)
    _tram_on(c, 760, deck - 2)


def _reeds(c: Canvas) -> None:
    for side in (0, 1600):
        for i in range(46):
            x = side + (1 if side == 0 else -1) * c.rng.uniform(-10, 330) * (1 - i / 90)
            height = c.rng.uniform(90, 250)
            bend = c.rng.uniform(-30, 30)
            tip = (x + bend, 1067 - height)
            stem = [
                (x - 4, 1070),
                *bezier((x - 4, 1070), (x, 1010), (x + bend * 0.4, 1067 - height * 0.7), tip, 6),
                (x + 5, 1070),
            ]
            c.fill(stem, c.light.lit(c.rng.choice((MOSS, LEAF, mix(MOSS, APRICOT, 0.3)))))
            if i % 4 == 0:
                c.fill(
                    capsule((tip[0], tip[1]), (tip[0] - bend * 0.12, tip[1] + 34), 5),
                    c.light.lit(BRICK),
                )

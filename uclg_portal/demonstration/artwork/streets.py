"""Scenes of the street: a street in depth, a tram at its stop."""

from itertools import pairwise

from uclg_portal.demonstration.artwork import buildings, figures, sky
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.grounds import EYE, bunting, paving
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BRICK,
    CREAM,
    DEEP,
    GLAZE,
    LEAF,
    LIMESTONE,
    MIST,
    PETROL,
    POMEGRANATE,
    SAND,
    TURQUOISE,
    WOOD,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import Outline, arch, ellipse, rect, ridge, rounded


def _wall(
    c: Canvas, side: int, near: float, far: float, height: float, paint: Colour, kind: str
) -> None:
    """One house of a street seen in depth; near and far are parts of the way to the horizon."""

    def at(depth: float, level: float) -> tuple[float, float]:
        spread = 860 * (1 - depth)
        return 800 + side * (spread + 90), EYE + (1 - depth) * (440 - level * 1180)

    lit = c.light.far(paint, 0.42 * far)
    front = [at(near, 0), at(far, 0), at(far, height), at(near, height)]
    c.fill(front, lit)
    c.model(front, mix(lit, c.light.glow, 0.35), mix(lit, c.light.shadow, 0.3), 0.7)
    shade = mix(lit, c.light.shadow, 0.35)
    c.fill(
        [at(near, height), at(far, height), at(far, height + 0.035), at(near, height + 0.035)],
        mix(lit, c.light.glow, 0.5),
    )
    floors, bays = max(2, round(height * 4.2)), 3
    for floor in range(floors):
        low = height * (floor + 0.2) / floors
        high = height * (floor + (0.82 if floor else 0.95)) / floors
        for bay in range(bays):
            a, b = (
                near + (far - near) * (bay + 0.25) / bays,
                near + (far - near) * (bay + 0.75) / bays,
            )
            outline = [(at(a + (b - a) * u, low + (high - low) * v)) for u, v in _opening(kind)]
            c.fill(outline, shade)
            inner = [
                (at(a + (b - a) * (0.12 + 0.76 * u), low + (high - low) * 0.92 * v))
                for u, v in _opening(kind)
            ]
            c.fill(
                inner,
                buildings.pane(c, paint)
                if floor
                else mix(
                    c.light.lit(POMEGRANATE if bay == 1 else PETROL),
                    c.light.glow,
                    0.35 if c.light.lamps else 0.05,
                ),
            )
    if c.rng.random() < 0.75:
        _awning(
            c,
            [at(near + (far - near) * 0.04, 0.15), at(far - (far - near) * 0.04, 0.15)],
            [at(near + (far - near) * 0.04, 0.105), at(far - (far - near) * 0.04, 0.105)],
            -side,
        )


def _opening(kind: str) -> Outline:
    return [(x, -y) for x, y in arch(kind, 0, 0, 1, 1)]


def _awning(c: Canvas, upper: list, lower: list, towards: int) -> None:
    """A striped cloth over a shop."""
    stripe = c.rng.choice((POMEGRANATE, TURQUOISE, PETROL, APRICOT))
    (x0, y0), (x1, y1) = upper
    (u0, v0), (u1, v1) = lower
    reach0, reach1 = towards * (y0 - v0) * -0.9, towards * (y1 - v1) * -0.9
    count = 8
    for i in range(count):
        a, b = i / count, (i + 1) / count
        quad = [
            (x0 + (x1 - x0) * a, y0 + (y1 - y0) * a),
            (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b),
            (u0 + reach0 + (u1 + reach1 - u0 - reach0) * b, v0 + (v1 - v0) * b),
            (u0 + reach0 + (u1 + reach1 - u0 - reach0) * a, v0 + (v1 - v0) * a),
        ]
        c.fill(quad, c.light.lit(stripe if i % 2 else CREAM))


def street(c: Canvas) -> None:
    """A street in depth: arches and awnings on both sides, people, a low sun at its end."""
    rng = c.rng
    c.sky(bottom=EYE + 40)
    sky.sun_or_moon(c, 800, EYE - 90, 60)
    sky.clouds(c, 60, 190, 3)
    c.fill(ridge(rng, EYE - 8, 60, 0.4, 600, 1000, EYE + 30), c.light.far(PETROL, 0.62))
    buildings.skyline(c, EYE + 22, 110, 0.5, 640, 960)
    paving(c, EYE + 20, SAND)
    c.glow(800, EYE + 120, 640, c.light.glow, 0.5, flat=0.5)
    cuts = [0.03, 0.34, 0.56, 0.71, 0.81, 0.88]
    for near, far in reversed(list(pairwise(cuts))):
        for side in (-1, 1):
            kind = rng.choice(
                ("round", "pointed", "segmental", "four-centred", "lintel", "trefoil")
            )
            _wall(c, side, near, far, rng.uniform(0.62, 0.98), rng.choice(buildings.WALLS), kind)
        if near < 0.75:
            for side in (-1, 1):
                x = 800 + side * (860 * (1 - near) * 0.66 + 60)
                size = 560 * (1 - near)
                if rng.random() < 0.66:
                    figures.tree(c, x, EYE + 415 * (1 - near), size, rng.choice(("round", "birch")))
                else:
                    figures.street_lamp(c, x, EYE + 415 * (1 - near), size * 0.8)
    bunting(c, (240, 150), (1330, 190), 120, 16, c.light.lamps)
    if rng.random() < 0.7:
        bunting(c, (480, 330), (1130, 318), 60, 12, c.light.lamps)
    for depth in (0.72, 0.66, 0.55, 0.5, 0.36, 0.2, 0.12):
        x = 800 + rng.uniform(-0.4, 0.4) * 900 * (1 - depth)
        figures.person(
            c,
            x,
            EYE + 430 * (1 - depth),
            330 * (1 - depth),
            pose=rng.choice(("walk", "walk", "carry", "stand")),
        )
    _cafe(c, 800 + rng.choice((-1, 1)) * 420, 985)


def _cafe(c: Canvas, x: float, y: float) -> None:
    for dx in (-70, 80):
        figures.person(c, x + dx, y, 220, pose="sit", shadow=False)
    c.fill(rect(x - 4, y - 92, x + 4, y), c.light.lit(DEEP))
    c.fill(ellipse(x, y - 92, 66, 12), c.light.lit(CREAM))
    c.fill(rounded(x - 14, y - 112, x + 2, y - 94, 4), c.light.lit(POMEGRANATE))
    c.fill(rect(x - 3, y - 330, x + 3, y - 92), c.light.lit(WOOD))
    for i in range(6):
        a, b = x - 150 + i * 50, x - 100 + i * 50
        c.fill([(x, y - 346), (a, y - 270), (b, y - 270)], c.light.lit(APRICOT if i % 2 else CREAM))


def transport(c: Canvas) -> None:
    """A tram at its stop, wires, cyclists, a bus behind."""
    rng = c.rng
    c.sky()
    sky.sun_or_moon(c, 800 + c.sun * 380, 170, 46)
    sky.clouds(c, 60, 200, 3)
    buildings.skyline(c, 560, 250, 0.55)
    buildings.row_of_houses(c, 640, 180, 330)
    c.passage(
        rect(0, 636, 1600, 1067),
        (
            c.light.far(MIST, 0.2),
            mix(c.light.lit(PETROL), c.light.lit(MIST), 0.6),
            mix(c.light.lit(PETROL), c.light.lit(MIST), 0.45),
        ),
        masked=False,
    )
    c.fill(rect(0, 634, 1600, 662), c.light.lit(LIMESTONE))
    for x in (180, 560, 1000, 1420):
        figures.tree(c, x + rng.uniform(-40, 40), 652, rng.uniform(190, 250), "round", shadow=False)
    _bus(c, 800 - c.sun * 480, 716, rng.choice((APRICOT, LEAF, CREAM)))
    for y in (870, 912):
        c.line([(0, y), (1600, y)], c.light.lit(DEEP), 6)
        c.line([(0, y - 4), (1600, y - 4)], c.light.lit(MIST), 2)
    for y in (205, 232):
        c.line([(0, y), (1600, y + 6)], c.light.lit(DEEP), 2)
    for x in (90, 1510):
        c.fill(rect(x - 7, 150, x + 7, 850), c.light.lit(DEEP))
        c.line([(x, 190), (x + (260 if x < 800 else -260), 205)], c.light.lit(DEEP), 5)
    _tram(c, 800 + c.sun * 80, 900, rng.choice((POMEGRANATE, TURQUOISE, PETROL, BRICK)))
    c.fill([(0, 950), (1600, 950), (1600, 1067), (0, 1067)], c.light.lit(LIMESTONE))
    c.shade(
        rect(0, 950, 1600, 1067), mix(c.light.lit(LIMESTONE), c.light.shadow, 0.4), (0, 0, 110, 110)
    )
    c.fill(rect(0, 944, 1600, 956), c.light.lit(APRICOT))
    for i in range(9):
        x = 130 + i * 170 + rng.uniform(-50, 50)
        figures.person(
            c,
            x,
            1030 + rng.uniform(-20, 20),
            232 if i % 4 else 150,
            pose=rng.choice(("stand", "carry", "walk", "stand", "wave")),
        )
    _stop_sign(c, 800 - c.sun * 590, 1010)


def _tram(c: Canvas, x: float, y: float, paint: Colour) -> None:
    lit = c.light.lit(paint)
    c.fill(rect(x - 600, y - 6, x + 600, y + 14), c.light.shadow, 0.4)
    c.line(
        [(x - 40, y - 372), (x + 40, y - 470), (x - 20, y - 560), (x + 60, y - 668)],
        c.light.lit(DEEP),
        5,
    )
    glass = c.light.glow if c.light.lamps else mix(PETROL, GLAZE, 0.35)
    for left, right in ((-590, -206), (-196, 196), (206, 590)):
        car = rounded(x + left, y - 350, x + right, y - 26, 34)
        c.fill(car, lit)
        c.fill(rect(x + left + 2, y - 150, x + right - 2, y - 128), c.light.lit(CREAM))
        c.fill(rounded(x + left + 18, y - 306, x + right - 18, y - 166, 16), mix(DEEP, lit, 0.2))
        bays = 5
        for i in range(bays):
            a = x + left + 28 + (right - left - 56) * i / bays
            b = a + (right - left - 56) / bays - 10
            door = i == 2
            c.fill(rounded(a, y - 298, b, y - (52 if door else 176), 9), glass)
            if not door and c.rng.random() < 0.85:
                figures.bust(c, (a + b) / 2, y - 170, 84)
            if door:
                c.line([((a + b) / 2, y - 298), ((a + b) / 2, y - 52)], mix(DEEP, lit, 0.2), 5)
        c.model(car, mix(lit, c.light.glow, 0.5), mix(lit, c.light.shadow, 0.5), 0.55)
        for wheel in (0.2, 0.8):
            c.fill(ellipse(x + left + (right - left) * wheel, y - 20, 24), c.light.lit(DEEP))
        c.fill(rounded(x + left + 40, y - 372, x + right - 40, y - 346, 10), mix(lit, DEEP, 0.5))
    for left in (-206, 196):
        c.fill(rect(x + left, y - 330, x + left + 10, y - 50), c.light.lit(DEEP))
    for end in (-578, 578):
        c.glow(x + end, y - 92, 70 if c.light.lamps else 26, c.light.glow, 0.9)
        c.fill(ellipse(x + end, y - 92, 10), CREAM)


def _bus(c: Canvas, x: float, y: float, paint: Colour) -> None:
    lit = c.light.lit(paint)
    c.fill(rounded(x - 190, y - 150, x + 190, y - 16, 18), lit)
    c.model(
        rounded(x - 190, y - 150, x + 190, y - 16, 18),
        mix(lit, c.light.glow, 0.4),
        mix(lit, c.light.shadow, 0.5),
    )
    for i in range(6):
        c.fill(
            rounded(x - 174 + i * 59, y - 134, x - 124 + i * 59, y - 78, 6),
            c.light.glow if c.light.lamps else mix(PETROL, GLAZE, 0.3),
        )
    for wheel in (-118, 118):
        c.fill(ellipse(x + wheel, y - 16, 24), c.light.lit(DEEP))
        c.fill(ellipse(x + wheel, y - 16, 9), c.light.lit(MIST))


def _stop_sign(c: Canvas, x: float, y: float) -> None:
    c.fill(rect(x - 5, y - 380, x + 5, y), c.light.lit(DEEP))
    c.fill(rounded(x - 46, y - 400, x + 46, y - 300, 10), c.light.lit(PETROL))
    c.fill(arch("round", x - 24, y - 312, 48, 70), c.light.lit(CREAM))
    c.fill(arch("keel", x - 13, y - 312, 26, 46), c.light.lit(APRICOT))

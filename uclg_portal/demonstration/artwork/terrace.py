"""A street scene from in front: shops in a row, trees, people on the pavement."""

from uclg_portal.demonstration.artwork import buildings, figures, parks, sky
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BRICK,
    CREAM,
    DEEP,
    GLAZE,
    LIMESTONE,
    MIST,
    MOSS,
    PETROL,
    POMEGRANATE,
    ROSE,
    TURQUOISE,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import ARCHES, arch, rect


def terrace(c: Canvas) -> None:
    """House fronts with shops, plane trees before them, walkers and a cyclist."""
    rng = c.rng
    c.sky(bottom=560)
    sky.sun_or_moon(c, 800 + c.sun * 540, 120, 44)
    sky.clouds(c, 50, 150, 3)
    buildings.skyline(c, 470, 200, 0.55)
    _fronts(c)
    c.fill(rect(0, 778, 1600, 900), c.light.lit(LIMESTONE))
    c.shade(
        rect(0, 778, 1600, 900), mix(c.light.lit(LIMESTONE), c.light.shadow, 0.4), (90, 90, 0, 0)
    )
    for i in range(24):
        c.line(
            [(i * 76, 780), (i * 84 - 70, 900)],
            mix(c.light.lit(LIMESTONE), c.light.shadow, 0.2),
            2,
            0.6,
        )
    c.fill(rect(0, 896, 1600, 912), mix(c.light.lit(LIMESTONE), c.light.shadow, 0.25))
    road = mix(c.light.lit(PETROL), c.light.lit(MIST), 0.35)
    c.passage(rect(0, 910, 1600, 1067), (mix(road, c.light.shadow, 0.2), road), masked=False)
    crossing = 800 - c.sun * rng.uniform(150, 420)
    for i in range(6):
        x = crossing - 190 + i * 76
        c.fill([(x, 918), (x + 44, 918), (x + 52, 1067), (x - 4, 1067)], c.light.lit(CREAM), 0.85)
    for x in (120, 620, 1010, 1500):
        figures.tree(
            c,
            x + rng.uniform(-40, 40),
            850,
            rng.uniform(380, 470),
            rng.choice(("round", "round", "birch")),
        )
    for x in (350, 1260):
        figures.street_lamp(c, x, 868, 360)
    figures.bench(c, 830, 856, 180)
    figures.person(c, 800, 852, 190, pose="sit", shadow=False)
    for _ in range(7):
        figures.person(
            c,
            rng.uniform(80, 1520),
            880 + rng.uniform(-12, 14),
            205,
            pose=rng.choice(("walk", "walk", "carry", "stand")),
        )
    for dx in (-90, 40):
        figures.person(c, crossing + dx, 1000 + rng.uniform(-20, 30), 240, pose="walk")
    parks.bicycle(c, 800 + c.sun * 460, 1030, 280)


def _fronts(c: Canvas) -> None:
    rng, x = c.rng, -40.0
    last = None
    while x < 1620:
        width, height = rng.uniform(230, 330), rng.uniform(390, 600)
        paint = rng.choice([w for w in buildings.WALLS if w != last])
        kind = rng.choice(ARCHES)
        buildings.house(
            c, x, 780, width, height, paint, kind=kind, rows=max(3, round(height / 130)), door=False
        )
        _shop(c, x, width, paint)
        x, last = x + width, paint


def _shop(c: Canvas, left: float, width: float, paint: Colour) -> None:
    """The ground floor: a door, a window with goods, a striped awning, a sign."""
    rng, lit = c.rng, c.light.lit
    trim = rng.choice([p for p in (PETROL, POMEGRANATE, TURQUOISE, MOSS, BRICK) if p != paint])
    c.fill(rect(left + 6, 620, left + width - 6, 780), lit(trim))
    glass = c.light.glow if c.light.lamps else mix(lit(PETROL), GLAZE, 0.3)
    c.fill(rect(left + 26, 664, left + width * 0.62, 756), glass)
    for i in range(4):
        x = left + 40 + i * width * 0.13
        c.fill(
            arch("round", x, 756, width * 0.09, rng.uniform(26, 60)),
            lit(rng.choice((APRICOT, POMEGRANATE, CREAM, TURQUOISE, ROSE))),
        )
    c.fill(arch("segmental", left + width * 0.7, 780, width * 0.2, 122), lit(CREAM))
    c.fill(
        arch("segmental", left + width * 0.72, 780, width * 0.16, 112), mix(lit(trim), DEEP, 0.5)
    )
    count = 9
    for i in range(count):
        a, b = left + width * i / count, left + width * (i + 1) / count
        c.fill(
            [(a, 622), (b, 622), (b + 2, 660), ((a + b) / 2, 670), (a - 2, 660)],
            lit(trim if i % 2 else CREAM),
        )
    c.fill(rect(left + 2, 608, left + width - 2, 624), mix(lit(trim), DEEP, 0.4))
    if c.light.lamps:
        c.glow(left + width * 0.4, 720, width * 0.5, c.light.glow, 0.35)

"""A harbour scene from in front: fishing boats along a pier."""

from uclg_portal.demonstration.artwork import buildings, figures, sky
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.grounds import water
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BARK,
    BRICK,
    CREAM,
    DEEP,
    GLAZE,
    LIMESTONE,
    MIST,
    MOSS,
    PETROL,
    POMEGRANATE,
    SAND,
    STRAW,
    TURQUOISE,
    WOOD,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import bezier, ellipse, rect, ridge, rounded, smooth


def moorings(c: Canvas) -> None:
    """Fishing boats moored in a row before bright houses; crates, nets and gulls."""
    rng = c.rng
    c.sky(bottom=420)
    sky.sun_or_moon(c, 800 + c.sun * 520, 140, 46)
    sky.clouds(c, 60, 190, 3)
    c.fill(ridge(rng, 320, 170, 0.5, bottom=480), c.light.far(PETROL, 0.6))
    buildings.row_of_houses(c, 500, 150, 290)
    c.fill(rect(0, 496, 1600, 540), c.light.lit(SAND))
    for x in range(30, 1600, 52):
        c.fill(rect(x, 520, x + 30, 526), mix(c.light.lit(SAND), c.light.shadow, 0.25))
    for _ in range(9):
        figures.person(
            c,
            rng.uniform(40, 1560),
            512,
            84,
            pose=rng.choice(("walk", "stand", "carry")),
            shadow=False,
        )
    water(c, 538, 1067, 800 + c.sun * 480)
    paints = rng.sample((POMEGRANATE, TURQUOISE, PETROL, APRICOT, BRICK, CREAM, MOSS), 5)
    for i, paint in enumerate(paints):
        _fishing_boat(c, 120 + i * 340 + rng.uniform(-30, 30), 740 + 22 * (i % 2), 290, paint)
    sky.birds(c, 800, 330, 11, 22, CREAM)
    _pier(c)


def _fishing_boat(c: Canvas, x: float, y: float, length: float, paint: Colour) -> None:
    lit, flip = c.light.lit(paint), c.rng.choice((-1, 1))

    def at(u: float, v: float) -> tuple[float, float]:
        return x + flip * u * length, y + v * length

    mirrored = [at(-0.42, 0.1), at(0.46, 0.1), at(0.36, 0.34), at(-0.36, 0.34)]
    c.fill(mirrored, mix(lit, PETROL, 0.5), 0.35)
    c.line([at(-0.1, -0.2), at(-0.1, -1.02)], c.light.lit(WOOD), 8)
    c.line([at(-0.1, -0.9), at(0.42, -0.24)], c.light.lit(DEEP), 2)
    c.line([at(-0.1, -0.9), at(-0.44, -0.2)], c.light.lit(DEEP), 2)
    c.line([at(-0.1, -0.34), at(0.3, -0.72)], c.light.lit(WOOD), 6)
    c.fill(
        [at(-0.1, -1.02), at(0.1, -0.97), at(-0.1, -0.92)],
        c.light.lit(c.rng.choice((POMEGRANATE, APRICOT, TURQUOISE))),
    )
    cabin = [at(-0.36, -0.14), at(-0.16, -0.14), at(-0.18, -0.4), at(-0.34, -0.4)]
    c.fill(cabin, c.light.lit(CREAM))
    c.model(cabin, CREAM, mix(CREAM, c.light.shadow, 0.5))
    c.fill(
        [at(-0.32, -0.24), at(-0.2, -0.24), at(-0.205, -0.35), at(-0.32, -0.35)],
        c.light.glow if c.light.lamps else c.light.lit(PETROL),
    )
    c.fill([at(-0.38, -0.39), at(-0.14, -0.39), at(-0.16, -0.44), at(-0.36, -0.44)], lit)
    figures.person(
        c, *at(0.14, 0), length * 0.5, pose=c.rng.choice(("carry", "stand", "wave")), shadow=False
    )
    hull = [
        at(-0.5, -0.16),
        *bezier(at(-0.5, -0.16), at(-0.2, -0.08), at(0.2, -0.1), at(0.56, -0.24)),
        *bezier(at(0.56, -0.24), at(0.5, 0), at(0.42, 0.08), at(0.36, 0.1)),
        at(-0.4, 0.1),
        *bezier(at(-0.4, 0.1), at(-0.46, 0.04), at(-0.5, -0.06), at(-0.5, -0.16)),
    ]
    c.fill(hull, lit)
    c.model(hull, mix(lit, c.light.glow, 0.4), mix(lit, c.light.shadow, 0.55))
    c.line(
        [
            at(-0.49, -0.1),
            *bezier(at(-0.49, -0.1), at(-0.2, -0.02), at(0.2, -0.04), at(0.53, -0.16)),
        ],
        c.light.lit(CREAM if paint != CREAM else POMEGRANATE),
        6,
    )
    for u in (-0.25, -0.05, 0.15):
        c.line(
            [*ellipse(*at(u, 0.02), 15), (at(u, 0.02)[0] + 15, at(u, 0.02)[1])],
            c.light.lit(DEEP),
            8,
        )


def _pier(c: Canvas) -> None:
    rng, plank = c.rng, c.light.lit(WOOD)
    c.fill([(0, 900), (1600, 900), (1600, 1067), (0, 1067)], plank)
    c.model(
        [(0, 900), (1600, 900), (1600, 1067), (0, 1067)],
        mix(plank, c.light.glow, 0.4),
        c.light.shadow,
    )
    for i in range(5):
        c.line([(0, 916 + i * i * 9), (1600, 916 + i * i * 9)], mix(plank, DEEP, 0.5), 3, 0.7)
    for x in (110, 560, 1010, 1470):
        c.fill(rounded(x - 20, 850, x + 20, 946, 12), c.light.lit(DEEP))
        c.line(
            smooth([(x, 872), (x + 60, 880), (x + 110, 850)], 6, closed=False),
            c.light.lit(STRAW),
            6,
        )
    for x, y in ((250, 985), (330, 1010), (1290, 990)):
        _crate(c, x + rng.uniform(-20, 20), y, 96)
    for x, height in ((470, 265), (800 + c.sun * 90, 280), (1150, 270)):
        figures.person(
            c,
            x + rng.uniform(-30, 30),
            1030,
            height,
            pose=rng.choice(("carry", "walk", "stand", "wave")),
        )
    net = smooth([(1360, 1040), (1420, 960), (1520, 950), (1610, 1000), (1600, 1060)], 6)
    c.fill(net, c.light.lit(mix(TURQUOISE, DEEP, 0.3)))
    for i in range(9):
        c.line([(1370 + i * 28, 1056), (1410 + i * 26, 956)], c.light.lit(GLAZE), 2, 0.7)
        c.line([(1400 + i * 26, 1056), (1380 + i * 24, 960)], c.light.lit(GLAZE), 2, 0.7)


def _crate(c: Canvas, x: float, y: float, size: float) -> None:
    for _ in range(9):
        fish = (x + c.rng.uniform(-0.4, 0.4) * size, y - size * c.rng.uniform(0.5, 0.66))
        c.fill(ellipse(*fish, 17, 7, 16), c.light.lit(c.rng.choice((MIST, GLAZE, LIMESTONE))))
    front = rect(x - size * 0.56, y - size * 0.54, x + size * 0.56, y)
    c.fill(front, c.light.lit(mix(STRAW, WOOD, 0.4)))
    c.model(front, CREAM, mix(WOOD, DEEP, 0.4), 0.8)
    for i in (0.18, 0.36):
        c.line(
            [(x - size * 0.56, y - size * i), (x + size * 0.56, y - size * i)], c.light.lit(BARK), 4
        )

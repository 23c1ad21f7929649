"""Wide scenes: mountain and steppe."""

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
    LIMESTONE,
    MOSS,
    PETROL,
    SNOW,
    STRAW,
    TURQUOISE,
    WOOD,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import bezier, capsule, moved, ridge, smooth


def mountain(c: Canvas) -> None:
    """Snowy peaks over foothills, a small city with poplars below."""
    rng = c.rng
    c.sky()
    sky.sun_or_moon(c, 800 + c.sun * 460, 170, 48)
    c.fill(ridge(rng, 430, 230, 0.75, bottom=640), c.light.far(PETROL, 0.7))
    _peaks(c)
    sky.clouds(c, 240, 430, 3)
    for i, (y, height, distance) in enumerate(((590, 130, 0.5), (660, 110, 0.34), (740, 90, 0.18))):
        hill = ridge(rng, y, height, 0.28 + 0.05 * i, bottom=y + 160)
        paint = c.light.far(mix(MOSS, TURQUOISE, 0.3 - i * 0.12), distance)
        c.fill(hill, paint)
        c.model(hill, mix(paint, c.light.glow, 0.35), mix(paint, c.light.shadow, 0.35), 0.9)
        if i == 1:
            for _ in range(40):
                figures.tree(
                    c,
                    rng.uniform(0, 1600),
                    y + 30 + rng.uniform(-20, 40),
                    rng.uniform(34, 60),
                    "fir",
                    c.light.far(MOSS, 0.25),
                    shadow=False,
                )
    ground(c, 790, mix(LEAF, STRAW, 0.4), 0.2)
    x = 60
    while x < 1500:
        width = rng.uniform(80, 140)
        buildings.house(c, x, 850 + rng.uniform(-20, 20), width, rng.uniform(70, 120), rows=1)
        if rng.random() < 0.6:
            figures.tree(c, x + width + 16, 862, rng.uniform(150, 230), "poplar")
        x += width + rng.uniform(20, 70)
    for x in (40, 130, 1480, 1560):
        figures.tree(c, x, 990 + rng.uniform(-20, 20), rng.uniform(380, 500), "poplar")
    flowers(c, 0, 1600, 950, 1065, 150, 7)
    sky.birds(c, 650, 300, 5, 20)
    figures.person(c, 800 - c.sun * 250, 1010, 170, pose="walk")
    figures.person(c, 800 - c.sun * 190, 1012, 160, pose="walk")


def _peaks(c: Canvas) -> None:
    rng = c.rng
    for x, y, half in ((300, 240, 420), (1330, 230, 440), (800 - c.sun * 120, 120, 520)):
        x += rng.uniform(-70, 70)
        y += rng.uniform(-40, 40)
        jut = [rng.uniform(-34, 34) for _ in range(4)]
        left = [
            (x - half, 700),
            (x - half * 0.55, y + 290 + jut[0]),
            (x - half * 0.3, y + 150),
            (x - half * 0.12, y + 66),
        ]
        right = [
            (x + half * 0.14, y + 80),
            (x + half * 0.26, y + 130),
            (x + half * 0.52, y + 300 + jut[1]),
            (x + half, 700),
        ]
        body = [*left, (x, y), *right]
        rock = c.light.far(mix(PETROL, TURQUOISE, 0.25), 0.34)
        c.fill(body, rock)
        dark = [
            (x, y),
            *right,
            (x - half * 0.1, 700),
            (x + half * 0.06, y + 380),
            (x - half * 0.05, y + 220),
        ]
        if c.sun > 0:
            dark = [(2 * x - px, py) for px, py in dark]
        c.fill(dark, mix(rock, c.light.shadow, 0.3))
        snow = [
            (x, y),
            (x + half * 0.14, y + 80),
            (x + half * 0.25, y + 140),
            (x + half * 0.17, y + 152),
            (x + half * 0.1, y + 215),
            (x + half * 0.04, y + 150),
            (x - half * 0.05, y + 235),
            (x - half * 0.12, y + 150),
            (x - half * 0.2, y + 190),
            (x - half * 0.3, y + 150),
            (x - half * 0.12, y + 66),
        ]
        c.fill(snow, c.light.lit(SNOW, c.light.tint_share * 0.5))
        c.model(snow, SNOW, mix(c.light.sky[0], PETROL, 0.3), 0.9)
        c.model(body, mix(rock, c.light.glow, 0.3), mix(rock, c.light.shadow, 0.3), 0.5)
        c.shade(body, c.light.haze, (0, 0, 200, 200))


def steppe(c: Canvas) -> None:
    """Waves of grass to the horizon, felt tents, horses, a great sky."""
    rng = c.rng
    c.sky()
    sky.sun_or_moon(c, 800 + c.sun * rng.uniform(250, 520), rng.uniform(250, 340), 66)
    sky.clouds(c, 90, 330, 6)
    for i, y in enumerate((500, 545, 590)):
        hill = ridge(rng, y, 90 - i * 14, 0.28, bottom=y + 130)
        paint = c.light.far(mix(STRAW, (TURQUOISE, LEAF, BRICK)[i], 0.42 - 0.1 * i), 0.5 - i * 0.16)
        c.fill(hill, paint)
        c.model(hill, mix(paint, c.light.glow, 0.4), mix(paint, c.light.shadow, 0.3), 0.8)
    ground(c, 640, mix(STRAW, LEAF, 0.22), 0.24)
    c.glow(800 + c.sun * 380, 690, 700, c.light.glow, 0.4, flat=0.24)
    side = -c.sun
    for dx, y, width in ((520, 668, 120), (380, 690, 150), (150, 735, 230)):
        buildings.tent_home(c, 800 + side * dx + rng.uniform(-20, 20), y, width)
    c.line(
        [
            (800 + side * 150, 656),
            *bezier(
                (800 + side * 150, 656),
                (810 + side * 150, 600),
                (780 + side * 140, 560),
                (800 + side * 130, 520),
            ),
        ],
        CREAM,
        5,
        0.4,
    )
    for dx, y, size in ((-160, 720, 90), (-260, 740, 105), (-420, 712, 84), (-90, 760, 110)):
        horse(
            c,
            800 + side * dx + rng.uniform(-24, 24),
            y,
            size,
            rng.choice((BRICK, BARK, LIMESTONE, WOOD)),
        )
    grass(c, 700, 1000, 500, mix(STRAW, LEAF, 0.34), 30)
    if c.light.lamps:
        _fire(c, 800 + side * 30, 830)
    _rider(c, 800 - side * 330, 930, 330)
    figures.person(c, 800 + side * 330, 870, 150, pose="carry")
    figures.person(c, 800 + side * 250, 860, 96, pose="wave")
    grass(c, 960, 1080, 420, mix(STRAW, MOSS, 0.4), 90)
    flowers(c, 0, 1600, 980, 1067, 60, 8)
    sky.birds(c, 800 + side * 200, 300, 4, 30)


def _fire(c: Canvas, x: float, y: float) -> None:
    c.glow(x, y - 20, 330, APRICOT, 0.75, flat=0.6)
    for size, paint in ((46, BRICK), (32, APRICOT), (18, CREAM)):
        c.fill(
            smooth(
                [
                    (x - size * 0.5, y),
                    (x - size * 0.4, y - size * 0.7),
                    (x + size * 0.05, y - size * 1.7),
                    (x + size * 0.4, y - size * 0.8),
                    (x + size * 0.5, y),
                ],
                5,
            ),
            paint,
        )
    c.line([(x - 40, y + 6), (x + 36, y - 4)], c.light.lit(BARK), 9)
    c.line([(x - 36, y - 4), (x + 40, y + 6)], c.light.lit(WOOD), 9)


def horse(c: Canvas, x: float, y: float, size: float, coat: Colour) -> None:
    """A horse of about that length, its hooves at y."""
    lit, dark = c.light.lit(coat), mix(c.light.lit(coat), DEEP, 0.6)
    flip = c.rng.random() < 0.5
    figures.cast_shadow(c, x, y, size * 0.7, size * 0.8)
    for dx, lean, far in ((-0.24, 0.07, 1), (0.33, 0.06, 1), (-0.32, -0.05, 0), (0.24, -0.04, 0)):
        leg, knee = mix(lit, DEEP, 0.45 if far else 0.12), (dx + lean, -0.22)
        c.fill(moved(capsule((dx, -0.44), knee, 0.06, 0.027), x, y, size, flip), leg)
        c.fill(moved(capsule(knee, (dx + lean * 0.5, -0.03), 0.025, 0.02), x, y, size, flip), leg)
        c.fill(
            moved(
                capsule((dx + lean * 0.5, -0.02), (dx + lean * 0.5 + 0.025, -0.018), 0.022),
                x,
                y,
                size,
                flip,
            ),
            DEEP,
        )
    tail = [
        (-0.36, -0.62),
        *bezier((-0.36, -0.62), (-0.52, -0.6), (-0.48, -0.36), (-0.5, -0.18)),
        (-0.42, -0.3),
        (-0.38, -0.5),
    ]
    c.fill(moved(tail, x, y, size, flip), dark)
    body = smooth(
        [
            (-0.36, -0.66),
            (-0.1, -0.63),
            (0.18, -0.68),
            (0.32, -0.86),
            (0.4, -1.0),
            (0.46, -1.0),
            (0.6, -0.8),
            (0.56, -0.73),
            (0.46, -0.78),
            (0.4, -0.62),
            (0.34, -0.44),
            (0, -0.36),
            (-0.3, -0.38),
            (-0.4, -0.5),
        ],
        5,
    )
    placed = moved(body, x, y, size, flip)
    c.fill(placed, lit)
    c.model(placed, mix(lit, c.light.glow, 0.4), mix(lit, c.light.shadow, 0.5))
    mane = [(0.4, -1.04), (0.34, -0.94), (0.2, -0.72), (0.14, -0.66), (0.24, -0.68), (0.36, -0.84)]
    c.fill(moved(mane, x, y, size, flip), dark)


def _rider(c: Canvas, x: float, y: float, size: float) -> None:
    horse(c, x, y, size, c.rng.choice((BRICK, WOOD, BARK)))
    figures.person(c, x - size * 0.02, y - size * 0.42, size * 0.68, pose="sit", shadow=False)

"""Green scenes: park and garden."""

from uclg_portal.demonstration.artwork import buildings, figures, sky
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.grounds import flowers, ground
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BARK,
    CREAM,
    DEEP,
    GLAZE,
    LEAF,
    MIST,
    MOSS,
    POMEGRANATE,
    ROSE,
    SAND,
    STRAW,
    TURQUOISE,
    WOOD,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import (
    arch,
    bezier,
    blob,
    capsule,
    ellipse,
    moved,
    ridge,
    rounded,
)


def path(c: Canvas, paint: Colour, bend: float, far_y: float) -> None:
    """A way that winds towards the horizon."""
    far_x = 800 + bend * 1.2
    left = [
        (380 - bend * 0.4, 1080),
        *bezier(
            (380 - bend * 0.4, 1080),
            (560 + bend * 2.2, 900),
            (500 - bend * 1.2, far_y + 120),
            (far_x - 14, far_y),
            20,
        ),
    ]
    right = [
        (1230 - bend * 0.4, 1080),
        *bezier(
            (1230 - bend * 0.4, 1080),
            (1010 + bend * 2, 900),
            (760 - bend * 1.2, far_y + 110),
            (far_x + 14, far_y),
            20,
        ),
    ]
    outline = [*left, *reversed(right)]
    c.fill(outline, c.light.lit(paint))
    c.shade(outline, mix(c.light.lit(paint), c.light.glow, 0.6), (60, 160, 160, 60))
    c.shade(outline, mix(c.light.lit(paint), c.light.shadow, 0.35), (30, 30, 120, 120))


def park(c: Canvas) -> None:
    """Old trees, a winding path, people who have time."""
    rng = c.rng
    c.sky()
    sky.sun_or_moon(c, 800 + c.sun * 330, 190, 52)
    sky.clouds(c, 70, 200, 3)
    buildings.skyline(c, 520, 170, 0.66)
    c.fill(ridge(rng, 500, 50, 0.25, bottom=560), c.light.far(MOSS, 0.5))
    for x in range(-20, 1640, 96):
        figures.tree(
            c,
            x + rng.uniform(-24, 24),
            560,
            rng.uniform(120, 190),
            "round",
            c.light.far(LEAF, 0.3),
            shadow=False,
        )
    ground(c, 545, mix(LEAF, STRAW, 0.28))
    bend = rng.choice((-1, 1)) * rng.uniform(50, 130)
    path(c, SAND, bend, 556)
    if rng.random() < 0.6:
        _pond(c, 800 - c.sun * 480, 690)
    for x, y, height in ((250, 690, 330), (1370, 680, 340), (1130, 620, 200), (480, 625, 220)):
        figures.tree(
            c, x + rng.uniform(-40, 40), y, height, rng.choice(("round", "round", "birch"))
        )
    figures.person(c, 820 + bend * 0.6, 660, 96, pose="walk")
    figures.person(c, 862 + bend * 0.6, 664, 88, pose="walk")
    figures.street_lamp(c, 520, 800, 300)
    bicycle(c, 900 + bend * 0.5, 850, 250)
    figures.bench(c, 1230, 860, 210)
    figures.person(c, 1180, 858, 205, pose="sit", shadow=False)
    figures.person(c, 1270, 858, 200, pose="sit", shadow=False)
    flowers(c, 0, 360, 900, 1060, 46, 9)
    flowers(c, 1240, 1600, 900, 1060, 46, 9)
    figures.tree(c, 60 if c.sun > 0 else 1545, 1000, 860, "round")
    figures.person(c, 470, 1010, 250, pose="walk")
    figures.person(c, 590, 1015, 150, pose="wave")
    _kite(c, 590, 880)


def _pond(c: Canvas, x: float, y: float) -> None:
    shore = blob(c.rng, x, y, 250, 46, 12, 0.1)
    c.fill(moved(shore, 0, 5), c.light.lit(SAND))
    c.passage(shore, (mix(c.light.sky[-1], TURQUOISE, 0.25), mix(c.light.sky[0], TURQUOISE, 0.4)))
    for _ in range(12):
        rx, ry = x + c.rng.uniform(-180, 150), y + c.rng.uniform(-24, 26)
        c.fill(capsule((rx, ry), (rx + c.rng.uniform(10, 50), ry), 1.2), CREAM, 0.5)
    for i in range(3):
        dx = x - 60 + i * 54
        c.fill(ellipse(dx, y + 4 + i * 5, 14, 7), c.light.lit(CREAM))
        c.fill(ellipse(dx + 11, y - 5 + i * 5, 6), c.light.lit(APRICOT if i == 0 else CREAM))


def bicycle(c: Canvas, x: float, y: float, height: float) -> None:
    wheel, dark = height * 0.2, c.light.lit(DEEP)
    figures.cast_shadow(c, x, y, height, height * 0.9)
    for dx in (-0.28, 0.28):
        c.line(
            [*ellipse(x + dx * height, y - wheel, wheel), (x + dx * height + wheel, y - wheel)],
            dark,
            5,
        )
    frame = c.light.lit(POMEGRANATE)
    left, right, hub = (
        (x - 0.28 * height, y - wheel),
        (x + 0.28 * height, y - wheel),
        (x - 0.02 * height, y - wheel),
    )
    seat, bar = (x - 0.1 * height, y - 0.46 * height), (x + 0.2 * height, y - 0.5 * height)
    for a, b in ((left, seat), (seat, hub), (hub, left), (hub, bar), (seat, bar), (bar, right)):
        c.line([a, b], frame, 6)
    figures.person(
        c, seat[0] - 0.02 * height, y - 0.06 * height, height * 0.86, pose="sit", shadow=False
    )


def _kite(c: Canvas, x: float, y: float) -> None:
    kx, ky = x + 180, y - 520
    c.line(
        [
            (x + 36, y - 20),
            *bezier((x + 36, y - 20), (x + 110, y - 120), (kx - 50, ky + 250), (kx, ky)),
        ],
        c.light.lit(CREAM),
        2,
    )
    c.fill(
        [(kx, ky - 52), (kx + 40, ky - 6), (kx, ky + 62), (kx - 40, ky - 6)],
        c.light.lit(POMEGRANATE),
    )
    c.fill([(kx, ky - 52), (kx + 40, ky - 6), (kx, ky + 62)], c.light.lit(APRICOT))
    c.line(
        [
            (kx, ky + 62),
            *bezier((kx, ky + 62), (kx + 40, ky + 90), (kx - 40, ky + 120), (kx + 6, ky + 160)),
        ],
        c.light.lit(POMEGRANATE),
        4,
    )


def garden(c: Canvas) -> None:
    """Beds, a greenhouse, an apple tree, neighbours at work between houses."""
    rng = c.rng
    c.sky()
    sky.sun_or_moon(c, 800 + c.sun * 480, 150, 44)
    sky.clouds(c, 60, 160, 3)
    buildings.row_of_houses(c, 520, 150, 290)
    for x in range(-10, 1640, 110):
        figures.bush(
            c, x + rng.uniform(-20, 20), 540, rng.uniform(100, 150), c.light.far(LEAF, 0.12)
        )
    ground(c, 528, mix(LEAF, STRAW, 0.3), 0.15)
    _greenhouse(c, 800 - c.sun * 450, 700)
    for row, y in enumerate((620, 700, 800, 930)):
        _bed(
            c,
            y,
            0.5 + row * 0.22,
            800 + c.sun * 180,
            ("cabbage", "tulip", "tomato", "sunflower")[(row + rng.randrange(4)) % 4],
        )
    _fruit_tree(c, 800 + c.sun * 700, 880)
    figures.person(c, 800 - c.sun * 120, 760, 190, pose="stoop")
    figures.person(c, 800 + c.sun * 330, 880, 240, pose="carry")
    figures.person(c, 800 - c.sun * 520, 940, 270, pose="stand")
    figures.person(c, 800 - c.sun * 420, 950, 165, pose="wave")
    _watering_can(c, 800 - c.sun * 250, 1010)
    flowers(c, 0, 1600, 990, 1067, 110, 10)


def _bed(c: Canvas, y: float, scale: float, x: float, crop: str) -> None:
    wide, deep = 620 * scale, 52 * scale
    soil = [(x - wide, y), (x + wide, y), (x + wide * 1.06, y + deep), (x - wide * 1.06, y + deep)]
    c.fill(soil, c.light.lit(BARK))
    c.model(soil, mix(BARK, c.light.glow, 0.4), c.light.shadow)
    c.fill(
        [
            (x - wide * 1.06, y + deep),
            (x + wide * 1.06, y + deep),
            (x + wide * 1.06, y + deep * 1.3),
            (x - wide * 1.06, y + deep * 1.3),
        ],
        c.light.lit(WOOD),
    )
    count = 13
    for i in range(count):
        _plant(c, crop, x - wide + (i + 0.5) * 2 * wide / count, y + deep * 0.6, scale)


def _plant(c: Canvas, crop: str, x: float, y: float, s: float) -> None:
    lit = c.light.lit
    if crop == "cabbage":
        for radius, paint in ((30, MOSS), (22, LEAF), (12, mix(LEAF, CREAM, 0.5))):
            figures.crown(
                c,
                blob(c.rng, x, y - radius * s * 0.5, radius * s, radius * s * 0.72, 9, 0.14),
                paint,
            )
        return
    tall = {"tulip": 62, "tomato": 92, "sunflower": 150}[crop] * s * c.rng.uniform(0.85, 1.1)
    c.line([(x, y), (x, y - tall)], lit(MOSS), 5 * s)
    for side in (-1, 1):
        leaf = [
            (x, y - tall * 0.2),
            *bezier(
                (x, y - tall * 0.2),
                (x + side * 22 * s, y - tall * 0.3),
                (x + side * 26 * s, y - tall * 0.55),
                (x + side * 20 * s, y - tall * 0.62),
            ),
            *bezier(
                (x + side * 20 * s, y - tall * 0.62),
                (x + side * 8 * s, y - tall * 0.5),
                (x, y - tall * 0.3),
                (x, y - tall * 0.2),
            ),
        ]
        c.fill(leaf, lit(LEAF))
    if crop == "tulip":
        paint = lit(c.rng.choice((POMEGRANATE, APRICOT, ROSE, CREAM)))
        c.fill(
            [
                (x - 13 * s, y - tall - 22 * s),
                (x - 6 * s, y - tall - 12 * s),
                (x, y - tall - 26 * s),
                (x + 6 * s, y - tall - 12 * s),
                (x + 13 * s, y - tall - 22 * s),
                (x + 10 * s, y - tall + 4 * s),
                (x - 10 * s, y - tall + 4 * s),
            ],
            paint,
        )
    elif crop == "tomato":
        for _ in range(5):
            c.fill(
                ellipse(
                    x + c.rng.uniform(-18, 18) * s,
                    y - tall * c.rng.uniform(0.35, 1),
                    8 * s,
                    steps=16,
                ),
                lit(POMEGRANATE),
            )
    else:
        c.fill(ellipse(x, y - tall, 27 * s, steps=14), lit(APRICOT))
        c.fill(ellipse(x, y - tall, 14 * s, steps=16), lit(BARK))


def _greenhouse(c: Canvas, x: float, base: float) -> None:
    shell = arch("round", x - 190, base, 380, 250)
    c.fill(shell, mix(c.light.lit(MIST), GLAZE, 0.35), 0.82)
    c.model(shell, CREAM, mix(GLAZE, c.light.shadow, 0.3), 0.9)
    for i in range(6):
        figures.bush(c, x - 150 + i * 60, base, 62, LEAF)
    for inset in (0, 48, 96, 144):
        c.line(
            arch("round", x - 190 + inset, base, 380 - 2 * inset, 250 - inset * 0.35),
            c.light.lit(CREAM),
            4,
        )
    c.line([(x - 190, base - 90), (x + 190, base - 90)], c.light.lit(CREAM), 4)
    c.line([(x - 190, base), (x + 190, base)], c.light.lit(WOOD), 9)


def _fruit_tree(c: Canvas, x: float, y: float) -> None:
    figures.tree(c, x, y, 560, "round", LEAF)
    for _ in range(34):
        c.fill(
            ellipse(x + c.rng.gauss(0, 84), y - 355 + c.rng.gauss(0, 74), 10, steps=16),
            c.light.lit(c.rng.choice((POMEGRANATE, APRICOT))),
        )
    c.line([(x - 90, y + 10), (x - 40, y - 250)], c.light.lit(WOOD), 7)
    c.line([(x - 50, y + 14), (x - 6, y - 246)], c.light.lit(WOOD), 7)
    for i in range(6):
        c.line(
            [(x - 84 + i * 8, y - 24 - i * 40), (x - 44 + i * 7, y - 20 - i * 40)],
            c.light.lit(WOOD),
            5,
        )


def _watering_can(c: Canvas, x: float, y: float) -> None:
    tin = c.light.lit(TURQUOISE)
    c.line(
        [
            (x - 44, y - 60),
            *bezier((x - 44, y - 60), (x - 50, y - 130), (x + 40, y - 130), (x + 40, y - 60)),
        ],
        tin,
        9,
    )
    body = rounded(x - 48, y - 76, x + 48, y, 10)
    c.line([(x + 44, y - 16), (x + 112, y - 84)], tin, 12)
    c.fill([(x + 98, y - 92), (x + 128, y - 104), (x + 132, y - 78), (x + 112, y - 70)], tin)
    c.fill(body, tin)
    c.model(body, mix(tin, CREAM, 0.5), mix(tin, DEEP, 0.6))

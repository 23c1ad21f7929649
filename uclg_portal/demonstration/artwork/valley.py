"""A river scene from above: the stream winds through fields to a town."""

from uclg_portal.demonstration.artwork import buildings, figures, riverside, sky
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.grounds import flowers, ground
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    CREAM,
    LEAF,
    MOSS,
    PETROL,
    SAND,
    STRAW,
    TURQUOISE,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import between, capsule, moved, ridge, smooth


def valley(c: Canvas) -> None:
    """A river that winds from the hills past fields and a town; two people look at it."""
    rng = c.rng
    c.sky(bottom=460)
    sky.sun_or_moon(c, 800 + c.sun * rng.uniform(120, 420), 200, 52)
    sky.clouds(c, 70, 240, 4)
    for i, (y, height, distance) in enumerate(((400, 170, 0.66), (450, 110, 0.48), (500, 70, 0.3))):
        hill = ridge(rng, y, height, 0.34, bottom=y + 150)
        paint = c.light.far(mix(TURQUOISE, MOSS, 0.3 + 0.3 * i), distance)
        c.fill(hill, paint)
        c.model(hill, mix(paint, c.light.glow, 0.4), mix(paint, c.light.shadow, 0.3), 0.8)
    ground(c, 520, mix(LEAF, STRAW, 0.2), 0.3)
    _fields(c)
    bend = rng.choice((-1, 1))
    _stream(c, bend)
    _town_on_the_bank(c, 800 - bend * 330)
    sail_x = 800 + bend * 60
    riverside.sail(c, sail_x, 742, 96, CREAM)
    _near_hill(c, -bend)
    sky.birds(c, 800, 300, 7, 20)


def _fields(c: Canvas) -> None:
    """Strips of crops that narrow towards the hills."""
    rng = c.rng
    for row, (top, low) in enumerate(((540, 580), (584, 650), (656, 760))):
        x = -200.0
        while x < 1800:
            width = rng.uniform(110, 260) * (1 + row * 0.5)
            lean = (x - 800) * 0.22
            outline = [
                (x, top),
                (x + width, top),
                (x + width + lean * 0.4, low),
                (x + lean * 0.4, low),
            ]
            paint = c.light.far(
                rng.choice((LEAF, STRAW, MOSS, mix(STRAW, APRICOT, 0.5), mix(LEAF, CREAM, 0.3))),
                0.3 - row * 0.1,
            )
            c.fill(outline, paint)
            c.model(outline, mix(paint, c.light.glow, 0.5), mix(paint, c.light.shadow, 0.3), 0.7)
            for i in range(1, 6):
                a, b = (
                    between(outline[0], outline[1], i / 6),
                    between(outline[3], outline[2], i / 6),
                )
                c.line([a, b], mix(paint, c.light.shadow, 0.22), 1.5 + row, 0.7)
            x += width + 5
        for _ in range(9):
            figures.tree(
                c,
                rng.uniform(0, 1600),
                low + 4,
                40 + row * 26,
                rng.choice(("round", "poplar")),
                shadow=False,
            )


def _stream(c: Canvas, bend: int) -> None:
    def curve(widths: tuple[float, ...]) -> list:
        middles = (
            (800 - bend * 190, 518),
            (800 + bend * 40, 560),
            (800 - bend * 250, 625),
            (800 + bend * 190, 740),
            (800 - bend * 40, 880),
            (800 + bend * 420, 1080),
        )
        return smooth(
            [(x + w, y) for (x, y), w in zip(middles, widths, strict=True)], 8, closed=False
        )

    wide = (5, 16, 34, 86, 150, 270)
    outline = [*curve(tuple(-w for w in wide)), *reversed(curve(wide))]
    c.fill(moved(outline, 0, 6), c.light.lit(SAND))
    deep = mix(TURQUOISE, PETROL, 0.6 if c.light.lamps else 0.25)
    c.passage(outline, (mix(c.light.sky[-1], deep, 0.3), mix(c.light.sky[0], deep, 0.5)))
    c.model(outline, mix(c.light.sky[-1], CREAM, 0.5), deep, 0.6)
    for _ in range(40):
        t = c.rng.random()
        spot = outline[int(t * (len(outline) / 2 - 1))]
        far = outline[-1 - int(t * (len(outline) / 2 - 1))]
        x, y = between(spot, far, c.rng.uniform(0.2, 0.7))
        c.fill(capsule((x, y), (x + 8 + 50 * t, y), 0.8 + 1.6 * t), CREAM, 0.5)


def _town_on_the_bank(c: Canvas, x: float) -> None:
    for row in range(3):
        for i in range(6):
            left = x - 250 + i * 84 + c.rng.uniform(-16, 16) + row * 22
            buildings.house(
                c,
                left,
                650 + row * 44,
                c.rng.uniform(60, 84),
                c.rng.uniform(54, 104),
                rows=1,
                door=row == 2,
            )
    tower = x + c.rng.uniform(-60, 60)
    buildings.house(c, tower - 24, 690, 48, 210, CREAM, "dome", rows=3, door=False)
    for i in range(7):
        figures.tree(
            c, x - 290 + i * 96, 750, c.rng.uniform(60, 110), c.rng.choice(("round", "poplar"))
        )


def _near_hill(c: Canvas, side: int) -> None:
    edge = 800 + side * 820
    hill = smooth(
        [
            (edge, 780),
            (edge - side * 260, 800),
            (edge - side * 620, 930),
            (edge - side * 900, 1090),
            (edge, 1120),
        ],
        8,
    )
    paint = c.light.lit(MOSS)
    c.fill(hill, paint)
    c.model(hill, mix(paint, c.light.glow, 0.4), c.light.shadow)
    left, right = sorted((edge - side * 30, edge - side * 560))
    flowers(c, left, right, 960, 1060, 70, 9)
    figures.tree(c, edge - side * 150, 900, 620, c.rng.choice(("round", "birch")))
    figures.person(c, edge - side * 420, 960, 225, pose="sit", shadow=False)
    figures.person(c, edge - side * 330, 935, 230, pose="wave")

"""A winter scene: snow on roofs and firs, a rink, warm windows."""

from uclg_portal.demonstration.artwork import figures, sky
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BARK,
    BRICK,
    CREAM,
    DEEP,
    GLAZE,
    MOSS,
    PETROL,
    POMEGRANATE,
    SNOW,
    TURQUOISE,
    WOOD,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import (
    bezier,
    blob,
    capsule,
    ellipse,
    moved,
    rect,
    ridge,
    rounded,
    smooth,
)


def winter(c: Canvas) -> None:
    """Snow on roofs and firs, skaters on a pond, warm windows."""
    rng = c.rng
    c.sky()
    sky.sun_or_moon(c, 800 + c.sun * 420, 210, 50)
    sky.clouds(c, 70, 220, 3)
    for i, y in enumerate((430, 480)):
        hill = ridge(rng, y, 120 - 40 * i, 0.35, bottom=y + 130)
        paint = mix(c.light.far(SNOW, 0.45 - 0.2 * i), PETROL, 0.12)
        c.fill(hill, paint)
        c.model(hill, SNOW, mix(paint, PETROL, 0.3), 0.8)
    for _ in range(44):
        figures.tree(
            c,
            rng.uniform(0, 1600),
            500 + rng.uniform(-24, 30),
            rng.uniform(60, 120),
            "fir",
            c.light.far(MOSS, 0.4),
            shadow=False,
        )
    snow = c.light.lit(SNOW, c.light.tint_share * 0.6)
    c.passage(
        rect(0, 540, 1600, 1067),
        (c.light.far(SNOW, 0.25), snow, mix(snow, GLAZE, 0.3)),
        masked=False,
    )
    x = 40
    while x < 1480:
        width = rng.uniform(130, 190)
        _snowy_house(c, x, 620 + rng.uniform(-14, 20), width, snow)
        x += width + rng.uniform(10, 60)
    _rink(c, snow)
    for x, y, height in ((70, 800, 380), (1530, 800, 400), (180, 900, 300), (1430, 930, 330)):
        _snowy_fir(c, x + rng.uniform(-20, 20), y, height, snow)
    figures.person(c, 420, 985, 240, pose="walk", cold=True)
    _sled(c, 560, 1000)
    _snowman(c, 1180, 1000, snow)
    figures.person(c, 1090, 1010, 170, pose="wave", cold=True)
    for _ in range(260):
        c.fill(
            ellipse(rng.uniform(0, 1600), rng.uniform(0, 1067), rng.uniform(1, 4.4), steps=8),
            SNOW,
            0.8,
        )


def _snowy_house(c: Canvas, x: float, base: float, width: float, snow: Colour) -> None:
    height, wall = (
        c.rng.uniform(100, 150),
        c.rng.choice((BRICK, TURQUOISE, APRICOT, PETROL, POMEGRANATE, WOOD)),
    )
    lit = c.light.lit(wall)
    front = rect(x, base - height, x + width, base)
    top = base - height - width * 0.4
    c.fill(front, lit)
    c.fill([(x, base - height), (x + width / 2, top + 10), (x + width, base - height)], lit)
    c.model(front, mix(lit, c.light.glow, 0.35), mix(lit, c.light.shadow, 0.4))
    warm = mix(c.light.glow, APRICOT, 0.35)
    for i in (0.2, 0.62):
        wx = x + width * i
        if c.light.lamps:
            c.glow(wx + width * 0.09, base - height * 0.5, width * 0.4, c.light.glow, 0.5)
        c.fill(
            rect(wx - 5, base - height * 0.74, wx + width * 0.18 + 5, base - height * 0.3), CREAM
        )
        c.fill(rect(wx, base - height * 0.7, wx + width * 0.18, base - height * 0.34), warm)
        c.line(
            [(wx + width * 0.09, base - height * 0.7), (wx + width * 0.09, base - height * 0.34)],
            CREAM,
            3,
        )
        c.fill(
            capsule((wx - 6, base - height * 0.3), (wx + width * 0.18 + 6, base - height * 0.3), 5),
            snow,
        )
    chimney = x + width * 0.68
    c.fill(rect(chimney, top + 4, chimney + 22, base - height), mix(lit, DEEP, 0.4))
    c.fill(capsule((chimney, top + 2), (chimney + 22, top + 2), 7), snow)
    for i in range(4):
        c.fill(ellipse(chimney + 11 + i * 13 * c.sun, top - 22 - i * 26, 10 + i * 7), CREAM, 0.3)
    roof = [
        (x - 18, base - height + 8),
        (x + width / 2, top - 8),
        (x + width + 18, base - height + 8),
        (x + width + 12, base - height + 20),
        (x + width / 2, top + 26),
        (x - 12, base - height + 20),
    ]
    c.fill(smooth(roof, 3), snow)
    c.shade(smooth(roof, 3), mix(snow, PETROL, 0.4), (0, 0, 90, 90))


def _snowy_fir(c: Canvas, x: float, y: float, height: float, snow: Colour) -> None:
    figures.tree(c, x, y, height, "fir", MOSS)
    for level in range(4):
        base, half = y - height * (0.1 + level * 0.2), height * (0.24 - level * 0.045)
        top = base - height * 0.34
        cap = [
            (x, top),
            (x + half * 0.32, base - half * 0.62),
            (x + half * 0.1, base - half * 0.5),
            (x, base - half * 0.7),
            (x - half * 0.14, base - half * 0.46),
            (x - half * 0.3, base - half * 0.64),
        ]
        c.fill(smooth(cap, 4), snow)


def _rink(c: Canvas, snow: Colour) -> None:
    ice = blob(c.rng, 800, 790, 520, 112, 14, 0.07)
    c.fill(moved(ice, 0, 9), mix(snow, PETROL, 0.25))
    c.passage(ice, (mix(c.light.sky[-1], GLAZE, 0.5), mix(c.light.sky[0], GLAZE, 0.55)))
    for _ in range(26):
        x, y = c.rng.uniform(430, 1130), c.rng.uniform(720, 860)
        c.line(
            bezier((x, y), (x + 40, y - 12), (x + 70, y + 14), (x + 130, y - 2), 8), SNOW, 2, 0.7
        )
    for x, y in ((520, 770), (650, 830), (820, 750), (960, 820), (1120, 780), (740, 790)):
        figures.person(
            c,
            x + c.rng.uniform(-30, 30),
            y,
            118,
            pose=c.rng.choice(("walk", "wave", "walk")),
            cold=True,
        )


def _sled(c: Canvas, x: float, y: float) -> None:
    c.line([(x - 96, y - 90), (x - 40, y - 26)], c.light.lit(BARK), 3)
    c.line([(x - 50, y), (x + 70, y), (x + 70, y)], c.light.lit(BARK), 6)
    c.line(
        [(x - 50, y), *bezier((x - 50, y), (x - 74, y), (x - 70, y - 30), (x - 46, y - 30))],
        c.light.lit(BARK),
        6,
    )
    c.fill(rounded(x - 46, y - 34, x + 74, y - 22, 5), c.light.lit(POMEGRANATE))
    figures.person(c, x - 6, y - 6, 130, pose="sit", cold=True, shadow=False)


def _snowman(c: Canvas, x: float, y: float, snow: Colour) -> None:
    figures.cast_shadow(c, x, y, 170, 90)
    for dy, radius in ((42, 52), (118, 38), (174, 27)):
        ball = ellipse(x, y - dy, radius)
        c.fill(ball, snow)
        c.model(ball, SNOW, mix(PETROL, snow, 0.5))
    c.fill([(x, y - 176), (x + 34, y - 168), (x, y - 164)], c.light.lit(APRICOT))
    for dx in (-9, 8):
        c.fill(ellipse(x + dx, y - 184, 3.4, steps=10), DEEP)
    c.fill(capsule((x - 24, y - 150), (x + 24, y - 148), 8), c.light.lit(POMEGRANATE))
    c.fill(capsule((x + 14, y - 146), (x + 22, y - 104), 8), c.light.lit(POMEGRANATE))

"""A stage scene: a choir and its conductor under an arch."""

from uclg_portal.demonstration.artwork import figures
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BARK,
    CREAM,
    DEEP,
    LIMESTONE,
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
from uclg_portal.demonstration.artwork.rooms import KINDS
from uclg_portal.demonstration.artwork.shapes import arch, bezier, ellipse, rect


def choir(c: Canvas) -> None:
    """Singers in rows on steps, a grand piano, a conductor seen from behind."""
    rng = c.rng
    kind = rng.choice(KINDS)
    back = rng.choice((PETROL, mix(POMEGRANATE, DEEP, 0.45), mix(TURQUOISE, PETROL, 0.55)))
    lit = c.light.lit(back)
    c.fill(rect(0, 0, 1600, 1067), lit)
    for i, paint in enumerate(
        (
            APRICOT,
            mix(back, DEEP, 0.3),
            LIMESTONE,
            mix(back, DEEP, 0.45),
            TURQUOISE if back != TURQUOISE else POMEGRANATE,
            mix(back, APRICOT, 0.2),
        )
    ):
        width, height = 1420 - i * 190, 830 - i * 98
        ring = arch(kind, 800 - width / 2, 780, width, height)
        tone = c.light.lit(paint)
        c.fill(ring, tone)
        c.shade(ring, mix(tone, c.light.shadow, 0.5), (20, 110, 60, 150))
    c.glow(800, 430, 620, c.light.glow, 0.55)
    boards = [(0, 740), (1600, 740), (1600, 1067), (0, 1067)]
    c.passage(boards, (mix(WOOD, DEEP, 0.3), mix(WOOD, STRAW, 0.2)))
    for i in range(-12, 13):
        c.line([(800 + i * 80, 740), (800 + i * 170, 1080)], mix(WOOD, DEEP, 0.5), 2, 0.5)
    robe, collar = rng.sample((POMEGRANATE, PETROL, TURQUOISE, APRICOT, CREAM, MOSS), 2)
    for row, (y, count) in enumerate(((570, 9), (668, 10), (770, 9))):
        c.fill(
            rect(800 - count * 62, y - 6, 800 + count * 62, y + 120),
            mix(WOOD, DEEP, 0.25 - 0.07 * row),
        )
        for i in range(count):
            _singer(c, 800 + (i - (count - 1) / 2) * 112, y + 100, robe, collar)
    c.fill(rect(180, 864, 1420, 886), mix(WOOD, DEEP, 0.4))
    _piano(c, 800 - c.sun * 520, 960)
    x = 800 + c.sun * 30
    c.fill(rect(x - 110, 1000, x + 110, 1040), mix(WOOD, DEEP, 0.5))
    look = figures.Look(
        rng.choice(figures.SKINS),
        rng.choice(figures.HAIRS),
        DEEP,
        DEEP,
        False,
        rng.random() < 0.5,
        None,
    )
    figures.person(c, x, 1010, 380, look, "wave")
    for dx in (200, 330, 460):
        _music_stand(c, 800 + c.sun * dx, 985)
        figures.person(c, 800 + c.sun * (dx + 50), 1000, 270, pose="carry")
    for x in range(60, 1600, 148):
        c.glow(x, 1062, 90, c.light.glow, 0.6)
        c.fill(arch("round", x - 30, 1072, 60, 36), mix(APRICOT, BARK, 0.2))


def _singer(c: Canvas, x: float, y: float, robe: Colour, collar: Colour) -> None:
    look = figures.a_look(c.rng)
    look = figures.Look(look.skin, look.hair, robe, robe, True, look.long_hair, None)
    figures.bust(c, x + c.rng.uniform(-5, 5), y, 138 + c.rng.uniform(-8, 8), look)
    c.fill([(x - 34, y - 70), (x + 34, y - 70), (x, y - 14)], c.light.lit(collar))
    c.fill(ellipse(x, y - 84, 6, 7, 16), c.light.lit(mix(look.skin, POMEGRANATE, 0.5)))
    book = [
        (x - 30, y - 34),
        (x, y - 26),
        (x + 30, y - 34),
        (x + 32, y - 2),
        (x, y + 8),
        (x - 32, y - 2),
    ]
    c.fill(book, c.light.lit(CREAM))
    c.line([(x, y - 26), (x, y + 8)], c.light.lit(SAND), 3)


def _piano(c: Canvas, x: float, y: float) -> None:
    turn = c.sun
    lid = [
        (x - turn * 190, y - 190),
        *bezier(
            (x - turn * 190, y - 190),
            (x - turn * 150, y - 400),
            (x + turn * 40, y - 420),
            (x + turn * 150, y - 196),
        ),
    ]
    c.fill(lid, c.light.lit(DEEP))
    c.model(lid, mix(PETROL, c.light.glow, 0.4), DEEP)
    body = [
        (x - turn * 210, y - 196),
        (x + turn * 170, y - 196),
        (x + turn * 170, y - 120),
        (x - turn * 210, y - 110),
    ]
    c.fill(body, mix(DEEP, PETROL, 0.4))
    c.fill(
        [
            (x + turn * 120, y - 150),
            (x + turn * 215, y - 150),
            (x + turn * 215, y - 126),
            (x + turn * 120, y - 126),
        ],
        CREAM,
    )
    for i in range(9):
        c.fill(
            rect(x + turn * (124 + i * 10) - 2, y - 150, x + turn * (124 + i * 10) + 2, y - 138),
            DEEP,
        )
    for dx in (-180, 140):
        c.fill(rect(x + turn * dx - 9, y - 120, x + turn * dx + 9, y), mix(DEEP, PETROL, 0.3))
    figures.person(c, x + turn * 258, y + 14, 300, pose="sit", shadow=False)


def _music_stand(c: Canvas, x: float, y: float) -> None:
    c.fill(rect(x - 4, y - 170, x + 4, y), DEEP)
    c.fill([(x - 44, y - 164), (x + 44, y - 164), (x + 52, y - 236), (x - 52, y - 236)], DEEP)
    c.fill(
        [(x - 36, y - 172), (x + 36, y - 172), (x + 42, y - 230), (x - 42, y - 230)],
        c.light.lit(CREAM),
    )

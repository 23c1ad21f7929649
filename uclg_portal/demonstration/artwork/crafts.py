"""Scenes of making: a workshop, a drawing class."""

from collections.abc import Callable
from math import sin

from uclg_portal.demonstration.artwork import figures, rooms
from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BARK,
    BRICK,
    CLOTHES,
    CREAM,
    DEEP,
    GLAZE,
    LEAF,
    LIMESTONE,
    MIST,
    MOSS,
    PETROL,
    POMEGRANATE,
    ROSE,
    SAND,
    SKINS,
    STRAW,
    TURQUOISE,
    WOOD,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.rooms import paint_jar, table_top
from uclg_portal.demonstration.artwork.shapes import (
    ARCHES,
    Point,
    arch,
    bezier,
    blob,
    capsule,
    ellipse,
    moved,
    rect,
    rounded,
    smooth,
)


def workshop(c: Canvas) -> None:
    """A craftsman at the bench: tools on the wall, shelves of vessels, a lamp."""
    rng = c.rng
    rooms.wall(
        c,
        rng.choice(
            (
                mix(TURQUOISE, PETROL, 0.4),
                mix(SAND, LIMESTONE, 0.3),
                mix(BRICK, LIMESTONE, 0.35),
                PETROL,
            )
        ),
        760,
    )
    rooms.view(c, 610, 500, 380, 400, rng.choice(rooms.KINDS))
    _tool_board(c, 90, 150, 470, 420)
    for y in (240, 400):
        _vessel_shelf(c, 1080, 1560, y)
    c.fill(rect(0, 750, 1600, 1067), c.light.lit(mix(WOOD, DEEP, 0.45)))
    rooms.pendant(c, 800 - c.sun * 120, 230, 105, rng.choice((POMEGRANATE, PETROL, APRICOT)))
    c.glow(800, 760, 620, c.light.glow, 0.35, flat=0.5)
    work = rng.choice((_potter, _carver))(c, 800 + c.sun * 40)
    apprentice = 800 - c.sun * 420
    figures.bust(c, apprentice, 812, 330)
    figures.bust(c, apprentice + c.sun * 880, 812, 270)
    table_top(c, 800, WOOD)
    work()
    _bench_things(c)


def _tool_board(c: Canvas, left: float, top: float, width: float, height: float) -> None:
    c.fill(rounded(left, top, left + width, top + height, 10), c.light.lit(mix(STRAW, WOOD, 0.4)))
    c.model(rounded(left, top, left + width, top + height, 10), CREAM, mix(WOOD, DEEP, 0.4), 0.7)
    for i, tool in enumerate(
        ("hammer", "saw", "brush", "plane", "chisel", "pliers", "knife", "brush")
    ):
        _tool(
            c,
            tool,
            left + width * (0.14 + 0.24 * (i % 4)),
            top + height * (0.28 + 0.46 * (i // 4)),
            78,
        )


def _tool(c: Canvas, kind: str, x: float, y: float, s: float) -> None:
    """A hand tool that hangs at a point, about 2 s tall."""
    metal, grip = (
        c.light.lit(mix(PETROL, MIST, 0.55)),
        c.light.lit(c.rng.choice((POMEGRANATE, WOOD, TURQUOISE, APRICOT))),
    )
    c.fill(ellipse(x, y - s * 0.86, 5, steps=12), c.light.lit(DEEP))
    if kind == "saw":
        c.fill(
            [
                (x - s * 0.18, y - s * 0.3),
                (x + s * 0.18, y - s * 0.3),
                (x + s * 0.08, y + s * 0.95),
                (x - s * 0.02, y + s * 0.95),
            ],
            metal,
        )
        c.line(ellipse(x, y - s * 0.52, s * 0.17, s * 0.24), grip, 11)
        return
    if kind == "hammer":
        c.fill(rounded(x - s * 0.36, y - s * 0.74, x + s * 0.3, y - s * 0.46, 6), metal)
        c.fill(capsule((x, y - s * 0.5), (x, y + s * 0.85), 8, 11), grip)
        return
    if kind == "plane":
        c.fill(rounded(x - s * 0.26, y - s * 0.7, x + s * 0.2, y + s * 0.8, 12), grip)
        c.fill(rect(x + s * 0.08, y - s * 0.2, x + s * 0.26, y + s * 0.24), metal)
        return
    if kind == "pliers":
        for side in (-1, 1):
            c.line(
                [
                    (x - side * s * 0.07, y - s * 0.66),
                    (x, y - s * 0.2),
                    *bezier(
                        (x, y - s * 0.2),
                        (x + side * s * 0.26, y + s * 0.1),
                        (x + side * s * 0.2, y + s * 0.5),
                        (x + side * s * 0.1, y + s * 0.86),
                    ),
                ],
                grip if side > 0 else metal,
                11,
            )
        return
    c.fill(capsule((x, y - s * 0.62), (x, y + s * 0.16), 9, 11), grip)
    if kind == "brush":
        c.fill(rect(x - s * 0.13, y + s * 0.14, x + s * 0.13, y + s * 0.34), metal)
        c.fill(
            [
                (x - s * 0.13, y + s * 0.34),
                (x + s * 0.13, y + s * 0.34),
                (x + s * 0.1, y + s * 0.84),
                (x, y + s * 0.95),
                (x - s * 0.1, y + s * 0.84),
            ],
            c.light.lit(BARK),
        )
    else:
        c.fill(
            [
                (x - s * 0.08, y + s * 0.14),
                (x + s * 0.08, y + s * 0.14),
                (x + s * 0.1, y + s * 0.9),
                (x - s * 0.1, y + s * (0.9 if kind == "chisel" else 0.6)),
            ],
            metal,
        )


def _vessel_shelf(c: Canvas, left: float, right: float, y: float) -> None:
    x = left + 50.0
    while x < right - 30:
        size, paint = (
            c.rng.uniform(62, 112),
            c.light.lit(c.rng.choice((BRICK, TURQUOISE, LIMESTONE, PETROL, APRICOT, GLAZE))),
        )
        neck = c.rng.uniform(0.12, 0.3)
        half = [(0.2, 0), (0.38, 0.2), (0.42, 0.5), (neck, 0.78), (neck + 0.06, 1)]
        edge = smooth([(x + u * size, y - v * size) for u, v in half], 5, closed=False)
        outline = [*edge, *reversed([(2 * x - px, py) for px, py in edge])]
        c.fill(outline, paint)
        c.model(outline, mix(paint, CREAM, 0.6), mix(paint, DEEP, 0.5))
        x += size * 1.05
    c.fill(rect(left, y, right, y + 14), c.light.lit(WOOD))
    c.fill(rect(left, y + 14, right, y + 30), c.light.shadow, 0.22)
    for dx in (left + 40, right - 40):
        c.fill([(dx - 6, y + 14), (dx + 6, y + 14), (dx + 6, y + 54)], c.light.lit(DEEP))


def _maker(c: Canvas, x: float, top: Colour, apron: Colour) -> figures.Look:
    look = figures.a_look(c.rng)
    look = figures.Look(look.skin, look.hair, top, PETROL, False, look.long_hair, look.hat)
    figures.bust(c, x, 830, 470, look)
    bib = rounded(x - 110, 700, x + 110, 840, 26)
    c.fill(bib, c.light.lit(apron))
    c.model(bib, mix(apron, CREAM, 0.5), mix(apron, DEEP, 0.5), 0.8)
    for side in (-1, 1):
        c.line([(x + side * 96, 706), (x + side * 62, 606)], c.light.lit(apron), 15)
    return look


def _arms(c: Canvas, look: figures.Look, x: float, hands: tuple[Point, Point]) -> None:
    """Two forearms from the shoulders of the maker to where the hands work."""
    sleeve = mix(c.light.lit(look.top), c.light.shadow, 0.14)
    for side, hand in zip((-1, 1), hands, strict=True):
        elbow = (x + side * 248, 800)
        c.fill(capsule((x + side * 186, 690), elbow, 54, 44), sleeve)
        c.fill(capsule(elbow, hand, 42, 26), mix(sleeve, c.light.glow, 0.1))
        palm = blob(c.rng, hand[0] - side * 6, hand[1] - 4, 34, 28, 9, 0.06)
        c.fill(palm, c.light.lit(look.skin))
        for k in range(4):
            c.fill(
                capsule(
                    (hand[0] - side * (8 + k * 3), hand[1] - 18 + k * 11),
                    (hand[0] - side * (42 - k * 2), hand[1] - 26 + k * 13),
                    8,
                    7,
                ),
                c.light.lit(mix(look.skin, BARK, 0.06 * k)),
            )


def _potter(c: Canvas, x: float) -> Callable[[], None]:
    """The maker behind the bench; what is returned draws the hands and the pot before it."""
    look = _maker(c, x, c.rng.choice((CREAM, APRICOT, TURQUOISE)), c.rng.choice((PETROL, BRICK)))
    return lambda: _throwing(c, look, x)


def _throwing(c: Canvas, look: figures.Look, x: float) -> None:
    c.fill(ellipse(x, 902, 180, 34), c.light.lit(DEEP))
    c.fill(ellipse(x, 890, 180, 34), c.light.lit(mix(WOOD, STRAW, 0.5)))
    clay = c.light.lit(mix(BRICK, SAND, 0.35))
    edge = smooth(
        [
            (x + u, v)
            for u, v in ((58, 890), (104, 830), (112, 770), (70, 720), (54, 690), (70, 672))
        ],
        5,
        closed=False,
    )
    outline = [*edge, *reversed([(2 * x - px, py) for px, py in edge])]
    c.fill(outline, clay)
    c.model(outline, mix(clay, CREAM, 0.6), mix(clay, DEEP, 0.45))
    c.fill(ellipse(x, 672, 70, 14), mix(clay, DEEP, 0.45))
    for y, half in ((720, 66), (770, 108), (830, 102)):
        c.line(
            [
                (x - half, y),
                *bezier(
                    (x - half, y), (x - half * 0.4, y + 14), (x + half * 0.4, y + 14), (x + half, y)
                ),
            ],
            mix(clay, DEEP, 0.25),
            3,
        )
    _arms(c, look, x, ((x - 118, 790), (x + 118, 780)))


def _carver(c: Canvas, x: float) -> Callable[[], None]:
    look = _maker(c, x, c.rng.choice((PETROL, POMEGRANATE, LEAF)), c.rng.choice((STRAW, CREAM)))
    return lambda: _carving(c, look, x)


def _carving(c: Canvas, look: figures.Look, x: float) -> None:
    board = [(x - 230, 850), (x + 230, 850), (x + 270, 940), (x - 270, 940)]
    c.fill(moved(board, 0, 16), c.light.lit(BARK))
    c.fill(board, c.light.lit(mix(STRAW, WOOD, 0.3)))
    c.model(board, CREAM, mix(WOOD, DEEP, 0.3))
    for i in range(4):
        left = x - 190 + i * 100
        c.fill(arch(c.rng.choice(ARCHES), left, 926, 80, 62), c.light.lit(WOOD))
        c.fill(arch("keel", left + 18, 926, 44, 42), c.light.lit(mix(STRAW, CREAM, 0.3)))
    for _ in range(16):
        sx, sy = x + c.rng.uniform(-260, 260), c.rng.uniform(946, 990)
        c.line(
            bezier((sx, sy), (sx + 10, sy - 16), (sx + 24, sy - 12), (sx + 20, sy + 2), 6),
            c.light.lit(STRAW),
            5,
        )
    _arms(c, look, x, ((x - 96, 866), (x + 104, 858)))
    c.fill(capsule((x + 74, 800), (x + 66, 868), 13, 10), c.light.lit(POMEGRANATE))
    c.fill([(x + 58, 868), (x + 74, 868), (x + 60, 912), (x + 52, 912)], c.light.lit(MIST))


def _bench_things(c: Canvas) -> None:
    for x, paint in ((170, TURQUOISE), (262, APRICOT), (1370, POMEGRANATE)):
        paint_jar(c, x, 1000, 62, paint)
    for i in range(3):
        c.fill(
            capsule((380 + i * 30, 1020 + i * 12), (520 + i * 22, 980 + i * 16), 8),
            c.light.lit((WOOD, PETROL, POMEGRANATE)[i]),
        )


def drawing(c: Canvas) -> None:
    """A drawing class: pictures on a line, easels, children who paint."""
    rng = c.rng
    rooms.wall(
        c,
        rng.choice(
            (mix(APRICOT, CREAM, 0.55), mix(GLAZE, CREAM, 0.4), mix(ROSE, CREAM, 0.55), LIMESTONE)
        ),
        720,
    )
    rooms.view(c, 800 - c.sun * 560 - 120, 520, 240, 350, rng.choice(rooms.KINDS))
    rooms.floor(c, 720, mix(WOOD, SAND, 0.5))
    line = [(0, 150), *bezier((0, 150), (500, 215), (1100, 215), (1600, 140), 24)]
    c.line(line, c.light.lit(DEEP), 3)
    for i in range(6):
        x = 150 + i * 258
        _sheet(
            c, x, 300 + rng.uniform(-8, 12) + 18 * sin(i * 0.63), 176, 218, rng.uniform(-0.05, 0.05)
        )
        c.fill(rect(x - 5, 180, x + 5, 208), c.light.lit(POMEGRANATE))
    for x, y, s in ((420, 860, 0.8), (1180, 860, 0.8)):
        _easel(c, x + rng.uniform(-20, 20), y, s)
        figures.person(c, x + rng.choice((-150, 150)) * s, y + 16, 280 * s, pose="carry")
    _easel(c, 800 + c.sun * 40, 1010, 1.3)
    figures.person(c, 800 - c.sun * 200, 1030, 400, pose="carry")
    figures.person(c, 800 + c.sun * 330, 1040, 340, pose="wave")
    _low_table(c, 800 + c.sun * 590, 1010)
    figures.person(c, 800 - c.sun * 640, 1040, 520)


def _sheet(c: Canvas, x: float, y: float, width: float, height: float, turn: float = 0) -> None:
    """A child's picture: sun, hill, house or tree or people, in broad strokes."""
    rng = c.rng

    def at(u: float, v: float) -> Point:
        return moved([(u * width / 2, v * height / 2)], x, y, turn=turn)[0]

    def shape(points, paint):
        c.fill([at(u, v) for u, v in points], c.light.lit(paint))

    c.fill([at(u + 0.04, v + 0.05) for u, v in rect(-1, -1, 1, 1)], c.light.shadow, 0.2)
    shape(rect(-1, -1, 1, 1), CREAM)
    shape(
        rect(-0.9, -0.92, 0.9, 0.92),
        rng.choice((GLAZE, MIST, mix(APRICOT, CREAM, 0.6), mix(ROSE, CREAM, 0.5), PETROL)),
    )
    shape(ellipse(rng.uniform(-0.5, 0.5), -0.5, 0.2, 0.16), APRICOT)
    hill = [
        (-0.9, 0.92),
        (-0.9, 0.3),
        *bezier(
            (-0.9, 0.3), (-0.3, rng.uniform(-0.1, 0.3)), (0.2, rng.uniform(0.2, 0.6)), (0.9, 0.2)
        ),
        (0.9, 0.92),
    ]
    shape(hill, rng.choice((LEAF, STRAW, TURQUOISE, MOSS)))
    if rng.random() < 0.55:
        shape(
            arch(rng.choice(ARCHES), -0.5, 0.5, 0.7, 0.9), rng.choice((POMEGRANATE, BRICK, CREAM))
        )
        shape(arch("round", -0.28, 0.5, 0.26, 0.4), DEEP)
        shape([(0.46, 0.6), (0.54, 0.6), (0.54, 0.1), (0.46, 0.1)], BARK)
        shape(ellipse(0.5, 0, 0.22, 0.22), MOSS)
    else:
        for i in range(3):
            u, paint = -0.45 + i * 0.45, rng.choice(CLOTHES)
            shape([(u - 0.16, 0.7), (u + 0.16, 0.7), (u + 0.05, 0.06), (u - 0.05, 0.06)], paint)
            shape(ellipse(u, -0.06, 0.11, 0.1), SKINS[i])


def _easel(c: Canvas, x: float, y: float, s: float) -> None:
    wood = c.light.lit(WOOD)
    figures.cast_shadow(c, x, y, 260 * s, 160 * s)
    for foot, top in (
        ((x - 96 * s, y), (x - 8 * s, y - 400 * s)),
        ((x + 96 * s, y), (x + 8 * s, y - 400 * s)),
        ((x + 10 * s, y - 36 * s), (x, y - 400 * s)),
    ):
        c.line([foot, top], wood, 11 * s)
    _sheet(c, x, y - 245 * s, 224 * s, 236 * s)
    c.fill(rounded(x - 132 * s, y - 130 * s, x + 132 * s, y - 112 * s, 4), wood)


def _low_table(c: Canvas, x: float, y: float) -> None:
    for side in (-1, 1):
        c.line([(x + side * 140, y - 110), (x + side * 160, y + 40)], c.light.lit(WOOD), 13)
    c.fill(rounded(x - 180, y - 130, x + 180, y - 104, 8), c.light.lit(mix(WOOD, STRAW, 0.4)))
    for i, paint in enumerate((POMEGRANATE, TURQUOISE, APRICOT, PETROL)):
        paint_jar(c, x - 130 + i * 86, y - 128, 46, paint)

"""A scene of hands round a common thing."""

from collections.abc import Callable
from math import cos, pi, sin

from uclg_portal.demonstration.artwork import figures
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
    MOSS,
    PETROL,
    POMEGRANATE,
    ROSE,
    SKINS,
    TURQUOISE,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import (
    ARCHES,
    Outline,
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


def hands(c: Canvas) -> None:
    """Hands from all sides around a young tree, or laid one upon another."""
    rng = c.rng
    ground = rng.choice(
        (
            PETROL,
            mix(TURQUOISE, PETROL, 0.2),
            mix(APRICOT, CREAM, 0.35),
            mix(GLAZE, CREAM, 0.25),
            mix(ROSE, CREAM, 0.3),
        )
    )
    lit = c.light.lit(ground)
    c.fill(rect(0, 0, 1600, 1067), lit)
    c.glow(800, 540, 900, mix(lit, CREAM, 0.6), 0.9, flat=0.8)
    c.shade(rect(0, 0, 1600, 1067), mix(lit, c.light.shadow, 0.4), (20, 90, 40, 120))
    for radius in (470, 400, 330):
        c.line(
            [*ellipse(800, 540, radius, radius * 0.86, 60), (800 + radius, 540)],
            mix(lit, CREAM, 0.5),
            3,
            0.5,
        )
    count = rng.choice((6, 7, 8))
    start = rng.uniform(0, 2 * pi)
    sleeves = rng.sample(CLOTHES, 8)
    for i in range(count):
        turn = start + 2 * pi * i / count + rng.uniform(-0.1, 0.1)
        paint = sleeves[i] if sleeves[i] != ground else APRICOT
        _arm(c, _towards_the_middle(turn), 262 + 24 * (i % 2), paint, rng.choice(SKINS))
    rng.choice((_seedling, _little_city))(c)


def raised(c: Canvas) -> None:
    """Hands raised side by side against gates and a rising sun."""
    rng = c.rng
    c.sky(bottom=900)
    c.glow(800, 620, 900, c.light.glow, 0.9)
    kind = rng.choice(("round", "pointed", "four-centred", "keel", "parabolic"))
    for i, (width, height) in enumerate(((1180, 900), (900, 740), (640, 580), (400, 410))):
        paint = (PETROL, TURQUOISE, GLAZE, CREAM)[i]
        tone = c.light.lit(mix(paint, c.light.sky[-1], 0.08))
        gate = arch(kind, 800 - width / 2, 1067, width, height)
        c.fill(gate, tone)
        c.model(gate, mix(tone, c.light.glow, 0.5), mix(tone, c.light.shadow, 0.4), 0.7)
    c.fill(ellipse(800, 640, 120), mix(c.light.glow, APRICOT, 0.6))
    c.model(ellipse(800, 640, 120), CREAM, BRICK, 0.7)
    sleeves = rng.sample(CLOTHES, 8)
    order = list(range(7))
    rng.shuffle(order)
    for i in order:
        x, level = 170 + i * 210 + rng.uniform(-30, 30), rng.uniform(330, 520)
        if i % 2:
            _held(c, x, level + 34)
        _arm(c, _upwards(x, level, rng.uniform(-0.12, 0.12)), 0, sleeves[i], rng.choice(SKINS))


def _held(c: Canvas, x: float, y: float) -> None:
    """What some of the raised hands hold up: a leaf, a book or a small gate."""
    thing = c.rng.choice(("leaf", "book", "gate"))
    if thing == "leaf":
        leaf = [(0, 0), *bezier((0, 0), (-0.5, -0.4), (-0.4, -1), (0, -1.3))]
        leaf += bezier((0, -1.3), (0.4, -1), (0.5, -0.4), (0, 0))
        figures.crown(c, moved(leaf, x, y, 110), LEAF)
        c.line([(x, y), (x, y - 120)], mix(c.light.lit(LEAF), CREAM, 0.5), 4)
    elif thing == "book":
        cover = rect(x - 62, y - 150, x + 62, y + 10)
        c.fill(cover, c.light.lit(POMEGRANATE))
        c.model(cover, APRICOT, DEEP, 0.8)
        c.fill(arch("keel", x - 24, y - 30, 48, 80), c.light.lit(CREAM))
    else:
        for width, paint in ((124, PETROL), (90, CREAM), (58, APRICOT), (28, DEEP)):
            c.fill(arch("round", x - width / 2, y + 8, width, width * 1.2), c.light.lit(paint))


def _towards_the_middle(turn: float) -> Callable[[Outline], Outline]:
    """Places an arm that comes from a side to the middle of the sheet."""

    def place(points: Outline) -> Outline:
        return [
            (800 + px * cos(turn) - py * sin(turn), 540 + (px * sin(turn) + py * cos(turn)) * 0.86)
            for px, py in points
        ]

    return place


def _upwards(x: float, y: float, lean: float) -> Callable[[Outline], Outline]:
    """Places an arm that rises from below, its finger tips at a point."""
    return lambda points: [(x + py + px * lean, y + px) for px, py in points]


def _arm(
    c: Canvas, placed: Callable[[Outline], Outline], reach: float, sleeve: Colour, skin: Colour
) -> None:
    """An arm along the x axis, as it is placed; the finger tips stop at the reach."""
    bend = c.rng.choice((-1, 1))
    skin, cloth = c.light.lit(skin), c.light.lit(sleeve)
    wrist = reach + 190
    c.fill(
        [(x - c.sun * 18, y + 22) for x, y in placed(capsule((1010, 0), (wrist + 40, 0), 92, 66))],
        c.light.shadow,
        0.2,
    )
    forearm = placed(capsule((wrist + 130, 0), (wrist, 0), 54, 40))
    c.fill(forearm, skin)
    fingers = [(-0.36, 92, 15), (-0.13, 118, 16), (0.09, 122, 16), (0.3, 104, 14)]
    palm = placed(
        smooth(
            [
                (wrist + 6, -42),
                (wrist - 50, -56),
                (wrist - 96, -50),
                (wrist - 108, 0),
                (wrist - 96, 48),
                (wrist - 46, 54),
                (wrist + 6, 42),
            ],
            5,
        )
    )
    thumb = placed(capsule((wrist - 34, bend * 46), (wrist - 92, bend * 100), 20, 14))
    c.fill(thumb, mix(skin, c.light.shadow, 0.08))
    c.fill(palm, skin)
    for angle, length, thick in fingers:
        angle *= bend
        root = (wrist - 84, sin(angle) * 92)
        knuckle = (root[0] - length * 0.55 * cos(angle), root[1] + length * 0.45 * sin(angle))
        tip = (root[0] - length * cos(angle * 0.7), root[1] + length * 0.72 * sin(angle))
        c.fill(placed(capsule(root, knuckle, thick + 2, thick)), skin)
        c.fill(placed(capsule(knuckle, tip, thick, thick - 3)), skin)
        c.fill(placed(ellipse(tip[0] + 2, tip[1], 9, 7, 16)), mix(skin, CREAM, 0.45))
        c.line(
            placed([(root[0] - 8, root[1] - thick), (knuckle[0], knuckle[1] - thick)]),
            mix(skin, BARK, 0.35),
            2.4,
            0.5,
        )
    c.model(palm, mix(skin, c.light.glow, 0.4), mix(skin, BARK, 0.4), 0.8)
    cuff = placed(rounded(wrist + 52, -74, wrist + 92, 74, 14))
    arm = placed([(wrist + 80, -70), (1010, -112), (1010, 112), (wrist + 80, 70)])
    c.fill(arm, cloth)
    c.model(arm, mix(cloth, c.light.glow, 0.35), mix(cloth, c.light.shadow, 0.45))
    for k in range(4):
        u = wrist + 140 + k * 66
        half = 56 + (u - wrist) * 0.045
        c.line(
            placed([(u, -half), (u + 16, 0), (u, half)]), mix(cloth, c.light.shadow, 0.3), 4, 0.6
        )
    c.fill(cuff, mix(cloth, CREAM, 0.55))


def _seedling(c: Canvas) -> None:
    earth = blob(c.rng, 800, 590, 190, 96, 12, 0.08)
    c.fill(moved(earth, 0, 14), c.light.shadow, 0.35)
    c.fill(earth, c.light.lit(BARK))
    c.model(earth, mix(BARK, APRICOT, 0.5), DEEP)
    stem = [(800, 560), *bezier((800, 560), (790, 480), (812, 420), (800, 330))]
    c.line(stem, c.light.lit(MOSS), 13)
    for y, side, size in (
        (500, 1, 92),
        (470, -1, 104),
        (410, 1, 96),
        (380, -1, 80),
        (330, 1, 60),
        (326, -1, 62),
    ):
        leaf = [
            (0, 0),
            *bezier((0, 0), (0.3, -0.5), (0.8, -0.55), (1.2, -0.5)),
            *bezier((1.2, -0.5), (1, -0.05), (0.5, 0.1), (0, 0)),
        ]
        figures.crown(c, moved(leaf, 800, y, size, flip=side < 0), LEAF)
        c.line(
            moved([(0, 0), (0.6, -0.26), (1.1, -0.45)], 800, y, size, flip=side < 0),
            mix(c.light.lit(LEAF), CREAM, 0.5),
            3,
        )


def _little_city(c: Canvas) -> None:
    plate = ellipse(800, 610, 215, 84)
    c.fill(moved(plate, 0, 16), c.light.shadow, 0.35)
    c.fill(plate, c.light.lit(LEAF))
    c.model(plate, mix(LEAF, CREAM, 0.4), MOSS)
    gates = (
        (-150, 596, 90, 130, PETROL),
        (70, 590, 96, 150, POMEGRANATE),
        (-66, 604, 120, 226, LIMESTONE),
        (20, 626, 84, 120, APRICOT),
        (-130, 634, 76, 92, TURQUOISE),
        (104, 632, 78, 96, GLAZE),
    )
    for dx, base, width, height, paint in gates:
        kind = c.rng.choice(ARCHES)
        block = rect(800 + dx, base - height, 800 + dx + width, base)
        c.fill(block, c.light.lit(paint))
        c.model(block, mix(paint, CREAM, 0.5), mix(paint, DEEP, 0.5))
        for share, inner in (
            (0.8, CREAM if paint != LIMESTONE else TURQUOISE),
            (0.56, APRICOT if paint != APRICOT else POMEGRANATE),
            (0.32, DEEP),
        ):
            c.fill(
                arch(
                    kind,
                    800 + dx + width * (1 - share) / 2,
                    base,
                    width * share,
                    height * (0.2 + 0.72 * share),
                ),
                c.light.lit(inner),
            )
    for dx in (-188, -8, 180):
        figures.tree(c, 800 + dx, 640, 100, "round", shadow=False)

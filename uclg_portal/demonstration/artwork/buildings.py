"""Houses, towers and whole rows of them, near and far."""

from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BRICK,
    CREAM,
    DEEP,
    GLAZE,
    LIMESTONE,
    MIST,
    PETROL,
    POMEGRANATE,
    ROSE,
    SAND,
    TURQUOISE,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import ARCHES, arch, ellipse, rect

WALLS = [LIMESTONE, SAND, GLAZE, APRICOT, BRICK, TURQUOISE, ROSE, MIST, CREAM]
ROOFS = [PETROL, POMEGRANATE, BRICK, TURQUOISE, DEEP]


def pane(c: Canvas, wall: Colour) -> Colour:
    """A window: warm when lamps burn and somebody is at home, dark glass otherwise."""
    if c.light.lamps and c.rng.random() < 0.62:
        return mix(c.light.glow, APRICOT, c.rng.uniform(0, 0.5))
    return mix(c.light.lit(PETROL), c.light.lit(wall), c.rng.uniform(0.12, 0.3))


def windows(
    c: Canvas,
    left: float,
    top: float,
    right: float,
    bottom: float,
    columns: int,
    rows: int,
    wall: Colour,
    kind: str = "round",
) -> None:
    """A grid of arched windows with light sills."""
    wide, tall = (right - left) / columns, (bottom - top) / rows
    for row in range(rows):
        for column in range(columns):
            x, base = left + (column + 0.28) * wide, top + (row + 0.82) * tall
            width, height = wide * 0.44, tall * 0.6
            c.fill(
                arch(kind, x - 2, base + 1, width + 4, height + 3),
                mix(c.light.lit(wall), c.light.shadow, 0.22),
            )
            c.fill(arch(kind, x, base, width, height), pane(c, wall))
            c.fill(
                rect(x - 3, base, x + width + 3, base + 3),
                mix(c.light.lit(wall), c.light.glow, 0.5),
            )


def house(
    c: Canvas,
    left: float,
    base: float,
    width: float,
    height: float,
    wall: Colour | None = None,
    roof: str | None = None,
    kind: str | None = None,
    rows: int | None = None,
    door: bool = True,
) -> None:
    """A house front. Roofs: flat, gable, hip, dome, cornice."""
    rng = c.rng
    wall = wall or rng.choice(WALLS)
    kind = kind or rng.choice(ARCHES)
    top = base - height
    front = rect(left, top, left + width, base)
    lit = c.light.lit(wall)
    _roof(c, left, top, width, roof or rng.choice(("flat", "gable", "hip", "cornice")), wall)
    c.fill(front, lit)
    c.model(front, mix(lit, c.light.glow, 0.35), mix(lit, c.light.shadow, 0.4), 0.9)
    columns = max(2, round(width / 62))
    rows = rows or max(1, round(height / 95))
    ground = min(height * 0.34, 120) if door else 0
    windows(
        c,
        left + width * 0.05,
        top + height * 0.06,
        left + width * 0.95,
        base - ground,
        columns,
        rows,
        wall,
        kind,
    )
    if door:
        _door(c, left + width * 0.5, base, min(width * 0.3, 74), ground * 0.88, wall, kind)


def _door(
    c: Canvas, x: float, base: float, width: float, height: float, wall: Colour, kind: str
) -> None:
    frame = mix(c.light.lit(wall), c.light.glow, 0.55)
    c.fill(arch(kind, x - width * 0.66, base, width * 1.32, height * 1.12), frame)
    c.fill(
        arch(kind, x - width / 2, base, width, height),
        c.light.lit(POMEGRANATE if wall != ROSE else PETROL),
    )
    c.fill(
        arch(kind, x - width * 0.24, base, width * 0.48, height * 0.62),
        c.light.glow if c.light.lamps else c.light.lit(DEEP),
    )


def _roof(c: Canvas, left: float, top: float, width: float, roof: str, wall: Colour) -> None:
    paint = c.light.lit(c.rng.choice([r for r in ROOFS if r != wall]))
    right, middle = left + width, left + width / 2
    if roof == "gable":
        outline = [(left - 8, top + 2), (middle, top - width * 0.34), (right + 8, top + 2)]
    elif roof == "hip":
        outline = [
            (left - 8, top + 2),
            (left + width * 0.2, top - width * 0.22),
            (right - width * 0.2, top - width * 0.22),
            (right + 8, top + 2),
        ]
    elif roof == "dome":
        outline = arch("keel", left + width * 0.16, top + 3, width * 0.68, width * 0.72)
    else:
        edge = 14 if roof == "cornice" else 7
        c.fill(
            rect(left - 6, top - edge, right + 6, top + 2),
            mix(c.light.lit(wall), c.light.glow, 0.5),
        )
        return
    c.fill(outline, paint)
    c.model(outline, mix(paint, c.light.glow, 0.45), mix(paint, c.light.shadow, 0.5))


def row_of_houses(
    c: Canvas,
    base: float,
    low: float,
    high: float,
    left: float = -30,
    right: float = 1630,
    door: bool = True,
) -> None:
    """Fronts side by side along a line."""
    x, last = left, None
    while x < right:
        width = c.rng.uniform(105, 215)
        wall = c.rng.choice([w for w in WALLS if w != last])
        house(c, x, base, width, c.rng.uniform(low, high), wall, door=door)
        x, last = x + width, wall


def skyline(
    c: Canvas,
    base: float,
    height: float,
    distance: float,
    left: float = -40,
    right: float = 1640,
    paint: Colour = PETROL,
) -> None:
    """A city seen from afar: blocks, gates, domes and towers in one or two tones of haze."""
    rng = c.rng
    x = left
    while x < right:
        width = rng.uniform(38, 110)
        tall = height * rng.uniform(0.3, 0.78)
        tone = c.light.far(mix(paint, rng.choice(WALLS), rng.uniform(0, 0.25)), distance)
        shape = rng.choice(("block", "block", "arch", "tower", "dome", "gable"))
        _silhouette(c, shape, x, base, width, tall, height, tone)
        if c.light.lamps:
            _lit_dots(c, x, base, width, tall)
        x += width * rng.uniform(0.75, 1.05)


def _silhouette(
    c: Canvas,
    shape: str,
    x: float,
    base: float,
    width: float,
    tall: float,
    height: float,
    tone: Colour,
) -> None:
    if shape == "tower":
        slim = width * 0.34
        outline = rect(x + width / 2 - slim / 2, base - height, x + width / 2 + slim / 2, base)
        c.fill(
            arch("gable", x + width / 2 - slim * 0.7, base - height + 2, slim * 1.4, slim * 1.6),
            tone,
        )
        c.fill(outline, tone)
    outline = rect(x, base - tall, x + width, base)
    if shape == "arch":
        outline = arch(c.rng.choice(ARCHES), x, base, width, tall)
    c.fill(outline, tone)
    if shape == "dome":
        c.fill(ellipse(x + width / 2, base - tall, width * 0.42, width * 0.4), tone)
        c.fill(
            rect(x + width / 2 - 1.5, base - tall - width * 0.62, x + width / 2 + 1.5, base - tall),
            tone,
        )
    if shape == "gable":
        c.fill(
            [
                (x - 3, base - tall),
                (x + width / 2, base - tall - width * 0.42),
                (x + width + 3, base - tall),
            ],
            tone,
        )
    bright, dark = mix(tone, c.light.glow, 0.3), mix(tone, c.light.shadow, 0.25)
    c.model(outline, bright, dark, 0.7)


def _lit_dots(c: Canvas, x: float, base: float, width: float, tall: float) -> None:
    for _ in range(int(width * tall / 900)):
        wx, wy = x + c.rng.uniform(5, max(6, width - 8)), base - c.rng.uniform(6, max(7, tall - 8))
        c.fill(
            rect(wx, wy, wx + 4, wy + 6),
            mix(c.light.glow, APRICOT, c.rng.random()),
            c.rng.uniform(0.5, 1) - 0.01,
        )


def tent_home(c: Canvas, x: float, base: float, width: float) -> None:
    """A felt tent of the steppe: round wall, low cone, painted door."""
    height = width * 0.34
    lit = c.light.lit
    wall = [
        (x - width / 2, base),
        (x - width * 0.52, base - height * 0.9),
        (x + width * 0.52, base - height * 0.9),
        (x + width / 2, base),
    ]
    roof = [
        (x - width * 0.55, base - height * 0.88),
        (x - width * 0.1, base - height * 1.72),
        (x + width * 0.1, base - height * 1.72),
        (x + width * 0.55, base - height * 0.88),
    ]
    for outline, paint in ((wall, LIMESTONE), (roof, CREAM)):
        c.fill(outline, lit(paint))
        c.model(
            outline, mix(lit(paint), c.light.glow, 0.5), mix(lit(paint), c.light.shadow, 0.5), 1.1
        )
    for level, paint in ((0.86, BRICK), (0.3, TURQUOISE)):
        y = base - height * level
        c.fill(
            rect(x - width * 0.52, y - width * 0.014, x + width * 0.52, y + width * 0.014),
            lit(paint),
        )
    half = width * 0.085
    c.fill(rect(x - half * 1.35, base - height * 0.8, x + half * 1.35, base), lit(APRICOT))
    c.fill(rect(x - half, base - height * 0.74, x + half, base), lit(BRICK))
    c.fill(
        rect(x - width * 0.11, base - height * 1.78, x + width * 0.11, base - height * 1.68),
        lit(DEEP),
    )

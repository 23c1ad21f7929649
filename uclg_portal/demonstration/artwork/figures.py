"""What scenes are peopled with: persons, trees, lamps, birds, boats and benches."""

from dataclasses import dataclass
from random import Random

from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    BARK,
    CLOTHES,
    CREAM,
    DEEP,
    HAIRS,
    LEAF,
    LIMESTONE,
    MOSS,
    SKINS,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import (
    Outline,
    bezier,
    blob,
    capsule,
    ellipse,
    moved,
    rect,
    rounded,
    smooth,
)


@dataclass(frozen=True)
class Look:
    """What one person wears."""

    skin: Colour
    hair: Colour
    top: Colour
    legs: Colour
    dress: bool
    long_hair: bool
    hat: Colour | None


def a_look(rng: Random, cold: bool = False) -> Look:
    top, legs = rng.sample(CLOTHES, 2)
    hat = rng.choice(CLOTHES) if rng.random() < (0.85 if cold else 0.22) else None
    dress = rng.random() < 0.42
    return Look(
        rng.choice(SKINS),
        rng.choice(HAIRS),
        top,
        mix(legs, DEEP, 0.35),
        dress,
        dress or rng.random() < 0.2,
        hat,
    )


def cast_shadow(c: Canvas, x: float, y: float, height: float, width: float) -> None:
    """The long shadow of something that stands at a point, away from the light."""
    reach = -c.sun * height * 0.85
    half = width / 2
    outline = [
        (x - half, y),
        (x + half, y),
        (x + reach + half * 0.6, y + height * 0.16),
        (x + reach - half * 0.6, y + height * 0.16),
    ]
    c.fill(outline, c.light.shadow, 0.22)


def person(
    c: Canvas,
    x: float,
    y: float,
    height: float,
    look: Look | None = None,
    pose: str = "stand",
    cold: bool = False,
    shadow: bool = True,
) -> None:
    """A person whose feet stand at (x, y). Poses: stand, walk, wave, sit, carry, stoop."""
    look = look or a_look(c.rng, cold)
    flip = c.rng.random() < 0.5
    if shadow:
        cast_shadow(c, x, y, height, height * 0.2)

    def put(outline: Outline, paint: Colour, rounding: bool = True) -> None:
        placed = moved(outline, x, y, height, flip)
        base = c.light.lit(paint)
        c.fill(placed, base)
        if rounding and height > 60:
            c.model(placed, mix(base, c.light.glow, 0.4), mix(base, c.light.shadow, 0.45), 0.75)

    hip, chest = (-0.42, -0.8) if pose != "sit" else (-0.25, -0.62)
    lean = {"walk": 0.025, "stoop": 0.16}.get(pose, 0)
    _legs(put, look, pose, hip)
    head = (lean * 1.5, chest - 0.115)
    if look.long_hair:
        put(ellipse(head[0] - 0.012, head[1] + 0.035, 0.066, 0.1), look.hair, False)
    _arm(put, look, pose, chest, lean, -1)
    hem = hip + (0.24 if look.dress and pose != "sit" else 0.04)
    flare = 0.155 if look.dress else 0.105
    body = [
        (-0.095 + lean, chest + 0.02),
        (0.095 + lean, chest + 0.02),
        (0.108, hip - 0.12),
        (flare, hem),
        (-flare, hem),
        (-0.108, hip - 0.12),
    ]
    put(smooth(body, 5), look.top)
    put(capsule((lean, chest + 0.02), (head[0], head[1] + 0.06), 0.026), look.skin, False)
    put(ellipse(*head, 0.055, 0.068), look.skin, False)
    crown = [
        (head[0] + 0.062 * k, head[1] - 0.012 - v)
        for k, v in ((-1, -0.02), (-0.95, 0.035), (-0.5, 0.066), (0.2, 0.07), (0.85, 0.038), (1, 0))
    ]
    put(smooth(crown, 4), look.hat or look.hair, False)
    _arm(put, look, pose, chest, lean, 1)


def _legs(put, look: Look, pose: str, hip: float) -> None:
    if pose == "sit":
        for shift in (-0.02, 0.03):
            put(capsule((shift, hip), (0.2 + shift, hip + 0.01), 0.06, 0.05), look.legs, False)
            put(capsule((0.2 + shift, hip), (0.21 + shift, -0.02), 0.046, 0.032), look.legs, False)
        return
    step = {"walk": 0.13, "stoop": 0.08}.get(pose, 0.04)
    legs = mix(look.skin, DEEP, 0.15) if look.dress else look.legs
    for side in (-1, 1):
        foot = side * step
        put(capsule((side * 0.035, hip), (foot, -0.03), 0.055, 0.034), legs, False)
        put(capsule((foot - 0.01, -0.018), (foot + 0.045, -0.016), 0.02), DEEP, False)


def _arm(put, look: Look, pose: str, chest: float, lean: float, side: int) -> None:
    shoulder = (side * 0.088 + lean, chest + 0.05)
    reach = {
        "wave": ((0.2, chest - 0.02), (0.25, chest - 0.22)) if side > 0 else None,
        "carry": ((side * 0.12 + 0.05, chest + 0.2), (0.17, chest + 0.24)),
        "stoop": ((0.2, chest + 0.2), (0.3, chest + 0.36)),
        "sit": ((side * 0.1 + 0.04, chest + 0.2), (0.2, chest + 0.26)),
        "walk": ((side * 0.13, chest + 0.21), (side * 0.16 + 0.03, chest + 0.37)),
    }.get(pose)
    elbow, hand = reach or ((side * 0.135, chest + 0.22), (side * 0.125, chest + 0.4))
    sleeve = mix(look.top, DEEP, 0.16 if side < 0 else 0.04)
    put(capsule(shoulder, elbow, 0.042, 0.034), sleeve, False)
    put(capsule(elbow, hand, 0.034, 0.024), sleeve, False)
    put(ellipse(*hand, 0.026), look.skin, False)


def bust(
    c: Canvas, x: float, y: float, size: float, look: Look | None = None, back: bool = False
) -> None:
    """Head and shoulders, the shoulders cut off at y; size is about the height shown."""
    look = look or a_look(c.rng)
    lit = c.light.lit
    trunk = [
        (x - size * 0.46, y),
        (x - size * 0.44, y - size * 0.3),
        (x - size * 0.2, y - size * 0.48),
        (x + size * 0.2, y - size * 0.48),
        (x + size * 0.44, y - size * 0.3),
        (x + size * 0.46, y),
    ]
    shoulders = [(x - size * 0.46, y), *smooth(trunk, 5, closed=False), (x + size * 0.46, y)]
    head = (x, y - size * 0.76)
    if look.long_hair:
        c.fill(ellipse(x, y - size * 0.66, size * 0.25, size * 0.3), lit(look.hair))
    c.fill(shoulders, lit(look.top))
    c.model(
        shoulders, mix(lit(look.top), c.light.glow, 0.45), mix(lit(look.top), c.light.shadow, 0.5)
    )
    skin = lit(look.skin)
    c.fill(
        capsule((x, y - size * 0.46), (x, y - size * 0.64), size * 0.1),
        mix(skin, c.light.shadow, 0.18),
    )
    face = ellipse(*head, size * 0.19, size * 0.235)
    if back:
        c.fill(face, lit(look.hair))
        c.model(face, mix(lit(look.hair), c.light.glow, 0.35), c.light.shadow, 0.7)
        return
    c.fill(face, skin)
    c.model(face, mix(skin, c.light.glow, 0.3), mix(skin, c.light.shadow, 0.35), 0.8)
    hair = [
        (head[0] + size * u, head[1] - size * v)
        for u, v in (
            (-0.2, -0.06),
            (-0.205, 0.12),
            (-0.12, 0.24),
            (0.06, 0.26),
            (0.19, 0.17),
            (0.205, -0.04),
            (0.15, 0.08),
            (-0.02, 0.13),
            (-0.14, 0.1),
        )
    ]
    c.fill(smooth(hair, 5), lit(look.hat or look.hair))


def crown(c: Canvas, outline: Outline, leaf: Colour) -> None:
    """A mass of leaves: dark below, grained with light above."""
    base = c.light.lit(leaf)
    c.fill(outline, base)
    c.model(outline, mix(base, c.light.glow, 0.42), mix(base, c.light.shadow, 0.55), 1.15)


def tree(
    c: Canvas,
    x: float,
    y: float,
    height: float,
    kind: str = "round",
    leaf: Colour | None = None,
    shadow: bool = True,
) -> None:
    """A tree that stands at (x, y). Kinds: round, poplar, fir, birch."""
    rng = c.rng
    leaf = leaf or rng.choice((LEAF, MOSS, mix(LEAF, APRICOT, 0.25), mix(MOSS, DEEP, 0.2)))
    if shadow:
        cast_shadow(c, x, y, height * 0.8, height * 0.3)
    {"round": _round, "poplar": _poplar, "fir": _fir, "birch": _birch}[kind](c, x, y, height, leaf)


def _trunk(c: Canvas, x: float, y: float, height: float, width: float, bark: Colour) -> None:
    outline = [
        (x - width / 2, y),
        (x - width * 0.28, y - height),
        (x + width * 0.28, y - height),
        (x + width / 2, y),
    ]
    c.fill(outline, c.light.lit(bark))
    c.model(outline, mix(bark, c.light.glow, 0.4), c.light.shadow)


def _round(c: Canvas, x: float, y: float, height: float, leaf: Colour) -> None:
    _trunk(c, x, y, height * 0.55, height * 0.07, BARK)
    rng, wide = c.rng, height * 0.3
    crown(c, blob(rng, x, y - height * 0.62, wide, height * 0.34, 11, 0.1), mix(leaf, DEEP, 0.2))
    for dx, dy, part in ((-0.16, -0.56, 0.18), (0.17, -0.6, 0.17), (0.01, -0.8, 0.2)):
        middle = (x + dx * height, y + dy * height)
        crown(c, blob(rng, *middle, height * part, height * part * 0.8, 9, 0.1), leaf)


def _poplar(c: Canvas, x: float, y: float, height: float, leaf: Colour) -> None:
    _trunk(c, x, y, height * 0.25, height * 0.04, BARK)
    half = height * 0.095
    side = [(0, -1), (0.55, -0.8), (1, -0.45), (0.85, -0.2), (0.3, -0.1)]
    right = [(x + u * half, y + v * height) for u, v in side]
    left = [(x - u * half, y + v * height) for u, v in reversed(side[1:])]
    crown(c, smooth([*right, *left], 5), leaf)


def _fir(c: Canvas, x: float, y: float, height: float, leaf: Colour) -> None:
    _trunk(c, x, y, height * 0.2, height * 0.05, BARK)
    for level in range(4):
        base, half = y - height * (0.1 + level * 0.2), height * (0.24 - level * 0.045)
        top = base - height * 0.34
        right = bezier(
            (x, top),
            (x + half * 0.2, base - half * 0.5),
            (x + half * 0.6, base - 4),
            (x + half, base),
        )
        left = [(2 * x - px, py) for px, py in reversed(right)]
        crown(
            c,
            [(x, top), *right, (x + half * 0.4, base - half * 0.08), (x, base), *left],
            mix(leaf, DEEP, 0.12),
        )


def _birch(c: Canvas, x: float, y: float, height: float, leaf: Colour) -> None:
    leaf = mix(leaf, APRICOT, 0.22)
    crown(
        c,
        blob(c.rng, x, y - height * 0.66, height * 0.15, height * 0.27, 11, 0.1),
        mix(leaf, MOSS, 0.45),
    )
    width = height * 0.035
    _trunk(c, x, y, height * 0.88, width * 1.3, LIMESTONE)
    for i in range(8):
        mark, side = y - height * (0.05 + i * 0.06), c.rng.choice((-1, 1))
        c.line([(x + side * width * 0.5, mark), (x, mark + 2)], c.light.lit(DEEP), height * 0.008)
    for dx, dy, part in (
        (-0.13, -0.5, 0.085),
        (0.14, -0.54, 0.09),
        (-0.16, -0.68, 0.095),
        (0.13, -0.74, 0.1),
        (-0.07, -0.83, 0.09),
        (0.03, -0.93, 0.085),
        (0.02, -0.62, 0.08),
    ):
        crown(
            c,
            blob(
                c.rng,
                x + dx * height,
                y + dy * height,
                height * part,
                height * part * 0.92,
                9,
                0.12,
            ),
            leaf,
        )


def bush(c: Canvas, x: float, y: float, width: float, leaf: Colour | None = None) -> None:
    crown(c, blob(c.rng, x, y - width * 0.28, width / 2, width * 0.32, 11, 0.12), leaf or MOSS)


def street_lamp(c: Canvas, x: float, y: float, height: float) -> None:
    metal = c.light.lit(DEEP)
    c.fill(rounded(x - height * 0.012, y - height * 0.9, x + height * 0.012, y, 2), metal)
    c.fill(rounded(x - height * 0.035, y - height * 0.05, x + height * 0.035, y, 3), metal)
    top = y - height * 0.9
    lantern = [
        (x - height * 0.03, top),
        (x + height * 0.03, top),
        (x + height * 0.05, top - height * 0.1),
        (x - height * 0.05, top - height * 0.1),
    ]
    if c.light.lamps:
        c.glow(x, top - height * 0.05, height * 0.55, c.light.glow, 0.75)
        c.glow(x, y, height * 0.5, c.light.glow, 0.32, flat=0.22)
    c.fill(lantern, c.light.glow if c.light.lamps else c.light.lit(CREAM))
    c.fill(
        [
            (x - height * 0.06, top - height * 0.1),
            (x + height * 0.06, top - height * 0.1),
            (x, top - height * 0.15),
        ],
        metal,
    )


def bench(c: Canvas, x: float, y: float, width: float, paint: Colour | None = None) -> None:
    paint = c.light.lit(paint or mix(APRICOT, BARK, 0.5))
    height = width * 0.26
    for side in (-0.42, 0.42):
        c.fill(rect(x + side * width - 4, y - height, x + side * width + 4, y), c.light.lit(DEEP))
    for level, thick in ((1.0, 0.12), (1.5, 0.12), (1.9, 0.12)):
        c.fill(
            rounded(
                x - width / 2, y - height * level, x + width / 2, y - height * (level - 0.3), 3
            ),
            mix(paint, c.light.shadow, 0.1 * thick * 10 if level == 1.0 else 0),
        )
    cast_shadow(c, x, y, height, width * 0.9)

"""What scenes stand on: earth, paving, water, grass and flowers; strings of flags above."""

from itertools import pairwise
from math import pi, sin

from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import (
    APRICOT,
    CREAM,
    DEEP,
    GLAZE,
    MOSS,
    PETROL,
    POMEGRANATE,
    ROSE,
    TURQUOISE,
    Colour,
    mix,
)
from uclg_portal.demonstration.artwork.shapes import capsule, ellipse, rect


def ground(c: Canvas, top: float, paint: Colour, far: float = 0.35) -> None:
    """Land that comes nearer: hazy at the top edge, full below."""
    c.passage(
        rect(0, top, 1600, 1067),
        (c.light.far(paint, far), c.light.lit(paint), mix(c.light.lit(paint), c.light.shadow, 0.2)),
        masked=False,
    )


def paving(c: Canvas, top: float, paint: Colour, middle: float = 800) -> None:
    """Slabs that run together at the horizon."""
    lit = c.light.lit(paint)
    c.passage(
        rect(0, top, 1600, 1067),
        (c.light.far(paint, 0.3), lit, mix(lit, c.light.shadow, 0.18)),
        masked=False,
    )
    seam = mix(lit, c.light.shadow, 0.3)
    for i in range(-13, 14):
        c.line([(middle + i * 26, top), (middle + i * 210, 1080)], seam, 1.6, 0.5)
    y, step = top + 8.0, 9.0
    while y < 1067:
        c.line([(0, y), (1600, y)], seam, 1.6, 0.4)
        step *= 1.34
        y += step


def water(c: Canvas, top: float, bottom: float, shine_x: float | None = None) -> None:
    """A surface that takes the colours of the sky, with a path of light."""
    deep = mix(TURQUOISE, PETROL, 0.65 if c.light.lamps else 0.3)
    stops = tuple(mix(s, deep, 0.2 + 0.22 * i) for i, s in enumerate(reversed(c.light.sky)))
    c.passage(rect(0, top, 1600, bottom), stops, masked=False)
    rng = c.rng
    for _ in range(90):
        depth = rng.random() ** 1.6
        y = top + (bottom - top) * depth
        long = 14 + 120 * depth * rng.random()
        x = rng.uniform(-40, 1620)
        tone = rng.choice((mix(c.light.sky[-1], CREAM, 0.4), mix(c.light.sky[0], DEEP, 0.4)))
        c.fill(capsule((x, y), (x + long, y), 0.8 + 2 * depth), tone, 0.32)
    if shine_x is not None:
        for _ in range(70):
            depth = rng.random()
            y = top + (bottom - top) * depth
            half = 6 + 70 * depth * rng.random()
            x = shine_x + rng.gauss(0, 16 + 60 * depth)
            c.fill(capsule((x - half, y), (x + half, y), 0.8 + 2.4 * depth), c.light.glow, 0.6)


def flowers(
    c: Canvas, left: float, right: float, top: float, bottom: float, count: int, size: float = 6
) -> None:
    """Tufts with heads of a few colours, nearer ones larger."""
    spots = sorted((c.rng.uniform(top, bottom), c.rng.uniform(left, right)) for _ in range(count))
    for y, x in spots:
        s = size * (0.5 + (y - top) / (bottom - top + 1))
        c.line([(x, y), (x + c.rng.uniform(-3, 3), y - s * 3)], c.light.lit(MOSS), s * 0.35)
        c.fill(
            ellipse(x, y - s * 3, s * 0.8, steps=10),
            c.light.lit(c.rng.choice((POMEGRANATE, APRICOT, CREAM, ROSE, GLAZE))),
        )


def grass(
    c: Canvas, top: float, bottom: float, count: int, paint: Colour, size: float = 26
) -> None:
    for y in sorted(c.rng.uniform(top, bottom) for _ in range(count)):
        x, s = c.rng.uniform(-10, 1610), size * (0.35 + (y - top) / (bottom - top + 1))
        lean = c.sun * s * c.rng.uniform(0.1, 0.6)
        tone = mix(c.light.lit(paint), c.rng.choice((c.light.glow, c.light.shadow)), 0.28)
        c.fill([(x - s * 0.08, y), (x + lean, y - s), (x + s * 0.08, y)], tone)


def bunting(
    c: Canvas, start: tuple, end: tuple, sag: float, count: int = 14, lamps: bool = False
) -> None:
    """Small flags of the house colours, or lamps, on a hanging string."""
    line = [start]
    for i in range(1, count + 1):
        t = i / count
        line.append(
            (
                start[0] + (end[0] - start[0]) * t,
                start[1] + (end[1] - start[1]) * t + sag * sin(pi * t),
            )
        )
    c.line(line, c.light.lit(DEEP), 2)
    for (x, y), (x2, y2) in pairwise(line):
        if lamps:
            c.glow(x2, y2 + 10, 44, c.light.glow, 0.8)
            c.fill(ellipse(x2, y2 + 9, 7), c.light.glow)
        else:
            c.fill(
                [(x, y), (x2, y2), ((x + x2) / 2, (y + y2) / 2 + 30)],
                c.light.lit(c.rng.choice((POMEGRANATE, APRICOT, TURQUOISE, CREAM, GLAZE))),
            )


EYE = 560  # the height of the horizon in scenes with depth

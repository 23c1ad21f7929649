"""What the sky holds: sun, moon, stars, clouds and birds."""

from math import cos, pi, sin

from uclg_portal.demonstration.artwork.canvas import Canvas
from uclg_portal.demonstration.artwork.light import CREAM, DEEP, Colour, mix
from uclg_portal.demonstration.artwork.shapes import bezier, capsule, ellipse, moved


def birds(
    c: Canvas, x: float, y: float, count: int = 6, size: float = 16, paint: Colour | None = None
) -> None:
    """A loose flock around a point."""
    paint = paint or mix(c.light.sky[0], DEEP, 0.7)
    for _ in range(count):
        bx, by = x + c.rng.gauss(0, size * 5), y + c.rng.gauss(0, size * 2.2)
        s = size * c.rng.uniform(0.6, 1.1)
        lift = s * c.rng.uniform(0.25, 0.6)
        wing = bezier((0, 0), (s * 0.3, -lift), (s * 0.7, -lift), (s, -lift * 0.4), 6)
        half = [(0.0, 0.0), *wing]
        c.line(moved(half, bx, by), paint, size * 0.13)
        c.line(moved(half, bx, by, flip=True), paint, size * 0.13)


def clouds(c: Canvas, top: float, bottom: float, count: int = 4) -> None:
    """Clouds of round bars, lighter above."""
    middle = c.light.sky[len(c.light.sky) // 2]
    base = mix(middle, c.light.haze if c.light.lamps else CREAM, 0.6)
    for _ in range(count):
        x, y = c.rng.uniform(0, 1600), c.rng.uniform(top, bottom)
        size = c.rng.uniform(0.6, 1.25)
        for dx, dy, half, thick in (
            (0, 0, 130, 17),
            (c.rng.uniform(-50, 10), -24, 78, 20),
            (c.rng.uniform(0, 60), -50, 36, 22),
        ):
            bar = capsule(
                (x + (dx - half) * size, y + dy * size),
                (x + (dx + half) * size, y + dy * size),
                thick * size,
            )
            c.fill(bar, base, 0.72)
            c.shade(bar, mix(base, c.light.glow, 0.8), (150, 150, 0, 0))


def sun_or_moon(c: Canvas, x: float, y: float, radius: float) -> None:
    """The sun with its light, or at night a crescent among stars."""
    if c.light.name != "night":
        c.glow(x, y, radius * 6, c.light.glow, 0.8)
        c.fill(ellipse(x, y, radius), mix(c.light.glow, CREAM, 0.5))
        return
    for _ in range(110):
        size = c.rng.uniform(0.7, 2.2)
        c.fill(ellipse(c.rng.uniform(0, 1600), c.rng.uniform(0, 470), size, steps=8), CREAM, 0.75)
    c.glow(x, y, radius * 5, c.light.glow, 0.5)
    turns = [pi * (i / 24 - 0.5) for i in range(25)]
    outer = [(cos(t), sin(t)) for t in turns]
    inner = [(0.42 * cos(t), sin(t)) for t in reversed(turns)]
    c.fill(moved([*outer, *inner], x, y, radius, turn=2.6), CREAM)

"""Outlines as lists of points, in the units of a sheet 1600 wide and 1067 high."""

from itertools import pairwise
from math import cos, hypot, pi, sin
from random import Random

Point = tuple[float, float]
Outline = list[Point]


def rect(left: float, top: float, right: float, bottom: float) -> Outline:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def ellipse(x: float, y: float, rx: float, ry: float | None = None, steps: int = 40) -> Outline:
    ry = rx if ry is None else ry
    turns = [2 * pi * i / steps for i in range(steps)]
    return [(x + rx * cos(a), y + ry * sin(a)) for a in turns]


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Outline:
    """A rectangle with round corners."""
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    corners = [
        (right - radius, top + radius, -pi / 2),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, pi / 2),
        (left + radius, top + radius, pi),
    ]
    return [
        (x + radius * cos(start + i * pi / 12), y + radius * sin(start + i * pi / 12))
        for x, y, start in corners
        for i in range(7)
    ]


def capsule(start: Point, end: Point, first: float, last: float | None = None) -> Outline:
    """A limb: round ends of the two radii, straight sides."""
    last = first if last is None else last
    (x0, y0), (x1, y1) = start, end
    length = hypot(x1 - x0, y1 - y0) or 1e-6
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    outline = []
    for (x, y), radius, sign in ((start, first, -1), (end, last, 1)):
        for i in range(9):
            turn = pi / 2 - pi * i / 8
            along, across = cos(turn) * sign * radius, sin(turn) * sign * radius
            outline.append((x + ux * along - uy * across, y + uy * along + ux * across))
    return outline


def bezier(p0: Point, p1: Point, p2: Point, p3: Point, steps: int = 12) -> Outline:
    """Points of a cubic curve, the first one left out."""
    points = []
    for i in range(1, steps + 1):
        t = i / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        points.append(tuple(a * p0[k] + b * p1[k] + c * p2[k] + d * p3[k] for k in (0, 1)))
    return points


def smooth(points: Outline, steps: int = 6, closed: bool = True) -> Outline:
    """A soft curve through the points (Catmull and Rom)."""
    count = len(points)
    outline = []
    for i in range(count if closed else count - 1):
        if closed:
            p0, p1, p2, p3 = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            outline.append(tuple(
                0.5 * (2 * p1[k] + (p2[k] - p0[k]) * t
                       + (2 * p0[k] - 5 * p1[k] + 4 * p2[k] - p3[k]) * t * t
                       + (3 * p1[k] - p0[k] - 3 * p2[k] + p3[k]) * t**3)
                for k in (0, 1)
            ))  # fmt: skip
    if not closed:
        outline.append(points[-1])
    return outline


def blob(rng: Random, x: float, y: float, rx: float, ry: float, bumps: int = 9,
         wobble: float = 0.16) -> Outline:  # fmt: skip
    """A soft uneven round: crowns of trees, clouds, heaps."""
    points = []
    for i in range(bumps):
        angle = 2 * pi * (i + rng.uniform(-0.18, 0.18)) / bumps
        reach = 1 + rng.uniform(-wobble, wobble)
        points.append((x + rx * reach * cos(angle), y + ry * reach * sin(angle)))
    return smooth(points)


def ridge(rng: Random, y: float, height: float, rough: float = 0.5, left: float = -20,
          right: float = 1620, bottom: float = 1100, splits: int = 5) -> Outline:  # fmt: skip
    """Land with an uneven upper edge: soft hills when rough is small, peaks when it nears one."""
    line = [rng.uniform(-1, 1) for _ in range(4)]
    spread = rough
    for _ in range(splits):
        middle = [(a + b) / 2 + rng.uniform(-spread, spread) for a, b in pairwise(line)]
        line = [v for pair in zip(line, [*middle, 0], strict=True) for v in pair][:-1]
        spread *= 0.52
    step = (right - left) / (len(line) - 1)
    top = [(left + i * step, y - v * height / 2) for i, v in enumerate(line)]
    if rough < 0.4:
        top = smooth(top, steps=3, closed=False)
    return [(left, bottom), *top, (right, bottom)]


# The left half of each arch: curves in parts of the width, measured down from the top.
CURVED = {
    "round": [((0, 0.5), (0, 0.224), (0.224, 0), (0.5, 0))],
    "pointed": [((0, 0.8), (0, 0.46), (0.25, 0.16), (0.5, 0))],
    "four-centred": [((0, 0.52), (0, 0.3), (0.1, 0.2), (0.5, 0))],
    "keel": [((0, 0.72), (0, 0.36), (0.38, 0.34), (0.5, 0))],
    "segmental": [((0, 0.24), (0.14, 0.09), (0.3, 0), (0.5, 0))],
    "parabolic": [((0, 1.1), (0.05, 0.4), (0.28, 0), (0.5, 0))],
    "trefoil": [
        ((0, 0.62), (0, 0.4), (0.12, 0.33), (0.23, 0.38)),
        ((0.23, 0.38), (0.18, 0.16), (0.34, 0), (0.5, 0)),
    ],
    "horseshoe": [
        ((0.1, 0.82), (0.02, 0.72), (0, 0.62), (0, 0.5)),
        ((0, 0.5), (0, 0.224), (0.224, 0), (0.5, 0)),
    ],
}
STRAIGHT = {
    "gable": [(0, 0.46), (0.5, 0)],
    "lintel": [(0, 0.24), (0.2, 0), (0.5, 0)],
    "stepped": [(0, 0.45), (0.13, 0.45), (0.13, 0.3), (0.27, 0.3), (0.27, 0.15), (0.38, 0.15),
                (0.38, 0), (0.5, 0)],
    "tent": [(0, 0.4), (0.04, 0.3), (0.34, 0), (0.5, 0)],
}  # fmt: skip
ARCHES = [*CURVED, *STRAIGHT]


def arch(kind: str, left: float, base: float, width: float, height: float) -> Outline:
    """The opening of a gate that stands on the base line."""
    if kind in CURVED:
        half = [CURVED[kind][0][0]]
        for curve in CURVED[kind]:
            half += bezier(*curve)
    else:
        half = STRAIGHT[kind]
    squeeze = min(1.0, height / (half[0][1] * width + 1e-6))
    top = base - height
    rise = [(left + u * width, top + v * width * squeeze) for u, v in half]
    fall = [(2 * left + width - x, y) for x, y in reversed(rise[:-1])]
    return [(rise[0][0], base), *rise, *fall, (fall[-1][0], base)]


def moved(outline: Outline, x: float = 0, y: float = 0, scale: float = 1, flip: bool = False,
          turn: float = 0) -> Outline:  # fmt: skip
    """The outline mirrored, scaled, turned (radians) about the origin, then moved."""
    sx = -scale if flip else scale
    c, s = cos(turn), sin(turn)
    return [(x + px * sx * c - py * scale * s, y + px * sx * s + py * scale * c)
            for px, py in outline]  # fmt: skip


def between(a: Point, b: Point, part: float) -> Point:
    """The point so much of the way from one to the other."""
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part

"""The map of the region with a link on every dot: whole, or one part of it enlarged.

The drawing and the projection are those of `content.maps`. Dots are drawn in the order in which
they are given, which is the order of the keyboard; the shape says the kind besides the colour.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.maps import HEIGHT, WIDTH, project

NEAR_WIDTH, NEAR_HEIGHT = 360, 216
RADIUS, LETTER, LINE, GAP, NAMED = 5.5, 7.6, 16, 9, 24
CIRCLE, SQUARE, TRIANGLE, RING = "circle", "square", "triangle", "ring"


@dataclass(frozen=True)
class Spot:
    """A linked dot: name in the reader's language, what a pointer or a reader is told besides."""

    name: str
    told: str
    url: str
    longitude: float
    latitude: float
    shape: str = CIRCLE
    weight: int = 0

    @property
    def point(self) -> tuple[float, float]:
        return project(self.longitude, self.latitude)


@dataclass(frozen=True)
class Window:
    """What part of the drawing is shown, in its units."""

    left: float = 0
    top: float = 0
    width: float = WIDTH
    height: float = HEIGHT

    @property
    def scale(self) -> float:
        """How much of the width is shown: 1 for the whole drawing, less when enlarged."""
        return self.width / WIDTH

    def holds(self, spot: Spot) -> bool:
        x, y = spot.point
        return self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height


def near(longitude: float, latitude: float) -> Window:
    """The neighbourhood of a place, nearly three times as large, within the drawing."""
    x, y = project(longitude, latitude)
    left = min(max(x - NEAR_WIDTH / 2, 0), WIDTH - NEAR_WIDTH)
    top = min(max(y - NEAR_HEIGHT / 2, 0), HEIGHT - NEAR_HEIGHT)
    return Window(round(left, 1), round(top, 1), NEAR_WIDTH, NEAR_HEIGHT)


def linked_svg(spots: Iterable[Spot], label: str, window: Window) -> SafeString:
    """The dots within a window, each a link, and the names of the weightiest that fit.

    `label` says in words what the picture shows.
    """
    shown = [spot for spot in spots if window.holds(spot)]
    links = format_html_join(
        "",
        '<a href="{}" aria-label="{}"><title>{}</title>{}</a>',
        ((spot.url, spot.told, spot.told, _mark(spot, window.scale)) for spot in shown),
    )
    names = format_html_join("", '<text class="{}" x="{}" y="{}">{}</text>', _names(shown, window))
    return format_html(
        '<svg class="atlas{}" viewBox="{} {} {} {}" role="group" aria-label="{}">'
        '<image href="{}" width="1000" height="600"/>{}<g aria-hidden="true">{}</g></svg>',
        "" if window.scale == 1 else " atlas--near",
        window.left, window.top, window.width, window.height,
        label,
        static("img/region-band.svg"),
        links,
        names,
    )  # fmt: skip


def mark_svg(shape: str) -> SafeString:
    """One mark alone, for the legend."""
    mark = _shape(shape, 8, 8, 4.2)
    return format_html(
        '<svg class="atlas__key" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', mark
    )


def _mark(spot: Spot, scale: float) -> SafeString:
    # Smaller than the whole drawing is reduced, so that neighbours come apart.
    x, y = spot.point
    return _shape(spot.shape, x, y, round(RADIUS * scale**0.8, 1))


def _shape(shape: str, x: float, y: float, r: float) -> SafeString:
    if shape == SQUARE:
        size = round(r * 1.8, 1)
        corner = round(x - size / 2, 1), round(y - size / 2, 1)
        return format_html(
            '<rect class="atlas__mark atlas__mark--square" x="{}" y="{}" width="{}" height="{}"/>',
            *corner, size, size,
        )  # fmt: skip
    if shape == TRIANGLE:
        points = [(x, y - 1.2 * r), (x + 1.1 * r, y + 0.8 * r), (x - 1.1 * r, y + 0.8 * r)]
        drawn = " ".join(f"{round(a, 1)},{round(b, 1)}" for a, b in points)
        return format_html(
            '<polygon class="atlas__mark atlas__mark--triangle" points="{}"/>', drawn
        )
    dot = format_html('<circle class="atlas__mark" cx="{}" cy="{}" r="{}"/>', x, y, r)
    if shape != RING:
        return dot
    outer = format_html(
        '<circle class="atlas__ring" cx="{}" cy="{}" r="{}"/>', x, y, round(r * 1.7, 1)
    )
    return outer + dot


def _names(spots: list[Spot], window: Window) -> list[tuple]:
    """Names beside their dots, right or else left, that cover no name, no dot and not the edge."""
    r = RADIUS * window.scale
    taken = [(x - r, y - r, x + r, y + r) for x, y in (spot.point for spot in spots)]
    names: list[tuple] = []
    for spot in sorted(spots, key=lambda spot: (-spot.weight, spot.name)):
        for is_left in (False, True):
            box = _box(spot, window.scale, is_left)
            is_inside = box[0] > window.left and box[2] < window.left + window.width
            if is_inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                names.append(_name(spot, window.scale, is_left))
                break
        if len(names) == NAMED:
            break
    return names


def _name(spot: Spot, scale: float, is_left: bool) -> tuple:
    x, y = spot.point
    start = x - GAP * scale if is_left else x + GAP * scale
    return "t-end" if is_left else "", round(start, 1), round(y + 4.5 * scale, 1), spot.name


def _box(spot: Spot, scale: float, is_left: bool) -> tuple[float, float, float, float]:
    x, y = spot.point
    width, height = len(spot.name) * LETTER * scale, LINE * scale
    start = x - GAP * scale - width if is_left else x + GAP * scale
    return start, y - height / 2, start + width, y + height / 2


def _overlap(one: tuple, other: tuple) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

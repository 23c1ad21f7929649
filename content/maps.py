"""Maps of the region as small SVG strings: dots over a drawing without borders.

The drawing, `static/img/region-band.svg`, is 1000 by 600 units in the Albers equal-area conic
projection with standard parallels 42° and 66° N and the central meridian 92° E; `project` uses
the same numbers. It draws land and water and no country, on purpose: places are dots.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sin, sqrt

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 1000, 600
CENTRAL_MERIDIAN, SCALE, SHIFT_X, SHIFT_Y = 92, 680, 585, 928
_SOUTH, _NORTH = sin(radians(42)), sin(radians(66))
_CONE = (_SOUTH + _NORTH) / 2
_BASE = 1 + _SOUTH * (2 * _CONE - _SOUTH)
_RADIUS = sqrt(_BASE) / _CONE

CROP_WIDTH, CROP_HEIGHT = 300, 180
NAMED, NAMED_ON_PHONES = 14, 5
LETTER, LINE, GAP = 8.2, 20, 11
NOTHING = SafeString("")


@dataclass(frozen=True)
class Place:
    """A dot: name in the reader's language, degrees east and north, weight for the labels."""

    name: str
    longitude: float
    latitude: float
    weight: int = 0

    @property
    def point(self) -> tuple[float, float]:
        return project(self.longitude, self.latitude)


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to x and y on the drawing."""
    east = (longitude - CENTRAL_MERIDIAN + 540) % 360 - 180
    radius = sqrt(_BASE - 2 * _CONE * sin(radians(latitude))) / _CONE
    angle = _CONE * radians(east)
    x = SHIFT_X + SCALE * radius * sin(angle)
    y = SHIFT_Y - SCALE * (_RADIUS - radius * cos(angle))
    return round(x, 1), round(y, 1)


def region_svg(places: Iterable[Place], label: str, behind: SafeString = NOTHING) -> SafeString:
    """The whole region with a dot for every place and names for the weightiest that fit.

    `label` says in words what the picture shows; the list beside it is the accessible form.
    `behind` is drawn below the dots: lines between them, rings around them.
    """
    heaviest_first = sorted(places, key=lambda place: (-place.weight, place.name))
    dots = format_html_join(
        "",
        '<circle class="map__dot" cx="{}" cy="{}" r="5.5"/>',
        (place.point for place in heaviest_first),
    )
    names = format_html_join(
        "", '<text class="{}" x="{}" y="{}">{}</text>', _names_that_fit(heaviest_first)
    )
    return _svg((0, 0, WIDTH, HEIGHT), label, behind + dots + names)


def place_svg(place: Place, label: str) -> SafeString:
    """The neighbourhood of one place, with its dot and its name."""
    x, y = place.point
    left = min(max(x - CROP_WIDTH / 2, 0), WIDTH - CROP_WIDTH)
    top = min(max(y - CROP_HEIGHT / 2, 0), HEIGHT - CROP_HEIGHT)
    is_right = x - left > CROP_WIDTH * 0.6
    dot = format_html('<circle class="map__dot map__dot--hq" cx="{}" cy="{}" r="4.5"/>', x, y)
    end, start = ("t-end", x - 9) if is_right else ("", x + 9)
    name = format_html(
        '<text class="{}" x="{}" y="{}">{}</text>',
        end,
        round(start, 1),
        round(y + 4, 1),
        place.name,
    )
    return _svg((round(left, 1), round(top, 1), CROP_WIDTH, CROP_HEIGHT), label, dot + name)


def _names_that_fit(places: list[Place]) -> list[tuple]:
    """Names beside their dots, right or else left, that cover neither each other nor the edge.

    The first few keep room to be drawn twice as large, as a phone does; it hides the others.
    """
    taken: list[tuple[float, float, float, float]] = []
    names: list[tuple] = []
    for place in places:
        size, kind = (2, "") if len(names) < NAMED_ON_PHONES else (1, "map__minor ")
        for is_left in (False, True):
            box = _box(place, size, is_left)
            if box[0] > 0 and box[2] < WIDTH and not any(_overlap(box, other) for other in taken):
                x, y = place.point
                taken.append(box)
                end = "t-end" if is_left else ""
                start = round(x - GAP if is_left else x + GAP, 1)
                names.append((kind + end, start, round(y + 5, 1), place.name))
                break
        if len(names) == NAMED:
            break
    return names


def _box(place: Place, size: int, is_left: bool) -> tuple[float, float, float, float]:
    x, y = place.point
    width, height = len(place.name) * LETTER * size, LINE * size
    start = x - GAP - width if is_left else x + GAP
    return start, y - height / 2, start + width, y + height / 2


def _overlap(one: tuple, other: tuple) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _svg(window: tuple, label: str, drawn: SafeString) -> SafeString:
    return format_html(
        '<svg viewBox="{} {} {} {}" role="img" aria-label="{}">'
        '<image href="{}" width="1000" height="600"/>{}</svg>',
        *window,
        label,
        static("img/region-band.svg"),
        drawn,
    )

"""Charts of places and scores: plain SVG with classes, no inline style, no script.

After `tools/charts.py` of the portal's design. Every chart is hidden from screen readers: a table
and a sentence stand beside it.
"""

from collections.abc import Mapping, Sequence

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

OPEN = '<svg viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
MOST_ROWS = 12  # of places drawn one below the other; more are drawn closer together
HEADROOM, ROW = 36, 34
BAR_ROW = 52


def number(value: float) -> str:
    """One decimal at most, no idle zeros."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _percent(place: float, last: int) -> float:
    """Where a place lies between the first and the last, in per cent."""
    return 0.0 if last < 2 else (place - 1) / (last - 1) * 100


def axis(last: int) -> SafeString:
    """The head of a column of strips: the first, the middle and the last place."""
    marks = sorted({1, (1 + last) // 2, last})
    texts = format_html_join(
        "", '<text x="{}%" y="12">{}</text>', ((number(_percent(one, last)), one) for one in marks)
    )
    return format_html(
        '<svg class="scale-axis" aria-hidden="true" focusable="false">{}</svg>', texts
    )


def range_strip(low: float, high: float, place: int, last: int) -> SafeString:
    """The likely places of one city and its place, for a cell of a table of `last` cities.

    In per cent of the cell; the style sheet knows heights and the size of the dot.
    """
    left, right = _percent(max(low, 1), last), _percent(min(high, last), last)
    return format_html(
        '<svg aria-hidden="true"><rect x="{}%" width="{}%"/><circle cx="{}%"/></svg>',
        f"{left:.0f}", f"{max(right - left, 0):.0f}", f"{_percent(place, last):.0f}",
    )  # fmt: skip


def _share(value: float, low: float, high: float) -> float:
    return 0.0 if high <= low else min(max((value - low) / (high - low), 0), 1) * 100


def bump(
    series: Mapping[str, Sequence[int | None]],
    columns: Sequence[str],
    highlighted: str | None,
    *,
    narrow: bool = False,
) -> SafeString:
    """Places over editions, the first on top: {city: [place or None, …]}.

    A gap in the data is a gap in the line. One series may be highlighted; without one each has a
    colour of its own.
    """
    width, left, right = (340, 40, 96) if narrow else (680, 44, 150)
    lowest = max((one for places in series.values() for one in places if one), default=1)
    rows = min(lowest, MOST_ROWS)
    height = HEADROOM + ROW * rows + 6
    xs = _columns(len(columns), left, width - right)
    ys = {one: HEADROOM + ROW * (rows * (one - 0.5) / lowest) for one in range(1, lowest + 1)}
    parts = [_grid(columns, xs, height, narrow), _scale(ys, lowest, left)]
    order = sorted(enumerate(series), key=lambda one: one[1] == highlighted)
    for place, name in order:
        colour = ("--hi" if name == highlighted else "--mute") if highlighted else f"--{place + 1}"
        points = [
            (x, ys[one], one) if one else None for x, one in zip(xs, series[name], strict=True)
        ]
        parts.append(_line(points, colour, name, right))
    return _svg(width, height, parts)


def _svg(width: int, height: float, parts: Sequence[str]) -> SafeString:
    # Made of numbers, classes of ours and escaped names alone.
    return mark_safe(OPEN.format(width, number(height)) + "".join(parts) + "</svg>")  # nosec


def _columns(count: int, left: float, right: float) -> list[float]:
    if count == 1:
        return [(left + right) / 2]
    return [left + (right - left) * one / (count - 1) for one in range(count)]


def _grid(columns: Sequence[str], xs: Sequence[float], height: float, narrow: bool) -> str:
    shown = [f"’{one[-2:]}" if narrow and len(columns) > 4 else one for one in columns]
    return "".join(
        f'<line class="chart__grid" x1="{number(x)}" x2="{number(x)}" y1="{HEADROOM - 8}" '
        f'y2="{number(height - 6)}"/>'
        f'<text class="t-mid" x="{number(x)}" y="14">{escape(one)}</text>'
        for x, one in zip(xs, shown, strict=True)
    )


def _scale(ys: Mapping[int, float], lowest: int, left: float) -> str:
    """Numbers of places at the left: all of a few, else the first, the last and round ones."""
    step = 1 if lowest <= MOST_ROWS else next(
        one for one in (5, 10, 20, 50, 100, 200, 500) if lowest / one <= MOST_ROWS
    )  # fmt: skip
    marks = {1, lowest, *range(step, lowest + 1 - step // 2, step)}
    return "".join(
        f'<text class="t-end" x="{number(left - 20)}" y="{number(ys[one] + 4.5)}">{one}</text>'
        for one in sorted(marks)
    )


def _line(points: Sequence[tuple | None], colour: str, name: str, room: float) -> str:
    path, pen = "", None
    for point in points:
        if point is None:
            pen = None
            continue
        x, y = point[:2]
        if pen is None:
            path += f"M{number(x)} {number(y)}"
        else:
            middle = number((pen[0] + x) / 2)
            path += f"C{middle} {number(pen[1])} {middle} {number(y)} {number(x)} {number(y)}"
        pen = point
    if not path:
        return ""
    dots = "".join(_dot(point, colour) for point in points if point)
    return f'<path class="chart__line chart__line{colour}" d="{path}"/>{dots}' + _end(
        [one for one in points if one][-1], colour, name, room
    )


def _dot(point: tuple, colour: str) -> str:
    x, y, place = point
    size = 5 if colour == "--mute" else 12
    words = "" if colour == "--mute" else (
        f'<text class="t-mid chart__num" x="{number(x)}" y="{number(y + 4.5)}">{place}</text>'
    )  # fmt: skip
    return (
        f'<circle class="chart__dot chart__dot{colour}" cx="{number(x)}" cy="{number(y)}" '
        f'r="{size}"/>{words}'
    )


def _end(point: tuple, colour: str, name: str, room: float) -> str:
    most = int((room - 18) / 7.2)
    shown = name if len(name) <= most else f"{name[: most - 1]}…"
    return (
        f'<text class="t-name{colour}" x="{number(point[0] + 18)}" '
        f'y="{number(point[1] + 4.5)}">{escape(shown)}</text>'
    )


def dumbbells(
    rows: Sequence[tuple[str, Sequence[float | None]]], low: float, high: float, width: int
) -> SafeString:
    """One line per direction with a dot for each series, between `low` and `high`.

    The name stands above its line, so that long ones have room on a phone.
    """
    left, right = 8, width - 8
    parts = []
    for place, (name, values) in enumerate(rows):
        top = place * BAR_ROW
        xs = [
            None if one is None else left + (right - left) * _share(one, low, high) / 100
            for one in values
        ]
        parts.append(_dumbbell(name, xs, top, left, right))
    return _svg(width, len(rows) * BAR_ROW + 4, parts)


def _dumbbell(name: str, xs: Sequence[float | None], top: float, left: float, right: float) -> str:
    y = number(top + 34)
    given = [one for one in xs if one is not None]
    link = ""
    if len(given) > 1:
        link = (
            f'<line class="chart__link" x1="{number(min(given))}" x2="{number(max(given))}" '
            f'y1="{y}" y2="{y}"/>'
        )
    dots = "".join(
        f'<circle class="chart__dot chart__dot--{number_ + 1}" cx="{number(x)}" cy="{y}" r="7"/>'
        for number_, x in reversed(list(enumerate(xs)))
        if x is not None
    )
    return (
        f'<text class="t-strong" x="{left - 8}" y="{number(top + 16)}">{escape(name)}</text>'
        f'<line class="chart__grid" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>{link}{dots}'
    )

"""Charts of places and scores: plain SVG with classes, no inline style, no script.

After `tools/charts.py` of the portal's design. Every chart is hidden from screen readers: a table
and a sentence stand beside it.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

OPEN = '<svg viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
MOST_ROWS = 12  # of places drawn one below the other; more are drawn closer together
HEADROOM, ROW = 36, 34
BAR_ROW = 52
NUMBERED, LABEL = 24, 17  # least distance of dots with a number inside, and of names


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
    colour of its own. Where dots come close, their numbers go to the names at the ends of lines,
    and of equal places the one below is drawn larger.
    """
    width, left, right = (340, 40, 116) if narrow else (680, 44, 164)
    lowest = max((one for places in series.values() for one in places if one), default=1)
    rows = min(lowest, MOST_ROWS)
    height = HEADROOM + ROW * rows + 6
    xs = _columns(len(columns), left, width - right)
    ys = {one: HEADROOM + ROW * (rows * (one - 0.5) / lowest) for one in range(1, lowest + 1)}
    parts = [_grid(columns, xs, height, narrow), _scale(ys, lowest, left)]
    drawn = [
        (
            ("--hi" if name == highlighted else "--mute") if highlighted else f"--{place + 1}",
            name,
            [(x, ys[one], one) if one else None for x, one in zip(xs, series[name], strict=True)],
        )
        for place, name in sorted(enumerate(series), key=lambda one: one[1] == highlighted)
    ]
    close = _are_close([points for colour, _name, points in drawn if colour != "--mute"])
    for place, (colour, _name, points) in enumerate(drawn):
        above = [one for _c, _n, later in drawn[place + 1 :] for one in later]
        parts.append(_line(points, colour, above, is_numbered=not close))
    parts.append(_ends(drawn, right, is_numbered=close))
    return _svg(width, height, parts)


def _are_close(lines: Sequence[Sequence[tuple | None]]) -> bool:
    """Whether two dots of one column would cover each other's number."""
    for column in zip(*lines, strict=True):
        heights = sorted(one[1] for one in column if one)
        if any(b - a < NUMBERED for a, b in pairwise(heights)):
            return True
    return False


def _apart(heights: Sequence[float]) -> list[float]:
    """The same heights in their order, moved so that no two names touch."""
    order = sorted(range(len(heights)), key=lambda one: heights[one])
    moved = list(heights)
    for _round in range(8 * len(order)):
        for above, below in pairwise(order):
            lack = max(LABEL - (moved[below] - moved[above]), 0) / 2
            moved[above], moved[below] = moved[above] - lack, moved[below] + lack
    return moved


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


def _line(
    points: Sequence[tuple | None], colour: str, above: Sequence[tuple | None], *, is_numbered: bool
) -> str:
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
    is_numbered = is_numbered and colour != "--mute"
    dots = "".join(
        _dot(one, colour, above.count(one), is_numbered=is_numbered) for one in points if one
    )
    return f'<path class="chart__line chart__line{colour}" d="{path}"/>{dots}'


def _dot(point: tuple, colour: str, above: int, *, is_numbered: bool) -> str:
    x, y, place = point
    size = (12 if is_numbered else 5 if colour == "--mute" else 6) + 4 * above
    words = (
        f'<text class="t-mid chart__num" x="{number(x)}" y="{number(y + 4.5)}">{place}</text>'
        if is_numbered
        else ""
    )
    return (
        f'<circle class="chart__dot chart__dot{colour}" cx="{number(x)}" cy="{number(y)}" '
        f'r="{size}"/>{words}'
    )


def _ends(drawn: Sequence[tuple], room: float, *, is_numbered: bool) -> str:
    """The names at the ends of the lines; those of one column stand apart from each other."""
    columns: dict[float, list[tuple]] = {}
    for colour, name, points in drawn:
        given = [one for one in points if one]
        if given:
            columns.setdefault(given[-1][0], []).append((colour, name, given[-1]))
    return "".join(
        _end(point, y, colour, f"{point[2]} {name}" if is_numbered else name, room)
        for ends in columns.values()
        for (colour, name, point), y in zip(ends, _apart([one[2][1] for one in ends]), strict=True)
    )


def _end(point: tuple, y: float, colour: str, name: str, room: float) -> str:
    most = int((room - 18) / 7.2)
    shown = name if len(name) <= most else f"{name[: most - 1]}…"
    return (
        f'<text class="t-name{colour}" x="{number(point[0] + 18)}" '
        f'y="{number(y + 4.5)}">{escape(shown)}</text>'
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
        f'<circle class="chart__dot chart__dot--{place + 1}" cx="{number(x)}" cy="{y}" '
        f'r="{7 + 3 * sum(one is not None and abs(one - x) < 5 for one in xs[:place])}"/>'
        for place, x in reversed(list(enumerate(xs)))
        if x is not None
    )
    return (
        f'<text class="t-strong" x="{left - 8}" y="{number(top + 16)}">{escape(name)}</text>'
        f'<line class="chart__grid" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>{link}{dots}'
    )

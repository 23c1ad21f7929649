"""The points of one city: strips and words beside the numbers."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from members.models import Member
from standings.caveats import left_out_words
from standings.own_points import points_of_member
from standings.points_page import Line

register = template.Library()


@register.simple_tag
def points_strip(line: Line) -> SafeString | str:
    """A bar of the city's own value with marks of the median and the best of its class.

    Hidden from screen readers: the same numbers stand beside it.
    """
    own, median, best = line.strip
    if own is None and median is None:
        return ""
    return format_html(
        '<svg class="strip" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="strip__all" width="100" height="8"/>'
        '<rect class="strip__own" width="{}" height="8"/>'
        '<rect class="strip__median" x="{}" width="1.5" height="8"/>'
        '<rect class="strip__best" x="{}" width="1.5" height="8"/></svg>',
        own or 0,
        _mark(median),
        _mark(best),
    )


@register.simple_tag
def points_left_out(reason: str) -> str:
    """Why a city has no place, from the code of the scoring."""
    return f"{left_out_words(reason).capitalize()}."


def _mark(place: float | None) -> float:
    """Where a mark begins, so that it ends inside of the strip."""
    return min(max((place or 0) - 0.75, 0), 98.5)


@register.inclusion_tag("standings/includes/own_points.html")
def own_points(member: Member) -> dict:
    """Editions whose points the city can read, for its cabinet. One query."""
    rows = points_of_member(member).defer("detail")
    return {"editions": [one.standing.edition for one in rows], "member": member}

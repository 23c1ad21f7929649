"""The network of partnerships as the public reads it: rows of a table and lines on a map."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from content import cacheversion, dated, maps
from content.dates import local_day
from content.languages import LANGUAGE_CODES, in_language, reading_order
from content.sortkeys import sort_key
from content.timezones import association_zone
from members.models import Member
from partnerships.models import OutsideCity, Partnership

# More lines than that nobody tells apart; the table has them all.
MOST_LINES = 300
TONES = {
    Partnership.Stage.PREPARATION: "info",
    Partnership.Stage.SIGNED: "good",
    Partnership.Stage.DORMANT: "warn",
    Partnership.Stage.ENDED: "",
}


def narrowed(chosen: Mapping[str, str]) -> QuerySet[Partnership]:
    """The partnerships that match: a country code under `country`, the address of a member under
    `member`, a stage under `stage`, words of a name under `q`; what is missing narrows nothing."""
    rows = Partnership.objects.with_sides()
    if stage := chosen.get("stage"):
        rows = rows.filter(stage=stage)
    if slug := chosen.get("member"):
        rows = rows.filter(Q(member_a__slug=slug) | Q(member_b__slug=slug))
    if code := chosen.get("country"):
        rows = rows.filter(
            Q(member_a__country__code=code)
            | Q(member_b__country__code=code)
            | Q(city__country__code=code)
        )
    if words := chosen.get("q"):
        members = Member.objects.named_like(words).values("pk")
        cities = OutsideCity.objects.named_like(words).values("pk")
        rows = rows.filter(Q(member_a__in=members) | Q(member_b__in=members) | Q(city__in=cities))
    return rows.latest_first()


def countries() -> list[tuple[str, str]]:
    """The countries on either side, code and name in the reader's language; remembered."""
    code = reading_order()[0]
    return cacheversion.remembered(f"partnership-countries-{code}", lambda: _countries(code))


def _countries(language: str) -> list[tuple[str, str]]:
    found = {}
    for side in ("member_a", "member_b", "city"):
        columns = [f"{side}__country__code"]
        columns += [f"{side}__country__name_{one}" for one in LANGUAGE_CODES]
        for code, *names in Partnership.objects.order_by().values_list(*columns).distinct():
            by_language = dict(zip(("ru", "en"), names, strict=True))
            name = next(
                (by_language[one] for one in reading_order(language) if by_language[one]), ""
            )
            if code:
                found[code] = name or code
    return sorted(found.items(), key=lambda item: sort_key(item[1]))


def statement_words(partnership: Partnership) -> str:
    """Who says so: both sides, or the one that stated it. A refusal is not for the public."""
    if partnership.is_confirmed:
        return _("confirmed by both sides")
    return _("stated by %(city)s") % {"city": in_language(partnership.stated_by, "name")[0]}


def as_of(partnership: Partnership, day: datetime.date | None) -> bool:
    """Whether the tie was there on a day: signed by then (an unknown date counts), not ended."""
    if day is None:
        return True
    starts = partnership.signed_on or local_day(partnership.created_at, association_zone())
    if partnership.is_date_unknown:
        starts = None
    is_over = partnership.ended_on is not None and partnership.ended_on < day
    return (starts is None or starts <= day) and not is_over


def rows_of(member: Member, day: datetime.date | None = None) -> list[Partnership]:
    """The ties of a member for its page; on another day those that were there then.

    What another city states and this member does not confirm is left out of its own page.
    """
    rows = Partnership.objects.of(member).with_sides().latest_first()
    rows = rows.exclude(Q(answer=Partnership.Answer.REFUSED) & ~Q(stated_by=member))
    day = None if day == dated.today() else day
    return [row for row in rows if as_of(row, day)]


def drawing(partnerships: Iterable[Partnership]) -> SafeString:
    """The ties as lines on the map of the region; nothing where no place is known.

    Dots are cities, those in a square are no members; a line may lead out of the picture.
    """
    lines, ties, sides = [], Counter(), {}
    for one in partnerships:
        places = [_place(side) for side in (one.member_a, one.partner)]
        if None in places or len(lines) == MOST_LINES:
            continue
        lines.append((f"tie tie--{one.stage}", _curve(*(place.point for place in places))))
        for side, place in zip((one.member_a, one.partner), places, strict=True):
            ties[place] += 1
            sides[place] = side
    if not lines:
        return SafeString("")
    inside = [place for place in sides if _is_inside(place)]
    squares = [
        [round(number - 8, 1) for number in place.point]
        for place in inside
        if isinstance(sides[place], OutsideCity)
    ]
    behind = format_html_join(
        "", '<path class="{}" fill="none" d="{}"/>', lines
    ) + format_html_join(
        "", '<rect class="tie__out" fill="none" x="{}" y="{}" width="16" height="16"/>', squares
    )
    weighed = [maps.Place(p.name, p.longitude, p.latitude, ties[p]) for p in inside]
    label = _("Map of the partnerships; the table below says the same")
    return maps.region_svg(weighed, label, behind)


def _place(side: Member | OutsideCity) -> maps.Place | None:
    if side.latitude is None:
        return None
    name = in_language(side, "name")[0]
    return maps.Place(name, float(side.longitude), float(side.latitude))


def _is_inside(place: maps.Place) -> bool:
    x, y = place.point
    return 0 < x < maps.WIDTH and 0 < y < maps.HEIGHT


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line that bows upwards, so that lines between neighbours stay apart."""
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    length = ((start[0] - end[0]) ** 2 + (start[1] - end[1]) ** 2) ** 0.5
    bow = round(middle[0], 1), round(middle[1] - length * 0.18, 1)
    return f"M{start[0]} {start[1]}Q{bow[0]} {bow[1]} {end[0]} {end[1]}"

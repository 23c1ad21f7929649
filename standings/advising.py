"""Which recommendations fit a city: its situation in its class, and the texts kept for it."""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ratings.models import Rating
from standings.models import Advice

When = Advice.When
MOST = 5
# Fewer cities are no class to be behind of, and would give away a neighbour's answers.
LEAST_CITIES = 4
LEADERS = 3


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Where a city stands with the index ("") or a group or indicator by its code.

    `gap` is how many points of that score it is behind the median of its class: what costs most
    comes first.
    """

    code: str
    when: str
    gap: float = 0.0


@dataclass(frozen=True, kw_only=True)
class City:
    """What a snapshot says of one city: `row` of its public results, `lines` of its points."""

    row: Mapping
    lines: Sequence[Mapping]
    previous_place: int | None = None


def library(rating: Rating | int) -> dict[tuple[str, str], Advice]:
    """The texts of a rating by code and situation. One query."""
    rows = Advice.objects.filter(rating=rating)
    return {(one.code, one.when): one for one in rows}


def for_cities(
    cities: Sequence[City], texts: Mapping[tuple[str, str], Advice], most: int = MOST
) -> list[list[Advice]]:
    """The recommendations of each city, in the order of `cities`; at most so many each."""
    alike = defaultdict(list)
    for city in cities:
        alike[city.row["class"]].append(city.row)
    return [chosen(situations(city, alike[city.row["class"]]), texts, most) for city in cities]


def chosen(
    found: Iterable[Situation], texts: Mapping[tuple[str, str], Advice], most: int = MOST
) -> list[Advice]:
    """The texts of these situations, the widest gap first after those of the whole index.

    Of one code only the first text is taken: "in the last quarter" says more than "below median".
    """
    taken: dict[str, Advice] = {}
    for one in sorted(found, key=lambda one: (one.code != "", -one.gap)):
        text = texts.get((one.code, one.when))
        if text is not None and one.code not in taken:
            taken[one.code] = text
    return list(taken.values())[:most]


def situations(city: City, alike: Sequence[Mapping]) -> list[Situation]:
    """All situations of a city among the public results `alike` of its class, itself with them."""
    if city.row["score"] is None:
        return [Situation(code="", when=When.NOT_ANSWERED)]
    found = _of_index(city, alike)
    for code, own in city.row["groups"].items():
        found += _of_group(code, own["score"], alike)
    for line in city.lines:
        found += _of_indicator(line)
    return found


def _of_index(city: City, alike: Sequence[Mapping]) -> list[Situation]:
    found = _behind("", city.row["score"], [row["score"] for row in alike])
    place = city.row["rank_in_class"]
    is_leading = place is not None and place <= LEADERS and len(alike) >= LEAST_CITIES
    if city.previous_place and city.row["rank"] and city.row["rank"] > city.previous_place:
        found.insert(0, Situation(code="", when=When.FALLEN))
    if is_leading and not found:
        found.append(Situation(code="", when=When.LEADING))
    return found


def _of_group(code: str, own: float | None, alike: Sequence[Mapping]) -> list[Situation]:
    scores = [row["groups"].get(code, {}).get("score") for row in alike]
    if own is None:
        return [Situation(code=code, when=When.NOT_ANSWERED)]
    found = _behind(code, own, scores)
    ahead = sum(other is not None and other > own for other in scores)
    if not found and ahead < LEADERS and _enough(scores):
        return [Situation(code=code, when=When.LEADING)]
    return found


def _of_indicator(line: Mapping) -> list[Situation]:
    """What a city is told of one question: its points name the median of its class."""
    if line["raw"] is None:
        return [Situation(code=line["code"], when=When.NOT_ANSWERED)]
    gap = -(line["gap"] or 0.0)
    if gap > 0 and line["peers"] >= LEAST_CITIES:
        return [Situation(code=line["code"], when=When.BELOW_MEDIAN, gap=gap)]
    return []


def _behind(code: str, own: float, scores: Sequence[float | None]) -> list[Situation]:
    """In the last quarter, below the median, or neither."""
    known = sorted(one for one in scores if one is not None)
    if len(known) < LEAST_CITIES:
        return []
    gap = statistics.median(known) - own
    if gap <= 0:
        return []
    worse = sum(one < own for one in known)
    below = Situation(code=code, when=When.BELOW_MEDIAN, gap=gap)
    if worse < len(known) / 4:
        return [Situation(code=code, when=When.LAST_QUARTER, gap=gap), below]
    return [below]


def _enough(scores: Sequence[float | None]) -> bool:
    return sum(one is not None for one in scores) >= LEAST_CITIES

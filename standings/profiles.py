"""Profiles of cities by direction: public scores beside the median of those alike."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ratings.models import Edition, Method
from standings import listing
from standings.listing import Row


@dataclass(frozen=True, kw_only=True)
class Line:
    """One direction: the city's score and place, the median of the cities it is held against."""

    code: str
    title: str
    score: float | None
    place: int | None
    median: float | None

    @property
    def gap(self) -> float | None:
        """How far the city stands above the median; below it is negative."""
        if self.score is None or self.median is None:
            return None
        return self.score - self.median


def lines(row: Row, rows: Sequence[Row], directions: Iterable[tuple[str, str]]) -> list[Line]:
    """The profile of one city against `rows`, itself among them."""
    return [
        Line(
            code=code, title=title, score=listing.direction_score(row, code),
            place=(row.directions.get(code) or {}).get("rank"), median=median(rows, code),
        )
        for code, title in directions
    ]  # fmt: skip


def median(rows: Iterable[Row], code: str) -> float | None:
    """The median of a direction among cities that have a score of it."""
    scores = [one for row in rows if (one := listing.direction_score(row, code)) is not None]
    return statistics.median(scores) if scores else None


def alike(row: Row, rows: Iterable[Row]) -> list[Row]:
    """The cities of its class; all of them where it has none."""
    same = [one for one in rows if one.class_code == row.class_code]
    return same if row.class_code else list(rows)


def scale(edition: Edition, values: Iterable[float | None]) -> tuple[float, float]:
    """Ends of an axis for scores: those of the method where it states them."""
    method = Method.objects.filter(edition=edition).first()
    if method is not None and method.normalisation == Method.Normalisation.MIN_MAX:
        return float(method.scale_low), float(method.scale_high)
    given = [0.0, *(one for one in values if one is not None)]
    return min(given), max(given)

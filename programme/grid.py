"""The programme as a table of times and halls: one for each day, without a script or a style.

A row is a moment at which something begins or ends, a column a hall; a session spans the rows of
its time, a break all columns. On a phone the same cells are a list (programme.css).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content import dates
from content.languages import reading_order
from programme.cards import Card, Text


@dataclass
class Cell:
    """A session over some rows and columns, or free time (`card` is None)."""

    card: Card | None
    rows: int = 1
    columns: int = 1


@dataclass
class Line:
    """One row: `time` begins it; a moment at which things only end has free cells alone."""

    time: str
    cells: list[Cell] = field(default_factory=list)


@dataclass
class Day:
    """One day; `columns` are the heads of the halls, a single one makes a plain list."""

    date: datetime.date
    title: str
    columns: list[Text]
    lines: list[Line]

    @property
    def is_grid(self) -> bool:
        return len(self.columns) > 1

    @property
    def anchor(self) -> str:
        return f"d{self.date.isoformat()}"


Key = tuple[int, int, int, int]
FOR_ALL, HALL, ONLINE = 2, 0, 1


def days(cards: Iterable[Card]) -> list[Day]:
    """The days of a programme in their order."""
    found: dict[datetime.date, list[Card]] = {}
    for card in cards:
        found.setdefault(card.day, []).append(card)
    return [_day(day, found[day]) for day in sorted(found)]


def day_title(day: datetime.date) -> str:
    """ "Thursday 20 May 2027"."""
    pattern = "l j F Y" if reading_order()[0] == "en" else "l, j E Y"
    return capfirst(date_format(day, pattern))


def _day(day: datetime.date, cards: list[Card]) -> Day:
    columns = _columns(cards)
    order = sorted(columns)
    spans = {card.pk: (order.index(key), 1) for key, lane in columns.items() for card in lane}
    for card in _across(cards):
        spans[card.pk] = (0, max(len(order), 1))
    heads = [_head(columns[key][0]) for key in order] or [Text("")]
    return Day(day, day_title(day), heads, _lines(cards, spans, len(heads)))


def _is_for_all(card: Card) -> bool:
    return card.hall_pk is None and not card.is_online


def _overlap(one: Card, other: Card) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _across(cards: list[Card]) -> list[Card]:
    """What is for everybody: nothing else goes on at that time."""
    return [
        card for card in cards
        if _is_for_all(card)
        and not any(other is not card and _overlap(card, other) for other in cards)
    ]  # fmt: skip


def _columns(cards: list[Card]) -> dict[Key, list[Card]]:
    """Cards by column: a hall each; what runs at one time in one place gets columns beside it."""
    across = {card.pk for card in _across(cards)}
    found: dict[Key, list[Card]] = {}
    for card in sorted(cards, key=lambda one: (one.starts, one.pk)):
        if card.pk in across:
            continue
        place = FOR_ALL if _is_for_all(card) else HALL if card.hall_pk else ONLINE
        lane = 0
        while True:
            key = (place, card.hall_order, card.hall_pk or 0, lane)
            if not any(_overlap(card, other) for other in found.get(key, [])):
                break
            lane += 1
        found.setdefault(key, []).append(card)
    return found


def _head(card: Card) -> Text:
    if card.hall_pk:
        return card.hall
    return Text(_("Online") if card.is_online else _("Elsewhere"))


def _lines(cards: list[Card], spans: dict[int, tuple[int, int]], width: int) -> list[Line]:
    edges = sorted({card.starts for card in cards} | {card.ends for card in cards})
    begins = {(card.starts, spans[card.pk][0]): card for card in cards}
    taken = [0] * width
    lines = []
    for number, edge in enumerate(edges[:-1]):
        line = Line(dates.time_text(edge, cards[0].zone))
        column = 0
        while column < width:
            if taken[column]:
                column += 1
                continue
            card = begins.get((edge, column))
            cell = Cell(card)
            if card is not None:
                cell.rows = edges.index(card.ends) - number
                cell.columns = spans[card.pk][1]
            for place in range(column, column + cell.columns):
                taken[place] = cell.rows
            line.cells.append(cell)
            column += cell.columns
        taken = [max(rows - 1, 0) for rows in taken]
        lines.append(line)
    return lines

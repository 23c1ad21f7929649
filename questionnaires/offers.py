"""What the portal itself knows about a city, offered as an answer with its proof.

A source has a code, which an indicator names in `offered_from`, and a provider:

    @offers.register("honours", _("honours received"))
    def honours(member, period):
        yield Item(title_ru=…, title_en=…, day=…, address=…)

A provider yields only what the public may see, in a number of queries that does not grow. Nothing
is answered by itself: `offers_for` shows, `questionnaires.offer_views` saves what somebody clicked.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import get_language

from content.dated import Precision
from content.languages import in_language, reading_order
from library.sources import without_language
from members.models import Member
from questionnaires.models import Answer, Response
from ratings import offering
from ratings.models import Edition, Indicator


class Period(NamedTuple):
    """The days an edition asks about, both included."""

    first: datetime.date
    last: datetime.date

    def holds(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Item:
    """One thing the portal knows: its words, its day, and the page where everybody can read it.

    `address` is the path without a language: "/events/congress/".
    """

    title_ru: str = ""
    title_en: str = ""
    address: str = ""
    day: datetime.date | None = None
    precision: str = Precision.DAY
    note_ru: str = ""
    note_en: str = ""

    @property
    def title(self) -> str:
        return in_language(self, "title")[0]

    @property
    def title_language(self) -> str:
        """The language of the title where it is not the reader's."""
        found = in_language(self, "title")[1]
        return "" if found == reading_order()[0] else found

    @property
    def note(self) -> str:
        return in_language(self, "note")[0]

    @property
    def url(self) -> str:
        """The page in the reader's language; empty where there is none."""
        return f"/{(get_language() or 'ru')[:2]}{self.address}" if self.address else ""

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self) | {"day": self.day.isoformat() if self.day else ""}


Provider = Callable[[Member, Period], Iterable[Item]]


@dataclass(frozen=True)
class Source:
    """Where an offer comes from; the label in the reader's language says what it counts."""

    code: str
    label: Any
    provider: Provider


@dataclass(frozen=True)
class Offer:
    """What the portal knows for one question: a number, and each thing that it counts."""

    source: Source
    items: tuple[Item, ...]
    value: Decimal
    is_yes: bool = False

    def kept(self) -> dict[str, Any]:
        """As an answer keeps it: {"source", "value", "items"}."""
        items = [one.kept() for one in self.items]
        return {"source": self.source.code, "value": str(self.value), "items": items}

    def is_taken(self, answer: Answer | None) -> bool:
        """Whether this answer is the offer, unchanged since it was taken over."""
        return (
            answer is not None
            and answer.offered.get("source") == self.source.code
            and answer.number == self.value
        )


_sources: dict[str, Source] = {}


def register(code: str, label, provider: Provider | None = None):
    """Register a source; usable as a decorator. The same code again replaces it."""

    def keep(function: Provider) -> Provider:
        _sources[code] = Source(code, label, function)
        offering.known[code] = label
        return function

    return keep(provider) if provider else keep


def sources() -> list[Source]:
    """All sources, in the order they were registered."""
    return list(_sources.values())


def period_of(edition: Edition) -> Period:
    """The days an edition asks about: its period, or its year where none is stated."""
    first = edition.period_starts_on or datetime.date(edition.year, 1, 1)
    return Period(first, edition.period_ends_on or datetime.date(first.year, 12, 31))


def offers_for(response: Response, indicators: Iterable[Indicator]) -> dict[str, Offer]:
    """Offers by code of indicator: none for guests without a record, none of nothing.

    Each source is asked once, however many questions name it.
    """
    asked = [one for one in indicators if one.offered_from in _sources and _is_countable(one)]
    if response.member is None or not asked:
        return {}
    period = period_of(response.edition)
    known = {
        code: tuple(_sources[code].provider(response.member, period))
        for code in sorted({one.offered_from for one in asked})
    }
    return {
        one.code: _offer(one, known[one.offered_from]) for one in asked if known[one.offered_from]
    }


def _is_countable(indicator: Indicator) -> bool:
    kinds = (Indicator.Kind.COUNT, Indicator.Kind.NUMBER, Indicator.Kind.YES_NO)
    return indicator.kind in kinds


def _offer(indicator: Indicator, items: tuple[Item, ...]) -> Offer:
    is_yes = indicator.kind == Indicator.Kind.YES_NO
    value = Decimal(1) if is_yes else Decimal(len(items))
    return Offer(_sources[indicator.offered_from], items, value, is_yes)


def kept_items(answer: Answer) -> list[Item]:
    """The things that were offered, as they were when the city took them over."""
    return [_read(one) for one in answer.offered.get("items", [])]


def _read(row: dict[str, Any]) -> Item:
    day = row.get("day") or ""
    return Item(**row | {"day": datetime.date.fromisoformat(day) if day else None})


def address_of(record) -> str:
    """The path of the public page of a record, without a language."""
    return without_language(record.get_absolute_url())


def named(record, field: str) -> dict[str, str]:
    """The titles of an item from a translated field."""
    return {f"title_{code}": getattr(record, f"{field}_{code}", "") or "" for code in ("ru", "en")}

"""What an association of municipalities is made of on a day: "341 = 5 + 25 + 2 + 309"."""

import datetime
from dataclasses import dataclass

from content import dated
from content.dates import grouped
from content.languages import in_language, reading_order
from members.models import Composition, CompositionPart, Member


@dataclass(frozen=True)
class Part:
    """How many municipalities of a kind; `language` where the kind is not in the reader's."""

    kind: str
    language: str
    count: int


@dataclass(frozen=True)
class Made:
    """A composition as of a day, with the sum written out and its source."""

    as_of: datetime.date
    total: int
    sum_words: str
    source: str
    source_language: str
    parts: list[Part]


def composition_of(member: Member, day: datetime.date | None = None) -> Made | None:
    """The latest composition up to `day` (today when not given): two queries; None without one.

    Only associations have one: for the other kinds nothing is asked.
    """
    if member.kind != Member.Kind.ASSOCIATION:
        return None
    known = Composition.objects.filter(member=member, as_of__lte=day or dated.today())
    row = known.prefetch_related("parts").order_by("-as_of").first()
    return _made(row) if row else None


def sum_words(total: int, counts: list[int]) -> str:
    """ "341 = 5 + 25 + 2 + 309"; the total alone where its parts are not known."""
    parts = " + ".join(grouped(count) for count in counts)
    return f"{grouped(total)} = {parts}" if parts else grouped(total)


def _made(row: Composition) -> Made:
    source, language = in_language(row, "source")
    parts = [_part(part) for part in row.parts.all()]
    words = sum_words(row.total, [part.count for part in parts])
    return Made(row.as_of, row.total, words, source, _other(source, language), parts)


def _part(row: CompositionPart) -> Part:
    kind, language = in_language(row, "kind")
    return Part(kind, _other(kind, language), row.count)


def _other(text: str, language: str) -> str:
    return language if text and language != reading_order()[0] else ""

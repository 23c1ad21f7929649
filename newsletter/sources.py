"""What an issue of the newsletter is made of: every kind of published record is a source.

    sources.register(
        Source(kind="news", label=_("News"), model=Article, found=…, public=…, words=…)
    )

`found` takes the first and the last day of a period and the present moment, and gives the records
to offer, in the order of the letter; `public` gives all that the public may see. `words` is asked
in the language of the letter.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import get_language

from content.languages import in_language


@dataclass(frozen=True)
class Words:
    """What the letter says of a record: `language` is the one its title is in."""

    title: str
    language: str
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class Period:
    """Days, both included, by the association's clock; `now` is when it is asked."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    now: datetime.datetime


@dataclass(frozen=True)
class Source:
    """One kind of item. `heading` stands above its items in the letter."""

    kind: str
    label: Any
    model: type[models.Model]
    found: Callable[[Period], models.QuerySet]
    public: Callable[[], models.QuerySet]
    words: Callable[[Any], Words]


_sources: dict[str, Source] = {}


def register(source: Source) -> Source:
    """Make a kind known, in the order of the letter; registered again, replaced."""
    _sources[source.kind] = source
    return source


def registry() -> list[Source]:
    """All kinds, in the order in which they were registered."""
    return list(_sources.values())


def get(kind: str) -> Source | None:
    """The source of a kind; None when its app is gone."""
    return _sources.get(kind)


def choices() -> list[tuple[str, Any]]:
    """Codes and names, for forms."""
    return [(one.kind, one.label) for one in registry()]


def plain_words(record: models.Model, title: str, text: str, note: str = "") -> Words:
    """Title and text of a record in the reader's language, or in the other one, which is told."""
    said, language = in_language(record, title, get_language())
    return Words(said, language, in_language(record, text, get_language())[0], note)


def has_topics(model: type[models.Model]) -> bool:
    """Whether records of this model have topics."""
    try:
        return model._meta.get_field("topics").many_to_many
    except FieldDoesNotExist:
        return False


def fetch(kind: str, pks: Iterable[int]) -> dict[int, models.Model]:
    """Those of these records that are public now, by key, with topics; two queries at most."""
    source = get(kind)
    if source is None:
        return {}
    return {one.pk: one for one in with_topics(source.public().filter(pk__in=list(pks)))}


def with_topics(records: models.QuerySet) -> models.QuerySet:
    """The same records with their topics at hand, where their model has any."""
    return records.prefetch_related("topics") if has_topics(records.model) else records

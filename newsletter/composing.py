"""An issue is composed: what was published in a period becomes a draft that a human edits.

`content_of` reads it back for the reader: items that are public at that moment, in their order.
What is withdrawn after the sending is shown to nobody, in the archive neither.
"""

import datetime
import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from content import audit
from content.dates import days_text
from content.languages import LANGUAGE_CODES, in_each
from content.models import Topic
from content.timezones import association_zone
from newsletter import sources
from newsletter.models import Bulletin, BulletinItem
from newsletter.sources import Period, Source, Words

MOST_OF_A_KIND = 30


@dataclass(frozen=True)
class Piece:
    """An item of an issue with its record; `topics` are keys, empty: it suits everybody."""

    item: BulletinItem
    source: Source
    record: Any
    topics: frozenset[int]

    @property
    def words(self) -> Words:
        """What is said of it in the language that is active."""
        return self.source.words(self.record)

    @property
    def path(self) -> str:
        return self.record.get_absolute_url()

    def suits(self, topics: Collection[int], kinds: Collection[str]) -> bool:
        """Whether a reader of these topics and kinds (none: of all) gets it."""
        return (not kinds or self.source.kind in kinds) and (
            not topics or not self.topics or not self.topics.isdisjoint(topics)
        )


@transaction.atomic
def compose(
    starts_on: datetime.date,
    ends_on: datetime.date,
    by: Any,
    *,
    kinds: Iterable[str] = (),
    topics: Iterable[Topic] = (),
    now: datetime.datetime | None = None,
) -> Bulletin:
    """A draft with all that was published in these days, both included, and what is to come.

    `kinds` and `topics` (none: all) say what is looked for.
    """
    titles = in_each("title", lambda: _("News of the association, %(days)s")
                     % {"days": days_text(starts_on, ends_on)})  # fmt: skip
    bulletin = Bulletin.objects.create(
        starts_on=starts_on, ends_on=ends_on, created_by=by, **titles
    )
    add_found(bulletin, kinds=kinds, topics=topics, now=now)
    audit.record("newsletter.composed", bulletin, by, str(bulletin))
    return bulletin


@transaction.atomic
def add_found(
    bulletin: Bulletin,
    *,
    kinds: Iterable[str] = (),
    topics: Iterable[Topic] = (),
    now: datetime.datetime | None = None,
) -> int:
    """Add to a draft what its period has and it lacks; returns how many items are new."""
    period = _period(bulletin, now or timezone.now())
    wanted, keys = set(kinds), {topic.pk for topic in topics}
    known = set(bulletin.items.values_list("content_type", "object_id"))
    place = bulletin.items.count()
    fresh = []
    for source in sources.registry():
        if wanted and source.kind not in wanted:
            continue
        type_ = ContentType.objects.get_for_model(source.model)
        for record in _of_topics(source, period, keys):
            if (type_.pk, record.pk) not in known:
                place += 1
                fresh.append(
                    BulletinItem(
                        bulletin=bulletin, kind=source.kind, content_type=type_,
                        object_id=record.pk, position=place,
                    )
                )  # fmt: skip
    BulletinItem.objects.bulk_create(fresh)
    return len(fresh)


def _of_topics(source: Source, period: Period, topics: set[int]) -> Iterable[Any]:
    found = source.found(period)
    if topics and sources.has_topics(source.model):
        found = found.filter(topics__in=topics).distinct()
    return found[:MOST_OF_A_KIND]


def _period(bulletin: Bulletin, now: datetime.datetime) -> Period:
    zone, midnight = association_zone(), datetime.time()
    after = bulletin.ends_on + datetime.timedelta(days=1)
    return Period(
        datetime.datetime.combine(bulletin.starts_on, midnight, zone),
        datetime.datetime.combine(after, midnight, zone),
        now,
    )


def content_of(bulletin: Bulletin) -> list[Piece]:
    """The items of an issue that are public now, in their order; two queries a kind at most."""
    items = list(bulletin.items.all())
    records: dict[str, dict[int, Any]] = {}
    for kind in {item.kind for item in items}:
        keys = [item.object_id for item in items if item.kind == kind]
        records[kind] = sources.fetch(kind, keys)
    pieces = []
    for item in items:
        record = records[item.kind].get(item.object_id)
        source = sources.get(item.kind)
        if record is not None and source is not None:
            pieces.append(Piece(item, source, record, _topics(source, record)))
    return pieces


def _topics(source: Source, record: Any) -> frozenset[int]:
    if not sources.has_topics(source.model):
        return frozenset()
    return frozenset(topic.pk for topic in record.topics.all())


def by_kind(pieces: Iterable[Piece]) -> list[tuple[Any, list[Piece]]]:
    """The items under the headings of their kinds, in the order of the first of each."""
    groups: dict[str, list[Piece]] = {}
    labels = {}
    for piece in pieces:
        groups.setdefault(piece.source.kind, []).append(piece)
        labels[piece.source.kind] = piece.source.label
    return [(labels[kind], found) for kind, found in groups.items()]


def digest(bulletin: Bulletin, pieces: Iterable[Piece] | None = None) -> str:
    """What an approval is bound to: every word of the issue, in each language, and its order."""
    pieces = content_of(bulletin) if pieces is None else list(pieces)
    said: list[Any] = []
    for code in LANGUAGE_CODES:
        with translation.override(code):
            said.append([getattr(bulletin, f"title_{code}"), getattr(bulletin, f"intro_{code}")])
            said += [_said(piece) for piece in pieces]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _said(piece: Piece) -> list[Any]:
    words = piece.words
    return [piece.source.kind, piece.path, words.title, words.text, words.note,
            sorted(piece.topics)]  # fmt: skip

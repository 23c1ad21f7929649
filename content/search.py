"""The search index: apps register what is searchable, the save path of PublicRecord keeps it."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import translation

from content import searchwords, spelling
from content.languages import LANGUAGE_CODES
from content.models.search import SearchEntry
from content.richtext import plain_text

MAX_TEXT = 250_000  # letters of one text: PostgreSQL refuses an index row of more than a megabyte
MAX_KEYS = 3000


@dataclass(frozen=True)
class Text:
    """What is searchable of one record in one language. `title` empty: not in this language.

    `members` and `topics` are the ids of the cities and topics it is about; what is superseded
    stands after everything that is valid.
    """

    title: str
    text: str = ""
    names: str = ""
    url: str = ""
    dated_on: datetime.date | None = None
    members: Iterable[int] = ()
    topics: Iterable[int] = ()
    is_superseded: bool = False


@dataclass(frozen=True)
class Kind:
    """A searchable model.

    `texts` maps a record to {language: Text}; `visible_from` to the moment from which the public
    sees it, or None; `queryset` gives all rows for a rebuild; `label` names the kind in the plural.
    """

    model: type[models.Model]
    label: str
    texts: Callable[[models.Model], dict[str, Text]]
    visible_from: Callable[[models.Model], datetime.datetime | None]
    queryset: Callable[[], models.QuerySet]


WRITTEN = [
    "title", "text", "names", "keys", "title_key", "url", "visible_from", "dated_on",
    "is_superseded", "members", "topics",
]  # fmt: skip


def texts_of(
    record: models.Model,
    title: str,
    short: str,
    rich: str,
    *,
    names: Iterable[str | None] = (),
    address: Callable[[str], str] | None = None,
    dated_on: datetime.date | None = None,
    members: Iterable[int] = (),
    topics: Iterable[int] = (),
    is_superseded: bool = False,
) -> dict[str, Text]:
    """What is searchable of a bilingual record, by language.

    `title`, `short` and `rich` name its translated fields (plain, plain, HTML); `names` are
    spellings that find it in every language; `address` gives its address in a language where
    asking the record each time would be slow; the rest is that of `Text`.
    """
    members, topics = tuple(members), tuple(topics)
    spellings = " ".join(sorted({name for name in names if name}))
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found[code] = Text(
                title=getattr(record, f"{title}_{code}") or "",
                text=f"{getattr(record, f'{short}_{code}') or ''}\n"
                f"{plain_text(getattr(record, f'{rich}_{code}'))}",
                names=spellings,
                url=address(code) if address else record.get_absolute_url(),
                dated_on=dated_on,
                members=members,
                topics=topics,
                is_superseded=is_superseded,
            )
    return found


_kinds: dict[type[models.Model], Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.model] = kind


def kinds() -> list[Kind]:
    """The registered kinds, in the order in which the apps registered."""
    return list(_kinds.values())


def entries_of(record: models.Model) -> list[SearchEntry]:
    """The unsaved index rows of a record; none when the public never sees it."""
    kind = _kinds.get(type(record))
    if kind is None or (visible_from := kind.visible_from(record)) is None:
        return []
    content_type = ContentType.objects.get_for_model(record)
    return [
        _entry(content_type, record.pk, language, text, visible_from)
        for language, text in kind.texts(record).items()
        if text.title
    ]


def _entry(content_type, object_id: int, language: str, text: Text, visible_from) -> SearchEntry:
    title, body = text.title[:300], text.text[:MAX_TEXT]
    keys = sorted(spelling.keys_of(f"{title}\n{text.names}", body))
    return SearchEntry(
        content_type=content_type,
        object_id=object_id,
        language=language,
        title=title,
        text=body,
        names=text.names,
        keys=" ".join(keys[:MAX_KEYS]),
        title_key=spelling.phrase_key(title)[:300],
        url=text.url,
        visible_from=visible_from,
        dated_on=text.dated_on,
        is_superseded=text.is_superseded,
        members=sorted(set(text.members)),
        topics=sorted(set(text.topics)),
    )


def keep(record: models.Model) -> None:
    """Bring the index rows of a saved record up to date."""
    if type(record) not in _kinds:
        return
    entries = entries_of(record)
    stale = SearchEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(record), object_id=record.pk
    )
    stale.exclude(language__in=[entry.language for entry in entries]).delete()
    write(entries)


def keep_many(records: Sequence[models.Model]) -> None:
    """Bring the index rows of records of one model up to date; rows that are right stay untouched.

    Three statements, however many records.
    """
    if not records or type(records[0]) not in _kinds:
        return
    stored = SearchEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(records[0]),
        object_id__in=[record.pk for record in records],
    )
    known = {row[:2]: row for row in stored.values_list("object_id", "language", *WRITTEN, "pk")}
    changed = []
    for record in records:
        for entry in entries_of(record):
            row = known.pop((entry.object_id, entry.language), None)
            if row is None or row[2:-1] != tuple(getattr(entry, name) for name in WRITTEN):
                changed.append(entry)
    SearchEntry.objects.filter(pk__in=[row[-1] for row in known.values()]).delete()
    write(changed)


def write(entries: list[SearchEntry]) -> None:
    """Insert or renew index rows, in one statement; new words are learnt after the commit."""
    if not entries:
        return
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["content_type", "object_id", "language"],
        update_fields=WRITTEN,
    )
    searchwords.learn_later([entry.title for entry in entries])


def forget(record: models.Model) -> None:
    """Take a record out of the index."""
    SearchEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(record), object_id=record.pk
    ).delete()

"""Links between public records of any apps: made once, shown on both pages.

What may be linked is what `content.search` knows: its index has the title, the address and the
moment from which the public sees a record, so links of any kind cost two queries together.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content import search
from content.languages import LANGUAGE_CODES, reading_order
from content.models import Link, SearchEntry

# Content type and number of a record.
Key = tuple[int, int]

# What is said of the other record, by role and whether this one is the source.
NOTES = {
    (Link.Role.RESULT, True): _("this came out of it"),
    (Link.Role.RESULT, False): _("came out of this"),
    (Link.Role.PART, True): _("this is a part of it"),
    (Link.Role.PART, False): _("is a part of this"),
    (Link.Role.PARTNER, True): _("made together"),
    (Link.Role.PARTNER, False): _("made together"),
}


@dataclass(frozen=True)
class Linked:
    """The other end of a link, as a page shows it.

    `kind` names its kind in the plural; `language` is that of the title; `is_source` says that
    the record which was asked for is the source of the link.
    """

    kind: str
    title: str
    url: str
    language: str
    role: str
    is_source: bool

    @property
    def note(self) -> str:
        """What the link says, in words; empty for a plain one."""
        return str(NOTES.get((self.role, self.is_source), ""))


def key_of(record: models.Model) -> Key:
    return ContentType.objects.get_for_model(record).pk, record.pk


def link(
    source: models.Model, target: models.Model, role: str = Link.Role.ABOUT, position: int = 0
) -> Link:
    """Say that `source` has to do with `target`; said once more, it changes role and place."""
    source_type, source_id = key_of(source)
    target_type, target_id = key_of(target)
    row, _is_new = Link.objects.update_or_create(
        source_type_id=source_type, source_id=source_id,
        target_type_id=target_type, target_id=target_id,
        defaults={"role": role, "position": position},
    )  # fmt: skip
    return row


def unlink(source: models.Model, target: models.Model) -> bool:
    """Take a link away; says whether there was one."""
    row = Link.objects.filter(_is_source(key_of(source)) & _is_target(key_of(target))).first()
    if row is None:
        return False
    row.delete()
    return True


def _is_source(key: Key) -> Q:
    return Q(source_type_id=key[0], source_id=key[1])


def _is_target(key: Key) -> Q:
    return Q(target_type_id=key[0], target_id=key[1])


def links_of(record: models.Model) -> list[Linked]:
    """What a record is linked with, both ways: what the public may see now, each record once.

    In the order of the registered kinds, then of the links. Two queries, one where nothing is
    linked.
    """
    own = key_of(record)
    ends: dict[Key, tuple[str, bool]] = {}
    for row in Link.objects.filter(_is_source(own) | _is_target(own)):
        is_source = (row.source_type_id, row.source_id) == own
        other = (
            (row.target_type_id, row.target_id) if is_source
            else (row.source_type_id, row.source_id)
        )  # fmt: skip
        ends.setdefault(other, (row.role, is_source))
    titles = titled(ends)
    kinds = list(labels())
    shown = sorted((key for key in ends if key in titles), key=lambda key: kinds.index(key[0]))
    return [Linked(labels()[key[0]], *titles[key], *ends[key]) for key in shown]


def linked_keys(record: models.Model) -> list[Key]:
    """The other ends of the links of a record, public or not."""
    own = key_of(record)
    rows = Link.objects.filter(_is_source(own) | _is_target(own))
    return [
        (row.target_type_id, row.target_id)
        if (row.source_type_id, row.source_id) == own
        else (row.source_type_id, row.source_id)
        for row in rows
    ]


def labels() -> dict[int, str]:
    """The names of the kinds that may be linked, by content type, in the order of their apps."""
    kinds = {kind.model: kind.label for kind in search.kinds()}
    types = ContentType.objects.get_for_models(*kinds)
    return {types[model].pk: str(label) for model, label in kinds.items()}


def titled(
    keys: Collection[Key], *, among: QuerySet[SearchEntry] | None = None
) -> dict[Key, tuple[str, str, str]]:
    """Title, address and language of the title of those records that the public may see now.

    `among`: other index rows than those. One query, none without keys.
    """
    wanted = Q(pk__in=[])
    for content_type in {key[0] for key in keys}:
        numbers = [number for type_, number in keys if type_ == content_type]
        wanted |= Q(content_type_id=content_type, object_id__in=numbers)
    if not keys:
        return {}
    found = {}
    entries = public_entries() if among is None else among
    for entry in _in_order(entries.filter(wanted)):
        found.setdefault((entry.content_type_id, entry.object_id), shown_as(entry))
    return found


def public_entries() -> QuerySet[SearchEntry]:
    """The index rows of what the public may see now, without their texts."""
    return all_entries().filter(visible_from__lte=timezone.now())


def all_entries() -> QuerySet[SearchEntry]:
    """The index rows also of what becomes public later, for staff."""
    shown = ["content_type_id", "object_id", "language", "title", "url", "dated_on"]
    return SearchEntry.objects.filter(content_type_id__in=list(labels())).only(*shown)


def _in_order(entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    """The reader's language first."""
    order = [When(language=code, then=Value(at)) for at, code in enumerate(reading_order())]
    place = Case(*order, default=Value(len(LANGUAGE_CODES)), output_field=IntegerField())
    return entries.order_by(place, "pk")


def shown_as(entry: SearchEntry) -> tuple[str, str, str]:
    """Title, address among the reader's pages, language of the title."""
    reader = reading_order()[0]
    prefix = f"/{entry.language}/"
    is_page = entry.url.startswith(prefix)
    url = f"/{reader}/{entry.url.removeprefix(prefix)}" if is_page else entry.url
    return entry.title, url, entry.language


def candidates(typed: str, limit: int = 20) -> Sequence[SearchEntry]:
    """Records that staff may mean: by address, by whole title, by words of it.

    Public ones and those that become so by themselves; each once, in the reader's language where
    it has one. Two queries at most.
    """
    typed = typed.strip()
    entries = all_entries()
    if "/" in typed:
        return _once(entries.filter(url=address_in(typed)), limit)
    words = [word for word in typed.split() if word][:8]
    if not words:
        return []
    if exact := _once(entries.filter(title__iexact=typed), limit):
        return exact
    for word in words:
        entries = entries.filter(title__icontains=word)
    return _once(entries, limit)


def address_in(typed: str) -> str:
    """The address within the site at the end of what was typed or pasted."""
    last = typed.split()[-1] if typed.split() else ""
    last = last.partition("?")[0].partition("#")[0]
    if "://" in last:
        last = "/" + last.partition("://")[2].partition("/")[2]
    return last


def newest(limit: int = 40) -> Sequence[SearchEntry]:
    """What became public last: to choose from without typing."""
    language = reading_order()[0]
    return list(public_entries().filter(language=language).order_by("-visible_from", "-pk")[:limit])


def _once(entries: QuerySet[SearchEntry], limit: int) -> list[SearchEntry]:
    found: dict[Key, SearchEntry] = {}
    # Two rows of a record at most, one for a language.
    for entry in _in_order(entries)[: limit * len(LANGUAGE_CODES)]:
        found.setdefault((entry.content_type_id, entry.object_id), entry)
    return list(found.values())[:limit]

"""The front page: which blocks stand on it in which order, and what staff feature there."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from association.models import Featured, HomeBlock, Welcome
from content import cacheversion, search
from content.languages import in_language, reading_order
from content.models import Picture, SearchEntry
from events import calendar_sources
from members.models import Country, Member

DAYS_AHEAD = 60


@dataclass(frozen=True)
class Block:
    """A block as the page shows it. `title` is empty where the usual words stand."""

    kind: str
    title: str
    lang: str
    count: int


@dataclass(frozen=True)
class Row:
    """A featured record as the page shows it; `lang` and `text_lang` where not the reader's."""

    title: str
    lang: str
    url: str
    kind: str
    text: str
    text_lang: str
    picture: Picture | None


def blocks() -> list[Block]:
    """The shown blocks in their order, in the reader's language; one query, remembered."""

    def shown() -> list[Block]:
        found = HomeBlock.objects.filter(is_shown=True)
        return [Block(one.kind, *_marked(one, "title"), one.count) for one in found]

    return cacheversion.remembered(f"home-blocks-{reading_order()[0]}", shown)


def welcome() -> Welcome:
    """The words of welcome, remembered; unsaved and empty where staff wrote none."""
    return cacheversion.remembered("home-welcome", Welcome.row)


def figures() -> dict[str, int]:
    """How many members there are today, and in how many countries."""

    def counted() -> dict[str, int]:
        members = Member.objects.members()
        countries = Country.objects.filter(members__in=members).distinct()
        return {"members": members.count(), "countries": countries.count()}

    return cacheversion.remembered("figures", counted)


def featured(count: int) -> list[Row]:
    """What is featured today and public now, in the order of staff. Three queries, one for none."""
    chosen = list(
        Featured.objects.on().select_related("picture").prefetch_related("picture__renditions")
    )
    if not chosen:
        return []
    entries = _entries(chosen)
    labels = {
        ContentType.objects.get_for_model(kind.model).pk: str(kind.label) for kind in search.kinds()
    }
    rows = []
    for one in chosen:
        if entry := entries.get((one.content_type_id, one.object_id)):
            lang = entry.language if entry.language != reading_order()[0] else ""
            rows.append(
                Row(entry.title, lang, entry.url, labels.get(one.content_type_id, ""),
                    *_marked(one, "text"), one.picture)
            )  # fmt: skip
    return rows[:count]


def _entries(chosen: list[Featured]) -> dict[tuple[int, int], SearchEntry]:
    """The public search entry of each record, in the reader's language where it has one."""
    wanted = Q()
    for one in chosen:
        wanted |= Q(content_type=one.content_type_id, object_id=one.object_id)
    own_last = Case(When(language=reading_order()[0], then=Value(1)), default=Value(0))
    found = (
        SearchEntry.objects.filter(wanted, visible_from__lte=timezone.now())
        .only("content_type_id", "object_id", "language", "title", "url")
        .order_by(own_last)
    )
    return {(entry.content_type_id, entry.object_id): entry for entry in found}


def _marked(record, field: str) -> tuple[str, str]:
    """A text, and its language where that is not the reader's."""
    text, language = in_language(record, field)
    return text, language if text and language != reading_order()[0] else ""


def deadlines(count: int) -> list[dict]:
    """The next deadlines of all calendars within two months: moment, title, address."""
    now = timezone.now()
    found = calendar_sources.entries(now, now + datetime.timedelta(days=DAYS_AHEAD))
    return [_deadline(entry) for entry in found[:count]]


def _deadline(entry: calendar_sources.Entry) -> dict:
    title, language = entry.title_in()
    return {
        "entry": entry,
        "title": title,
        "lang": language if language != reading_order()[0] else "",
        "url": entry.address(),
        "is_moment": isinstance(entry.moment, datetime.datetime),
    }


def entry_at(address: str) -> SearchEntry | None:
    """The public record behind an address of this site, as somebody copied it from the browser."""
    path = address.strip().removeprefix(settings.SITE_URL)
    if "://" in path:
        path = "/" + path.split("://", 1)[1].partition("/")[2]
    path = path.partition("?")[0].partition("#")[0]
    return SearchEntry.objects.filter(url=path, visible_from__lte=timezone.now()).first()

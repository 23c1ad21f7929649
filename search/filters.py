"""What a reader may narrow an answer to, and what there is to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from content import cacheversion, search, searching
from content.languages import reading_order
from content.models import SearchEntry, Topic

MEMBER = "members.member"  # the kind whose ids `search.Text.members` holds
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Chosen:
    """The filters of a request; `problems` says by field what was asked for and does not exist."""

    filters: searching.Filters
    values: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Facet:
    """One field of the filter: its options as (value, label, number, is chosen)."""

    name: str
    label: str
    options: list[tuple[str, str, int, bool]]
    problem: str = ""


def read(query: QueryDict) -> Chosen:
    """The filters in a query; what is not known is said and left out."""
    readers = {
        "kind": (_kind, _("There is no such kind: all kinds are shown.")),
        "year": (_year, _("There is no such year: all years are shown.")),
        "member": (_number, _("There is no such city: all cities are shown.")),
        "topic": (_topic, _("There is no such topic: all topics are shown.")),
    }
    ids, values, problems = {}, {}, {}
    for name, (reader, problem) in readers.items():
        text = query.get(name, "")
        if not text:
            continue
        if (value := reader(text)) is None:
            problems[name] = problem
        else:
            ids[name], values[name] = value, text
    return Chosen(searching.Filters(**ids), values, problems)


def kinds() -> dict[str, tuple[int, str]]:
    """The searchable kinds by the word of their address: content type id and label."""
    types = searching.content_type_ids()
    return {kind.model._meta.model_name: (types[kind.model], kind.label) for kind in search.kinds()}


def member_kind() -> int | None:
    """The content type id of the members."""
    types = searching.content_type_ids()
    return next((pk for model, pk in types.items() if model._meta.label_lower == MEMBER), None)


def facets(
    chosen: Chosen, found: searching.Found, members: list[SearchEntry], language: str
) -> list[Facet]:
    """Year, city and topic, each with the numbers within the other filters.

    `members` are the entries of the cities that were counted, in any language.
    """
    names = member_names(members, language)
    topics = {pk: (slug, titles) for slug, (pk, titles) in topics_by_slug().items()}
    rows = {
        "year": [(str(year), str(year), count) for year, count in found.years],
        "member": [(str(pk), names[pk], n) for pk, n in found.members if pk in names],
        "topic": [
            (topics[pk][0], _title(topics[pk][1], language), count)
            for pk, count in found.topics
            if pk in topics
        ],
    }
    labels = {"year": _("Year"), "member": _("City"), "topic": _("Topic")}
    return [
        Facet(name, labels[name], _options(found_rows, chosen.values.get(name, "")),
              chosen.problems.get(name, ""))
        for name, found_rows in rows.items()
        if found_rows or name in chosen.values or name in chosen.problems
    ]  # fmt: skip


def _options(rows: list[tuple[str, str, int]], value: str) -> list[tuple[str, str, int, bool]]:
    """The options by number; the chosen one also where nothing is left of it."""
    if value and value not in [row[0] for row in rows]:
        rows = [*rows, (value, value, 0)]
    return [(*row, row[0] == value) for row in rows]


def member_names(members: list[SearchEntry], language: str) -> dict[int, str]:
    """Names of members by id, in the reader's language first."""
    order = reading_order(language)
    ranked = sorted(members, key=lambda entry: order.index(entry.language), reverse=True)
    return {entry.object_id: entry.title for entry in ranked}


def topics_by_slug() -> dict[str, tuple[int, dict[str, str]]]:
    """All topics by slug: id and titles by language."""
    return cacheversion.remembered("search-topics", _topics)


def _topics() -> dict[str, tuple[int, dict[str, str]]]:
    rows = Topic.objects.values_list("slug", "pk", "title_ru", "title_en")
    return {slug: (pk, {"ru": ru or "", "en": en or ""}) for slug, pk, ru, en in rows}


def _title(titles: dict[str, str], language: str) -> str:
    return next(filter(None, (titles.get(code) for code in reading_order(language))), "")


def _kind(text: str) -> int | None:
    return kinds().get(text, (None, ""))[0]


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text[:5]) in YEARS else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None


def _topic(text: str) -> int | None:
    return topics_by_slug().get(text, (None, {}))[0]

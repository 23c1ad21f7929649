"""The search: one query in either language over everything the public may see."""

import datetime
import unicodedata
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    TrigramWordSimilarity,
)
from django.db.models import Case, Count, QuerySet, Value, When
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from content import search
from content.models import SearchEntry

MAX_LENGTH = 200
MIN_LETTERS = 2
CLOSE_ENOUGH = 0.55
MARK_START, MARK_STOP = "\x02", "\x03"
SNIPPET_OPTIONS = {"max_words": 34, "min_words": 16, "max_fragments": 2}


@dataclass(frozen=True)
class Found:
    """The answer to a query. `entries` is lazy and in order of relevance; `is_guess` says that the
    words themselves were not found and these titles only look alike."""

    words: str
    entries: QuerySet
    counts: dict[int, int]
    is_guess: bool = False

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def cleaned(query: str) -> str:
    """What a reader typed, without control characters and at most 200 characters long."""
    text = unicodedata.normalize("NFC", query)
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(text.split())[:MAX_LENGTH]


def is_searchable(words: str) -> bool:
    """Whether there is enough to search for: two letters or digits."""
    return sum(letter.isalnum() for letter in words) >= MIN_LETTERS


def find(words: str, language: str, at: datetime.datetime | None = None) -> Found:
    """Search the index for cleaned words; a record found in both languages is one hit.

    `language` is the reader's: its row of a record is preferred.
    """
    visible = SearchEntry.objects.filter(visible_from__lte=at or timezone.now())
    query = _query(words)
    found = _one_per_record(visible.filter(vector=query), language)
    answer = found.annotate(rank=SearchRank("vector", query)).order_by("-rank", "-dated_on", "-pk")
    if counts := _counts(found):
        return Found(words, answer, counts)
    alike = visible.annotate(rank=TrigramWordSimilarity(words, "title"))
    alike = _one_per_record(alike.filter(rank__gte=CLOSE_ENOUGH), language)
    guesses = alike.annotate(rank=TrigramWordSimilarity(words, "title")).order_by("-rank", "-pk")
    return Found(words, guesses, _counts(alike), is_guess=True)


def _query(words: str) -> SearchQuery:
    folded = words.replace("ё", "е").replace("Ё", "Е")
    return SearchQuery(folded, config="russian", search_type="websearch") | SearchQuery(
        folded, config="english", search_type="websearch"
    )


def _one_per_record(entries: QuerySet, language: str) -> QuerySet:
    own_first = Case(When(language=language, then=Value(0)), default=Value(1))
    chosen = entries.order_by("content_type", "object_id", own_first).distinct(
        "content_type", "object_id"
    )
    return SearchEntry.objects.filter(pk__in=chosen.values("pk"))


def _counts(entries: QuerySet) -> dict[int, int]:
    """How many hits of each kind: content type id to number."""
    rows = entries.order_by().values_list("content_type").annotate(Count("pk"))
    return dict(rows)


def with_snippets(entries: QuerySet, words: str) -> QuerySet:
    """The entries with `snippet`: the words in their context, marked; call it on one page only."""
    return entries.defer("text", "vector", "names").annotate(
        snippet=SearchHeadline(
            "text",
            _query(words),
            config="russian",
            start_sel=MARK_START,
            stop_sel=MARK_STOP,
            **SNIPPET_OPTIONS,
        )
    )


def snippet_html(snippet: str) -> SafeString:
    """A snippet as HTML: everything escaped, only our own marks become <mark>."""
    marked = escape(snippet).replace(MARK_START, "<mark>").replace(MARK_STOP, "</mark>")
    return mark_safe(marked)  # nosec # escaped in the line above


def content_type_ids() -> dict[type, int]:
    """Content type ids of the searchable kinds, in the order they are shown."""
    models = [kind.model for kind in search.kinds()]
    types = ContentType.objects.get_for_models(*models)
    return {model: types[model].pk for model in models}

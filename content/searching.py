"""The search: one query in either language over everything the public may see.

Work is bounded: of a word that is everywhere the newest 1,000 entries are ranked and counted
(`MOST`), what has no date (cities, bodies, pages) before all that has one. `Found.is_cut` says so.
Which way to them is shorter, the planner does not see (comparing a text is cheap to it): up to
`COMMON` matches they are collected by their words and sorted, beyond it read in their order.
"""

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from content import search, searchwords, spelling
from content.searchquery import MAX_LENGTH, Asked, asked, cleaned, is_searchable

__all__ = [
    "MAX_LENGTH",
    "Filters",
    "Found",
    "asked",
    "cleaned",
    "content_type_ids",
    "find",
    "is_searchable",
]

MOST = 1000
COMMON = 15_000
PER_PAGE = 10
FACET_SIZE = 30

MATCHED = """
    SELECT id, content_type_id, object_id, language, dated_on, members, topics, is_superseded,
           vector, title_key
    FROM content_searchentry
    WHERE vector @@ to_tsquery('russian', %(query)s) AND visible_from <= %(at)s
"""
NARROWED = """
    AND (%(kind)s IS NULL OR content_type_id = %(kind)s)
    AND (%(year)s IS NULL
        OR dated_on BETWEEN make_date(%(year)s, 1, 1) AND make_date(%(year)s, 12, 31))
    AND (%(member)s IS NULL OR members @> ARRAY[%(member)s]::bigint[])
    AND (%(topic)s IS NULL OR topics @> ARRAY[%(topic)s]::bigint[])
"""
IN_ORDER = " ORDER BY fresh_on DESC, id DESC LIMIT %(most)s"
SORTED = " ORDER BY fresh_on + 0 DESC, id DESC LIMIT %(most)s"  # no index has this order
ESTIMATE = """
    EXPLAIN (FORMAT JSON)
    SELECT 1 FROM content_searchentry WHERE vector @@ to_tsquery('russian', %(query)s)
"""
# What is older weighs less, but never less than 0.6 of what is of today or has no date.
RANKED = """,
    hits AS MATERIALIZED (
        SELECT id, dated_on, is_superseded,
            (ts_rank(vector, to_tsquery('russian', %(query)s), 1)
             + CASE WHEN title_key = %(key)s THEN 2 ELSE 0 END)
            * (0.6 + 0.4 / (1 + GREATEST(0, COALESCE(%(day)s::date - dated_on, 0)) / 1460.0))
            AS rank
        FROM (
            SELECT DISTINCT ON (content_type_id, object_id) * FROM narrow
            ORDER BY content_type_id, object_id, language <> %(language)s
        ) AS preferred
    ),
    one AS MATERIALIZED (
        SELECT DISTINCT ON (content_type_id, object_id) members, topics, content_type_id AS kind,
            EXTRACT(YEAR FROM dated_on)::int AS year,
            %(kind)s IS NULL OR content_type_id = %(kind)s AS is_kind,
            %(year)s IS NULL
                OR COALESCE(EXTRACT(YEAR FROM dated_on)::int = %(year)s, false) AS is_year,
            %(member)s IS NULL OR members @> ARRAY[%(member)s]::bigint[] AS is_member,
            %(topic)s IS NULL OR topics @> ARRAY[%(topic)s]::bigint[] AS is_topic
        FROM wide ORDER BY content_type_id, object_id, language <> %(language)s
    )
    SELECT json_build_object(
        'total', (SELECT count(*) FROM hits),
        'is_cut', (SELECT count(*) >= %(most)s FROM wide),
        'ids', (SELECT json_agg(id) FROM (
            SELECT id FROM hits ORDER BY is_superseded, rank DESC, dated_on DESC NULLS LAST, id DESC
            LIMIT %(limit)s OFFSET LEAST(
                %(offset)s, (GREATEST((SELECT count(*) FROM hits) - 1, 0) / %(limit)s) * %(limit)s)
        ) page),
        'kinds', (SELECT json_agg(json_build_array(kind, n)) FROM (
            SELECT kind, count(*) AS n FROM one WHERE is_year AND is_member AND is_topic GROUP BY 1
        ) counted),
        'years', (SELECT json_agg(json_build_array(year, n)) FROM (
            SELECT year, count(*) AS n FROM one
            WHERE year IS NOT NULL AND is_kind AND is_member AND is_topic
            GROUP BY 1 ORDER BY 1 DESC LIMIT %(facets)s
        ) counted),
        'members', (SELECT json_agg(json_build_array(member, n)) FROM (
            SELECT unnest(members) AS member, count(*) AS n FROM one
            WHERE is_kind AND is_year AND is_topic GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(facets)s
        ) counted),
        'topics', (SELECT json_agg(json_build_array(topic, n)) FROM (
            SELECT unnest(topics) AS topic, count(*) AS n FROM one
            WHERE is_kind AND is_year AND is_member GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(facets)s
        ) counted)
    )
"""


def _statement(newest: str, is_filtered: bool) -> str:
    """The whole statement; `newest` is one of the two orders. Made of constants alone."""
    wide = f"WITH wide AS MATERIALIZED ({MATCHED}{newest})"  # nosec # constants
    if is_filtered:
        narrow = f"narrow AS MATERIALIZED ({MATCHED}{NARROWED}{newest})"  # nosec # constants
    else:
        narrow = "narrow AS (SELECT * FROM wide)"
    return f"{wide}, {narrow}{RANKED}"


STATEMENTS = {
    (is_common, is_filtered): _statement(IN_ORDER if is_common else SORTED, is_filtered)
    for is_common in (False, True)
    for is_filtered in (False, True)
}


@dataclass(frozen=True)
class Filters:
    """What the reader narrowed the answer to: ids of a content type, a member, a topic; a year."""

    kind: int | None = None
    year: int | None = None
    member: int | None = None
    topic: int | None = None

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True)
class Found:
    """The answer to a query: ids of the entries of one page, best first, and what there is.

    `total` counts records within the filters. Facets count within the other filters: `counts`
    content type id to number, `years`, `members` and `topics` lists of (value, number). `is_cut`:
    there are more than the newest that were ranked. `meant`: the words themselves found nothing,
    this is the answer to these ones.
    """

    asked: Asked
    ids: Sequence[int] = ()
    total: int = 0
    is_cut: bool = False
    counts: dict[int, int] = field(default_factory=dict)
    years: Sequence[tuple[int, int]] = ()
    members: Sequence[tuple[int, int]] = ()
    topics: Sequence[tuple[int, int]] = ()
    meant: str = ""

    @property
    def words(self) -> str:
        return self.asked.words

    @property
    def all_kinds(self) -> int:
        return sum(self.counts.values())


def find(
    words: str,
    language: str,
    at: datetime.datetime | None = None,
    *,
    filters: Filters | None = None,
    page: int = 1,
    synonyms: Iterable[Sequence[str]] = (),
) -> Found:
    """Search the index for cleaned words, in one statement besides the estimate of how common they
    are; a record in both languages is one hit.

    `language` is the reader's: its row of a record is preferred. A page past the end is the last.
    What has been superseded comes last, else by relevance and freshness.
    """
    query = asked(words, synonyms)
    return _run(query, language, at or timezone.now(), filters or Filters(), page)


def find_alike(found: Found, language: str, synonyms: Iterable[Sequence[str]] = ()) -> Found:
    """The answer to what may have been meant, when it has one: `meant` says the words."""
    nearest = searchwords.nearest(found.asked.wanted)
    if not nearest:
        return found
    words = " ".join(nearest.get(spelling.folded(one), one) for one in spelling.tokens(found.words))
    other = find(words, language, synonyms=synonyms)
    return replace(other, meant=words) if other.total else found


def _run(query: Asked, language: str, at: datetime.datetime, filters: Filters, page: int) -> Found:
    if not query.tsquery:
        return Found(query)
    values = {
        "query": query.tsquery, "key": query.key, "language": language, "at": at,
        "day": timezone.localdate(at), "most": MOST, "limit": PER_PAGE, "facets": FACET_SIZE,
        "offset": (min(max(page, 1), MOST) - 1) * PER_PAGE, **vars(filters),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ESTIMATE, values)
        is_common = _parsed(cursor.fetchone()[0])[0]["Plan"]["Plan Rows"] > COMMON
        cursor.execute(STATEMENTS[is_common, bool(filters)], values)
        got = _parsed(cursor.fetchone()[0])
    return Found(
        query,
        ids=got["ids"] or (),
        total=got["total"],
        is_cut=got["is_cut"],
        counts=dict(got["kinds"] or ()),
        years=[tuple(row) for row in got["years"] or ()],
        members=[tuple(row) for row in got["members"] or ()],
        topics=[tuple(row) for row in got["topics"] or ()],
    )


def _parsed(answer):
    return json.loads(answer) if isinstance(answer, str) else answer


def content_type_ids() -> dict[type, int]:
    """Content type ids of the searchable kinds, in the order they are shown."""
    models = [kind.model for kind in search.kinds()]
    types = ContentType.objects.get_for_models(*models)
    return {model: types[model].pk for model in models}

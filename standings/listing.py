"""What the public sees of places: which editions have results out, and rows of their lists."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, Q
from django.shortcuts import get_object_or_404

from content import cacheversion
from content.languages import reading_order
from content.sortkeys import sort_key
from ratings.models import Edition
from standings.models import Seal, Standing

DECIMALS = 9  # equality of scores is judged by so many, as in `ratings.scoring.ranks`
COLUMNS = (
    "pk", "edition_id", "response_id", "member_id", "name_ru", "name_en", "class_code",
    "class_title_ru", "class_title_en", "is_guest", "score", "rank", "rank_in_class",
    "rank_among_members", "rank_among_members_in_class", "rank_low", "rank_high", "rank_mean",
    "rank_median", "same_rank_share", "groups", "note_ru", "note_en", "source", "source_url",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Row:
    """One city in one list. `place` is its place in that list, `shared` how many cities have it.

    `span` is how many rows its rank cell covers: 0 where the cell above is shared. `key` stands in
    addresses: the slug of a member; `guest-12` (its questionnaire) or `place-12` otherwise.
    """

    pk: int
    edition: int
    member: int | None
    key: str
    name: str
    lang: str
    country: str
    class_code: str
    class_title: str
    is_guest: bool
    is_host: bool = False
    score: float | None
    place: int | None
    shared: int = 1
    span: int = 1
    low: float | None
    high: float | None
    directions: dict[str, dict]
    columns: dict[str, Any] = field(repr=False)


def edition_or_404(rating: str, edition: str) -> Edition:
    """The public edition at an address, its results out. Raises Http404."""
    found = Edition.objects.visible().select_related("rating", "host", "event")
    found = get_object_or_404(found, rating__slug=rating, slug=edition)
    if found.pk not in out():
        found = get_object_or_404(Edition.objects.none())
    return found


def out() -> dict[int, list[tuple[int, str, str]]]:
    """Editions whose places are public: {pk: [(place, Russian name, English name), …]}.

    Three first places of each; one query, remembered while the content stays the same.
    """
    return cacheversion.remembered("standings-out", _out)


def _out() -> dict[int, list[tuple[int, str, str]]]:
    rows = (
        Standing.objects.public()
        .filter(Q(rank__lte=3) | Q(seal__isnull=True))
        .order_by("edition_id", F("rank").asc(nulls_last=True), "sort_key_ru", "pk")
        .values_list("edition_id", "rank", "name_ru", "name_en")
    )
    found: dict[int, list[tuple[int, str, str]]] = {
        pk: [] for pk in Seal.objects.current().values_list("edition_id", flat=True)
    }
    for edition, rank, name_ru, name_en in rows:
        firsts = found.setdefault(edition, [])
        if rank is not None and rank <= 3:
            firsts.append((rank, name_ru, name_en))
    return found


def rows_of(edition: Edition) -> list[Row]:
    """All cities with a public place in an edition, in the order of the common table. One query."""
    return [row_of(edition, columns) for columns in public_columns(edition=edition)]


def public_columns(**filters) -> list[dict[str, Any]]:
    """Public standings as plain columns, with what is read of member and country. One query."""
    language = reading_order()[0]
    return list(
        Standing.objects.public()
        .filter(**filters)
        .order_by(F("rank").asc(nulls_last=True), f"sort_key_{language}", "pk")
        .values(
            *COLUMNS, slug=F("member__slug"), country_code=F("country__code"),
            country_ru=F("country__name_ru"), country_en=F("country__name_en"),
        )
    )  # fmt: skip


def in_reading_order(columns: dict[str, Any], name: str) -> tuple[str, str]:
    """A text in the reader's language or the other, and the language it is in."""
    for code in reading_order():
        if text := columns[f"{name}_{code}"]:
            return text, code
    return "", reading_order()[0]


def row_of(edition: Edition, columns: dict[str, Any]) -> Row:
    """A row from the columns of `public_columns`; texts in the reader's language."""
    name, language = in_reading_order(columns, "name")
    return Row(
        pk=columns["pk"], edition=columns["edition_id"], member=columns["member_id"],
        key=key_of(columns), name=name, lang="" if language == reading_order()[0] else language,
        country=in_reading_order(columns, "country")[0], class_code=columns["class_code"],
        class_title=in_reading_order(columns, "class_title")[0], is_guest=columns["is_guest"],
        is_host=columns["member_id"] is not None and columns["member_id"] == edition.host_id,
        score=columns["score"], place=columns["rank"], low=columns["rank_low"],
        high=columns["rank_high"], directions=columns["groups"] or {}, columns=columns,
    )  # fmt: skip


def key_of(columns: dict[str, Any]) -> str:
    """What stands for a city in addresses: it stays when results are corrected."""
    if columns["slug"]:
        return columns["slug"]
    if columns["response_id"]:
        return f"guest-{columns['response_id']}"
    return f"place-{columns['pk']}"


def placed(rows: Iterable[Row], column: str) -> list[Row]:
    """Those with a place in a stored column, in its order, equal places counted and spanned."""
    taken = [replace(one, place=one.columns[column]) for one in rows if one.columns[column]]
    return spanned(sorted(taken, key=lambda one: one.place))


def placed_by_direction(rows: Iterable[Row], code: str) -> list[Row]:
    """Those with a score of this direction, ranked among themselves: equal ones 1, 2, 2, 4."""
    scored = [one for one in rows if direction_score(one, code) is not None]
    values = {one.pk: round(direction_score(one, code), DECIMALS) for one in scored}
    scored.sort(key=lambda one: -values[one.pk])
    found, place = [], 0
    for number, one in enumerate(scored, start=1):
        if number == 1 or values[one.pk] != values[scored[number - 2].pk]:
            place = number
        found.append(replace(one, place=place, score=direction_score(one, code)))
    return spanned(found)


def direction_score(row: Row, code: str) -> float | None:
    """Its public score of a direction, or None."""
    return (row.directions.get(code) or {}).get("score")


def spanned(rows: Sequence[Row]) -> list[Row]:
    """Rows in the order of their places, each knowing who shares its place and its rank cell."""
    found: list[Row] = []
    for _place, equal in itertools.groupby(rows, key=lambda one: one.place):
        same = list(equal)
        found += [
            replace(one, shared=len(same), span=0 if number else len(same))
            for number, one in enumerate(same)
        ]
    return found


def by_name(rows: Iterable[Row]) -> list[Row]:
    """Rows in the alphabetical order of the reader's language."""
    return sorted(rows, key=lambda one: sort_key(one.name))


def previous_edition(edition: Edition) -> Edition | None:
    """The latest edition of the same rating before this one whose places are out."""
    before = Edition.objects.visible().filter(rating=edition.rating_id, year__lt=edition.year)
    return before.filter(pk__in=out()).order_by("-year", "-pk").first()


def same_city(columns: dict[str, Any]) -> tuple:
    """What tells a city in two editions apart from others: the member, or name and country."""
    if columns["member_id"]:
        return ("member", columns["member_id"])
    return ("name", columns["name_ru"] or columns["name_en"], columns["country_code"])

"""Lists of the draft results: common, members alone, by class, by direction, ties said."""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.languages import in_language
from content.sortkeys import sort_key
from standings.caveats import left_out_words, listed
from standings.computing import Outcome, Place
from standings.noted import Noted
from standings.wording import shared_places


@dataclass(frozen=True, kw_only=True)
class Line:
    """One city in one list; `span` rows share its cell of the place, 0 below the first of them."""

    place: Place
    name: str
    rank: int
    score: float | None
    span: int
    marks: list[str]


@dataclass(frozen=True, kw_only=True)
class PlaceList:
    """A list of places: `ties` are sentences about places that cities share."""

    key: str
    title: str
    note: str = ""
    lines: list[Line]
    ties: list[str] = field(default_factory=list)


def name_of(place: Place) -> str:
    """The city in the reader's language."""
    return place.response.name_in((get_language() or "ru")[:2])


def lists(outcome: Outcome, noted: Noted) -> list[PlaceList]:
    """All lists of an outcome that have a city in them, the common one first."""
    found = [_common(outcome, noted), _members(outcome, noted)]
    found += _by_class(outcome, noted) + _by_direction(outcome, noted)
    return [one for one in found if one is not None and one.lines]


def without_place(outcome: Outcome) -> list[tuple[str, str]]:
    """Cities that have no place, by name, with the reason in words."""
    rows = [(name_of(one), left_out_words(one.reason)) for one in outcome.places if not one.rank]
    return sorted(rows, key=lambda row: sort_key(row[0]))


def _common(outcome: Outcome, noted: Noted) -> PlaceList:
    return _list("all", _("All cities"), outcome.places, noted, lambda one: one.rank)


def _members(outcome: Outcome, noted: Noted) -> PlaceList | None:
    """Members ranked anew, where guests stand among them."""
    if not any(one.response.is_guest for one in outcome.places):
        return None
    note = _("Guests are left out and the places counted anew.")
    return _list(
        "members", _("Members alone"), outcome.places, noted,
        lambda one: one.rank_among_members, note=note,
    )  # fmt: skip


def _by_class(outcome: Outcome, noted: Noted) -> list[PlaceList]:
    return [
        _list(
            f"class-{size.code}", in_language(size, "title")[0],
            [one for one in outcome.places if one.class_code == size.code],
            noted, lambda one: one.rank_in_class,
        )
        for size in outcome.inputs.classes
    ]  # fmt: skip


def _by_direction(outcome: Outcome, noted: Noted) -> list[PlaceList]:
    return [
        _list(
            f"direction-{group.code}", in_language(group, "title")[0], outcome.places, noted,
            lambda one, code=group.code: one.groups.get(code, {}).get("rank"),
            score=lambda one, code=group.code: one.groups.get(code, {}).get("score"),
        )
        for group in outcome.inputs.groups
        if group.parent_id is None
    ]  # fmt: skip


def _list(
    key: str,
    title: str,
    places: Iterable[Place],
    noted: Noted,
    rank: Callable[[Place], int | None],
    *,
    score: Callable[[Place], float | None] = lambda one: one.score,
    note: str = "",
) -> PlaceList:
    kept = sorted((one for one in places if rank(one)), key=lambda one: (rank(one), _key(one)))
    lines, ties = [], []
    for number, group in itertools.groupby(kept, key=rank):
        equal = list(group)
        lines += [_line(one, at, len(equal), number, score, noted) for at, one in enumerate(equal)]
        if len(equal) > 1:
            ties.append(_tie(number, equal))
    return PlaceList(key=key, title=title, note=note, lines=lines, ties=ties)


def _line(place, at: int, equal: int, rank: int, score, noted: Noted) -> Line:
    marks = [_("guest")] if place.response.is_guest else []
    marks += noted.marks(place.response.member_id)
    return Line(
        place=place, name=name_of(place), rank=rank, score=score(place),
        span=0 if at else equal, marks=marks,
    )  # fmt: skip


def _tie(rank: int, equal: list[Place]) -> str:
    """Who shares which places."""
    words = {
        "places": shared_places(rank, len(equal)),
        "names": listed([name_of(one) for one in equal]),
    }
    return _("%(places)s: %(names)s. Their scores are equal to nine decimals.") % words


def _key(place: Place) -> str:
    return sort_key(name_of(place))

"""Laureates as rows of a page: fetched in a constant number of queries."""

import itertools
from collections import Counter
from collections.abc import Iterable

from content.languages import in_language, reading_order
from laureates import wording
from laureates.models import Laureate

FETCHED = ("award", "category", "member__country", "picture", "round__award")


def fetched(laureates):
    """The laureates with all that a row shows of them: two queries."""
    return laureates.select_related(*FETCHED).prefetch_related("picture__renditions")


def rows(laureates: Iterable[Laureate]) -> list[dict]:
    """Rows of a list; expects them `fetched`. Equal places of one list are counted as shared."""
    found = list(laureates)
    sharing = Counter(map(_list_and_place, found))
    return [row(one, sharing[_list_and_place(one)]) for one in found]


def _list_and_place(laureate: Laureate) -> tuple:
    """What two laureates have in common who share a place."""
    group = laureate.category_id or in_language(laureate, "category_text")[0]
    if laureate.round_id is None or laureate.place is None:
        return ("alone", laureate.pk)
    return (laureate.round_id, group, laureate.honour, laureate.place)


def row(laureate: Laureate, sharing: int = 1) -> dict:
    """One laureate as a page shows it."""
    title, language = in_language(laureate, "title")
    category, category_language = wording.category_words(laureate)
    return {
        "laureate": laureate,
        "url": laureate.get_absolute_url(),
        "title": title,
        "lang": language if language != reading_order()[0] else "",
        "honour": wording.honour_words(laureate, sharing),
        "category": category,
        "category_lang": category_language if category_language != reading_order()[0] else "",
        "year": wording.year_words(laureate),
        "results_of": wording.results_of_words(laureate),
        "prize": wording.prize_words(laureate),
    }


def sharing_of(laureate: Laureate, among=None) -> int:
    """How many laureates of the same list have the place of this one: one query at most.

    among: the laureates that count, those that are public unless given.
    """
    if laureate.round_id is None or laureate.place is None:
        return 1
    rows = Laureate.objects.public() if among is None else among
    same = rows.filter(round=laureate.round_id, place=laureate.place)
    wanted = _list_and_place(laureate)
    return sum(_list_and_place(one) == wanted for one in same)


def by_year(laureates: Iterable[Laureate]) -> list[tuple[str, list[dict]]]:
    """Rows by year, in their order: ("2020", rows); those of no stated year under its words."""
    found = rows(laureates)
    return [
        (year, list(group)) for year, group in itertools.groupby(found, lambda one: one["year"])
    ]

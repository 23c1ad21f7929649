"""Access to the search: the pages of readers and the desk of staff."""

from types import SimpleNamespace

from search import unanswered
from search.models import EmptySearch
from search.tests.factories import make_answer, make_synonym
from tests.access.cells import EVERYBODY, Row
from tests.access.rows_admin import admin_rows

DESK = ("editor", "lead")


def add_objects(world: SimpleNamespace) -> None:
    """A group of synonyms, a chosen answer, words that found nothing."""
    world.synonym = make_synonym("метро", "подземка")
    world.chosen_answer = make_answer("устав", "https://example.org/", title_ru="Устав")
    unanswered.count("трамвай")
    world.empty_search = EmptySearch.objects.get()


ROWS = [
    Row("Search", "search", "/ru/search/?q=казань", EVERYBODY),
    Row("Search", "suggestions while typing", "/ru/search/suggest/?q=каз", EVERYBODY),
    *admin_rows("search/synonym", "Synonyms of the search", "synonym", DESK, DESK, DESK, DESK),
    *admin_rows(
        "search/chosenanswer", "Chosen answers of the search", "chosen_answer",
        DESK, DESK, DESK, DESK,
    ),
    *admin_rows(
        "search/emptysearch", "Searches without an answer", "empty_search", DESK, None, DESK, (),
    ),
]  # fmt: skip

"""The search desk of the demonstration."""

import pytest

from search import answers, unanswered
from uclg_portal.demonstration import search

pytestmark = pytest.mark.django_db


def test_search_desk_is_alive(client):
    search.load()

    (answer,) = answers.chosen("как вступить", "en")
    assert (answer.title, answer.url) == (
        "How a city joins the association",
        "/en/members/how-to-join/",
    )
    assert ["мэр", "глава города", "градоначальник"] in answers.synonyms("ru")
    assert sorted(unanswered.open_queries().order_by("words").values_list("words", "total")) == [
        ("smart lighting", 2),
        ("бюджетирование участия", 2),
        ("трамвайная сеть", 9),
    ]

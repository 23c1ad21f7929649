"""The words of all titles, and which of them a misspelt word is nearest to."""

from collections.abc import Iterable

from django.db import connection, transaction

from content import spelling
from content.models.search import SearchWord

LEAST, MOST = 4, 60  # letters of a word
CLOSE_ENOUGH = 0.4
MOST_WORDS = 8  # of one query

NEAREST = """
    SELECT asked.word, (
        SELECT known.word FROM content_searchword known
        WHERE known.word %% asked.word AND similarity(known.word, asked.word) >= %(close)s
        ORDER BY similarity(known.word, asked.word) DESC, known.word LIMIT 1
    )
    FROM unnest(%(words)s::text[]) AS asked(word)
"""


def learn_later(titles: Iterable[str]) -> None:
    """Learn the words of titles once the running transaction is committed.

    A statement of its own, in the order of the words: two savings never wait for one another.
    """
    words = sorted(_words(" ".join(titles)))
    if words:
        transaction.on_commit(lambda: learn(words), robust=True)


def learn(words: Iterable[str]) -> None:
    SearchWord.objects.bulk_create(
        (SearchWord(word=word) for word in words), ignore_conflicts=True, batch_size=5000
    )


def nearest(words: Iterable[str]) -> dict[str, str]:
    """The nearest known word to each misspelt one; known words and hopeless ones are left out."""
    asked = list(dict.fromkeys(word for word in map(spelling.folded, words) if _is_fit(word)))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, {"words": asked[:MOST_WORDS], "close": CLOSE_ENOUGH})
        return {word: known for word, known in cursor.fetchall() if known and known != word}


def _words(text: str) -> set[str]:
    return {word for word in map(spelling.folded, spelling.tokens(text)) if _is_fit(word)}


def _is_fit(word: str) -> bool:
    return LEAST <= len(word) <= MOST and word.isalpha()

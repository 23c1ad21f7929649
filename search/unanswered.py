"""Searches that found nothing: counted by words and day, so that staff can answer them.

Nobody is in it: no address, no person, no time; what looks like an e-mail address or a telephone
number is not written down at all. A day holds 1,000 different queries at most, half a year is kept.
"""

import contextlib
import datetime

from django.db import DatabaseError, connection, models, transaction
from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone

from content import spelling
from search.models import EmptySearch

LONGEST = 80
MOST_A_DAY = 1000
MOST_DIGITS = 5
KEPT = datetime.timedelta(days=180)

COUNT_ONE = """
    INSERT INTO search_emptysearch (words, day, count, is_settled)
    SELECT %(words)s, %(day)s, 1, EXISTS (
        SELECT 1 FROM search_emptysearch WHERE words = %(words)s AND is_settled
    )
    WHERE EXISTS (SELECT 1 FROM search_emptysearch WHERE words = %(words)s AND day = %(day)s)
       OR (SELECT count(*) FROM search_emptysearch WHERE day = %(day)s) < %(most)s
    ON CONFLICT (words, day) DO UPDATE SET count = LEAST(search_emptysearch.count + 1, 1000000)
"""


def count(words: str) -> None:
    """Count one search for cleaned words that found nothing, in one statement.

    A page never fails because of it.
    """
    words = spelling.folded(words)
    if not _may_be_kept(words):
        return
    values = {"words": words, "day": timezone.localdate(), "most": MOST_A_DAY}
    with contextlib.suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COUNT_ONE, values)


def _may_be_kept(words: str) -> bool:
    digits = sum(letter.isdigit() for letter in words)
    return len(words) <= LONGEST and "@" not in words and digits <= MOST_DIGITS


def open_queries() -> models.QuerySet[EmptySearch]:
    """One row for the same words that still want an answer, of their last day; `total` times."""
    same = EmptySearch.objects.filter(words=OuterRef("words")).order_by()
    last = EmptySearch.objects.filter(is_settled=False).order_by("words", "-day").distinct("words")
    total = same.values("words").annotate(sum=Sum("count")).values("sum")
    return EmptySearch.objects.filter(pk__in=last.values("pk")).annotate(total=Subquery(total))


def settle(words: list[str]) -> int:
    """Nobody needs to answer these words any more; gives back how many rows said them."""
    return EmptySearch.objects.filter(words__in=words).update(is_settled=True)


def answered(texts: list[str]) -> int:
    """These words have an answer now: what was counted about them is forgotten.

    `texts` are synonyms or words of a chosen answer, in any spelling. When they find nothing
    after all, they are counted anew.
    """
    keys = {spelling.phrase_key(text) for text in texts}
    rows = EmptySearch.objects.values_list("pk", "words")
    return EmptySearch.objects.filter(
        pk__in=[pk for pk, words in rows if spelling.phrase_key(words) in keys]
    ).delete()[0]


def purge(now: datetime.datetime) -> int:
    """Forget what is older than half a year."""
    day = timezone.localdate(now) - KEPT
    return EmptySearch.objects.filter(day__lt=day).delete()[0]

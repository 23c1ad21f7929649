"""The search desk of the demonstration: synonyms, chosen answers, searches without an answer."""

import datetime

from django.urls import reverse
from django.utils import timezone, translation

from search.models import ChosenAnswer, EmptySearch, Synonym
from uclg_portal.demonstration import data


def load() -> None:
    table = data.table("search.toml")
    for row in table["synonyms"]:
        group = Synonym(words="\n".join(row["words"]), language=row.get("language", ""))
        group.full_clean()
        group.save()
    for row in table["answers"]:
        _answer(row)
    today = timezone.localdate()
    EmptySearch.objects.bulk_create(
        EmptySearch(
            words=row["words"], day=today - datetime.timedelta(days=days), count=row["count"]
        )
        for row in table["empty"]
        for days in row["days_ago"]
    )


def _answer(row: dict) -> None:
    with translation.override("ru"):
        address = reverse(row["page"])
    answer = ChosenAnswer(
        words="\n".join(row["words"]), address=address, **data.texts(row, "title", "text")
    )
    answer.full_clean()
    answer.save()

"""Records of the index for tests of the search page: simple pages, published an hour ago."""

import datetime

from django.utils import timezone

from content.models import Page
from search.models import ChosenAnswer, Synonym


def make_page(slug: str, **fields) -> Page:
    values = {
        "status": "published",
        "published_at": timezone.now() - datetime.timedelta(hours=1),
    }
    return Page.objects.create(slug=slug, **{**values, **fields})


def make_synonym(*words: str, language: str = "") -> Synonym:
    group = Synonym(words="\n".join(words), language=language)
    group.full_clean()
    group.save()
    return group


def make_answer(words: str, address: str, **fields) -> ChosenAnswer:
    answer = ChosenAnswer(words=words, address=address, **fields)
    answer.full_clean()
    answer.save()
    return answer

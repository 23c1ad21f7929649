"""Rows for tests of laureates and diplomas: fixed, sensible defaults."""

import datetime

from django.utils import timezone

from awards.models import Award
from content.dated import today
from laureates.models import Diploma, Laureate

DAY = datetime.timedelta(days=1)


def make_laureate(award: Award, **fields) -> Laureate:
    """A published first place of this year."""
    values = {
        "title_ru": "Бишкек",
        "title_en": "Bishkek",
        "year": today().year,
        "place": 1,
        "status": "published",
        "published_at": timezone.now() - DAY,
    }
    return Laureate.objects.create(award=award, **{**values, **fields})


def make_diploma(laureate: Laureate, **fields) -> Diploma:
    values = {
        "round": laureate.round,
        "series": laureate.category.code if laureate.category else "A",
        "year": laureate.year,
        "city": laureate.member,
        "heading_ru": "Диплом",
        "heading_en": "Diploma",
        "holder_ru": "городу Бишкеку",
        "holder_en": "the city of Bishkek",
        "wording_ru": "за первое место",
        "wording_en": "for the first place",
    }
    return Diploma.objects.create(laureate=laureate, **{**values, **fields})

"""Editions for tests: a rating with two groups and three indicators."""

import datetime
import itertools
from decimal import Decimal

from django.utils import timezone

from ratings.models import Edition, Indicator, IndicatorGroup, Method, Rating, SizeClass

_serial = itertools.count(1)


def make_rating(**columns) -> Rating:
    number = next(_serial)
    values = {
        "title_ru": f"Рейтинг {number}", "title_en": f"Rating {number}",
        "slug": f"rating-{number}", "status": Rating.Status.PUBLISHED,
        "published_at": timezone.now() - datetime.timedelta(days=400),
    }  # fmt: skip
    return Rating.objects.create(**values | columns)


def make_edition(rating: Rating | None = None, **columns) -> Edition:
    """An edition whose questionnaire has been open for a day and closes in ten."""
    number = next(_serial)
    now = timezone.now()
    values = {
        "rating": rating or make_rating(), "title_ru": f"Выпуск {number}",
        "title_en": f"Edition {number}", "slug": f"edition-{number}", "year": 2026,
        "status": Edition.Status.PUBLISHED, "published_at": now - datetime.timedelta(days=30),
        "opens_at": now - datetime.timedelta(days=1),
        "closes_at": now + datetime.timedelta(days=10),
        "opened_at": now - datetime.timedelta(days=1), "population_year": 2025,
    }  # fmt: skip
    edition = Edition.objects.create(**values | columns)
    Method.objects.create(edition=edition)
    return edition


def make_group(edition: Edition, code: str = "P", **columns) -> IndicatorGroup:
    values = {"title_ru": f"Направление {code}", "title_en": f"Direction {code}"}
    return IndicatorGroup.objects.create(edition=edition, code=code, **values | columns)


def make_indicator(group: IndicatorGroup, code: str = "P1", **columns) -> Indicator:
    values = {"question_ru": f"Вопрос {code}", "question_en": f"Question {code}"}
    return Indicator.objects.create(group=group, code=code, **values | columns)


def make_classes(edition: Edition) -> list[SizeClass]:
    """Small below 100,000, medium to 500,000, large above."""
    bounds = [("small", 0, 100_000), ("medium", 100_000, 500_000), ("large", 500_000, None)]
    return [
        SizeClass.objects.create(
            edition=edition, code=code, title_ru=code, title_en=code, minimum=low, maximum=high
        )
        for code, low, high in bounds
    ]


def make_full_edition(**columns) -> Edition:
    """With classes, groups P (P1 0.6, P2 0.4) and E (E1), weights of the groups 2 and 1."""
    edition = make_edition(**columns)
    make_classes(edition)
    projects = make_group(edition, "P", weight=Decimal(2), order=1)
    events = make_group(edition, "E", weight=Decimal(1), order=2)
    make_indicator(projects, "P1", weight=Decimal("0.6"), order=1)
    make_indicator(projects, "P2", weight=Decimal("0.4"), order=2)
    make_indicator(events, "E1", order=1)
    return edition

"""Rows for tests of projects and strategies: fixed, sensible defaults."""

import datetime

from django.utils import timezone

from projects.models import (
    Commitment,
    CommitmentPaper,
    OutsideLibrary,
    Project,
    Recommendation,
    Strategy,
    Wave,
)


def _public(**fields) -> dict:
    hour = datetime.timedelta(hours=1)
    return {"status": "published", "published_at": timezone.now() - hour, **fields}


def _years(first: int, last: int | None) -> dict:
    return {
        "starts_on": datetime.date(first, 1, 1),
        "starts_precision": "year",
        "ends_on": last and datetime.date(last, 12, 31),
        "ends_precision": "year",
    }


def make_project(slug="young-leaders", first=2019, last=2021, **fields) -> Project:
    """A public project of some years."""
    values = {
        "title_ru": "Молодые руководители городов",
        "title_en": "Young leaders of cities",
        "summary_ru": "Учёба и обмен опытом.",
        "summary_en": "Learning and exchange.",
        "results_ru": "<p>120 участников.</p>",
        "results_en": "<p>120 participants.</p>",
    }
    return Project.objects.create(slug=slug, **_public(**_years(first, last), **values, **fields))


def make_strategy(slug="strategy", first=2020, last=2022, **fields) -> Strategy:
    values = {"title_ru": "Стратегия", "title_en": "Strategy"}
    return Strategy.objects.create(slug=slug, **_public(**_years(first, last), **values, **fields))


def make_wave(strategy, number=1, year=2020, **fields) -> Wave:
    values = {"title_ru": f"Волна {number}", "title_en": f"Wave {number}"}
    return Wave.objects.create(
        strategy=strategy, position=number, **_years(year, year), **values, **fields
    )


def make_recommendation(slug="heads-of-regions", **fields) -> Recommendation:
    values = {
        "title_ru": "Об участии городов в работе секции",
        "title_en": "On the part of cities in the work of the section",
        "text_ru": "Рекомендовать городам участвовать в работе секции.",
        "text_en": "To recommend that cities take part in the work of the section.",
        "body_ru": "Совет глав регионов при МИД",
        "body_en": "Council of heads of regions at the Foreign Ministry",
        "meeting_ru": "XXIII заседание",
        "meeting_en": "XXIII meeting",
    }
    return Recommendation.objects.create(slug=slug, **_public(**{**values, **fields}))


def make_commitment(member, **fields) -> Commitment:
    values = {
        "title_ru": "Следовать стратегии устойчивого развития",
        "title_en": "To follow a strategy of sustainable development",
        **_years(2011, None),
    }
    return Commitment.objects.create(member=member, **{**values, **fields})


def make_paper(commitment, **fields) -> CommitmentPaper:
    values = {"title_ru": "Стратегия города", "title_en": "Strategy of the city"}
    return CommitmentPaper.objects.create(commitment=commitment, **{**values, **fields})


def make_library(**fields) -> OutsideLibrary:
    values = {
        "name_ru": "Электронная библиотека городских практик",
        "name_en": "Electronic library of urban practices",
        "url": "https://library.example.org/",
        "about_ru": "Практики городов СНГ",
        "about_en": "Practices of cities of the CIS",
    }
    return OutsideLibrary.objects.create(**{**values, **fields})

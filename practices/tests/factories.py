"""Rows for the tests of practices."""

import datetime
from itertools import count

from django.utils import timezone

from content.privatefiles import keep_bytes
from members.models import Member
from practices.models import Adoption, Practice, PracticeFile, Recommendation

_numbers = count(1)


def make_practice(member: Member, slug: str = "", **fields) -> Practice:
    """A published practice in both languages, running since 2021."""
    slug = slug or f"practice-{next(_numbers)}"
    values = {
        "title_ru": "Школа общественной дипломатии",
        "title_en": "School of public diplomacy",
        "summary_ru": "Старшеклассники принимают гостей города.",
        "summary_en": "Pupils receive the guests of the city.",
        "problem_ru": "Молодёжь не знала о побратимах.",
        "problem_en": "Young people did not know the sister cities.",
        "starts_year": 2021,
        "stage": "accepted",
        "status": "published",
        "published_at": timezone.now() - datetime.timedelta(days=1),
        "country": member.country,
    }
    return Practice.objects.create(member=member, slug=slug, **{**values, **fields})


def make_draft(member: Member, **fields) -> Practice:
    """A practice that its city is writing."""
    values = {"stage": "writing", "status": "draft", "published_at": None}
    return make_practice(member, **{**values, **fields})


def make_sent(member: Member, **fields) -> Practice:
    """A practice that waits for the secretariat."""
    return make_draft(member, **{"stage": "sent", "sent_at": timezone.now(), **fields})


def make_recommendation(practice: Practice, **fields) -> Recommendation:
    """Recommended in words in the year 2017."""
    values = {
        "by_ru": "Комитет по молодёжной политике",
        "by_en": "The committee on youth policy",
        "recommended_on": datetime.date(2017, 5, 1),
        "date_precision": "year",
    }
    if fields:
        values = {"recommended_on": values["recommended_on"], **fields}
    return Recommendation.objects.create(practice=practice, **values)


def make_adoption(practice: Practice, member: Member, **fields) -> Adoption:
    values = {"note": "Провели то же в трёх школах.", "adopted_on": datetime.date(2026, 3, 1)}
    return Adoption.objects.create(practice=practice, member=member, **{**values, **fields})


def make_practice_file(practice: Practice) -> PracticeFile:
    file = keep_bytes(b"%PDF-1.7 x", "plan.pdf", "application/pdf", "practices", None)
    return PracticeFile.objects.create(practice=practice, file=file)

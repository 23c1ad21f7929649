"""A judged round for the tests of laureates."""

import pytest

from accounts.models import User
from awards.tests import factories as awards
from judging.models import Result
from judging.tests.factories import make_stage
from laureates.models import Results


@pytest.fixture
def staff(db):
    """Two persons who may release results, and do not ask themselves."""
    return tuple(
        User.objects.create_user(f"{name}@example.org", full_name=name.title())
        for name in ("anna", "boris")
    )


@pytest.fixture
def judged(db):
    """A round of one category with three works of schools, first, second and third."""
    round = awards.make_round()
    category = awards.make_category(round)
    stage = make_stage(round, state="closed")
    for place in (1, 2, 3):
        entrant = awards.make_entrant(round, name_ru=f"Школа {place}", name_en=f"School {place}")
        entry = awards.make_entry(entrant, category)
        Result.objects.create(
            stage=stage, entry=entry, category=category, votes=3, score=10 - place, place=place
        )
    return round


@pytest.fixture
def results(judged):
    """Its results, public from now on, without laureates."""
    from django.utils import timezone

    return Results.objects.create(round=judged, published_at=timezone.now())

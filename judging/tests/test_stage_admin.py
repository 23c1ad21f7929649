"""The form of a stage: rules that go together, and rules that stay once jurors began."""

import pytest
from django.urls import reverse

from awards.tests.factories import make_round
from judging.models import Stage
from judging.tests.factories import make_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(db):
    return make_round()


@pytest.fixture
def desk(client_of, awards_officer):
    return client_of(awards_officer)


def stage_form(round, **changed) -> dict:
    typed = {
        "title_ru": "Отбор", "round": round.pk, "order": 1, "method": "stars", "is_blind": "on",
        "opens_at_0": "01.11.2030", "opens_at_1": "10:00", "closes_at_0": "01.12.2030",
        "closes_at_1": "10:00", "assigning": "evenly", "votes_needed": 3, "quorum_percent": 50,
        "aggregation": "mean", "tie_rule": "shared", "version": 0,
        "criteria-TOTAL_FORMS": 0, "criteria-INITIAL_FORMS": 0,
    }  # fmt: skip
    return {**typed, **changed}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"method": "yes_no", "aggregation": "median"}, {"aggregation"}),
        ({"aggregation": "trimmed"}, {"votes_needed"}),
        ({"tie_rule": "first_criterion"}, {"tie_rule"}),
        ({"method": "ranking"}, {"assigning"}),
        ({}, set()),
    ],
)
def test_rules_that_contradict_one_another_are_refused(desk, round, changed, wrong):
    response = desk.post(reverse("admin:judging_stage_add"), stage_form(round, **changed))

    if wrong:
        assert set(response.context["adminform"].form.errors) == wrong
    assert Stage.objects.count() == (0 if wrong else 1)


def test_rules_of_an_open_stage_are_read_only(desk, round):
    stage = make_stage(round, method="stars")
    typed = stage_form(round, title_ru="Новое имя", method="yes_no", version=stage.version)

    desk.post(reverse("admin:judging_stage_change", args=[stage.pk]), typed)

    stage.refresh_from_db()
    assert (stage.title_ru, stage.method) == ("Новое имя", "stars")

"""Answers of the demonstration: an invented edition checked and sealed, drafts of the open one."""

import time
from collections import Counter

import pytest

from events.tests.factories import make_event
from questionnaires import asking, workqueue
from questionnaires.checkers import SENT
from questionnaires.models import Answer, AnswerChange, Expert, Response
from ratings.models import Edition
from standings.models import Seal, Standing
from uclg_portal.demonstration import awards, members, people, questionnaires, ratings

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    for slug in ["drawings-ceremony-yakutsk", "retreat-tangier-2020", "congress-kazan-2015"]:
        make_event(slug)
    users = people.load_users()
    members.load(users["admin@example.org"], {})
    people.load_representatives(users)
    awards.load()
    ratings.load(users)
    began = time.process_time()
    questionnaires.load(users)
    return time.process_time() - began


def test_demonstration_has_an_edition_answered_checked_and_sealed(loaded):
    edition = Edition.objects.get(slug="2024")
    rows = Response.objects.filter(edition=edition)
    assert Counter(rows.values_list("is_guest", "state")) == {
        (False, "checked"): 56, (True, "checked"): 4,
    }  # fmt: skip
    assert rows.filter(member=None).count() == 3
    assert not rows.filter(population=None).exists()
    states = Counter(Answer.objects.filter(response__in=rows).values_list("check_state", flat=True))
    assert states["accepted"] > 1100
    assert states["corrected"] >= 3
    assert states["asked"] == 0
    assert states["waiting"] == Answer.objects.filter(response__in=rows).exclude(text="").count()
    log = Counter(AnswerChange.objects.filter(answer__response__in=rows).values_list("deed"))
    assert log[("asked",)] == log[("replied",)] > 0
    assert log[("typed",)] + log[("letter",)] == sum(states.values())
    assert log[("accepted",)] == states["accepted"]
    late = AnswerChange.objects.filter(answer__response__in=rows, at__gt=edition.closes_at)
    assert not late.filter(deed__in=["typed", "letter"]).exists()
    seal = Seal.objects.get(edition=edition)
    assert (seal.asked_by.email, seal.sealed_by.email) == (
        "ratings@example.org", "admin@example.org",
    )  # fmt: skip
    places = Standing.objects.filter(seal=seal).exclude(rank=None)
    assert places.count() > 50
    assert places.filter(is_guest=True).exists()
    assert loaded < 12  # seconds of a busy machine

    following = Response.objects.filter(edition__slug="2026")
    sent = {one.member.slug: one.state in SENT for one in following}
    assert sent == {"kazan": False, "bishkek": False, "stavropol": True}
    (question,) = asking.open_questions(following.get(member__slug="stavropol"))
    assert question.answer.indicator.code == "E1"
    assert {one.user.email for one in Expert.objects.all()} == {"expert@example.org"}
    assert workqueue.LISTS["to_check"]().count() == 1


def test_demonstration_says_the_same_each_time(loaded):
    first = dict(_numbers())
    assert first["bishkek", "E1"] is not None
    assert len(first) > 1000
    numbers = [one for one in first.values() if one is not None]
    assert min(numbers) >= 0


def _numbers():
    rows = Answer.objects.filter(response__edition__slug="2024", response__member__isnull=False)
    for slug, code, number in rows.values_list(
        "response__member__slug", "indicator__code", "number"
    ):
        yield (slug, code), number

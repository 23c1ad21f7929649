"""Where the jury's pages are announced to people who have other pages, too."""

import pytest
from django.utils import timezone, translation

from accounts import landing
from accounts.tests.factories import make_representative
from awards.tests.factories import make_entrant, make_round
from judging.models import Assignment
from judging.screen_registries import works_to_judge
from judging.tests import works
from judging.tests.factories import DAY, make_assignment, make_juror, make_stage
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db


def tasks(member, user) -> list[tuple]:
    with translation.override("en"):
        found = list(works_to_judge(member, user))
    return [(one.title, one.note, one.url, one.action, one.deadline, one.zone) for one in found]


def test_representative_in_a_jury_finds_the_works_in_the_cabinet():
    kazan = make_member()
    user = make_representative(kazan)
    juror = make_juror(make_round(), user)
    stage = make_stage(juror.round)
    over = make_stage(
        juror.round, opens_at=timezone.now() - 2 * DAY, closes_at=timezone.now() - DAY
    )
    for assignment in works.make_works(stage, juror, make_entrant(juror.round), 2):
        make_assignment(over, juror, assignment.entry)

    assert tasks(kazan, user) == [
        (
            "Jury: Heritage of Eurasia through Children’s Eyes",
            "2 works are to be judged.",
            f"/en/jury/{stage.pk}/",
            "Judge the works",
            stage.closes_at,
            "Europe/Moscow",
        )
    ]
    Assignment.objects.update(state="abstained", abstained_why="My city")
    assert tasks(kazan, user) == []


def test_jury_is_the_landing_page_of_its_members_alone(make_user):
    juror = make_juror(make_round())

    assert landing.url_for(juror.user) == "/ru/jury/"
    assert landing.url_for(make_user()) == ""

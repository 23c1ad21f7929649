"""Juries of the demonstration: a contest being judged, a round judged, with both protocols."""

import pytest

from accounts.tests.factories import make_user
from awards.models import Round
from awards.tests.factories import make_author, make_entrant, make_entry
from events.tests.factories import make_event
from judging import conflicts, ties
from judging.models import Assignment, Juror, JuryProtocol, Result, Stage
from members.tests.factories import make_member
from uclg_portal.demonstration import awards, judging

pytestmark = pytest.mark.django_db
CITIES = ("yerevan", "kazan", "izmir", "stavropol", "yakutsk", "bishkek")


@pytest.fixture
def loaded():
    make_event("drawings-ceremony-yakutsk")
    make_event("retreat-tangier-2020")
    members = {slug: make_member(slug=slug, name_ru=slug, name_en=slug) for slug in CITIES}
    awards.load()
    contest = Round.objects.get(award__slug="children-drawings", slug="2026")
    for number in range(20):
        entrant = make_entrant(contest, home_text="Ставрополь" if number < 2 else "Уфа")
        make_author(make_entry(entrant, contest.categories.all()[number % 3]), consents=("entry",))
    users = {
        email: make_user(email, is_staff=email.startswith("admin"))
        for email in ("admin@example.org", "juror@example.org")
    }
    judging.load(users)
    return members


def test_contest_is_being_judged_by_five_jurors(loaded):
    stage = Stage.objects.get(round__award__slug="children-drawings")

    assert (stage.state, stage.round.jurors.count(), stage.is_blind) == ("open", 5, True)
    own = Assignment.objects.filter(stage=stage, juror__user__email="juror@example.org")
    assert sorted(own.values_list("state", flat=True)) == ["open"] * 8 + ["voted"] * 4
    assert Assignment.objects.filter(stage=stage, state="abstained").count() == 1


def test_no_juror_of_the_demonstration_meets_works_of_their_city(loaded):
    given = set(Assignment.objects.values_list("juror", "entry"))

    for round in Round.objects.all():
        assert not given & conflicts.pairs(round)


def test_last_year_was_judged_in_two_stages_with_protocols(loaded):
    final = Stage.objects.get(round__slug="2025", order=2)

    rows = Result.objects.filter(stage=final).order_by("place")
    assert list(rows.values_list("entry__title_en", "place", "votes")) == [
        ("Rain gardens at schools", 1, 2),
        ("An embankment without fences", 2, 2),
        ("Pipes that do not freeze", 3, 3),
        ("Irrigation ditches on a map", 4, 3),
    ]
    assert (final.state, ties.open_ties(final)) == ("closed", [])
    assert JuryProtocol.objects.filter(stage__round__slug="2025").count() == 4
    assert final.closed_at == final.closes_at


def test_sifting_of_the_open_call_is_prepared(loaded):
    stage = Stage.objects.get(round__award__slug="good-practice", round__slug="2026")

    assert (stage.state, Juror.objects.filter(round=stage.round).count()) == ("planned", 3)

"""What no script of ours sends: refused, or kept without what nobody sees."""

import pytest

from awards.tests.factories import make_category, make_round
from judging.screen import person_key
from judging.tests import works
from judging.tests.factories import make_assignment, make_criterion, make_juror, make_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(client):
    round = make_round(is_for_children=True)
    stage, juror = make_stage(round), make_juror(round)
    client.force_login(juror.user)
    return make_assignment(stage, juror, works.make_revealing_work(round, make_category(round)))


@pytest.mark.parametrize(
    "body",
    [
        '{"person": "%s", "number": 417, "comment": "\\ud800"}',
        '{"person": "\\ud800", "number": 417}',
        '{"person": "%s", "number": 417, "abstain": {"reason": "other", "words": "\\udfff"}}',
        "[" * 19_000,
        '{"person": "%s", "number": 417, "scores": {"1": 1}, "age": Infinity}',
        "null",
    ],
)
def test_vote_that_is_no_vote_is_refused(client, assignment, body):
    body = body.replace("%s", person_key(assignment.juror.user))

    answer = client.post(
        f"/en/jury/{assignment.stage_id}/votes/", body, content_type="application/json"
    )

    assert answer.status_code == 400


def test_comment_is_kept_without_what_nobody_sees(client, assignment):
    criterion = make_criterion(assignment.stage)

    client.post(
        f"/en/jury/{assignment.stage_id}/0417/",
        {f"points-{criterion.pk}": "7", "comment": "Light\x00 and \u202eair"},
    )

    assignment.refresh_from_db()
    assert (assignment.comment, assignment.state) == ("Light and air", "voted")

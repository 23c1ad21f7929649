"""Votes one by one as JSON, kept by the script while there is no connection; the order of works."""

import datetime
import json

import pytest
from django.test import Client
from django.utils import timezone

from awards.tests.factories import make_category, make_entrant, make_round
from judging.models import Assignment, Score
from judging.screen import person_key
from judging.tests import works
from judging.tests.factories import (
    DAY,
    make_assignment,
    make_criterion,
    make_juror,
    make_stage,
    make_vote,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(db):
    return make_round(is_for_children=True)


@pytest.fixture
def stage(round):
    return make_stage(round)


@pytest.fixture
def juror(round):
    return make_juror(round)


@pytest.fixture
def client_in(client, juror):
    client.force_login(juror.user)
    return client


@pytest.fixture
def assignment(stage, juror):
    entry = works.make_revealing_work(stage.round, make_category(stage.round))
    return make_assignment(stage, juror, entry)


def send(client, assignment, by=None, **told):
    """What the script of this juror's page sends."""
    data = {"person": person_key(by or assignment.juror.user), "number": 417, "age": 0, **told}
    return client.post(
        f"/en/jury/{assignment.stage_id}/votes/", json.dumps(data), content_type="application/json"
    )


def scores_of(assignment) -> dict:
    return dict(assignment.scores.values_list("criterion", "points"))


def test_score_is_kept_at_once_and_the_answer_says_where_the_work_stands(
    client_in, stage, assignment
):
    skill, idea = make_criterion(stage), make_criterion(stage, order=2)

    first = send(client_in, assignment, scores={str(skill.pk): 7}).json()
    second = send(client_in, assignment, scores={str(idea.pk): 9}, comment="Light").json()

    assert first == {
        "state": "open", "label": "to be judged", "scores": {str(skill.pk): 7},
        "is_late": False, "left": 1,
    }  # fmt: skip
    assert second == {
        "state": "voted", "label": "judged", "scores": {str(skill.pk): 7, str(idea.pk): 9},
        "is_late": False, "left": 0,
    }  # fmt: skip
    assignment.refresh_from_db()
    assert assignment.comment == "Light"


def test_answer_tells_nothing_of_the_author(client_in, stage, assignment):
    stage.method = "yes_no"
    stage.save()

    text = send(client_in, assignment, scores={"work": 1}).text

    assert [secret for secret in works.SECRETS if secret in text] == []
    assert scores_of(assignment) == {None: 1}


def test_abstaining_and_the_comment_typed_before_it_come_together(client_in, stage, assignment):
    make_criterion(stage)

    told = send(
        client_in, assignment, comment="Fine", abstain={"reason": "author", "words": "a niece"}
    ).json()

    assignment.refresh_from_db()
    assert told["state"] == assignment.state == "abstained"
    assert (assignment.abstained_why, assignment.comment) == ("I know the author: a niece", "Fine")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"scores": {"{key}": 11}}, "Points are a whole number from 0 to 10."),
        ({"scores": {"{key}": 7.5}}, "Points are a whole number from 0 to 10."),
        ({"scores": {"{key}": "7"}}, "Points are a whole number from 0 to 10."),
        ({"scores": {"work": 7}}, "This stage has no such criterion."),
        ({"abstain": {"reason": "other"}}, "Say why you abstain."),
        ({"comment": "x" * 2001}, "A comment has 2000 characters at most."),
    ],
)
def test_refused_votes_say_why_and_nothing_is_kept(client_in, stage, assignment, told, words):
    key = str(make_criterion(stage).pk)
    if "scores" in told:
        told = {"scores": {name.format(key=key): value for name, value in told["scores"].items()}}

    response = send(client_in, assignment, **told)

    assert (response.status_code, response.json()) == (409, {"error": words})
    assert not Score.objects.exists()


def test_vote_that_waited_beyond_the_closing_is_refused_by_the_servers_clock(
    client_in, stage, assignment
):
    criterion = make_criterion(stage)
    stage.closes_at = timezone.now() - datetime.timedelta(minutes=1)
    stage.save()

    response = send(client_in, assignment, scores={str(criterion.pk): 7}, age=3600)

    assert response.status_code == 409
    assert response.json()["error"].startswith("Votes were taken until ")
    assert not Score.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        '{"number": 417}',
        '{"person": "x", "number": "417"}',
        '{"person": "x", "number": true}',
        '{"person": "x", "number": -1}',
        '{"person": "x", "number": 417, "scores": [1]}',
        '{"person": "x", "number": 417, "scores": {"one": 1}}',
        '{"person": "x", "number": 417, "abstain": "me"}',
        '{"person": "x", "number": 417, "comment": 7}',
        '{"person": "x", "number": 417, "age": "long"}',
        '{"person": "x", "number": 417, "age": 1e400}',
        '{"person": "x", "number": 417, "age": NaN}',
        "x" * 30_000,
    ],
)
def test_odd_input_is_refused_in_words(client_in, assignment, text):
    response = client_in.post(
        f"/en/jury/{assignment.stage_id}/votes/", text, content_type="application/json"
    )

    assert response.status_code in (400, 403)
    assert "error" in response.json()


def test_scores_kept_on_a_device_go_to_their_own_juror_alone(client_of, stage, assignment):
    """The other juror of the same works has signed in on the same phone."""
    criterion = make_criterion(stage)
    other = make_juror(stage.round)
    theirs = make_assignment(stage, other, assignment.entry)

    response = send(
        client_of(other.user), assignment, by=assignment.juror.user,
        scores={str(criterion.pk): 7},
    )  # fmt: skip

    assert response.status_code == 403
    assert response.json() == {"error": "These are the scores of another juror."}
    assert (scores_of(assignment), scores_of(theirs)) == ({}, {})


def test_votes_for_works_of_others_are_not_found(client, client_of, make_user, stage, assignment):
    other = make_juror(stage.round)
    stranger = make_user()

    assert send(client_of(other.user), assignment, by=other.user).status_code == 404
    assert send(client_of(stranger), assignment, by=stranger).status_code == 404
    assert send(client, assignment).url.startswith("/accounts/login/")


def test_votes_need_the_token_of_the_page(juror, stage, assignment):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(juror.user)

    assert send(strict, assignment, scores={"work": 1}).status_code == 403


def test_what_waited_gives_way_to_a_later_vote_on_another_device(client_in, stage, assignment):
    criterion = make_criterion(stage)
    given = make_vote(stage, assignment.juror, assignment.entry, {criterion: 8})

    told = send(client_in, given, scores={str(criterion.pk): 5}, age=3600).json()

    assert (told["is_late"], told["scores"]) == (True, {str(criterion.pk): 8})
    assert scores_of(given) == {criterion.pk: 8}


def test_what_waited_takes_the_place_of_an_earlier_vote(client_in, stage, assignment):
    criterion = make_criterion(stage)
    given = make_vote(stage, assignment.juror, assignment.entry, {criterion: 8})
    Assignment.objects.update(voted_at=timezone.now() - 2 * datetime.timedelta(hours=1))

    told = send(client_in, given, scores={str(criterion.pk): 5}, age=3600).json()

    assert (told["is_late"], told["scores"]) == (False, {str(criterion.pk): 5})


def test_the_same_vote_sent_twice_stands_once(client_in, stage, assignment):
    criterion = make_criterion(stage)
    answers = [
        send(client_in, assignment, scores={str(criterion.pk): 7}, age=age) for age in (0, 20)
    ]

    assert [answer.json()["scores"] for answer in answers] == [{str(criterion.pk): 7}] * 2
    assert scores_of(assignment) == {criterion.pk: 7}


# ---- The order of a ranking stage.


@pytest.fixture
def ranking(round):
    return make_stage(round, method="ranking")


def order_of(stage) -> list[tuple[str, int | None]]:
    rows = stage.assignments.order_by("entry__number")
    return [(row.entry.code, row.position) for row in rows.select_related("entry")]


def places(made, *numbers) -> dict[str, str]:
    return {f"place-{row.pk}": str(number) for row, number in zip(made, numbers, strict=True)}


def test_order_is_given_by_numbers(client_in, ranking, juror, round):
    made = works.make_works(ranking, juror, make_entrant(round), 3)

    response = client_in.post(
        f"/en/jury/{ranking.pk}/order/", {**places(made, 2, 30, 1), "save": ""}
    )

    assert response.url == f"/en/jury/{ranking.pk}/order/?done=ordered"
    assert order_of(ranking) == [("0001", 2), ("0002", 3), ("0003", 1)]
    text = client_in.get(response.url).text
    assert "The order is saved" in text
    assert text.index("<b>0003</b>") < text.index("<b>0001</b>") < text.index("<b>0002</b>")


@pytest.mark.parametrize(
    ("name", "moved", "expected"),
    [
        ("up", 1, [("0001", 2), ("0002", 1), ("0003", 3)]),
        ("down", 1, [("0001", 1), ("0002", 3), ("0003", 2)]),
        ("up", 0, [("0001", 1), ("0002", 2), ("0003", 3)]),
        ("down", 2, [("0001", 1), ("0002", 2), ("0003", 3)]),
    ],
)
def test_order_is_given_by_buttons(client_in, ranking, juror, round, name, moved, expected):
    made = works.make_works(ranking, juror, make_entrant(round), 3)

    client_in.post(
        f"/en/jury/{ranking.pk}/order/", {**places(made, 1, 2, 3), name: str(made[moved].pk)}
    )

    assert order_of(ranking) == expected


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((1, 1, 2), "Two works have the same place: give each its own."),
        ((1, "", 2), "Give every work a place: 1, 2, 3 and so on."),
        ((1, "first", 2), "Give every work a place: 1, 2, 3 and so on."),
    ],
)
def test_order_with_gaps_is_refused_and_the_numbers_stay(
    client_in, ranking, juror, round, numbers, words
):
    made = works.make_works(ranking, juror, make_entrant(round), 3)

    response = client_in.post(f"/en/jury/{ranking.pk}/order/", places(made, *numbers))

    assert words in response.text
    assert [row.shown_place for row in response.context["rows"]] == [str(one) for one in numbers]
    assert order_of(ranking) == [("0001", None), ("0002", None), ("0003", None)]


def test_order_after_closing_is_refused_and_stays_on_the_screen(client_in, ranking, juror, round):
    made = works.make_works(ranking, juror, make_entrant(round), 2)
    ranking.opens_at, ranking.closes_at = timezone.now() - 2 * DAY, timezone.now() - DAY
    ranking.save()

    response = client_in.post(f"/en/jury/{ranking.pk}/order/", places(made, 2, 1))

    assert "Votes were taken until " in response.text
    assert [row.shown_place for row in response.context["rows"]] == ["2", "1"]
    assert order_of(ranking) == [("0001", None), ("0002", None)]


def test_order_leaves_out_works_one_abstains_from(client_in, ranking, juror, round):
    made = works.make_works(ranking, juror, make_entrant(round), 3)
    client_in.post(f"/en/jury/{ranking.pk}/0002/", {"abstain": "", "reason": "city"})

    page = client_in.get(f"/en/jury/{ranking.pk}/order/")
    client_in.post(f"/en/jury/{ranking.pk}/order/", places([made[0], made[2]], 2, 1))

    assert [row.work.code for row in page.context["rows"]] == ["0001", "0003"]
    assert order_of(ranking) == [("0001", 2), ("0002", None), ("0003", 1)]


def test_order_is_a_page_of_ranking_stages_alone(client_in, client_of, ranking, stage):
    other = make_juror(make_round(slug="2027"))

    assert client_in.get(f"/en/jury/{stage.pk}/order/").status_code == 404
    assert client_in.get(f"/en/jury/{ranking.pk}/order/").status_code == 200
    assert client_of(other.user).get(f"/en/jury/{ranking.pk}/order/").status_code == 404

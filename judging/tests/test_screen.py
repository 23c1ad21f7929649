"""The jury's pages: who comes in, what the gallery shows, what a work's page takes."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards.models import GuardianConsent
from awards.tests.factories import make_author, make_category, make_entrant, make_entry, make_round
from judging.models import Assignment, Result, Score
from judging.tests import works
from judging.tests.factories import (
    DAY,
    make_assignment,
    make_criterion,
    make_juror,
    make_stage,
    make_vote,
)
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db
LIMIT = 300 * 1024


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


def scores_of(assignment) -> dict:
    return dict(assignment.scores.values_list("criterion", "points"))


def gallery(stage) -> str:
    return f"/en/jury/{stage.pk}/"


def page_of(stage, code: str = "0417") -> str:
    return f"/en/jury/{stage.pk}/{code}/"


def codes_on(response) -> list[str]:
    return [row.work.code for row in response.context["page"].object_list]


# ---- The way in.


def test_juror_without_a_city_lands_in_the_jury_after_sign_in(client_in):
    response = client_in.get("/en/cabinet/")

    assert (response.status_code, response.url) == (302, "/en/jury/")


def test_person_without_a_seat_finds_no_jury(client, make_user, stage, juror):
    client.force_login(make_user())

    assert [client.get(url).status_code for url in ("/en/jury/", gallery(stage))] == [404, 404]
    assert client.get("/en/cabinet/").status_code == 200


def test_forwarded_link_of_a_juror_opens_nothing(client, client_of, make_user, stage, assignment):
    other = make_juror(stage.round)
    address = page_of(stage)

    assert client.get(address).url == f"/accounts/login/?next={address}"
    assert client_of(make_user()).get(address).status_code == 404
    assert client_of(other.user).get(address).status_code == 404
    assert client_of(other.user).get(gallery(stage)).status_code == 200


def test_juror_who_left_finds_no_jury(client_in, juror, stage, assignment):
    juror.left_at = timezone.now()
    juror.save()

    assert client_in.get("/en/jury/").status_code == 404
    assert client_in.get(page_of(stage)).status_code == 404


def test_jury_needs_a_second_factor_outside_of_the_demonstration(
    client_in, settings, stage, assignment
):
    settings.SECOND_FACTOR_REQUIRED = True
    addresses = ["/en/jury/", gallery(stage), page_of(stage), f"{page_of(stage)}clean/0417-1.jpg"]

    assert {client_in.get(address).url for address in addresses} == {reverse("mfa_index")}
    assert client_in.get("/en/cabinet/").url == "/en/jury/"
    response = client_in.post(f"{gallery(stage)}votes/", {}, content_type="application/json")
    assert response.url == reverse("mfa_index")


# ---- The front page.


def test_front_page_says_until_when_how_far_and_what_to_do(client_in, juror, stage, assignment):
    planned = make_stage(stage.round, state="planned", title_en="Finals")
    over = make_stage(stage.round, title_en="Sifting", opens_at=timezone.now() - 3 * DAY,
                      closes_at=timezone.now() - DAY)  # fmt: skip
    make_assignment(over, juror, assignment.entry)

    response = client_in.get("/en/jury/")

    rows = response.context["current"]
    assert [(row["stage"], row["progress"].total) for row in rows] == [(stage, 1), (planned, 0)]
    assert [row["stage"] for row in response.context["past"]] == [over]
    assert "Judge the works" in response.text
    assert "Kazan time (UTC+3)" in response.text
    assert f'href="/en/jury/{planned.pk}/"' not in response.text


def test_front_page_shows_the_deadline_by_both_clocks(client_in, juror, stage):
    juror.user.time_zone = "Asia/Bishkek"
    juror.user.save()
    stage.closes_at = datetime.datetime(2099, 3, 31, 20, 59, tzinfo=datetime.UTC)
    stage.save()

    text = client_in.get("/en/jury/").text

    assert "31 March 2099, 23:59 Kazan time (UTC+3)" in text
    assert "1 April 2099, 02:59 Bishkek time (yours)" in text


@pytest.mark.parametrize("number", [1, 4])
def test_front_page_asks_as_often_for_one_stage_as_for_many(client_in, juror, round, number):
    entry = works.make_revealing_work(round)
    for _ in range(number):
        make_assignment(make_stage(round), juror, entry)
    with CaptureQueriesContext(connection) as queries:
        assert client_in.get("/en/jury/").status_code == 200

    assert len(queries) == 11


# ---- The gallery.


@pytest.mark.parametrize("number", [5, 100])
def test_gallery_of_many_works_is_light_and_asks_as_often_as_for_few(
    client_in, round, stage, juror, number
):
    category = make_category(round)
    make_criterion(stage)
    works.make_works(stage, juror, make_entrant(round), number, category)

    with CaptureQueriesContext(connection) as queries:
        response = client_in.get(gallery(stage))

    assert len(codes_on(response)) == number
    assert len(queries) == 18
    assert len(response.content) < LIMIT
    assert response.text.count('loading="lazy"') == max(0, number - 8)
    assert response.text.count('width="480" height="320"') == number


def test_gallery_filters_by_state_and_finds_by_number_and_title(client_in, round, stage, juror):
    made = works.make_works(stage, juror, make_entrant(round), 4)
    Assignment.objects.filter(pk=made[0].pk).update(state="voted", voted_at=timezone.now())
    Assignment.objects.filter(pk=made[1].pk).update(state="abstained", abstained_why="Own city")
    shown = {
        query: codes_on(client_in.get(f"{gallery(stage)}?{query}"))
        for query in ("", "state=open", "state=voted", "state=abstained", "state=x", "q=3",
                      "q=harvest+4", "q=%00", "q=Сафина", "state=open&q=1", "page=99")
    }  # fmt: skip

    everything = ["0001", "0002", "0003", "0004"]
    assert shown == {
        "": everything,
        "state=open": ["0003", "0004"],
        "state=voted": ["0001"],
        "state=abstained": ["0002"],
        "state=x": everything,
        "q=3": ["0003"],
        "q=harvest+4": ["0004"],
        "q=%00": everything,
        "q=Сафина": [],
        "state=open&q=1": [],
        "page=99": everything,
    }


def test_gallery_without_works_says_so(client_in, stage):
    assert "No works are assigned to you in this stage" in client_in.get(gallery(stage)).text


# ---- One work.


def test_awd_3_juror_opens_work_0417_and_sees_number_age_group_title_and_picture(
    client_in, stage, assignment
):
    make_criterion(stage)

    text = client_in.get(page_of(stage)).text

    assert '<span class="jury-code">0417</span> <span>Harvest Festival</span>' in text
    assert "Category A, 5–14 years" in text
    assert f'src="{page_of(stage)}large/0417-1.webp"' in text
    assert "Краски и бумага" in text
    assert [secret for secret in works.SECRETS if secret in text] == []


def test_points_are_given_one_by_one_by_forms_without_scripts(client_in, stage, assignment):
    skill, idea = make_criterion(stage), make_criterion(stage, order=2, max_points=50)

    response = client_in.post(
        page_of(stage), {"give": f"{skill.pk}:7", "comment": "Light", f"points-{idea.pk}": ""}
    )
    assert (response.status_code, response.url) == (302, f"{page_of(stage)}?done=given#scores")
    assignment.refresh_from_db()
    assert (scores_of(assignment), assignment.state) == ({skill.pk: 7}, "open")

    client_in.post(page_of(stage), {"save": "", "comment": "Light", f"points-{idea.pk}": "48"})
    assignment.refresh_from_db()
    assert scores_of(assignment) == {skill.pk: 7, idea.pk: 48}
    assert (assignment.state, assignment.comment) == ("voted", "Light")


@pytest.mark.parametrize(
    ("method", "labels"),
    [("yes_no", ["1", "0"]), ("stars", ["1", "2", "3", "4", "5"]),
     ("criteria", [str(points) for points in range(11)]), ("ranking", [])],
)  # fmt: skip
def test_buttons_follow_the_method_of_the_stage(client_in, stage, assignment, method, labels):
    stage.method = method
    stage.save()
    criterion = make_criterion(stage)
    key = criterion.pk if method == "criteria" else "work"

    text = client_in.get(page_of(stage)).text

    assert [label for label in labels if f'value="{key}:{label}"' in text] == labels
    assert text.count('name="give"') == len(labels)
    assert ("Put the works in order" in text) == (method == "ranking")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"give": "{key}:11"}, "Points are a whole number from 0 to 10."),
        ({"give": "{key}:-1"}, "Points are a whole number."),
        ({"give": "{key}:7.5"}, "Points are a whole number."),
        ({"give": "0:7"}, "This stage has no such criterion."),
        ({"give": "nonsense"}, "Points are a whole number."),
        ({"points-{key}": "٧"}, "Points are a whole number."),
        ({"abstain": "", "reason": "other", "words": "  "}, "Say why you abstain."),
        ({"abstain": "", "reason": "made up"}, "Say why you abstain."),
    ],
)
def test_score_of_11_of_10_and_the_like_are_refused_and_the_comment_stays(
    client_in, stage, assignment, data, words
):
    key = str(make_criterion(stage).pk)
    told = {name.format(key=key): value.format(key=key) for name, value in data.items()}

    response = client_in.post(page_of(stage), {"comment": "Half a page", **told})

    assert response.status_code == 200
    assert words in response.text
    assert ">Half a page</textarea>" in response.text
    assert not Score.objects.exists()


def test_vote_after_closing_is_refused_in_words_and_the_comment_stays(client_in, stage, assignment):
    criterion = make_criterion(stage)
    stage.closes_at = datetime.datetime(2026, 1, 31, 20, 59, tzinfo=datetime.UTC)
    stage.opens_at = stage.closes_at - DAY
    stage.save()

    response = client_in.post(page_of(stage), {"give": f"{criterion.pk}:7", "comment": "Late"})

    assert "Votes were taken until 31 January 2026, 23:59 Kazan time (UTC+3)." in response.text
    assert ">Late</textarea>" in response.text
    assert not Score.objects.exists()
    assert 'name="give"' not in client_in.get(page_of(stage)).text


@pytest.mark.parametrize(
    ("reason", "told", "kept"),
    [
        ("author", "", "I know the author"),
        ("city", "we share a school", "It is a work of my city: we share a school"),
        ("other", "my niece", "my niece"),
    ],
)
def test_conflict_is_declared_as_an_abstention_with_its_reason(
    client_in, stage, assignment, reason, told, kept
):
    criterion = make_criterion(stage)
    client_in.post(page_of(stage), {"give": f"{criterion.pk}:7"})

    response = client_in.post(page_of(stage), {"abstain": "", "reason": reason, "words": told})

    assignment.refresh_from_db()
    assert response.url == f"{page_of(stage)}?done=abstained#scores"
    assert (assignment.state, assignment.abstained_why) == ("abstained", kept)
    assert scores_of(assignment) == {}
    assert kept in client_in.get(page_of(stage)).text

    client_in.post(page_of(stage), {"take_back": ""})
    assignment.refresh_from_db()
    assert (assignment.state, assignment.abstained_why) == ("open", "")


def test_work_leads_to_its_neighbours_and_to_the_next_to_be_judged(client_in, round, stage, juror):
    made = works.make_works(stage, juror, make_entrant(round), 4)
    Assignment.objects.filter(pk=made[2].pk).update(state="voted", voted_at=timezone.now())

    around = {}
    for code in ("0001", "0002", "0004"):
        context = client_in.get(page_of(stage, code)).context
        around[code] = (context["previous"], context["next"], context["next_open"])

    assert around == {"0001": (None, 2, 2), "0002": (1, 3, 4), "0004": (3, None, 1)}


@pytest.mark.parametrize("number", [1, 30])
def test_work_asks_as_often_among_one_as_among_many(client_in, round, stage, juror, number):
    make_criterion(stage)
    works.make_works(stage, juror, make_entrant(round), number)
    with CaptureQueriesContext(connection) as queries:
        assert client_in.get(page_of(stage, "0001")).status_code == 200

    assert len(queries) == 18


def test_scores_of_others_are_hidden_until_the_stage_is_counted(
    client_in, stage, assignment, juror
):
    criterion = make_criterion(stage)
    other = make_juror(stage.round)
    make_vote(stage, other, assignment.entry, {criterion: 3})
    Assignment.objects.filter(juror=other).update(comment="Ordinary")
    client_in.post(page_of(stage), {"give": f"{criterion.pk}:7"})

    before = client_in.get(page_of(stage)).text
    Result.objects.create(stage=stage, entry=assignment.entry, votes=2, score="5.0000")
    stage.state, stage.closed_at = "closed", timezone.now()
    stage.save()
    after = client_in.get(page_of(stage))

    assert "Score of the jury" not in before
    assert "Ordinary" not in before + after.text
    assert "Score of the jury</dt><dd>5.00" in after.text
    assert after.context["result"].votes == 2


def test_who_abstained_is_not_told_the_score(client_in, stage, assignment):
    client_in.post(page_of(stage), {"abstain": "", "reason": "author"})
    Result.objects.create(stage=stage, entry=assignment.entry, votes=2, score="5.0000")
    stage.state, stage.closed_at = "closed", timezone.now()
    stage.save()

    assert client_in.get(page_of(stage)).context["result"] is None


def test_prv_4_work_whose_consent_was_withdrawn_is_gone_at_once(client_in, stage, assignment):
    picture = f"{page_of(stage)}clean/0417-1.jpg"
    assert b"".join(client_in.get(picture).streaming_content).startswith(b"\xff\xd8")
    assert client_in.get(page_of(stage)).status_code == 200

    GuardianConsent.objects.update(withdrawn_at=timezone.now())

    assert client_in.get(picture).status_code == 404
    assert client_in.get(page_of(stage)).status_code == 404
    assert client_in.post(page_of(stage), {"give": "work:1"}).status_code == 404
    assert codes_on(client_in.get(gallery(stage))) == []


def test_awd_3_work_of_the_own_city_is_not_found_by_its_number(client_in, stage, juror):
    stavropol = make_member("stavropol", "Ставрополь", "Stavropol")
    own = make_entry(make_entrant(stage.round), home=None, home_text="Ставрополь", number=9)
    make_author(own, consents=("entry",))
    works.add_picture(own)
    make_assignment(stage, juror, own)
    assert client_in.get(page_of(stage, "0009")).status_code == 200

    juror.home = stavropol
    juror.save()

    addresses = ["", "small/0009-1.webp", "large/0009-1.webp", "clean/0009-1.jpg"]
    answers = [client_in.get(page_of(stage, "0009") + rest).status_code for rest in addresses]
    assert answers == [404, 404, 404, 404]

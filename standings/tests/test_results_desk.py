"""Draft results in the admin: lists, ties, guests, marked cities, warnings, clear messages."""

import datetime
import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from content import jobs
from content.models import Job
from governance.tests.factories import make_office, make_office_term, make_organisation, make_person
from members.models import Member
from members.tests.factories import make_member
from questionnaires.models import Response
from questionnaires.tests.factories import make_response, make_sent
from ratings.models import Indicator, Method
from ratings.tests.factories import make_edition, make_full_edition
from standings import caveats, desk_lists, firmness, noted
from standings.computing import compute
from standings.tests.factories import make_answered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def desk(client_of, ratings_officer):
    client = client_of(ratings_officer)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def address(edition, name="desk", *more) -> str:
    return reverse(f"admin:standings_{name}", args=[edition.pk, *more])


def page_lists(edition) -> dict:
    """{key of a list: [(place, name, marks), …]}."""
    outcome = compute(edition, firm=False)
    found = desk_lists.lists(outcome, noted.noted(outcome))
    return {one.key: [(line.rank, line.name, line.marks) for line in one.lines] for one in found}


def make_president(member) -> None:
    """The head of this member is the President of the association."""
    person = make_person()
    own = make_organisation(is_own=True)
    make_office_term(make_office(own, "president"), person)
    make_office_term(make_office(member), person)


def test_rat_2_guests_are_marked_and_left_out_of_the_list_of_members():
    lists = page_lists(make_answered())
    assert lists["all"] == [
        (1, "Bishkek", []), (2, "Izmir", ["guest"]), (3, "Khabarovsk", []),
    ]  # fmt: skip
    assert lists["members"] == [(1, "Bishkek", []), (2, "Khabarovsk", [])]
    assert list(lists) == ["all", "members", "class-medium", "direction-P", "direction-E"]


def test_an_edition_without_guests_has_no_list_of_members():
    edition = make_answered()
    Response.objects.update(is_guest=False)
    assert "members" not in page_lists(edition)


def test_rat_1_equal_places_share_a_cell_and_are_said():
    edition = make_full_edition()
    for slug, number in (("ufa", 5), ("kazan", 5), ("perm", 1), ("omsk", 9)):
        make_sent(edition, {"P1": number}, member=make_member(slug, slug, slug.title()))
    outcome = compute(edition, firm=False)
    common = desk_lists.lists(outcome, noted.noted(outcome))[0]
    assert [(line.rank, line.span, line.name) for line in common.lines] == [
        (1, 1, "Omsk"), (2, 2, "Kazan"), (2, 0, "Ufa"), (4, 1, "Perm"),
    ]  # fmt: skip
    assert common.ties == ["2nd–3rd places: Kazan, Ufa. Their scores are equal to nine decimals."]


def test_host_and_city_of_the_president_are_marked_with_a_sentence():
    edition = make_answered()
    edition.host = Member.objects.get(slug="khabarovsk")
    edition.save()
    make_president(Member.objects.get(slug="bishkek"))
    outcome = compute(edition, firm=False)
    assert noted.sentences(outcome, noted.noted(outcome)) == [
        "Bishkek (city of the President) has place 1: the press will ask.",
        "Khabarovsk (host of the ceremony) has place 3: the press will ask.",
    ]
    assert page_lists(edition)["all"][0] == (1, "Bishkek", ["city of the President"])


def test_a_president_of_no_recorded_city_is_said():
    outcome = compute(make_answered(), firm=False)
    assert noted.sentences(outcome, noted.noted(outcome)) == [
        "No record says whose city the President of the association heads: none is marked."
    ]


def test_a_former_president_is_not_marked():
    member = make_member("kazan", "Казань", "Kazan")
    make_president(member)
    assert noted.presidents_city() == member
    assert noted.presidents_city(datetime.date(2019, 12, 31)) is None


def test_warnings_name_what_stands_against_the_results():
    edition = make_answered()
    Indicator.objects.filter(code="P2").update(question_en="Unused")
    make_response(edition, make_member("ufa", "Уфа", "Ufa"))
    perm = make_member("perm", "Пермь", "Perm")
    make_sent(edition, {"P1": 1}, member=perm, population=None)
    edition.responses.filter(member__slug="izmir").first().answers.filter(
        indicator__code="E1"
    ).delete()
    said = caveats.caveats(compute(edition, firm=False))
    assert said == [
        "9 answers are not checked yet.",
        "1 questionnaire was begun and not sent: it is not scored.",
        "Without a number of inhabitants, hence without a class: Пермь.",
    ]


def test_silent_and_constant_questions_and_empty_directions_are_said():
    edition = make_full_edition()
    for slug in ("ufa", "perm"):
        make_sent(edition, {"P1": 5}, member=make_member(slug, slug, slug))
    said = caveats.caveats(compute(edition, firm=False))
    assert said[1:] == [
        "Nobody answered: P2, E1. These questions do not count.",
        "All answered alike: P1. By the method: left out: it tells cities not apart.",
        "Directions without a score of any city: P Direction P, E Direction E.",
    ]


def test_a_city_alone_is_said():
    edition = make_full_edition()
    make_sent(edition, {"P1": 5})
    assert caveats.caveats(compute(edition, firm=False))[1] == (
        "Only one city answered: its place says nothing."
    )


def test_long_lists_of_names_are_cut():
    assert caveats.listed([str(number) for number in range(10)]) == (
        "0, 1, 2, 3, 4, 5, 6, 7 and 2 more"
    )


def test_the_page_shows_lists_and_says_that_nobody_else_sees_them(desk):
    page = desk.get(address(make_answered()))
    assert page.status_code == 200
    assert b'<html lang="en' in page.content
    assert [one.key for one in page.context["lists"]][:2] == ["all", "members"]
    assert not re.search(rb">\s*(nan|none|inf)\b", page.content, re.IGNORECASE)


def test_of_many_cities_one_list_at_a_time_is_shown(desk, monkeypatch):
    monkeypatch.setattr("standings.results_desk.MOST_FOR_ALL_LISTS", 2)
    edition = make_answered()
    for asked, shown in ((None, "all"), ("class-medium", "class-medium"), ("wrong", "all")):
        page = desk.get(address(edition), {"list": asked} if asked else {})
        assert [one.key for one in page.context["lists"]] == [shown]
    assert len(page.context["all_lists"]) == 5


def test_no_answers_at_all_is_a_message_instead_of_a_table(desk):
    page = desk.get(address(make_full_edition()))
    assert page.context["is_empty"] is True
    assert page.context["lists"] == []
    assert b"desk__table" not in page.content


def test_nothing_that_counts_is_a_message_and_cities_say_why(desk):
    edition = make_answered()
    Indicator.objects.update(weight=0)
    page = desk.get(address(edition))
    assert page.context["outcome"].scores is None
    assert len(page.context["without_place"]) == 3


def test_a_method_that_does_not_fit_is_a_sentence(desk):
    edition = make_answered()
    Method.objects.filter(edition=edition).update(normalisation="target")
    page = desk.get(address(edition))
    assert "P1" in page.context["refused"]
    assert page.status_code == 200


def test_the_page_costs_the_same_for_one_city_and_for_many(desk, django_assert_max_num_queries):
    edition = make_answered()
    for number in range(6):
        make_sent(edition, {"P1": number}, member=make_member(f"city-{number}", "Г", "C"))
    desk.get(address(edition))
    with django_assert_max_num_queries(24):
        desk.get(address(edition))


def test_editions_are_chosen_from_a_list(desk):
    edition = make_answered()
    make_edition(kind="known", opens_at=None, closes_at=None, opened_at=None)
    page = desk.get(reverse("admin:standings_editions"))
    assert [(one.pk, one.sent) for one in page.context["editions"]] == [(edition.pk, 3)]


def test_firmness_shows_weights_methods_and_questions(desk):
    page = desk.get(address(make_answered(), "firmness"))
    assert page.context["likely"][0][:4] == ["Bishkek", 1, 1.0, 1.0]
    assert page.context["alternatives"][0].ranks == [1, 2, 3]
    assert {row.code for row in page.context["without"]} == {"P1", "P2", "E1"}
    assert len(page.context["by_method"]) == 3


def test_firmness_of_nothing_is_a_message(desk):
    assert desk.get(address(make_full_edition(), "firmness")).status_code == 200


def test_likely_places_leave_as_csv_and_xlsx(desk):
    edition = make_answered()
    text = desk.get(address(edition, "firmness"), {"format": "csv"}).content.decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 4
    book = desk.get(address(edition, "firmness"), {"format": "xlsx"})
    assert book["Content-Type"].startswith("application/vnd.openxmlformats")


def test_too_many_sets_become_a_job(desk, monkeypatch):
    monkeypatch.setattr("standings.firmness.MOST_AT_ONCE", 10)
    edition = make_answered()
    page = desk.get(address(edition, "firmness"))
    assert (page.context["is_long"], page.context["likely"]) == (True, [])
    key = {"form_key": str(page.context["form_key"])}
    first = desk.post(address(edition, "firmness"), key)
    assert desk.post(address(edition, "firmness"), key).url == first.url
    assert desk.get(address(edition)).context["is_long"] is True


def test_the_job_makes_the_table():
    job = Job(params={"edition": make_answered().pk})
    made = firmness.make_table(job, _Still(job))
    assert made.name.startswith("likely-places-")
    assert made.data[:2] == b"PK"
    assert jobs.purpose_of(firmness.JOB)


class _Still:
    """Progress that tells nobody."""

    def __init__(self, job):
        self.job = job

    def start(self, total):
        assert total == 1

    def step(self):
        pass


def test_points_of_a_city_are_explained_to_the_secretariat(desk):
    edition = make_answered()
    response = edition.responses.get(member__slug="izmir")
    page = desk.get(address(edition, "desk_points", response.pk))
    assert page.context["is_sealed"] is False
    assert page.context["points"].adds_up is True
    assert desk.get(address(edition, "desk_points", 10**9)).status_code == 404


@pytest.mark.parametrize("name", ["desk", "lab", "compare", "firmness"])
def test_other_staff_are_refused(client_of, editor, name):
    assert client_of(editor).get(address(make_answered(), name)).status_code == 403


def test_the_desk_leads_to_the_sealing_those_who_may_seal(desk, client_of, make_user):
    edition = make_answered()
    sealing = reverse("admin:standings_seal_desk", args=[edition.pk])
    assert sealing in desk.get(address(edition)).content.decode()
    editor = client_of(make_user("editor@example.org", roles=[Role.EDITOR]))
    page = editor.get(address(edition))
    assert page.status_code == 403 or sealing not in page.content.decode()

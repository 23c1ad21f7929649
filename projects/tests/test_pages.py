"""Projects, strategies, recommendations, commitments and libraries of others on their pages."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from content import links
from content.models import SearchEntry
from library.tests.factories import make_publication
from members.tests.factories import make_member
from news.tests.factories import make_article
from partnerships.models import CharterSigning
from projects import listing, wording
from projects.models import Commitment, Project
from projects.tests.factories import (
    make_commitment,
    make_library,
    make_paper,
    make_project,
    make_recommendation,
    make_strategy,
    make_wave,
)

pytestmark = pytest.mark.django_db
THIS_YEAR = datetime.date.today().year  # noqa: DTZ011 - any day of the year will do


def text_of(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_s1_11_project_shows_period_participants_results_and_links(client):
    project = make_project()
    project.members.add(make_member())
    links.link(make_article("camp", title_en="Camp of young leaders"), project)

    page = text_of(client, "/en/projects/young-leaders/")

    assert "2019–2021" in page
    assert ">Kazan</a>" in page
    assert "120 participants." in page
    assert "Camp of young leaders" in page


def test_list_has_running_projects_first(client):
    make_project("ended", THIS_YEAR - 5, THIS_YEAR - 4)
    make_project("planned", THIS_YEAR + 1, None)
    make_project("running", THIS_YEAR - 3, None)
    make_project("draft", THIS_YEAR - 3, None).__class__.objects.filter(slug="draft").update(
        status="draft"
    )

    assert [(row["record"].slug, row["stage"]) for row in listing.projects()] == [
        ("running", "running"), ("planned", "planned"), ("ended", "ended"),
    ]  # fmt: skip
    assert "young" in text_of(client, "/en/projects/").lower()


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (make_project, "/en/projects/hidden/"),
        (make_strategy, "/en/strategies/hidden/"),
        (make_recommendation, "/en/recommendations/hidden/"),
    ],
)
def test_draft_is_nowhere(client, kind, address):
    record = kind("hidden")
    record.status = "draft"
    record.save()

    assert client.get(address).status_code == 404
    assert not SearchEntry.objects.filter(object_id=record.pk, url=address).exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"first": 2019, "last": 2021}, "2019–2021"),
        ({"first": 2020, "last": 2020}, "2020"),
        ({"first": 2020, "last": None}, "since 2020"),
    ],
)
def test_period_is_never_more_precise_than_known(fields, words):
    with translation.override("en"):
        assert wording.period(make_project(**fields)) == words


def test_project_without_a_start_is_refused():
    project = make_project()
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(starts_on=None)


def test_s2_08_strategy_shows_waves_and_documents(client):
    strategy = make_strategy()
    make_wave(strategy, 1, 2020)
    make_wave(strategy, 2, 2021, text_en="Recovery of cities")
    strategy.documents.add(make_publication("plan", title_en="Plan of action"))
    strategy.documents.add(make_publication("secret", title_en="Draft plan", status="draft"))

    page = text_of(client, "/en/strategies/strategy/")

    assert page.index("Wave 1") < page.index("Wave 2") < page.index("Recovery of cities")
    assert "2020–2022" in page
    assert "Plan of action" in page
    assert "Draft plan" not in page


def test_s1_27_recommendation_can_be_cited(client):
    make_recommendation(dated_on=datetime.date(2013, 6, 1), date_precision="year")

    page = text_of(client, "/en/recommendations/heads-of-regions/")

    assert "To recommend that cities take part" in page
    assert "Council of heads of regions at the Foreign Ministry" in page
    assert "XXIII meeting" in page
    assert '<time datetime="2013">2013</time>' in page


def test_recommendation_without_a_date_says_so(client):
    make_recommendation()

    assert "The date is not known." in text_of(client, "/en/recommendations/heads-of-regions/")


def test_s4_09_commitment_stands_with_charter_and_papers(client):
    member = make_member()
    charter = CharterSigning.objects.create(
        member=member, charter_ru="Хартия", charter_en="Aalborg Charter"
    )
    commitment = make_commitment(member, charter=charter)
    make_paper(commitment, url="https://kazan.example.org/strategy.pdf")
    make_paper(commitment, title_en="Hidden", publication=make_publication("x", status="draft"))

    page = text_of(client, "/en/strategies/")

    assert "Aalborg Charter" in page
    assert '<a href="https://kazan.example.org/strategy.pdf" rel="noopener">Strategy' in page
    assert "<li>Hidden</li>" in page


def test_commitment_by_the_charter_of_another_city_is_refused():
    charter = CharterSigning.objects.create(
        member=make_member("ufa", "Уфа", "Ufa"), charter_ru="Хартия"
    )
    commitment = Commitment(member=make_member(), title_ru="Слово", charter=charter)

    with translation.override("en"):
        with pytest.raises(ValidationError) as refused:
            commitment.full_clean()
        assert refused.value.message_dict == {"charter": ["Another city signed this charter."]}


def test_commitment_that_ended_is_not_shown():
    make_commitment(make_member(), ends_on=datetime.date(2019, 12, 31))

    assert listing.commitments() == []


def test_s3_40_libraries_of_others_stand_in_the_library(client):
    make_library()
    make_library(name_en="Old portal", url="")

    page = text_of(client, "/en/library/")

    assert '<a href="https://library.example.org/" rel="noopener">Electronic library' in page
    assert "Practices of cities of the CIS" in page
    assert "Its address is not known." in page


@pytest.mark.parametrize("count", [1, 6])
def test_pages_take_as_many_queries_for_many(count, django_assert_num_queries):
    member = make_member()
    for number in range(count):
        make_project(f"project-{number}")
        make_wave(make_strategy(f"strategy-{number}"))
        make_paper(make_commitment(member))
        make_recommendation(f"recommendation-{number}")

    with django_assert_num_queries(1):
        listing.projects()
    with django_assert_num_queries(2):
        [list(row["record"].waves.all()) for row in listing.strategies()]
    with django_assert_num_queries(2):
        listing.commitments()
    with django_assert_num_queries(1):
        list(listing.recommendations())


def test_editor_writes_a_project_in_the_admin(client_of, editor):
    data = {
        "title_ru": "Проект", "slug": "project", "starts_on": "2020-01-01", "version": "0",
        "starts_precision": "year", "ends_precision": "day", "status": "published",
        "content-link-source_type-source_id-TOTAL_FORMS": 0,
        "content-link-source_type-source_id-INITIAL_FORMS": 0,
    }  # fmt: skip

    answer = client_of(editor).post(reverse("admin:projects_project_add"), data)

    assert answer.status_code == 302
    assert [(one.title_ru, one.is_public()) for one in Project.objects.all()] == [("Проект", True)]


def test_demonstration_has_projects_strategies_and_commitments():
    from uclg_portal.demonstration import projects as demonstration  # noqa: PLC0415

    make_member("izhevsk", "Ижевск", "Izhevsk")
    make_member("kazan", "Казань", "Kazan")
    make_member("stavropol", "Ставрополь", "Stavropol")
    demonstration.load()

    assert {row["stage"] for row in listing.projects()} == {"running", "ended"}
    assert [len(row["record"].waves.all()) for row in listing.strategies()] == [3]
    assert len(listing.commitments()) == 1
    assert listing.recommendations().count() == 1
    assert listing.outside_libraries().count() == 2

"""The analytical report: what it says, in both languages, and who may ask for it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from content import jobs
from content.models import Job
from content.tests.papers import printed, properties_of, text_of
from members.models import Member
from members.tests.factories import make_member
from questionnaires.tests.factories import make_sent
from ratings.tests.factories import make_full_edition, make_rating
from standings import canonical, report, report_data, report_links
from standings.models import Advice
from standings.tests.factories import HOUR, make_answered, make_known, make_sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def seal():
    rating = make_rating(title_ru="Рейтинг активности", title_en="Rating of activity")
    edition = make_full_edition(
        rating=rating, year=2024, title_ru="Выпуск 2024", title_en="Edition 2024",
        closes_at=timezone.now() - HOUR, admits_guests=True,
    )  # fmt: skip
    return make_sealed(make_answered(edition))


def data(seal, language="en", *, with_advice=False):
    with translation.override(language):
        return report_data.data_of(seal, with_advice=with_advice)


def test_the_report_lists_the_sealed_places(seal):
    found = data(seal)
    assert [row[:2] for row in found["results"]] == [
        ["1", "Bishkek"], ["2", "Izmir (guest)"], ["3", "Khabarovsk"],
    ]  # fmt: skip
    assert [row[3] for row in found["results"]] == ["100.00", "70.00", "0.00"]
    assert dict(map(tuple, found["facts"]))["Cities"] == "3 cities, 1 of them a guest"
    assert dict(map(tuple, found["facts"]))["SHA-256"].replace(" ", "") == seal.sha256


def test_the_distribution_counts_every_city_once(seal):
    found = data(seal)
    assert sum(one["count"] for one in found["bins"]) == 3
    assert len(found["bins"]) == 10
    assert found["bins"][-1] == {"label": "90.00 – 100.00", "count": 1, "share": 1.0}
    assert found["distribution_words"].startswith("Half of the cities have from 35.00 to 85.00")


def test_steps_of_the_distribution_bear_equal_scores():
    with translation.override("ru"):
        assert report_data.bins([5.0, 5.0]) == [{"label": "5,00 – 5,00", "count": 2, "share": 1.0}]
    assert [one["count"] for one in report_data.bins([0.0, 9.99, 10.0, 100.0])] == [
        2, 1, 0, 0, 0, 0, 0, 0, 0, 1,
    ]  # fmt: skip
    assert report_data.quartiles([7.0]) == (7.0, 7.0, 7.0)


def test_the_directions_say_who_leads(seal):
    found = data(seal)["directions"]
    assert [(row[0], row[4], row[5]) for row in found] == [
        ("P Direction P", "100.00", "Bishkek"), ("E Direction E", "100.00", "Bishkek"),
    ]  # fmt: skip


def test_the_correlations_are_of_the_snapshot(seal):
    found = data(seal, "en")
    assert [(one["title"], one["codes"]) for one in found["links"]] == [
        ("Between the directions", ["P"]), ("P Direction P", ["P1"]),
    ]  # fmt: skip
    assert found["links"][1]["rows"] == [["P2", "1.00"]]
    assert [row[0] for row in found["legend"]] == ["P1", "P2", "E1"]


def test_a_coefficient_has_a_real_minus_and_no_minus_zero():
    with translation.override("en"):
        assert [report_links.coefficient(one) for one in (-0.434, -0.001, float("nan"))] == [
            "−0.43", "0.00", "—",
        ]  # fmt: skip


def test_without_an_edition_before_nothing_is_said_of_moves(seal):
    assert data(seal)["moves_title"] == ""
    assert "Since the edition before" not in text_of(report.pdf(seal, "en"))


def test_who_rose_and_who_fell_since_the_edition_before(seal):
    earlier = make_full_edition(
        rating=seal.edition.rating, year=2020, kind="known", opens_at=None, closes_at=None,
        opened_at=None, title_en="Edition 2020", title_ru="Выпуск 2020",
    )  # fmt: skip
    for slug, rank in (("bishkek", 5), ("khabarovsk", 1)):
        make_known(earlier, Member.objects.get(slug=slug), rank=rank)
    found = data(seal)
    assert found["risen"] == [["Bishkek", "5", "1", "+4"]]
    assert found["fallen"] == [["Khabarovsk", "1", "3", "−2"]]
    assert found["moves_words"] == (
        "Places are compared with “Edition 2020”. "
        "2 cities have a place in both: 1 rose, 1 fell, 0 stayed."
    )
    assert found["moves_notes"][1:] == ["Not in the edition before: Izmir."]


def test_recommendations_come_from_the_library_of_the_rating():
    edition = make_answered()
    make_sent(edition, {"P1": 6, "P2": 6}, member=make_member("ufa", "Уфа", "Ufa"))
    seal = make_sealed(edition)
    rows = [("E1", "not_answered", "Answer E1."), ("", "leading", "Share it."),
            ("", "last_quarter", "Start small.")]  # fmt: skip
    for code, when, text in rows:
        Advice.objects.create(rating=edition.rating, code=code, when=when, text_en=text)
    assert data(seal, with_advice=True)["advice"] == [
        {"name": "Bishkek", "place": "1", "texts": ["Share it."]},
        {"name": "Izmir (guest)", "place": "2", "texts": ["Share it."]},
        {"name": "Ufa", "place": "3", "texts": ["Answer E1."]},
        {"name": "Khabarovsk", "place": "4", "texts": ["Start small."]},
    ]
    assert "Start small." in text_of(report.pdf(seal, "en", with_advice=True))
    for_all = data(seal)
    assert for_all["advice"] == []
    assert "advice_title" not in for_all
    assert "Start small." not in text_of(report.pdf(seal, "en"))


@pytest.mark.parametrize(
    ("language", "title", "city"), [("ru", "Аналитический отчёт", "Бишкек"),
                                    ("en", "Analytical report", "Bishkek")],
)  # fmt: skip
def test_the_report_is_a_document_in_either_language(seal, language, title, city):
    made = report.pdf(seal, language, with_advice=True)
    text = text_of(made)
    assert properties_of(made)["language"].startswith(language)
    assert city in text
    if language == "en":
        assert properties_of(made)["title"] == title
        assert seal.sha256[:20] in text.replace(" ", "")


def test_the_report_is_asked_for_on_the_desk_and_made_by_a_job(seal, superuser):
    client = Client()
    client.force_login(superuser)
    address = reverse("admin:standings_report", args=[seal.edition.pk])
    page = client.get(address)
    assert page.status_code == 200
    key = page.context["form_key"]
    posted = {"form_key": str(key), "language": "en", "advice": "1"}
    for _again in range(2):
        answer = client.post(address, posted)
    job = Job.objects.get(kind=report.JOB)
    assert answer.url == reverse("admin:content_job_change", args=[job.pk])
    assert job.params == {"seal": seal.pk, "language": "en", "advice": True}
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result.name) == (
        Job.State.DONE, f"report-with-advice-{seal.edition.slug}-1-en.pdf",
    )  # fmt: skip
    assert "Bishkek" in text_of(printed(job.result))
    assert job.title in client.get(address).content.decode()


def test_there_is_no_report_before_the_seal(superuser):
    edition = make_answered()
    client = Client()
    client.force_login(superuser)
    address = reverse("admin:standings_report", args=[edition.pk])
    assert client.get(address).context["seal"] is None
    assert client.post(address, {"language": "ru"}).status_code == 404


def test_the_report_takes_a_few_queries(seal, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        data(seal, with_advice=True)
    assert canonical.parts(seal)[0]["results"]

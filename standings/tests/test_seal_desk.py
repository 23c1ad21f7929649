"""The desks: from the question to the sealed results, a correction, by two people on screens."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from content import jobs, workqueue
from content.models import Job
from standings import errata, seal_job
from standings.models import Erratum, ErratumChange, Seal
from standings.tests.factories import accept_all, make_answered, make_sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(make_user, client_of):
    """Two people of the secretariat who keep ratings, signed in."""
    people = [make_user(f"{name}@example.org", roles=[Role.RATINGS], language="en")
              for name in ("anna", "boris")]  # fmt: skip
    return [client_of(person) for person in people]


@pytest.fixture
def edition():
    return accept_all(make_answered())


def desk(edition) -> str:
    return reverse("admin:standings_seal_desk", args=[edition.pk])


def moment(when: datetime.datetime) -> dict[str, str]:
    local = timezone.localtime(when)
    return {"publish_at_0": local.strftime("%Y-%m-%d"), "publish_at_1": local.strftime("%H:%M:%S")}


def seen(page) -> str:
    return re.search(r'name="seen" value="([0-9a-f]{64})"', page.content.decode())[1]


def test_two_people_seal_on_the_desk(edition, two):
    anna, boris = two
    page = anna.get(desk(edition))
    anna.post(desk(edition), {"deed": "ask", "seen": seen(page), **moment(timezone.now())})

    own = anna.get(desk(edition)).content.decode()
    assert 'value="seal"' not in own
    page = boris.get(desk(edition))
    assert 'value="seal"' in page.content.decode()
    boris.post(desk(edition), {"deed": "seal", "seen": seen(page)})

    seal = Seal.objects.get()
    assert (seal.asked_by.email, seal.sealed_by.email) == ("anna@example.org", "boris@example.org")
    assert seal.sha256 in boris.get(desk(edition)).content.decode()


def test_problems_stand_on_the_desk_and_nothing_can_be_asked(two):
    edition = make_answered()

    page = two[0].get(desk(edition)).content.decode()

    assert "Бишкек, Измир, Хабаровск" in page or "Bishkek, Izmir, Khabarovsk" in page
    assert 'value="ask"' not in page


def test_moment_that_is_no_moment_is_said_beside_the_field(edition, two):
    page = two[0].post(
        desk(edition), {"deed": "ask", "publish_at_0": "tomorrow", "publish_at_1": "noon"}
    )

    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"publish_at"}
    assert "tomorrow" in page.content.decode()


def test_refusals_are_sentences_on_the_desk(edition, two):
    page = two[0].post(desk(edition), {"deed": "seal"}, follow=True)

    assert page.status_code == 200
    assert len(page.context["messages"]) == 1
    assert Seal.objects.count() == 0


def test_correction_from_the_desk_to_the_second_revision(two):
    anna, boris = two
    edition = make_sealed().edition
    anna.post(desk(edition), {"deed": "correct"})
    erratum = Erratum.objects.get()
    address = reverse("admin:standings_erratum_desk", args=[erratum.pk])
    anna.post(address, {
        "deed": "say", "reason_ru": "Ошибка", "reason_en": "A mistake", "version": erratum.version,
    })  # fmt: skip
    response = edition.responses.get(member__slug="bishkek")
    answer = reverse("admin:standings_erratum_answer", args=[erratum.pk])
    chosen = f"{answer}?response={response.pk}&indicator={edition.indicators.get(code='P1').pk}"
    wrong = anna.post(chosen, {"value": "many", "reason": "Letter"})
    assert wrong.status_code == 200
    assert not ErratumChange.objects.exists()
    anna.post(chosen, {"value": "1,0", "reason": "Letter"})
    page = anna.get(address)
    assert [one.name_en for one in page.context["moved"]] == ["Izmir", "Bishkek"]
    anna.post(address, {"deed": "ask", "seen": seen(page)})
    page = boris.get(address)
    boris.post(address, {"deed": "seal", "seen": seen(page)})

    assert list(Seal.objects.order_by("revision").values_list("revision", "reason_en")) == [
        (1, ""), (2, "A mistake"),
    ]  # fmt: skip
    assert boris.get(address).status_code == 200


def test_reasons_saved_over_anothers_are_shown(two):
    edition = make_sealed().edition
    two[0].post(desk(edition), {"deed": "correct"})
    erratum = Erratum.objects.get()
    address = reverse("admin:standings_erratum_desk", args=[erratum.pk])
    two[0].post(address, {"deed": "say", "reason_ru": "Первая", "version": erratum.version})

    page = two[1].post(address, {"deed": "say", "reason_ru": "Вторая", "version": erratum.version})

    assert page.status_code == 200
    erratum.refresh_from_db()
    assert erratum.reason_ru == "Первая"


def test_checked_editions_wait_in_the_queue(edition, make_user):
    from standings import workqueue as own

    assert list(own.to_seal()) == [edition]
    keeper = make_user("keeper@example.org", roles=[Role.RATINGS])
    counts = {one.url: one.count for one in workqueue.queues_for(keeper)}
    assert counts[reverse("admin:standings_seal_desks")] == 1
    make_sealed(edition)
    assert not own.to_seal().exists()


def test_many_cities_are_sealed_by_a_worker(edition, two, monkeypatch):
    monkeypatch.setattr(seal_job, "MOST_AT_ONCE", 2)
    anna, boris = two
    page = anna.get(desk(edition))
    anna.post(desk(edition), {"deed": "ask", "seen": seen(page), **moment(timezone.now())})

    answer = boris.post(desk(edition), {"deed": "seal", "seen": seen(page)})

    job = Job.objects.get(kind=seal_job.JOB)
    assert answer.url == reverse("admin:content_job_change", args=[job.pk])
    jobs.run(job.pk)
    assert Seal.objects.get().sealed_by.email == "boris@example.org"
    job.refresh_from_db()
    assert (job.state, job.failed) == ("done", [])


def test_refusal_of_the_worker_is_said_on_the_page_of_the_job(edition, make_user):
    boris = make_user("boris@example.org", roles=[Role.RATINGS], language="en")
    job = seal_job.ask(edition, "", boris)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert [row["key"] for row in job.failed] == ["seal"]
    assert Seal.objects.count() == 0


def test_correction_of_many_cities_is_published_by_a_worker(make_user):
    anna, boris = (
        make_user(f"{name}@example.org", roles=[Role.RATINGS]) for name in ("anna", "boris")
    )
    edition = make_sealed().edition
    erratum = errata.begin(edition, anna)
    erratum.reason_ru = erratum.reason_en = "Why"
    erratum.save()
    response = edition.responses.get(member__slug="bishkek")
    errata.put(erratum, response, edition.indicators.get(code="P1"), 0, "Letter", anna)
    errata.ask(erratum, anna)
    erratum.refresh_from_db()

    jobs.run(seal_job.ask(erratum, errata.state(erratum, errata.prepare(erratum)), boris).pk)

    assert Seal.objects.filter(revision=2).count() == 1

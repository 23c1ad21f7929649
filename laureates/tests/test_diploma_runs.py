"""Diplomas approved by a second person and printed together (PDF-3)."""

import io
import uuid
import zipfile

import pytest
from django.urls import reverse
from django.utils.translation import gettext as said

from awards.tests.factories import (
    make_author,
    make_entry,
)
from content import approvals, documents, jobs
from content.models import IssuedDocument, Job
from content.tests.papers import printed, text_of
from laureates import diploma_letters, diploma_making, diploma_runs, diplomas
from laureates.models import Diploma, DiplomaRun
from laureates.tests.contest import make_city, make_contest, make_run
from laureates.tests.factories import make_laureate
from mailing.models import Message
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_city()


@pytest.fixture
def round(city):
    return make_contest(city)


@pytest.fixture
def run(round, awards_officer):
    return make_run(round, awards_officer)


@pytest.fixture
def second(make_user):
    return make_user("second@example.org", roles=["awards"])


@pytest.fixture
def approved(run, awards_officer, second):
    diploma_runs.ask(run, awards_officer)
    diploma_runs.approve(run, diploma_runs.digest(run), second)
    return run


def done(job: Job) -> Job:
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def names_in(job: Job) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(printed(job.result))) as archive:
        return sorted(archive.namelist())


def test_run_is_not_printed_before_a_second_person_approved(run, awards_officer):
    with pytest.raises(diploma_runs.NotApproved):
        diploma_runs.start(run, awards_officer)
    diploma_runs.ask(run, awards_officer)
    with pytest.raises(approvals.ApprovalRefused):
        diploma_runs.approve(run, diploma_runs.digest(run), awards_officer)
    assert (diploma_runs.is_approved(run), IssuedDocument.objects.count()) == (False, 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda run: run.diplomas.filter(to="teacher").update(wording_ru="иначе"),
        lambda run: run.diplomas.filter(to="teacher").update(series="X"),
        lambda run: run.diplomas.remove(run.diplomas.first()),
    ],
)
def test_any_change_voids_the_approval(approved, awards_officer, change):
    assert diploma_runs.is_approved(approved)

    change(approved)

    assert not diploma_runs.is_approved(approved)
    with pytest.raises(diploma_runs.NotApproved):
        diploma_runs.start(approved, awards_officer)


def test_approval_of_words_that_changed_while_reading_is_refused(run, awards_officer, second):
    diploma_runs.ask(run, awards_officer)
    seen = diploma_runs.digest(run)
    run.diplomas.filter(to="teacher").update(wording_ru="иначе")

    with pytest.raises(approvals.ApprovalRefused):
        diploma_runs.approve(run, seen, second)


def test_pdf_3_run_makes_one_archive_by_city(approved, awards_officer, client_of):
    job = done(diploma_runs.start(approved, awards_officer))

    assert (job.state, job.done, job.total, job.failed) == ("done", 6, 6, [])
    assert names_in(job) == [
        "Ставрополь/2020-A-001.pdf",
        "Ставрополь/2020-P-001.pdf",
        "Ставрополь/2020-P-002.pdf",
        "Ставрополь/2020-S-001.pdf",
        "Ставрополь/2020-T-001.pdf",
        "Ставрополь/2020-T-002.pdf",
    ]
    client = client_of(awards_officer)
    page = client.get(job.get_absolute_url()).content.decode()
    assert said("%(done)s of %(total)s") % {"done": 6, "total": 6} in page
    file = client.get(reverse("admin:content_job_file", args=[job.pk]))
    assert b"".join(file.streaming_content).startswith(b"PK")


@pytest.mark.parametrize("many", [40])
def test_pdf_3_failed_rows_are_listed_and_only_they_are_made_again(
    round, awards_officer, second, client_of, monkeypatch, many
):
    entrant = round.entrants.first()
    cities = [make_member(f"city{place}", f"Город {place}", f"City {place}") for place in range(4)]
    for place in range(many - 2):
        entry = make_entry(entrant, round.categories.get(), home=cities[place % 4])
        make_author(entry, consents=("entry",), family_name_ru=f"Тайная{place}")
    diploma_making.make(round, "participant", awards_officer)
    run = DiplomaRun.objects.create(round=round, title="800", made_by=awards_officer)
    run.diplomas.set(round.diplomas.all())
    diploma_runs.ask(run, awards_officer)
    diploma_runs.approve(run, diploma_runs.digest(run), second)
    bad = set(run.diplomas.order_by("pk").values_list("pk", flat=True)[5:8])
    made, made_pdf = [], documents.pdf

    def pdf(template, data, **options):
        if data["holder_ru"] in broken:
            raise documents.UnfinishedDocument("a glyph is missing")
        made.append(data["number"])
        return made_pdf(template, data, **options)

    broken = {one.holder_ru for one in run.diplomas.filter(pk__in=bad)}
    monkeypatch.setattr(documents, "pdf", pdf)
    job = done(diploma_runs.start(run, awards_officer))

    assert (job.state, job.done, job.total) == ("done", many, many)
    assert {int(row["key"]) for row in job.failed} == bad
    assert (len(made), len(names_in(job))) == (many - 3, many - 3)
    client = client_of(awards_officer)
    page = client.get(job.get_absolute_url()).content.decode()
    why = {"why": "UnfinishedDocument"}
    assert page.count(said("The paper could not be made: %(why)s") % why) == 3
    assert "Тайная" not in page

    broken, made = set(), made.clear() or made
    client.post(reverse("admin:content_job_rerun", args=[job.pk]))
    job = done(job)

    assert (job.state, job.done, job.total, job.failed) == ("done", 3, 3, [])
    assert len(made) == 3
    # The archive is whole, and no number was lost to the failures.
    assert len(names_in(job)) == many
    assert len({name.partition("/")[0] for name in names_in(job)}) == 5
    serials = IssuedDocument.objects.order_by("serial").values_list("serial", flat=True)
    assert list(serials) == list(range(1, many + 1))


def test_killed_worker_repeats_nothing_twice(approved, awards_officer):
    job = diploma_runs.start(approved, awards_officer)
    for diploma in diploma_runs.rows(approved)[:3]:
        diplomas.issue(diploma, awards_officer)
    before = dict(IssuedDocument.objects.values_list("object_id", "number"))

    job = done(job)

    after = dict(IssuedDocument.objects.values_list("object_id", "number"))
    assert (job.state, len(after), IssuedDocument.objects.count()) == ("done", 6, 6)
    assert before.items() <= after.items()


def test_words_changed_while_the_run_prints_are_not_printed(approved, awards_officer, monkeypatch):
    job = diploma_runs.start(approved, awards_officer)
    last = diploma_runs.rows(approved)[-1]
    issue = diplomas.issue

    def change_last(diploma, by):
        Diploma.objects.filter(pk=last.pk).update(wording_ru="подменено")
        return issue(diploma, by)

    monkeypatch.setattr(diplomas, "issue", change_last)
    job = done(job)

    assert [row["key"] for row in job.failed] == [str(last.pk)]
    assert diplomas.current(last) is None


def test_proof_sheet_has_every_word_and_specimens_no_number(run):
    text = text_of(diploma_runs.proof(run, "ru"))

    for one in run.diplomas.all():
        assert " ".join(one.holder_ru.split()) in text
    specimen = text_of(diploma_runs.specimens(diploma_runs.rows(run), "ru"))
    assert "2020-A-…" in specimen
    assert said("SPECIMEN") in specimen


def test_two_persons_print_a_run_on_its_page(
    client_of, round, awards_officer, second, django_capture_on_commit_callbacks
):
    first, other = client_of(awards_officer), client_of(second)
    first.post(
        reverse("admin:laureates_diploma_make", args=[round.pk]), {"sorts": Diploma.To.values}
    )
    answer = first.post(
        reverse("admin:laureates_diploma_run", args=[round.pk]),
        {"title": "Все", "sorts": Diploma.To.values, "form_key": uuid.uuid4()},
    )
    run = DiplomaRun.objects.get()
    address = reverse("admin:laureates_diplomarun_change", args=[run.pk])
    assert (answer["Location"], run.diplomas.count()) == (address, 6)

    def deed(client, name, **data):
        client.post(reverse("admin:laureates_diplomarun_deed", args=[run.pk, name]), data)

    deed(first, "ask")
    assert said("Approve these words") not in first.get(address).content.decode()
    page = other.get(address)
    assert said("Approve these words") in page.content.decode()
    deed(first, "approve", state=page.context["state"])
    deed(first, "start")
    assert not Job.objects.exists()
    deed(other, "approve", state=page.context["state"])
    deed(first, "start", form_key=uuid.uuid4())
    jobs.run(Job.objects.get().pk)
    assert "2020-A-001" in first.get(address).content.decode()
    for name in ("proof", "specimens"):
        paper = other.get(reverse(f"admin:laureates_diplomarun_{name}", args=[run.pk]))
        assert paper.content.startswith(b"%PDF-")


def test_page_of_a_run_costs_the_same_for_many(
    client_of, run, awards_officer, django_assert_max_num_queries
):
    client = client_of(awards_officer)
    address = reverse("admin:laureates_diplomarun_change", args=[run.pk])
    client.get(address)

    with django_assert_max_num_queries(16):
        assert client.get(address).status_code == 200


def test_cities_are_told_of_their_diplomas(
    run, approved, awards_officer, city, make_representative, round
):
    representative = make_representative(city, "stavropol@example.org")
    make_laureate(round.award, round=round, member=city, place=2, year=2020)
    diploma_making.make(round, "laureate", awards_officer)
    own = round.diplomas.get(is_personal=False, to="laureate")
    run.diplomas.add(own)
    diplomas.issue(own, awards_officer)
    key = uuid.uuid4()

    written = [diploma_letters.tell_cities(run, awards_officer, key) for _time in range(2)]

    mail = Message.objects.get(occasion__startswith="laureates.diplomas:")
    assert (written, mail.email) == ([1, 0], representative.email)
    assert reverse("laureates:cabinet_diplomas", args=[city.slug]) in mail.text_body
    assert "1 diploma" in mail.text_body


def test_issued_diploma_is_not_deleted(client_of, run, awards_officer):
    first, second = run.diplomas.order_by("pk")[:2]
    diplomas.issue(first, awards_officer)
    client = client_of(awards_officer)

    codes = [
        client.get(reverse("admin:laureates_diploma_delete", args=[one.pk])).status_code
        for one in (first, second)
    ]

    assert codes == [403, 200]

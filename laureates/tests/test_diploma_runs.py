"""Making diplomas, approving them by a second person, printing them together (PDF-3)."""

import datetime
import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext as said
from openpyxl import load_workbook

from awards.tests.factories import (
    make_author,
    make_category,
    make_entrant,
    make_entry,
    make_round,
)
from content import approvals, documents, jobs, tables
from content.dated import today
from content.editing import CONFLICT
from content.models import IssuedDocument, Job
from content.tests.papers import printed, text_of
from laureates import diploma_letters, diploma_making, diploma_runs, diploma_table, diplomas
from laureates.models import Diploma, DiplomaRun
from laureates.tests.factories import make_laureate
from mailing.models import Message
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db
TEACHERS = ["Вера Лукина", "Вера  лукина", "Анна Белова"]


@pytest.fixture
def city():
    return make_member("stavropol", "Ставрополь", "Stavropol")


@pytest.fixture
def round(city):
    """A contest of children: three works of a school, one of them honoured, one withheld."""
    made = make_round(is_for_children=True, year=2020)
    category = make_category(made, "A")
    entrant = make_entrant(made, home=city)
    for place, teacher in enumerate(TEACHERS):
        entry = make_entry(entrant, category, home=city)
        make_author(
            entry, consents=("entry",), given_name_ru=f"Имя{place}", teacher_ru=teacher,
            teacher_en="", age=9,
        )  # fmt: skip
    make_author(make_entry(entrant, category, home=city), given_name_ru="Безсогласия")
    entry = made.entries.order_by("pk").first()
    make_laureate(
        made.award, round=made, category=category, entry=entry, kind="person", place=1, year=2020,
        title_ru="Имя0, 9 лет", title_en="Imya0, 9",
    )  # fmt: skip
    return made


@pytest.fixture
def second(make_user):
    return make_user("second@example.org", roles=["awards"])


@pytest.fixture
def run(round, awards_officer):
    """A run of everything the round needs."""
    for sort in Diploma.To.values:
        diploma_making.make(round, sort, awards_officer)
    made = DiplomaRun.objects.create(round=round, title="Рисунки 2020", made_by=awards_officer)
    made.diplomas.set(round.diplomas.all())
    return made


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


def test_s3_38_children_teachers_and_institutions_have_their_own(round, lead):
    made = {sort: diploma_making.make(round, sort, lead).new for sort in Diploma.To.values}

    assert made == {"laureate": 1, "participant": 2, "teacher": 2, "institution": 1}
    rows = round.diplomas.order_by("pk").values_list("to", "series", "holder_ru", "is_personal")
    assert list(rows) == [
        ("laureate", "A", rows[0][2], True),
        ("participant", "P", rows[1][2], True),
        ("participant", "P", rows[2][2], True),
        ("teacher", "T", "Вера Лукина", True),
        ("teacher", "T", "Анна Белова", True),
        ("institution", "S", "Детская художественная школа", False),
    ]
    assert [row[2].partition(" ")[0] for row in rows[:3]] == ["Имя0", "Имя1", "Имя2"]


def test_work_without_consent_has_no_diploma(round, lead):
    for sort in Diploma.To.values:
        diploma_making.make(round, sort, lead)

    assert not round.diplomas.filter(holder_ru__contains="Безсогласия").exists()


def test_making_again_adds_only_what_is_new(round, lead):
    diploma_making.make(round, "participant", lead)
    Diploma.objects.update(wording_ru="переписано")
    entry = make_entry(make_entrant(round), round.categories.get())
    make_author(entry, consents=("entry",))

    made = diploma_making.make(round, "participant", lead)

    assert (made.new, made.earlier) == (1, 2)
    assert round.diplomas.filter(wording_ru="переписано").count() == 2


def test_making_costs_the_same_for_many(round, lead, django_assert_max_num_queries):
    entrant = round.entrants.first()
    for _time in range(10):
        entry = make_entry(entrant, round.categories.get())
        make_author(entry, consents=("entry",), teacher_ru="Вера Лукина")

    with django_assert_max_num_queries(14):
        diploma_making.make(round, "teacher", lead)


def test_s3_49_each_winner_has_words_of_their_own(round, lead):
    award, category = round.award, round.categories.get()
    for place, citation in enumerate(["за смелость", "за выдумку", "за верность"], start=2):
        make_laureate(
            award, round=round, category=category, place=place, citation_ru=citation,
            citation_en="", year=2020,
        )  # fmt: skip
    diploma_making.make(round, "laureate", lead)

    words = round.diplomas.filter(is_personal=False).order_by("pk")
    assert [one.wording_ru for one in words] == ["за смелость", "за выдумку", "за верность"]


def test_city_stands_in_the_nominative(round, lead, city):
    make_laureate(
        round.award, round=round, member=city, place=2, year=2020, title_ru="Ставрополь",
        title_en="Stavropol",
    )  # fmt: skip
    diploma_making.make(round, "laureate", lead)

    diploma = round.diplomas.get(is_personal=False)
    assert diploma.holder_en == "the city of Stavropol"
    assert diploma.holder_ru.endswith("Ставрополь")


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


def workbook_of(client, round) -> tuple[list, list[list]]:
    response = client.get(reverse("admin:laureates_diploma_words", args=[round.pk]))
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    return list(rows[0]), [list(row) for row in rows[1:]]


def sent_back(client, round, headings, rows):
    file = SimpleUploadedFile("words.xlsx", tables.xlsx("T", headings, rows))
    address = reverse("admin:laureates_diploma_bring_back", args=[round.pk])
    return client.post(address, {"workbook": file})


def test_wordings_go_out_and_come_back_as_a_workbook(client_of, run, round, awards_officer):
    client = client_of(awards_officer)
    headings, rows = workbook_of(client, round)
    place = 4 + diploma_table.WORDS.index("wording_ru")
    rows[0][place] = "=за первую работу"
    before = Diploma.objects.exclude(pk=rows[0][0]).order_by("pk").values_list("pk", "version")
    before = list(before)

    answer = sent_back(client, round, headings, rows)

    assert answer.status_code == 302
    assert Diploma.objects.get(pk=rows[0][0]).wording_ru == "=за первую работу"
    assert list(Diploma.objects.exclude(pk=rows[0][0]).order_by("pk").values_list(
        "pk", "version")) == before  # fmt: skip


def test_bad_rows_of_a_workbook_keep_all_from_being_saved(client_of, run, round, awards_officer):
    client = client_of(awards_officer)
    headings, rows = workbook_of(client, round)
    place = 4 + diploma_table.WORDS.index("wording_ru")
    for row in rows:
        row[place] = "новые слова"
    Diploma.objects.get(pk=rows[1][0]).save()  # somebody else was faster
    rows[2][0] = 999_999
    rows[3][0] = rows[0][0]

    page = sent_back(client, round, headings, rows).content.decode()

    for row, why in (
        (3, "Somebody changed this diploma after the table was made."),
        (4, "There is no such diploma in this round."),
        (5, "This diploma stands in the table twice."),
    ):
        assert said("Row %(row)s: %(why)s") % {"row": row, "why": said(why)} in page
    assert not Diploma.objects.filter(wording_ru="новые слова").exists()


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused(client_of, run, round, awards_officer, data):
    file = SimpleUploadedFile("words.xlsx", data)
    address = reverse("admin:laureates_diploma_bring_back", args=[round.pk])

    page = client_of(awards_officer).post(address, {"workbook": file})

    assert page.status_code == 200
    assert "errorlist" in page.content.decode()


def test_words_are_not_overwritten_unseen(client_of, run, awards_officer):
    diploma = run.diplomas.first()
    address = reverse("admin:laureates_diploma_change", args=[diploma.pk])
    client = client_of(awards_officer)
    form = client.get(address).context["adminform"].form
    data = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    data["is_personal"] = "on"
    diploma.save()

    page = client.post(address, {**data, "wording_ru": "моё"}).content.decode()

    assert str(CONFLICT) in page
    diploma.refresh_from_db()
    assert diploma.wording_ru != "моё"


def test_issued_diploma_is_not_deleted(client_of, run, awards_officer):
    first, second = run.diplomas.order_by("pk")[:2]
    diplomas.issue(first, awards_officer)
    client = client_of(awards_officer)

    codes = [
        client.get(reverse("admin:laureates_diploma_delete", args=[one.pk])).status_code
        for one in (first, second)
    ]

    assert codes == [403, 200]


def test_diploma_bears_the_day_of_the_ceremony(round, lead):
    day = datetime.date(2020, 5, 29)
    for place, precision in ((2, "day"), (3, "month")):
        make_laureate(
            round.award, round=round, place=place, year=2020, presented_on=day,
            presented_precision=precision, title_ru=f"Город {place}",
        )  # fmt: skip
    diploma_making.make(round, "laureate", lead)

    days = round.diplomas.order_by("holder_ru").values_list("holder_ru", "presented_on")
    assert dict(days)["Город 2"] == day
    assert dict(days)["Город 3"] == today()

"""Documents numbered in series, with facts, and documents that lose their names in time."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from content import documents, jobs
from content.models import IssuedDocument, PrivateFile
from content.privatefiles import keep_path
from content.tests import certificates
from content.tests.factories import make_topic
from content.tests.papers import printed

pytestmark = pytest.mark.django_db
CODE = "test.series"
DAY = datetime.date(2018, 5, 14)
FACT = {"label": {"ru": "Город", "en": "City"}, "value": {"ru": "Казань", "en": "Kazan"}}


def write(topic, day):
    wording = certificates._write(topic, day)
    return documents.Wording(
        wording.holder_ru, wording.holder_en, wording.wording_ru, wording.wording_en,
        wording.extra, [FACT],
    )  # fmt: skip


@pytest.fixture(autouse=True)
def kind():
    """Topics of an even key are of the series A; all are of persons but "city"."""
    yield documents.register(
        documents.Kind(
            code=CODE, prefix="", label="Diploma", template="content/pdf/certificate.typ",
            write=write,
            is_personal=lambda topic: topic.slug != "city",
            names_holder=lambda topic: topic.slug != "nameless",
            numbering=documents.Numbering(
                lambda topic, _day: (2017, topic.slug[:1].upper()), "{year}-{series}-{serial:03d}"
            ),
            day=lambda _topic: DAY,
            permission="content.add_topic",
        )
    )  # fmt: skip
    documents._kinds.pop(CODE)


@pytest.fixture
def staff(make_user):
    return make_user("staff@example.org")


def test_series_are_counted_each_for_itself(staff):
    made = [documents.issue(CODE, make_topic(slug), staff) for slug in ("aa", "bb", "ab", "ac")]

    assert [one.number for one in made] == [
        "2017-A-001", "2017-B-001", "2017-A-002", "2017-A-003",
    ]  # fmt: skip
    assert {(one.year, one.issued_on) for one in made} == {(2017, DAY)}
    assert made[0].facts == [FACT]


@pytest.mark.parametrize(
    "change",
    [
        {"series": "Z"},
        {"facts": []},
        {"holder_ru": ""},
        {"erased_at": timezone.now(), "holder_ru": ""},
        {"pdf": None},
    ],
)
def test_database_keeps_series_facts_and_names(staff, change):
    document = documents.issue(CODE, make_topic("aa"), staff)

    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedDocument.objects.filter(pk=document.pk).update(**change)


def test_names_go_all_at_once_and_for_good(staff, django_capture_on_commit_callbacks):
    document = documents.issue(CODE, make_topic("aa"), staff)
    name, storage = document.pdf.file.name, document.pdf.file.storage
    new = documents.reissue(document, staff, "name of somebody")

    with django_capture_on_commit_callbacks(execute=True):
        erased = documents.erase(IssuedDocument.objects.all(), timezone.now())

    assert (erased, documents.erase(IssuedDocument.objects.all(), timezone.now())) == (2, 0)
    new.refresh_from_db()
    assert (new.holder_ru, new.holder_en, new.wording_ru, new.pdf, new.reissue_reason) == (
        "", "", "", None, "—",
    )  # fmt: skip
    assert (new.number, new.facts, new.state) == ("2017-A-002", [FACT], "valid")
    assert not storage.exists(name)
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedDocument.objects.filter(pk=new.pk).update(holder_ru="Снова", erased_at=None)


def test_check_page_names_whom_it_may(client, staff):
    pages = {}
    for slug in ("city", "person", "nameless"):
        document = documents.issue(CODE, make_topic(slug), staff)
        pages[slug, "code"] = client.get(f"/en/check/{document.code}/").content.decode()
        found = client.get("/en/check/", {"q": document.number})
        pages[slug, "number"] = found.content.decode()

    named = {where for where, page in pages.items() if "Culture" in page}
    told = {where for where, page in pages.items() if "Kazan</span>" in page}
    assert named == {("city", "code"), ("city", "number"), ("person", "code")}
    assert told == named | {("nameless", "code")}


def test_register_shows_kinds_to_those_with_their_right(make_user, lead):
    finance = make_user("finance@example.org", roles=["finance"])

    assert CODE in documents.hidden_from(finance)
    assert CODE not in documents.hidden_from(lead)


def test_file_is_kept_by_its_path(staff, tmp_path):
    path = tmp_path / "made.zip"
    path.write_bytes(b"PK" * 100_000)

    kept = keep_path(path, "made.zip", "application/zip", "test", staff)

    assert (kept.size, printed(kept)) == (200_000, path.read_bytes())
    same = PrivateFile(sha256=kept.sha256)
    assert len(same.sha256) == 64


def test_job_takes_a_file_over(lead, tmp_path):
    path = tmp_path / "made.zip"

    def run(_job, _progress):
        path.write_bytes(b"PK archive")
        return jobs.Made(path, "made.zip", "application/zip")

    jobs.register(jobs.Kind("test.path", "content.add_topic", run))
    job = jobs.ask("test.path", "Archive", {}, lead)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, printed(job.result), path.exists()) == ("done", b"PK archive", False)
    jobs._kinds.pop("test.path")

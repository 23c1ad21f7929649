"""The bulk files: what is in them, when they are made anew, how they are fetched."""

import csv
import hashlib
import io
import json

import pytest
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from content import jobs
from content.models import Job
from members.tests.factories import make_member
from news.tests.factories import make_article
from opendata import bulk, tasks
from opendata.models import DataFile
from standings.tests.factories import make_sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def table(data: bytes) -> list[dict]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def fetched(client, name: str) -> bytes:
    return b"".join(client.get(f"/data/{name}").streaming_content)


def test_api_2_rating_csv_has_mark_code_book_licence_and_checksum(client):
    edition = make_sealed().edition
    bulk.remake("rating-results")
    data = fetched(client, "rating-results.csv")
    book = table(fetched(client, "rating-results-code-book.csv"))
    api = client.get(f"/api/v1/rating-results?edition={edition.pk}").json()
    page = client.get("/en/data/").text

    rows = table(data)
    assert [(row["city"], row["place"], float(row["score"])) for row in rows] == [
        (row["city"], str(row["place"]), row["score"]) for row in api["data"]
    ]
    assert [row["column"] for row in book] == list(rows[0])
    assert all(row["meaning_ru"] and row["meaning_en"] for row in book)
    digest = hashlib.sha256(data).hexdigest()
    assert (digest in page, "CC BY 4.0" in page) == (True, True)
    assert f"{digest}  rating-results.csv" in client.get("/data/SHA256SUMS").text


def test_all_three_forms_say_the_same(client):
    make_member()
    make_member("osh", "Ош", "Osh")
    bulk.remake("members")
    rows = table(fetched(client, "members.csv"))
    lines = [json.loads(line) for line in fetched(client, "members.jsonl").splitlines()]
    sheet = load_workbook(io.BytesIO(fetched(client, "members.xlsx"))).active

    assert [row["name_ru"] for row in rows] == ["Казань", "Ош"]
    assert [line["name_ru"] for line in lines] == ["Казань", "Ош"]
    assert [row[2] for row in sheet.iter_rows(values_only=True)] == ["name_ru", "Казань", "Ош"]
    assert list(next(sheet.iter_rows(values_only=True))) == list(rows[0])


def test_a_cell_is_never_a_formula(client):
    make_article(title_en="=cmd()", title_ru="+7")
    bulk.remake("news")

    row = table(fetched(client, "news.csv"))[0]
    assert (row["title_en"], row["title_ru"]) == ("'=cmd()", "'+7")


def test_only_what_has_changed_is_made_anew(django_capture_on_commit_callbacks):
    make_member()
    first = tasks.remake_files()
    names = set(DataFile.objects.values_list("file", flat=True))
    second = tasks.remake_files()
    unchanged = set(DataFile.objects.values_list("file", flat=True))
    make_member("osh", "Ош", "Osh")
    with django_capture_on_commit_callbacks(execute=True):
        third = tasks.remake_files()

    assert (first, second, third) == (bulk.codes(), [], ["members"])
    assert names == unchanged
    gone = names - set(DataFile.objects.values_list("file", flat=True))
    assert (len(gone), [name for name in gone if default_storage.exists(name)]) == (4, [])


def test_a_failure_leaves_the_old_files(monkeypatch):
    make_member()
    bulk.remake("members")
    before = set(DataFile.objects.values_list("file", "sha256"))
    make_member("osh", "Ош", "Osh")

    def fail(self, *args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(DataFile, "save", fail)
    with pytest.raises(OSError, match="disk full"):
        bulk.remake("members")

    assert set(DataFile.objects.values_list("file", "sha256")) == before
    assert len(default_storage.listdir("data")[1]) == 4


def test_files_are_kept_by_caches_and_need_no_session(client):
    make_member()
    bulk.remake("members")
    response = client.get("/data/members.csv")
    b"".join(response.streaming_content)
    again = client.get("/data/members.csv", headers={"If-None-Match": response.headers["ETag"]})

    assert (again.status_code, response.headers["Cache-Control"]) == (304, "public, max-age=3600")
    assert not response.cookies
    assert client.get("/data/nothing.csv").status_code == 404
    assert client.post("/data/members.csv").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_file_and_many(
    client, number, django_assert_max_num_queries
):
    make_member()
    for code in bulk.codes()[:number]:
        bulk.remake(code)
    with django_assert_max_num_queries(4):
        page = client.get("/en/data/").text

    assert page.count('class="dataset"') == number
    assert '"@type":"Dataset"' in page


def test_staff_have_the_files_made_anew(client, lead, django_capture_on_commit_callbacks):
    make_member()
    client.force_login(lead)
    page = client.get("/admin/opendata/datafile/")
    response = client.post("/admin/opendata/datafile/remake/")
    job = Job.objects.get(kind="opendata.files")
    jobs.run(job.pk)
    job.refresh_from_db()

    assert "/admin/opendata/datafile/remake/" in page.text
    assert response.headers["Location"] == f"/admin/content/job/{job.pk}/change/"
    assert (job.state, job.done, job.failed) == ("done", len(bulk.codes()), [])
    assert DataFile.objects.count() == 4 * len(bulk.codes())

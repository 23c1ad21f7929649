"""The pages of batches through both doors: sending, the report, corrections, a late consent."""

import datetime
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.tests.factories import make_user
from awards import batch_archive, batch_uploads, batches, entrant_links
from awards.models import Batch, Entry, GuardianConsent, Round
from awards.tests.batches import archive, child, drawings, table
from awards.tests.factories import make_category, make_entrant, make_round
from content.models import PrivateFile
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    made = make_round(is_for_children=True, admits_batches=True, region_only=False)
    make_category(made)
    return made


@pytest.fixture
def member():
    return make_member("stavropol")


@pytest.fixture
def client(member):
    user = make_user("rep@example.org")
    make_representative(user, member)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def address(round, member):
    return reverse("awards:cabinet_batch_list", args=[member.slug, round.award.slug, round.slug])


def upload(client, address, rows=None, files=None, **fields):
    data = {"form_key": str(uuid.uuid4()), **fields}
    if rows is not None:
        data["table"] = table(rows)
    if files is not None:
        data["archive"] = archive(files)
    return client.post(address, data)


def read(client, response):
    """Read the batch as a worker does, then open its report."""
    batches.run(Batch.objects.latest("pk").pk)
    return client.get(response["Location"]).content.decode()


def test_awd_2_through_the_cabinet(client, address):
    rows = [child(number) for number in range(1, 19)]
    rows[4]["age"] = "15"
    rows[9]["consent_entry"] = rows[9]["consent_public"] = ""
    sent = upload(client, address, rows, drawings(*range(1, 20)))
    waiting = client.get(sent["Location"]).content.decode()
    assert 'http-equiv="refresh"' in waiting
    page = read(client, sent)
    assert 'http-equiv="refresh"' not in page
    batch = Batch.objects.get()
    for words in ("16", "19.jpg", "15", "5–14"):
        assert words in page
    assert [
        batch.rows.filter(state=state).count() for state in ("taken", "wrong", "no_consent")
    ] == [16, 1, 1]
    waits = batch.rows.get(state="no_consent")
    assert page.count(f"/rows/{waits.pk}/consent/") == page.count("/consent/") == 1
    rows[4]["age"], rows[9]["consent_entry"] = "14", "да"
    numbers = dict(Entry.objects.values_list("batch_row__name", "number"))
    again = upload(client, sent["Location"], rows, drawings(5))
    read(client, again)
    assert batch.rows.filter(state="taken").count() == 18
    assert dict(Entry.objects.values_list("batch_row__name", "number")) == {
        **numbers, "05.jpg": 18,
    }  # fmt: skip


def test_prv_4_sheet_of_one_child_comes_later(client, address):
    sent = upload(client, address, [child(1, consent_entry="")], drawings(1))
    read(client, sent)
    batch = Batch.objects.get()
    row = batch.rows.get()
    consent = f"{sent['Location']}rows/{row.pk}/consent/"
    wrong = client.post(consent, {f"row{row.pk}-given_on": "2199-01-01"})
    assert wrong.status_code == 200
    assert 'id="errors"' in wrong.content.decode()
    assert not GuardianConsent.objects.exists()
    done = client.post(
        consent,
        {
            f"row{row.pk}-given_on": "2026-03-01",
            f"row{row.pk}-scan": SimpleUploadedFile("лист.pdf", b"%PDF-1.7 sheet"),
            f"row{row.pk}-is_public": "on",
        },
    )
    assert done["Location"] == sent["Location"]
    row.refresh_from_db()
    assert row.state == "taken"
    assert (Entry.objects.admitted().count(), Entry.objects.showable().count()) == (1, 1)
    scan = PrivateFile.objects.get(purpose="awards.consent_scan")
    assert client.get(f"/files/{scan.pk}/").status_code == 404


def test_second_click_sends_nothing_twice(client, address):
    key = str(uuid.uuid4())
    first = upload(client, address, [child(1)], drawings(1), form_key=key)
    second = upload(client, address, [child(1)], drawings(1), form_key=key)
    assert first["Location"] == second["Location"]
    assert Batch.objects.count() == 1


@pytest.mark.parametrize("names", [("archive",), ("table",), ()])
def test_first_upload_without_one_of_the_files_says_so_beside_it(client, address, names):
    files = {"archive": drawings(1)} if "archive" in names else {}
    page = upload(
        client, address, [child(1)] if "table" in names else None, files.get("archive")
    )  # fmt: skip
    errors = page.context["form"].errors
    assert set(errors) == {"archive", "table"} - set(names)
    assert not Batch.objects.exists()


def test_file_over_its_limit_is_dropped_while_it_arrives(client, address, monkeypatch):
    monkeypatch.setitem(batch_uploads.LIMITS, "archive", 1000)
    page = upload(client, address, [child(1)], drawings(1))
    assert set(page.context["form"].errors) == {"archive"}
    assert not Batch.objects.exists()


def test_body_larger_than_any_form_is_not_read(client, address):
    response = client.post(address, CONTENT_LENGTH=str(batch_uploads.MOST_BYTES + 1))
    assert response.status_code == 413
    assert "500" in response.content.decode()


def test_stranger_is_turned_away_before_the_body_is_read(address, monkeypatch):
    monkeypatch.setattr(batch_uploads.Measure, "__init__", None)
    user = make_user("other@example.org")
    stranger = Client()
    stranger.force_login(user)
    assert upload(stranger, address, [child(1)], drawings(1)).status_code == 404
    assert upload(Client(), address, [child(1)], drawings(1)).status_code == 302


def test_form_without_its_token_is_refused(client, address, member):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert upload(strict, address, [child(1)], drawings(1)).status_code == 403
    assert not Batch.objects.exists()


def test_late_upload_is_refused_with_the_clock(client, address, round):
    page = client.get(address)
    assert page.status_code == 200
    round.closes_at = timezone.now() - datetime.timedelta(minutes=1)
    round.save()
    late = upload(client, address, [child(1)], drawings(1))
    assert late.status_code == 200
    assert late.context["form"].non_field_errors()
    assert not Batch.objects.exists()
    assert not PrivateFile.objects.exists()


def test_reports_are_found_in_the_cabinet_after_the_close(client, address, round, member):
    own = reverse("awards:cabinet", args=[member.slug])
    late, round.closes_at = round.closes_at, timezone.now() - datetime.timedelta(days=1)
    round.save()
    assert address not in client.get(own).content.decode()

    Round.objects.filter(pk=round.pk).update(closes_at=late)
    upload(client, address, [child(1)], drawings(1))
    round.save()

    assert f'href="{address}"' in client.get(own).content.decode()
    assert client.get(address).status_code == 200


def test_call_without_batches_has_no_such_page(client, address, round):
    round.admits_batches = False
    round.save()
    assert client.get(address).status_code == 404


def test_batch_of_another_member_is_not_found(client, address, round):
    other = make_entrant(round, make_member("perm"))
    foreign = Batch.objects.create(entrant=other)
    assert client.get(f"{address}{foreign.key}/").status_code == 404


@pytest.mark.parametrize("language", ["ru", "en"])
def test_template_filled_in_is_taken(client, address, language):
    page = client.get(address.replace("/ru/", f"/{language}/") + "template.xlsx")
    book = load_workbook(io.BytesIO(page.content))
    assert len(book.worksheets) == 3
    empty, example = book.worksheets[:2]
    for row in list(example.iter_rows(min_row=2, values_only=True)):
        empty.append(row)
    out = io.BytesIO()
    book.save(out)
    sheets = ("согласие-01.pdf", "consent-01.pdf")
    files = drawings(1, 2) | dict.fromkeys(sheets, b"%PDF-1.7 sheet")
    sent = client.post(
        address,
        {
            "form_key": str(uuid.uuid4()),
            "table": SimpleUploadedFile("works.xlsx", out.getvalue()),
            "archive": archive(files),
        },
    )
    read(client, sent)
    rows = Batch.objects.get().rows
    assert list(rows.values_list("state", flat=True)) == ["taken", "taken"]
    assert GuardianConsent.objects.count() == 3


def test_institution_sends_a_batch_by_its_link(round):
    entrant = make_entrant(round)
    entrant_links.keep(entrant)
    client = Client()
    address = reverse("awards:link_batch_list", args=[entrant_links.token(entrant)])
    assert client.get(address).status_code == 200
    assert client.get(f"{address}template.xlsx").status_code == 200
    sent = upload(client, address, [child(1)], drawings(1))
    assert "01.jpg" in read(client, sent)
    assert Entry.objects.get().entrant == entrant
    assert client.get(address.replace(entrant_links.token(entrant), "x" * 43)).status_code == 404


def test_report_of_many_rows_asks_as_often_as_of_few(
    client, address, django_assert_max_num_queries
):
    sent = upload(client, address, [child(1, consent_entry="")], drawings(1))
    read(client, sent)
    with CaptureQueriesContext(connection) as asked:
        client.get(sent["Location"])
    few = len(asked)  # the log of the connection is emptied by the next request
    assert few
    rows = [child(number, consent_entry="") for number in range(1, 8)]
    read(client, upload(client, sent["Location"], rows, drawings(*range(1, 8))))
    with django_assert_max_num_queries(few):
        client.get(sent["Location"])


def test_limit_of_archives_is_what_the_issue_says():
    assert batch_archive.MAX_BYTES == 500 * 1024 * 1024

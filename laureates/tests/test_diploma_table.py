"""Wordings of diplomas: as a workbook out and back, and in the admin."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext as said
from openpyxl import load_workbook

from content import tables
from content.editing import CONFLICT
from laureates import diploma_table
from laureates.models import Diploma
from laureates.tests.contest import make_city, make_contest, make_run

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

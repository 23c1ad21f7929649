"""Who may import members, what may be downloaded, and how the pages hold."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from accounts.models import Role
from accounts.tests.factories import make_user
from members.models import MemberImport
from members.tests.import_desk import (
    ADD,
    KAZAN,
    OMSK,
    WRONG,
    chosen,
    confirm,
    make_members,
    page_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _setting(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    with translation.override("en"):
        yield


@pytest.fixture
def lead():
    return make_user("lead@example.org", roles=[Role.LEAD], language="en")


@pytest.fixture
def desk(client, lead):
    client.force_login(lead)
    return client


def test_rows_to_correct_are_downloaded(desk):
    make_members()
    found = chosen(desk, WRONG, OMSK)

    as_xlsx = desk.get(reverse("admin:members_memberimport_errors", args=[found.pk, "xlsx"]))
    as_csv = desk.get(reverse("admin:members_memberimport_errors", args=[found.pk, "csv"]))
    as_exe = desk.get(reverse("admin:members_memberimport_errors", args=[found.pk, "exe"]))

    rows = list(load_workbook(io.BytesIO(as_xlsx.content)).active.values)
    assert rows[1][:3] == ("2", "Орск", "Orsk")
    assert as_csv.content.decode("utf-8-sig").splitlines()[1].startswith("2,Орск,Orsk,RU,")
    assert as_exe.status_code == 404
    assert as_xlsx["Content-Disposition"] == (
        f'attachment; filename="rows-to-correct-{found.pk}.xlsx"'
    )


def test_template_is_downloaded(desk):
    response = desk.get(reverse("admin:members_memberimport_template"))

    [headings, *_rest] = load_workbook(io.BytesIO(response.content)).worksheets[0].values
    assert headings[:3] in {
        ("Name in Russian", "Name", "Country"), ("Название", "Название на английском", "Страна"),
    }  # fmt: skip


def test_preview_of_others_is_not_found_and_its_result_is_seen(desk, lead):
    make_members()
    found = chosen(desk, OMSK)
    colleague = Client()
    colleague.force_login(make_user(roles=[Role.LEAD]))

    assert colleague.get(page_of(found)).status_code == 404
    assert confirm(colleague, found).status_code == 404
    confirm(desk, found)
    assert colleague.get(page_of(found)).status_code == 200
    assert colleague.post(page_of(found), {"discard": "1"}).status_code == 404


@pytest.mark.parametrize("roles", [[Role.EDITOR], [Role.TRANSLATOR], []])
def test_strangers_are_kept_out_of_every_door(desk, roles):
    make_members()
    found = chosen(desk, OMSK)
    confirm(desk, found)
    stranger = Client()
    stranger.force_login(make_user(roles=roles, is_staff=True))
    doors = [
        ADD, page_of(found), reverse("admin:members_memberimport_changelist"),
        reverse("admin:members_memberimport_template"),
        reverse("admin:members_memberimport_errors", args=[found.pk, "csv"]),
    ]  # fmt: skip

    assert [stranger.get(door).status_code for door in doors] == [403] * 5
    assert stranger.post(ADD, {}).status_code == 403
    assert stranger.post(page_of(found), {"confirm": "1"}).status_code == 403


def test_button_on_the_list_of_members_is_for_those_who_may_import(desk):
    address = reverse("admin:members_member_changelist")
    editor = Client()
    editor.force_login(make_user(roles=[Role.EDITOR]))

    assert ADD in desk.get(address).content.decode()
    assert ADD not in editor.get(address).content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_list_of_imports_query_count_does_not_grow(desk, lead, count, django_assert_num_queries):
    for number in range(count):
        MemberImport.objects.create(
            file_name=f"{number}.csv", created_by=lead, status="applied", applied_at=timezone.now(),
            counts={"new": 1},
        )  # fmt: skip
    address = reverse("admin:members_memberimport_changelist")
    desk.get(address)

    with django_assert_num_queries(7):
        response = desk.get(address)

    assert len(response.context["cl"].result_list) == count


def test_preview_is_paged_and_holds_its_query_count(desk, django_assert_max_num_queries):
    make_members()
    rows = [[f"Город {n}", f"City {n}", "RU", "Europe/Moscow"] for n in range(230)]
    found = chosen(desk, *rows)

    with django_assert_max_num_queries(6):
        first = desk.get(page_of(found), {"kind": "new"})
    last = desk.get(page_of(found), {"kind": "new", "page": 999999})
    odd = desk.get(page_of(found), {"kind": "<b>", "page": "x"})

    assert [len(page.context["lines"]) for page in (first, last, odd)] == [100, 30, 100]
    assert desk.get(reverse("admin:members_memberimport_change", args=[0])).status_code == 404


def test_pages_follow_the_language_and_hold_nothing_inline(desk, lead):
    make_members()
    found = chosen(desk, WRONG, OMSK, KAZAN)
    pages = [desk.get(page).content.decode() for page in (ADD, page_of(found))]

    for page in pages:
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)[^>]*>\s*\S", page)
        assert 'http-equiv="refresh"' not in page

"""Staff import members: upload, preview, confirmation, result."""

import datetime
import io
import re

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from accounts.models import Role
from accounts.tests.factories import make_user
from content.models import AuditEntry, PrivateFile
from members.importing import staging
from members.models import Member, MemberImport
from members.tasks import run_import
from members.tests.factories import make_country, make_member
from members.tests.spreadsheets import csv_file, upload, workbook

pytestmark = pytest.mark.django_db

HEADINGS = ["Название", "Name", "Страна", "Часовой пояс", "Население", "Телефон"]
OMSK = ["Омск", "Omsk", "RU", "Asia/Omsk", 1_100_000, "+7 3812 1"]
KAZAN = ["Казань", "Kazan", "RU", "Europe/Moscow", 1_318_604, "+7 843 2"]
WRONG = ["Орск", "Orsk", "RU", "Asia/Yekaterinburg", "12 тыс.", None]
ADD = "/admin/members/memberimport/add/"


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


def make_members():
    make_country()
    make_member("kazan", time_zone="Europe/Moscow", phone="+7 843 1")
    make_member("perm", "Пермь", "Perm", time_zone="Asia/Yekaterinburg")


def choose(desk: Client, data: bytes, name="cities.xlsx", **typed):
    """Post a file as the form would."""
    form = desk.get(ADD).context["adminform"].form
    values = {"form_key": form["form_key"].value(), "population_year": 2024, **typed}
    return desk.post(ADD, {**values, "file": upload(data, name)})


def chosen(desk: Client, *rows) -> MemberImport:
    response = choose(desk, workbook(HEADINGS, *rows))
    found = MemberImport.objects.latest("pk")
    assert response.url == page_of(found)
    return found


def page_of(found: MemberImport) -> str:
    return reverse("admin:members_memberimport_change", args=[found.pk])


def confirm(desk: Client, found: MemberImport, **typed):
    found.refresh_from_db()
    return desk.post(page_of(found), {"confirm": "1", "seen": found.digest, **typed})


def files() -> set[str]:
    """Names of the private files on the disk."""
    storage = storages["private"]
    folders, _none = storage.listdir("") if storage.exists("") else ([], [])
    return {f"{one}/{name}" for one in folders for name in storage.listdir(one)[1]}


def told(response) -> list[tuple]:
    """The rows of the page: number, title, what is said of them."""
    return [
        (line.number, line.title,
         [(change.label, change.old, change.new) for change in line.changes],
         [remark.text for remark in line.remarks])
        for line in response.context["lines"]
    ]  # fmt: skip


def test_preview_shows_every_kind_of_row_and_writes_nothing(desk):
    make_members()
    found = chosen(desk, OMSK, KAZAN, WRONG, ["Пермь"])

    pages = {kind: desk.get(page_of(found), {"kind": kind}) for kind in
             ("error", "changed", "new", "same")}  # fmt: skip

    assert found.counts == {"error": 1, "changed": 1, "new": 1, "same": 1, "empty": 0}
    assert {kind: told(page) for kind, page in pages.items()} == {
        "error": [(4, "Orsk", [], ["“12 тыс.”: write all digits, 12000."])],
        "changed": [(3, "Kazan", [("Phone", "+7 843 1", "+7 843 2"),
                                  ("Population", "", "1,318,604 (2024)")], [])],
        "new": [(2, "Omsk", [("Time zone", "", "Asia/Omsk"), ("Phone", "", "+7 3812 1"),
                             ("Population", "", "1,100,000 (2024)")], [])],
        "same": [(5, "Perm", [], [])],
    }  # fmt: skip
    assert b"<del>+7 843 1</del>" in pages["changed"].content
    assert "Write 2 members" in pages["error"].content.decode()
    assert set(Member.objects.values_list("slug", "phone")) == {("kazan", "+7 843 1"), ("perm", "")}


def test_confirmed_import_is_written_once(desk, lead):
    make_members()
    found = chosen(desk, OMSK, KAZAN, WRONG)

    answers = [confirm(desk, found), confirm(desk, found)]

    assert [answer.url for answer in answers] == [page_of(found)] * 2
    found.refresh_from_db()
    assert found.status == "applied"
    assert set(Member.objects.values_list("slug", "phone", "version")) == {
        ("kazan", "+7 843 2", 2), ("omsk", "+7 3812 1", 1), ("perm", "", 1),
    }  # fmt: skip
    entry = AuditEntry.objects.get(verb="members.import")
    assert (entry.actor, entry.target, entry.summary, entry.changes) == (
        lead, found, "cities.xlsx: 1 new, 1 changed",
        {"kazan.phone": ["+7 843 1", "+7 843 2"], "kazan.population": [None, [1318604, 2024]],
         "new": [None, ["omsk"]]},
    )  # fmt: skip
    page = desk.get(page_of(found)).content.decode()
    assert "Written on" in page
    assert 'name="confirm"' not in page


def test_same_file_twice_changes_nothing(desk):
    make_members()
    confirm(desk, chosen(desk, OMSK, KAZAN))
    again = chosen(desk, OMSK, KAZAN)
    before = list(Member.objects.order_by("pk").values())

    page = desk.get(page_of(again))
    confirm(desk, again)

    again.refresh_from_db()
    assert (again.counts["same"], again.status) == (2, "previewed")
    assert "There is nothing to write." in page.content.decode()
    assert list(Member.objects.order_by("pk").values()) == before


def test_record_saved_since_the_preview_is_shown_again(desk):
    make_members()
    found = chosen(desk, OMSK, KAZAN)
    Member.objects.filter(slug="kazan").update(phone="+7 843 9")

    confirm(desk, found)

    page = desk.get(page_of(found))
    assert "Records were changed since you looked at the preview." in page.content.decode()
    assert told(page)[0][2][0] == ("Phone", "+7 843 9", "+7 843 2")
    assert not Member.objects.filter(slug="omsk").exists()
    confirm(desk, found)
    assert Member.objects.get(slug="kazan").phone == "+7 843 2"


def test_confirming_an_older_preview_writes_nothing(desk):
    make_members()
    found = chosen(desk, OMSK)

    response = desk.post(page_of(found), {"confirm": "1", "seen": "older"}, follow=True)

    assert [str(one) for one in response.context["messages"]] == [
        "The preview has been renewed. Look at it again."
    ]
    assert not Member.objects.filter(slug="omsk").exists()


def test_conflict_while_writing_is_shown_and_writes_nothing(desk, monkeypatch):
    make_members()
    found = chosen(desk, OMSK, KAZAN)
    honest = staging.applying.apply

    def interrupted(plan):
        Member.objects.get(slug="kazan").save()
        return honest(plan)

    monkeypatch.setattr(staging.applying, "apply", interrupted)
    confirm(desk, found)

    found.refresh_from_db()
    assert (found.status, found.is_renewed) == ("previewed", True)
    assert not Member.objects.filter(slug="omsk").exists()


def test_discarded_file_is_gone(desk, django_capture_on_commit_callbacks):
    make_members()
    before = files()
    found = chosen(desk, OMSK)
    assert len(files() - before) == 1

    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(page_of(found), {"discard": "1"}, follow=True)

    found.refresh_from_db()
    assert (found.status, found.file, found.rows) == ("discarded", None, [])
    assert (PrivateFile.objects.count(), files()) == (0, before)
    assert "The file is discarded." in response.content.decode()
    assert "Nothing was written." in desk.get(page_of(found)).content.decode()
    confirm(desk, found)
    assert not Member.objects.filter(slug="omsk").exists()


def test_next_file_replaces_a_preview_left_open(desk):
    make_members()
    first = chosen(desk, OMSK)
    second = chosen(desk, KAZAN)

    assert list(MemberImport.objects.order_by("pk").values_list("pk", "status")) == [
        (first.pk, "discarded"), (second.pk, "previewed"),
    ]  # fmt: skip


def test_file_sent_twice_by_the_same_form_is_taken_once(desk):
    make_members()
    form = desk.get(ADD).context["adminform"].form
    key = form["form_key"].value()

    answers = [
        desk.post(ADD, {"form_key": key, "file": upload(workbook(HEADINGS, OMSK))}) for _ in "ab"
    ]

    assert MemberImport.objects.count() == 1
    assert {answer.url for answer in answers} == {page_of(MemberImport.objects.get())}


@pytest.mark.parametrize(
    ("data", "typed", "fault"),
    [
        (b"%PDF-1.7", {}, "This is no spreadsheet. Save it as Excel workbook (.xlsx) or CSV."),
        (b"", {}, "The submitted file is empty."),
        (workbook(HEADINGS, OMSK), {"population_year": 2999}, "That year is still to come."),
        (workbook(["Насиление", "Name"], [1, "x"]), {},
         "The heading “Насиление” is not known. Did you mean “Population”?"),
    ],
)  # fmt: skip
def test_file_that_cannot_be_read_is_told_beside_the_field(desk, data, typed, fault):
    before = files()

    response = choose(desk, data, **{"source_ru": "Росстат", **typed})

    assert response.status_code == 200
    page = response.content.decode()
    assert fault in page
    assert 'value="Росстат"' in page
    assert (MemberImport.objects.count(), files()) == (0, before)


def test_ten_thousand_rows_are_exceeded_in_the_background(desk, django_capture_on_commit_callbacks):
    rows = [[number] for number in range(1, 10_002)]
    before = files()

    with django_capture_on_commit_callbacks(execute=True):
        choose(desk, csv_file(["GeoNames"], *rows), name="many.csv")

    found = MemberImport.objects.get()
    assert (found.status, found.file) == ("refused", None)
    assert "There are more than 10,000 rows." in desk.get(page_of(found)).content.decode()
    assert PrivateFile.objects.count() == 0
    assert files() == before


def test_long_file_is_judged_and_written_by_a_worker(
    desk, monkeypatch, django_capture_on_commit_callbacks
):
    make_members()
    monkeypatch.setattr(staging, "AT_ONCE", 1)
    response = choose(desk, workbook(HEADINGS, OMSK, KAZAN))
    found = MemberImport.objects.get()
    assert (response.url, found.status) == (page_of(found), "judging")
    waiting = desk.get(page_of(found)).content.decode()
    assert "it is being checked in the background" in waiting
    assert "Do it now" not in waiting

    run_import(found.pk)
    run_import(found.pk)
    found.refresh_from_db()
    assert (found.status, found.counts["new"], found.counts["changed"]) == ("previewed", 1, 1)

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        confirm(desk, found)
    assert len(callbacks) > 0
    found.refresh_from_db()
    assert found.status == "applied"
    assert Member.objects.filter(slug="omsk").exists()
    run_import(found.pk)
    assert AuditEntry.objects.filter(verb="members.import").count() == 1


def test_staff_may_do_what_a_worker_left_undone(desk, monkeypatch):
    make_members()
    monkeypatch.setattr(staging, "AT_ONCE", 1)
    choose(desk, workbook(HEADINGS, OMSK, KAZAN))
    found = MemberImport.objects.get()
    long_ago = timezone.now() - datetime.timedelta(minutes=2)
    MemberImport.objects.filter(pk=found.pk).update(changed_at=long_ago)

    assert "Do it now" in desk.get(page_of(found)).content.decode()
    desk.post(page_of(found), {"now": "1"})

    found.refresh_from_db()
    assert found.status == "previewed"


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

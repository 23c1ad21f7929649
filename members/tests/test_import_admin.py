"""Staff import members: upload, preview, confirmation, result."""

import datetime

import pytest
from django.utils import timezone, translation

from accounts.models import Role
from accounts.tests.factories import make_user
from content.models import AuditEntry, PrivateFile
from members.importing import staging
from members.models import Member, MemberImport
from members.tasks import run_import
from members.tests.import_desk import (
    ADD,
    HEADINGS,
    KAZAN,
    OMSK,
    WRONG,
    choose,
    chosen,
    confirm,
    files,
    make_members,
    page_of,
)
from members.tests.spreadsheets import csv_file, upload, workbook

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
        (b"%PDF-1.7", {}, "This is not a spreadsheet. Save it as Excel workbook (.xlsx) or CSV."),
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

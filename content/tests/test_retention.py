"""Erasing personal data: who registers, when it runs, what is written down."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from content import retention, tasks
from content.models import RetentionRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def registered(monkeypatch):
    """A registry of the test's own; gives a function that registers a purge under a key."""
    monkeypatch.setattr(retention, "_registered", {})

    def register(key: str, purge) -> None:
        retention.register(
            key, label=f"Label of {key}", purpose="visa", basis="consent", keeps="14 days",
            purge=purge,
        )  # fmt: skip

    return register


def test_run_calls_every_purge_and_writes_down_what_went(registered):
    registered("b.lodging", lambda now: 2)
    registered("a.passports", lambda now: 3)
    done = retention.run("timetable")
    stored = RetentionRun.objects.get()
    assert stored == done
    assert (stored.erased, stored.failed, stored.total, stored.cause) == (
        {"a.passports": 3, "b.lodging": 2}, [], 5, "timetable",
    )  # fmt: skip
    assert [data.key for data in retention.registry()] == ["a.passports", "b.lodging"]


def test_one_failing_purge_keeps_no_other(registered, caplog):
    def fail(now):
        RetentionRun.objects.create(cause="command", started_at=now, finished_at=now)
        raise RuntimeError("no room")

    registered("a.broken", fail)
    registered("b.fine", lambda now: 1)
    done = retention.run("command")
    assert (done.erased, done.failed, done.is_complete) == ({"b.fine": 1}, ["a.broken"], False)
    assert RetentionRun.objects.count() == 1
    assert "Personal data could not be erased: a.broken" in caplog.text


def test_open_up_purges_once(registered):
    calls = []
    registered("a", lambda now: calls.append(now) or 0)
    assert not retention.is_open()
    retention.open_up()
    retention.open_up()
    assert (len(calls), retention.is_open()) == (1, True)
    assert [run.cause for run in RetentionRun.objects.all()] == ["opening"]


def test_open_up_stays_closed_while_something_fails(registered):
    registered("a", lambda now: 1 // 0)
    with pytest.raises(retention.PurgeFailed, match=r"^a$"):
        retention.open_up()
    assert not retention.is_open()


def test_another_database_has_another_mark(registered):
    retention.open_up()
    before = retention.mark()
    with connection.cursor() as cursor:  # what pg_restore does: the table is made anew
        cursor.execute("CREATE TABLE kept AS SELECT * FROM content_retentionrun")
        cursor.execute("TRUNCATE content_retentionrun")
        cursor.execute("INSERT INTO content_retentionrun SELECT * FROM kept")
        cursor.execute("DROP TABLE kept")
    assert RetentionRun.objects.count() == 1
    assert retention.mark() != before
    assert not retention.is_open()


def test_command_says_what_went(registered, capsys):
    registered("a.passports", lambda now: 3)
    call_command("purge_personal_data")
    assert capsys.readouterr().out == "a.passports: 3\n"
    registered("b.broken", lambda now: 1 // 0)
    with pytest.raises(CommandError):
        call_command("purge_personal_data")
    assert capsys.readouterr().out == "a.passports: 3\nb.broken: failed\n"


def test_nightly_task_purges(registered):
    registered("a", lambda now: 4)
    tasks.purge_personal_data()
    assert [(run.cause, run.total) for run in RetentionRun.objects.all()] == [("timetable", 4)]


def test_staff_read_the_runs_and_the_registry(registered, client_of, lead, editor):
    registered("a", lambda now: 4)
    retention.run("timetable")
    address = "/admin/content/retentionrun/"
    page = client_of(lead).get(address).content.decode()
    assert "Label of a: 4" in page
    assert "14 days" in page
    assert client_of(editor).get(address).status_code == 403

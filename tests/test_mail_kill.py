"""A worker is killed in the middle of a batch: no reminder is lost, none is repeated."""

import contextlib
import datetime
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from mailing import reminders
from mailing.models import Message
from mailing.tests.factories import sample_reminder, source_of, states, with_sample_letters
from mailing.tests.smtp_sink import SMTPSink
from uclg_portal.celery import app

ROOT = Path(__file__).resolve().parents[1]
REMINDERS = 200
KILLED_AT = 100


@contextlib.contextmanager
def worker(queue: str, mail_port: int) -> Iterator[subprocess.Popen]:
    """A real Celery worker on the test database that reads this queue and mails to this port."""
    database = urlsplit(os.environ["DATABASE_URL"])
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "uclg_portal.settings",
        "DEMO": "1",
        "DATABASE_URL": database._replace(path=f"/{connection.settings_dict['NAME']}").geturl(),
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
    }
    command = [
        *(sys.executable, "-m", "celery", "-A", "uclg_portal", "worker", "--pool", "solo"),
        *("-Q", queue, "--without-gossip", "--without-mingle", "--loglevel", "error"),
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ask_to_deliver(queue: str) -> None:
    """What beat does every half minute."""
    with app.connection_for_write() as broker, broker.Producer() as producer:
        app.send_task("mailing.tasks.deliver_due", queue=queue, producer=producer)


def wait_for(condition: Callable[[], bool], seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, states()
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore::celery.exceptions.AlwaysEagerIgnored")
def test_worker_killed_in_a_batch_of_200_reminders_loses_none_and_repeats_none(
    monkeypatch, settings
):
    settings.TEMPLATES = with_sample_letters(settings.TEMPLATES)
    monkeypatch.setattr("mailing.wake._queue", lambda task: None)
    due = [sample_reminder(number, due_at=timezone.now()) for number in range(REMINDERS)]
    monkeypatch.setattr(reminders, "_sources", [source_of(*due)])
    queue = f"kill-{uuid.uuid4().hex}"
    assert reminders.plan()["written"] == REMINDERS

    with SMTPSink() as sink:
        sink.faults.hold_mail = KILLED_AT
        with worker(queue, sink.port) as first:
            ask_to_deliver(queue)
            assert sink.holding.wait(40)
            first.kill()
            first.wait()
        sink.release.set()
        assert states() == {
            "queued": REMINDERS - KILLED_AT, "sending": 1, "sent": KILLED_AT - 1,
        }  # fmt: skip
        assert reminders.plan()["written"] == 0

        with worker(queue, sink.port):
            ask_to_deliver(queue)
            wait_for(lambda: states() == {"sending": 1, "sent": REMINDERS - 1})
            eleven_minutes_ago = timezone.now() - datetime.timedelta(minutes=11)
            Message.objects.filter(state="sending").update(claimed_at=eleven_minutes_ago)
            ask_to_deliver(queue)
            wait_for(lambda: states() == {"sent": REMINDERS - 1, "unsure": 1})
            ask_to_deliver(queue)

        assert sorted(sink.addresses()) == sorted(reminder.email for reminder in due)
        assert Message.objects.get(state="unsure").email == sink.addresses()[KILLED_AT - 1]

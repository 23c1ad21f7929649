"""The planner of reminders is killed in the middle: run again, it writes the rest, none twice."""

import datetime
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from events.tests.reminded import make_reminded_event
from mailing import reminders
from mailing.models import Message

ROOT = Path(__file__).resolve().parents[1]
REMINDERS = 3000
PLAN = """
import django, os
django.setup()
from django.utils.dateparse import parse_datetime
from mailing import reminders
reminders.plan(parse_datetime(os.environ["PLAN_AT"]))
"""


def planner(now: datetime.datetime) -> subprocess.Popen:
    """A process of its own that plans on the test database."""
    database = urlsplit(os.environ["DATABASE_URL"])
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "uclg_portal.settings",
        "DEMO": "1",
        "PLAN_AT": now.isoformat(),
        "DATABASE_URL": database._replace(path=f"/{connection.settings_dict['NAME']}").geturl(),
    }
    return subprocess.Popen([sys.executable, "-c", PLAN], cwd=ROOT, env=environ)


def written() -> int:
    return Message.objects.filter(kind="events.reminder").count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore::celery.exceptions.AlwaysEagerIgnored")
def test_msg_1_planner_killed_among_3000_reminders_loses_none_and_repeats_none(monkeypatch):
    monkeypatch.setattr("mailing.wake._queue", lambda task: None)
    event = make_reminded_event(REMINDERS)
    now = event.starts_at - datetime.timedelta(days=1)

    process = planner(now)
    until = time.monotonic() + 60
    while written() == 0:
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.01)
    process.kill()
    process.wait()
    first = written()
    assert 0 < first < REMINDERS

    assert reminders.plan(now)["written"] == REMINDERS - first
    assert reminders.plan(now)["written"] == 0

    emails = Message.objects.filter(kind="events.reminder").values_list("email", flat=True)
    assert len(emails) == len(set(emails)) == REMINDERS

"""Rows for the tests of mailing."""

import copy
import datetime
import itertools
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from accounts.models import User
from mailing.models import Message
from mailing.reminders import DueReminder

MORNING = datetime.datetime(2026, 10, 12, 6, 0, tzinfo=datetime.UTC)
_numbers = itertools.count(1)


def make_user(email="reader@example.org", **fields):
    return User.objects.create_user(email, "a-long-password", **fields)


def make_message(**fields) -> Message:
    number = next(_numbers)
    due_at = fields.get("due_at", timezone.now())
    values = {
        "occasion": f"test:{number}",
        "due_at": due_at,
        "next_attempt_at": due_at,
        "kind": "mailing.sample",
        "email": f"reader{number}@example.org",
        "language": "en",
        "subject": f"Subject {number}",
        "text_body": f"Text {number}\n",
        "html_body": f"<p>Text {number}</p>",
    }
    return Message.objects.create(**values | fields)


def make_sent_message(**fields) -> Message:
    return make_message(state="sent", sent_at=timezone.now(), attempts=1, **fields)


def make_unsure_message(**fields) -> Message:
    return make_message(
        state="unsure", claimed_at=timezone.now(), attempts=1, last_error="cut", **fields
    )


def sample_reminder(number: int, **fields) -> DueReminder:
    values = {
        "occasion": f"event:{number}",
        "email": f"reader{number}@example.org",
        "language": "en",
        "template": "sample/mail/reminder",
        "context": {"title": f"Forum {number}", "path": f"/en/events/forum-{number}/"},
        "due_at": MORNING,
    }
    return DueReminder(**values | fields)


def source_of(*reminders: DueReminder) -> Callable:
    def source(now):
        return list(reminders)

    return source


def with_sample_letters(templates: list[dict]) -> list[dict]:
    """The setting TEMPLATES with the letters `sample/mail/…` of the tests."""
    templates = copy.deepcopy(templates)
    templates[0]["DIRS"].append(Path(__file__).parent / "templates")
    return templates


def states() -> dict[str, int]:
    """How many messages there are in each state."""
    found: dict[str, int] = {}
    for state in Message.objects.order_by("state").values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found

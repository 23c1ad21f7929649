import logging

import pytest
from django.core import mail
from django.db import transaction
from kombu.exceptions import OperationalError

from mailing import outbox, wake
from mailing.tests.factories import states


def write(number=1):
    return outbox.write_plain(f"plain:{number}", "a@example.org", "en", "Subject", "Text")


@pytest.mark.django_db(transaction=True)
def test_mail_leaves_after_the_commit_and_not_before():
    with transaction.atomic():
        write()
        assert mail.outbox == []

    assert ([sent.subject for sent in mail.outbox], states()) == (["Subject"], {"sent": 1})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError("gone"), ConnectionRefusedError("gone")])
def test_broker_that_is_down_is_logged_and_the_mail_waits(monkeypatch, caplog, error):
    def refuse(*args, **kwargs):
        raise error

    monkeypatch.setattr("celery.app.task.Task.apply_async", refuse)
    with caplog.at_level(logging.WARNING):
        message = write()

    assert (message.state, mail.outbox) == ("queued", [])
    assert [record.message for record in caplog.records] == [
        "The broker does not answer, mailing.tasks.deliver_batch waits for the timetable: gone"
    ]


@pytest.mark.django_db
def test_nothing_is_woken_when_nothing_is_written(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        write()
        write()
        wake.after_commit("mailing.tasks.deliver_due")

    assert len(callbacks) == 2

import datetime

import pytest
from django.utils import translation

from mailing import delivery, freezing, heartbeat, reminders
from mailing.models import Message
from mailing.tests.factories import (
    make_message,
    make_unsure_message,
    make_user,
    sample_reminder,
    source_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def healthy(sources, clock, *due):
    """Both have run now; these reminders were due."""
    sources[:] = [source_of(*due)]
    reminders.plan(clock.now)
    delivery.deliver_due()


def test_before_anything_ran():
    assert heartbeat.sentences() == [
        ("warn", "Reminders have not run yet."),
        ("warn", "The delivery of mail has not run yet."),
    ]


def test_all_is_well(sources, clock):
    expired = clock.now - datetime.timedelta(hours=1)
    due = [sample_reminder(n, due_at=expired) for n in range(12)]
    healthy(sources, clock, *due, sample_reminder(13, due_at=expired, expires_at=expired))
    clock.forward(minutes=4)

    assert heartbeat.sentences() == [
        ("good", "Reminders ran 4 minutes ago; 12 were written today."),
        ("warn", "1 reminder was too late to make sense today and was not sent."),
        ("good", "Mail leaves: the last one 4 minutes ago; 0 wait."),
    ]


def test_ops_1_staff_read_in_plain_words_that_mail_does_not_leave(sources, clock, sink):
    healthy(sources, clock)
    sink.stop()
    for _ in range(214):
        make_message()
    for _minute in range(181):
        reminders.plan(clock.now)
        delivery.deliver_due()
        clock.forward(minutes=1)

    assert heartbeat.sentences() == [
        ("good", "Reminders ran 1 minute ago; 0 were written today."),
        (
            "bad",
            "Mail has not left for 3 hours: the mail server does not answer "
            "(Connection refused). 214 mails wait; nothing is lost.",
        ),
    ]
    sink.restart()
    delivery.deliver_due()
    assert heartbeat.sentences()[1] == (
        "good",
        "Mail leaves: the last one less than a minute ago; 0 wait.",
    )


def test_server_that_puts_everything_off_is_bad_after_an_hour(sources, clock, sink):
    healthy(sources, clock)
    sink.faults.recipients["*"] = "451 try later"
    make_message()
    delivery.deliver_due()
    clock.forward(minutes=59)
    healthy(sources, clock)
    assert heartbeat.sentences()[1] == ("good", "No mail has left yet; 1 waits.")
    clock.forward(minutes=2)
    assert heartbeat.sentences()[1] == (
        "bad",
        "Mail has not left for 1 hour: the mail server puts it off (451 try later). "
        "1 mail waits; nothing is lost.",
    )


def test_timetable_and_worker_that_stand_still(sources, clock):
    healthy(sources, clock)
    make_message()
    clock.forward(days=3)

    assert heartbeat.sentences() == [
        (
            "bad",
            "Reminders have not run for 3 days: the timetable of the portal stands still. "
            "What is due goes out when it runs again.",
        ),
        (
            "bad",
            "Mail has not left for 3 days: no worker of the portal runs. "
            "1 mail waits; nothing is lost.",
        ),
    ]


def test_broken_reminders_are_told(sources, clock):
    healthy(sources, clock, sample_reminder(1, template="sample/mail/nowhere", due_at=clock.now))

    assert heartbeat.sentences()[1] == (
        "bad", "Some reminders cannot be written: the log of the worker says why.",
    )  # fmt: skip


def test_frozen_unsure_and_failed_mails_are_told(sources, clock):
    freezing.freeze(make_user(full_name="Elena Markova"), "wrong date")
    make_message(is_bulk=True)
    make_message(is_bulk=True)
    make_unsure_message()
    make_message(state="failed", attempts=1)
    old = make_message(state="failed", attempts=1)
    Message.objects.filter(pk=old.pk).update(created_at=clock.now - datetime.timedelta(days=8))
    healthy(sources, clock)
    clock.forward(minutes=2)

    assert heartbeat.sentences()[1:] == [
        ("good", "No mail has left yet; 0 wait."),
        (
            "warn",
            "Bulk mail was frozen 2 minutes ago by Elena Markova (wrong date); "
            "2 mails are held back.",
        ),
        ("warn", "1 mail may or may not have arrived: decide whether to send it again."),
        ("warn", "1 mail could not be delivered in the last seven days: look at its address."),
    ]


def test_queries_do_not_grow(django_assert_num_queries):
    for _ in range(5):
        make_message()
        make_unsure_message()

    with django_assert_num_queries(3):
        heartbeat.sentences()


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0.5, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (47 * 60, "47 hours"),
     (48 * 60, "2 days")],
)  # fmt: skip
def test_span_speaks_in_its_largest_unit(minutes, expected):
    assert heartbeat.span(datetime.timedelta(minutes=minutes)) == expected


def test_russian_sentences_say_the_same(sources, clock, sink):
    freezing.freeze(None, "wrong date")
    sink.stop()
    make_message()
    make_unsure_message()
    healthy(sources, clock, sample_reminder(1, expires_at=clock.now, due_at=clock.now))
    clock.forward(minutes=3)

    english = heartbeat.sentences()
    with translation.override("ru"):
        russian = heartbeat.sentences()

    assert [one.level for one in russian] == [one.level for one in english]
    assert [one.level for one in english] == ["good", "warn", "bad", "warn", "warn"]

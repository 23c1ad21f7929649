import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mailing import delivery, reminders
from mailing.models import Heartbeat, Message
from mailing.tests.factories import (
    MORNING,
    make_message,
    make_user,
    sample_reminder,
    source_of,
    states,
)

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


def counted(written=0, missed=0, broken=0):
    return {"written": written, "missed": missed, "broken": broken}


def test_msg_1_missed_nights_are_made_up_for_once(sources, clock):
    now = clock.now
    sources.append(
        source_of(
            sample_reminder(1, due_at=now - 2 * DAY, expires_at=now + DAY),
            sample_reminder(2, due_at=now - DAY, expires_at=now + DAY),
            sample_reminder(3, due_at=now, expires_at=None),
            sample_reminder(4, due_at=now - 2 * DAY, expires_at=now - HOUR),
            sample_reminder(5, due_at=now + HOUR),
        )
    )

    assert reminders.plan(now) == counted(written=3, missed=1)
    assert reminders.plan(now) == counted()
    delivery.deliver_due()
    delivery.deliver_due()

    assert [sent.subject for sent in mail.outbox] == [
        "Soon: Forum 1", "Soon: Forum 2", "Soon: Forum 3",
    ]  # fmt: skip
    missed = Message.objects.get(state="missed")
    assert (missed.occasion, missed.subject, missed.text_body, missed.attempts) == (
        "event:4", "Soon: Forum 4", "", 0,
    )  # fmt: skip
    clock.forward(hours=1)
    assert reminders.plan() == counted(written=1)
    assert states() == {"missed": 1, "queued": 1, "sent": 3}


def test_what_was_called_off_meanwhile_is_not_written_and_asked_for_once(sources, clock):
    asked = []

    def called_off():
        asked.append(connection.in_atomic_block)
        return False

    sources.append(
        source_of(
            sample_reminder(1, due_at=clock.now, expires_at=None, still_holds=called_off),
            sample_reminder(2, due_at=clock.now, expires_at=None, still_holds=called_off),
            sample_reminder(3, due_at=clock.now, expires_at=None, still_holds=lambda: True),
        )
    )

    assert reminders.plan(clock.now) == counted(written=1)

    assert list(Message.objects.values_list("occasion", flat=True)) == ["event:3"]
    assert asked == [True]


def test_msg_1_planned_in_time_but_not_sent_in_time_is_missed(sources, clock):
    sources.append(source_of(sample_reminder(1, due_at=clock.now, expires_at=clock.now + HOUR)))
    reminders.plan(clock.now)

    clock.forward(days=2)
    delivery.deliver_due()

    assert (states(), mail.outbox) == ({"missed": 1}, [])


def test_msg_3_reminders_come_in_the_readers_language(sources):
    sources.append(
        source_of(
            sample_reminder(1, language="ru", email="kazan@example.org"),
            sample_reminder(1, language="en", email="ulaanbaatar@example.org"),
        )
    )

    reminders.plan(MORNING)

    assert dict(Message.objects.values_list("email", "subject")) == {
        "kazan@example.org": "Скоро: Forum 1",
        "ulaanbaatar@example.org": "Soon: Forum 1",
    }


def test_reminder_becomes_a_bulk_mail_with_its_dates(sources):
    user = make_user()
    expires_at = MORNING + DAY
    sources.append(source_of(sample_reminder(1, user=user, about=user, expires_at=expires_at)))

    reminders.plan(MORNING + HOUR)

    message = Message.objects.get()
    assert (message.due_at, message.next_attempt_at, message.expires_at) == (
        MORNING, MORNING, expires_at,
    )  # fmt: skip
    assert (message.user, message.about, message.is_bulk) == (user, user, True)


def test_registering_twice_is_registering_once(sources):
    source = source_of()

    assert reminders.register(source) is source
    reminders.register(source)

    assert sources == [source]


def test_same_occasion_from_two_sources_is_written_once(sources):
    sources += [source_of(sample_reminder(1)), source_of(sample_reminder(1), sample_reminder(1))]

    assert reminders.plan(MORNING) == counted(written=1)


def test_written_compares_whole_pairs():
    make_message(occasion="a", email="1@example.org")
    make_message(occasion="b", email="2@example.org")

    asked = [("a", "1@example.org"), ("a", "2@example.org"), ("c", "1@example.org")]
    assert Message.objects.written(asked) == {("a", "1@example.org")}
    assert Message.objects.written([]) == set()


def test_queries_do_not_grow_with_reminders(sources):
    def queries_for(count):
        sources[:] = [
            source_of(*(sample_reminder(n, occasion=f"{count}:{n}") for n in range(count)))
        ]
        with CaptureQueriesContext(connection) as queries:
            assert reminders.plan(MORNING)["written"] == count
        return len(queries)

    reminders.plan(MORNING)
    assert queries_for(1) == queries_for(200)


def test_broken_reminder_does_not_hold_up_the_others(sources, caplog):
    sources.append(
        source_of(
            sample_reminder(1, template="sample/mail/nowhere"),
            sample_reminder(2, occasion="x" * 201),
            sample_reminder(3),
        )
    )

    assert reminders.plan(MORNING) == counted(written=1, broken=2)
    assert [record.message.split(": ")[0] for record in caplog.records] == [
        "A reminder cannot be written"
    ] * 2


def test_broken_source_does_not_hold_up_the_others(sources, caplog):
    def broken(now):
        yield sample_reminder(1)
        raise RuntimeError("no")

    sources += [broken, source_of(sample_reminder(2))]

    assert reminders.plan(MORNING) == counted(written=1, broken=1)
    assert [record.message for record in caplog.records] == [
        f"A source of reminders failed: {__name__}.broken"
    ]


def test_plan_keeps_its_counts_of_the_day(sources):
    sources.append(source_of(sample_reminder(1), sample_reminder(2, expires_at=MORNING)))

    reminders.plan(MORNING)
    reminders.plan(MORNING)

    counts = Heartbeat.objects.get(name=Heartbeat.PLANNER).counts
    assert (counts["run"], counts["day"]) == (counted(), counted(written=1, missed=1))


@pytest.mark.django_db(transaction=True)
def test_second_planner_leaves_the_work_to_the_first(sources):
    seen = []

    def elsewhere(now):
        try:
            return reminders.plan(now)
        finally:
            connection.close()

    def source(now):
        with ThreadPoolExecutor(1) as pool:
            seen.append(pool.submit(elsewhere, now).result())
        yield sample_reminder(1)

    sources.append(source)

    assert reminders.plan(MORNING) == counted(written=1)
    assert seen == [None]
    sources[:] = []
    assert elsewhere(MORNING) == counted()

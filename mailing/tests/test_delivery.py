import datetime
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mailing import delivery, freezing, outbox
from mailing.models import Heartbeat, Message
from mailing.tests.factories import make_message, make_unsure_message, make_user, states

pytestmark = pytest.mark.django_db


def make_due(count=1, **fields):
    return [make_message(**fields) for _ in range(count)]


def test_delivery_sends_text_and_html_with_a_lasting_message_id(sink):
    (message,) = make_due(subject="Напоминание", text_body="Текст\n", language="ru")

    assert delivery.deliver_batch() == Counter(sent=1)

    message.refresh_from_db()
    (received,) = sink.received
    assert {name: received[name] for name in ("Subject", "To", "From", "Message-ID")} == {
        "Subject": "Напоминание",
        "To": message.email,
        "From": "UCLG-Eurasia <secretariat@example.org>",
        "Message-ID": f"<{message.uid}@testserver>",
    }
    parts = [
        (part.get_content_type(), part.get_content().strip()) for part in received.iter_parts()
    ]
    assert parts == [("text/plain", "Текст"), ("text/html", message.html_body)]
    assert (message.state, message.attempts, message.last_error) == ("sent", 1, "")
    assert message.sent_at is not None


def test_mail_without_html_is_text_alone():
    message = make_message(html_body="")

    delivery.deliver_batch()

    assert [(sent.body, sent.alternatives) for sent in mail.outbox] == [(message.text_body, [])]


def test_batch_uses_one_connection(sink):
    make_due(30)

    assert delivery.deliver_batch() == Counter(sent=30)
    assert (sink.connections, len(sink.received)) == (1, 30)


def test_mails_to_one_person_leave_before_bulk_mail():
    bulk = make_message(is_bulk=True)
    old_bulk = make_message(is_bulk=True, next_attempt_at=bulk.due_at - datetime.timedelta(days=1))
    single = make_message()

    delivery.deliver_batch()

    assert [sent.to[0] for sent in mail.outbox] == [single.email, old_bulk.email, bulk.email]


def test_mail_of_the_future_waits(clock):
    make_message(next_attempt_at=clock.now + datetime.timedelta(seconds=1))

    assert delivery.deliver_due() == Counter()
    clock.forward(seconds=1)
    assert delivery.deliver_due() == Counter(sent=1)


def test_claim_is_won_once():
    message = make_message()

    assert [Message.objects.claim(message.pk) for _ in range(2)] == [True, False]
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sending", 1)


@pytest.mark.django_db(transaction=True)
def test_claim_is_exclusive_under_threads():
    pks = [message.pk for message in make_due(20)]
    start = threading.Barrier(4)

    def claim_all(_number):
        try:
            start.wait()
            return sum(Message.objects.claim(pk) for pk in pks)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(claim_all, range(4)))

    assert sum(won) == 20
    assert set(Message.objects.values_list("state", "attempts")) == {("sending", 1)}


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_every_mail_once(sink):
    make_due(60)
    start = threading.Barrier(2)

    def work(_number):
        try:
            start.wait()
            return delivery.deliver_batch()["sent"]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(work, range(2)))

    assert sum(sent) == 60
    assert sorted(sink.addresses()) == sorted(Message.objects.values_list("email", flat=True))
    assert states() == {"sent": 60}


def test_ops_1_mail_server_down_for_three_hours(sink, clock):
    make_due(3)
    sink.stop()

    for _minute in range(180):
        assert delivery.deliver_due() == Counter()
        clock.forward(minutes=1)
    outbox.write_plain("late:1", "late@example.org", "en", "Late", "Late")

    assert states() == {"queued": 4}
    assert set(Message.objects.values_list("attempts", flat=True)) == {0}
    beat = Heartbeat.objects.get(name=Heartbeat.DELIVERY)
    assert clock.now - beat.failing_since == datetime.timedelta(hours=3)
    sink.restart()
    assert [delivery.deliver_due(), delivery.deliver_due()] == [Counter(sent=4), Counter()]
    assert sorted(sink.addresses()) == sorted(Message.objects.values_list("email", flat=True))
    beat.refresh_from_db()
    assert (beat.failing_since, beat.last_error) == (None, "")


def test_failing_server_is_tried_once_a_minute(sink, clock):
    make_due()
    sink.faults.greeting = "421 come back later"

    for _call in range(10):
        delivery.deliver_batch()
    assert sink.connections == 1
    clock.forward(minutes=1)
    for _call in range(10):
        delivery.deliver_batch()
    assert sink.connections == 2
    assert Heartbeat.objects.get(name="delivery").last_error == "421 come back later"


@pytest.mark.parametrize("answer", ["550 you may not send", "451 disk full"])
def test_refused_sender_stops_the_batch_and_fails_nothing(sink, clock, answer):
    make_due(3)
    sink.faults.sender = answer

    assert delivery.deliver_batch() == Counter()

    assert states() == {"queued": 3}
    assert list(
        Message.objects.order_by("pk").values_list("attempts", "last_error", "claimed_at")
    ) == [(1, answer, None), (0, "", None), (0, "", None)]
    sink.faults.sender = ""
    clock.forward(minutes=1)
    assert delivery.deliver_batch() == Counter(sent=3)


def test_address_refused_for_good_fails_at_once_and_others_leave(sink):
    first, second, third = make_due(3)
    sink.faults.recipients[second.email] = "550 no such user"

    assert delivery.deliver_batch() == Counter(sent=2, failed=1)

    second.refresh_from_db()
    assert (second.state, second.last_error) == ("failed", "550 no such user")
    assert sink.addresses() == [first.email, third.email]


def test_mail_put_off_is_tried_with_growing_pauses_for_a_day(sink, clock):
    (message,) = make_due()
    sink.faults.recipients["*"] = "451 greylisted"
    started = clock.now
    moments = []

    while message.state == "queued":
        clock.now = max(clock.now, message.next_attempt_at)
        moments.append((clock.now - started).total_seconds() / 60)
        delivery.deliver_batch()
        message.refresh_from_db()

    assert moments[:6] == [0, 1, 6, 21, 81, 141]
    assert 23 * 60 < moments[-1] < 25 * 60
    assert (message.state, message.attempts, message.last_error) == (
        "failed", len(moments), "451 greylisted",
    )  # fmt: skip


def test_text_refused_for_now_is_put_off(sink):
    (message,) = make_due()
    sink.faults.text = "452 no room"

    assert delivery.deliver_batch() == Counter(queued=1)
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("queued", "452 no room")


def test_cut_after_the_text_is_unsure_and_never_sent_again_by_itself(sink, clock):
    first, second, third = make_due(3)
    sink.faults.cut_at = "text"
    sink.faults.cut_mail = 2

    assert delivery.deliver_batch() == Counter(sent=1, unsure=2)

    clock.forward(days=2)
    assert delivery.deliver_due() == Counter()
    assert sink.addresses() == [first.email, second.email, third.email]
    assert states() == {"sent": 1, "unsure": 2}


def test_staff_send_an_unsure_mail_again(sink):
    message = make_unsure_message()

    assert outbox.requeue(Message.objects.all()) == [message.pk]
    assert delivery.deliver_batch() == Counter(sent=1)
    assert [mail["Message-ID"] for mail in sink.received] == [f"<{message.uid}@testserver>"]


@pytest.mark.parametrize("at", ["MAIL", "DATA"])
def test_cut_before_the_text_waits_and_goes_out_once(sink, clock, at):
    (message,) = make_due()
    sink.faults.cut_at = at

    assert delivery.deliver_batch() == Counter()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 1)
    sink.faults.cut_at = ""
    clock.forward(minutes=1)
    assert delivery.deliver_batch() == Counter(sent=1)
    assert sink.addresses() == [message.email]


def test_server_that_limits_its_connections_gets_further_ones(sink):
    messages = make_due(5)
    sink.faults.mails_per_connection = 2

    assert delivery.deliver_batch() == Counter(sent=5)
    assert sink.addresses() == [message.email for message in messages]
    assert sink.connections == 3
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


def test_mail_that_cannot_be_built_fails_alone():
    broken = make_message(subject="two\nlines")
    make_message()

    assert delivery.deliver_batch() == Counter(sent=1, failed=1)
    broken.refresh_from_db()
    assert broken.last_error.startswith("Header values can't contain newlines")


def test_claim_of_a_lost_worker_becomes_unsure_after_ten_minutes(clock):
    (message,) = make_due()
    Message.objects.claim(message.pk)

    clock.forward(minutes=10)
    assert delivery.deliver_due() == Counter()
    clock.forward(seconds=1)
    assert delivery.deliver_due() == Counter(unsure=1)

    message.refresh_from_db()
    assert (message.state, message.last_error) == ("unsure", delivery.WORKER_LOST)
    assert mail.outbox == []


def test_worker_that_comes_back_late_still_says_what_it_did(clock, monkeypatch):
    (message,) = make_due()

    def slow(line, mail_):
        clock.forward(minutes=11)
        delivery.sweep()

    monkeypatch.setattr("mailing.transport.Line.hand_over", slow)
    assert delivery.deliver_batch() == Counter(sent=1)

    message.refresh_from_db()
    assert message.state == "sent"


def test_mail_whose_moment_has_passed_is_missed_not_sent(clock):
    (message,) = make_due(expires_at=clock.now + datetime.timedelta(hours=1))
    clock.forward(hours=1)

    assert delivery.deliver_batch() == Counter()
    assert delivery.deliver_due() == Counter(missed=1)
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("missed", delivery.TOO_LATE)
    assert mail.outbox == []


def test_switch_stops_bulk_mail_alone_and_releases_it():
    make_due(2, is_bulk=True)
    single = make_message()
    assert freezing.freeze(make_user(), "wrong date") is True

    assert delivery.deliver_due() == Counter(sent=1)
    assert [sent.to for sent in mail.outbox] == [[single.email]]
    assert freezing.freeze(None, "again") is False
    assert [freezing.release(), freezing.release()] == [True, False]
    assert delivery.deliver_due() == Counter(sent=2)


def test_switch_stops_a_batch_under_way(monkeypatch):
    make_due(3, is_bulk=True)
    hand_over = delivery.Line.hand_over

    def freeze_after_first(line, mail_):
        hand_over(line, mail_)
        freezing.freeze(None, "stop")

    monkeypatch.setattr(delivery.Line, "hand_over", freeze_after_first)
    assert delivery.deliver_batch() == Counter(sent=1)
    assert states() == {"queued": 2, "sent": 1}


def test_freezing_without_a_reason_is_refused():
    with pytest.raises(ValueError, match="needs a reason"):
        freezing.freeze(None, "  ")


@pytest.mark.parametrize("answer", ["", "550 no"])
def test_secret_text_is_forgotten_once_settled(sink, answer):
    (message,) = make_due(is_secret=True, text_body="code 123456\n")
    sink.faults.recipients["*"] = answer

    delivery.deliver_batch()

    message.refresh_from_db()
    assert (message.text_body, message.html_body) == ("", "")
    assert message.state == ("failed" if answer else "sent")
    assert len(sink.received) == (0 if answer else 1)


def test_secret_text_is_kept_while_the_mail_waits(sink):
    (message,) = make_due(is_secret=True)
    sink.faults.recipients["*"] = "451 later"

    delivery.deliver_batch()

    message.refresh_from_db()
    assert (message.state, message.text_body != "") == ("queued", True)


def test_secret_of_a_lost_claim_is_forgotten(clock):
    (message,) = make_due(is_secret=True)
    Message.objects.claim(message.pk)
    clock.forward(minutes=11)

    assert delivery.sweep()["unsure"] == 1
    message.refresh_from_db()
    assert message.text_body == ""


def test_long_queue_wakes_the_next_batch(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(delivery, "MAILS_AT_ONCE", 2)
    make_due(5)

    with django_capture_on_commit_callbacks(execute=True):
        assert delivery.deliver_batch() == Counter(sent=2)

    assert states() == {"sent": 5}


def test_batch_ends_when_its_time_is_up(monkeypatch):
    monkeypatch.setattr(delivery, "SECONDS_AT_ONCE", -1)
    make_due(2)

    assert delivery.deliver_batch() == Counter()
    assert states() == {"queued": 2}


def test_queries_grow_by_three_a_mail():
    def queries_for(count):
        make_due(count)
        with CaptureQueriesContext(connection) as queries:
            assert delivery.deliver_batch() == Counter(sent=count)
        return len(queries)

    queries_for(1)
    assert queries_for(5) - queries_for(1) == 4 * 3

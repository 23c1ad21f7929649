import datetime
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mailing import outbox
from mailing.models import Message
from mailing.tests.factories import (
    make_message,
    make_sent_message,
    make_unsure_message,
    make_user,
    states,
)

pytestmark = pytest.mark.django_db

REMINDER = "sample/mail/reminder"
FORUM = {"title": "Forum", "path": "/en/events/forum/"}


def sample_letter(number, **fields):
    values = {
        "occasion": f"test:{number}", "email": "a@example.org", "language": "en",
        "template": REMINDER, "context": FORUM,
    }  # fmt: skip
    return outbox.Letter(**values | fields)


def test_write_stores_a_queued_row():
    user = make_user(time_zone="Asia/Bishkek")
    due_at = timezone.now() + datetime.timedelta(hours=1)
    expires_at = due_at + datetime.timedelta(hours=1)

    message = outbox.write(
        "event:1", " A@Example.org ", "ru", REMINDER, FORUM,
        user=user, due_at=due_at, expires_at=expires_at, is_bulk=True, about=user,
    )  # fmt: skip

    message.refresh_from_db()
    assert (message.email, message.user, message.language, message.kind, message.subject) == (
        "a@example.org", user, "ru", "sample.reminder", "Скоро: Forum",
    )  # fmt: skip
    assert (message.state, message.attempts, message.due_at, message.next_attempt_at) == (
        "queued", 0, due_at, due_at,
    )  # fmt: skip
    assert (message.expires_at, message.is_bulk, message.is_secret, message.about) == (
        expires_at, True, False, user,
    )  # fmt: skip
    assert message.text_body.count("Forum") == 2
    assert message.html_body.count("<h1") == 2


def test_write_of_the_same_occasion_does_nothing():
    first = outbox.write("event:1", "a@example.org", "en", REMINDER, FORUM)
    again = outbox.write("event:1", "A@EXAMPLE.ORG", "ru", REMINDER, FORUM)
    other = outbox.write("event:1", "b@example.org", "en", REMINDER, FORUM)

    assert (again, other is not None) == (None, True)
    assert list(Message.objects.order_by("pk").values_list("email", flat=True)) == [
        "a@example.org", "b@example.org",
    ]  # fmt: skip
    assert Message.objects.get(email="a@example.org").uid == first.uid


def test_occasions_stay_unique_whatever_is_written_in_whatever_order():
    dice = random.Random(7)
    expected = set()
    for _round in range(20):
        pairs = [(dice.randrange(6), dice.choice("aAbB")) for _ in range(dice.randrange(1, 9))]
        letters = [sample_letter(n, email=f"{who}@example.org") for n, who in pairs]
        new = {(f"test:{n}", f"{who.lower()}@example.org") for n, who in pairs} - expected
        expected |= new

        assert outbox.write_many(letters) == len(new)

    assert set(Message.objects.values_list("occasion", "email")) == expected
    assert Message.objects.count() == len(expected)


def test_write_many_takes_a_fixed_number_of_statements(django_assert_num_queries):
    with django_assert_num_queries(4):  # savepoint, insert, count, savepoint
        assert outbox.write_many(sample_letter(n) for n in range(2)) == 2
    with django_assert_num_queries(4):
        assert outbox.write_many(sample_letter(n) for n in range(2, 42)) == 40


def test_write_many_of_nothing_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert outbox.write_many([]) == 0


@pytest.mark.parametrize(
    "misfit",
    [{"email": " "}, {"occasion": ""}, {"occasion": "x" * 201}, {"email": "x" * 250 + "@a.org"}],
)
def test_misfit_is_refused_before_the_database(misfit):
    with pytest.raises(ValueError, match="of a letter has 1 to"):
        outbox.message_from(sample_letter(1, **misfit))


def test_write_plain_frames_finished_texts():
    message = outbox.write_plain(
        "sign-in:1", "a@example.org", "en", "Your\ncode", "Code: 123 & more",
        other_text="Код: 123",
    )  # fmt: skip

    message.refresh_from_db()
    assert (message.subject, message.is_secret, message.is_bulk, message.kind) == (
        "Your code", True, False, "",
    )  # fmt: skip
    assert message.text_body.index("Code: 123 & more") < message.text_body.index("Код: 123")
    assert "<p>Code: 123 &amp; more</p>" in message.html_body
    assert "<p>Код: 123</p>" in message.html_body


def test_write_plain_in_one_language_points_nowhere():
    message = outbox.write_plain(
        "sign-in:1", "a@example.org", "ru", "Код", "Код: 123", "<p>Код: <b>123</b></p>"
    )

    assert message.text_body.startswith("Код: 123\n")
    assert "<hr>" not in message.html_body
    assert "<p>Код: <b>123</b></p>" in message.html_body


def test_cancel_about_leaves_what_has_left():
    user, other = make_user(), make_user("other@example.org")
    kind = ContentType.objects.get_for_model(user)
    about = {"content_type": kind, "object_id": user.pk}
    waiting = make_message(**about)
    make_sent_message(**about)
    make_message(**about, kind="another.kind")
    make_message(content_type=kind, object_id=other.pk)

    assert outbox.cancel_about(user, "mailing.sample") == [waiting.pk]
    assert states() == {"cancelled": 1, "queued": 2, "sent": 1}
    assert len(outbox.cancel_about(user)) == 1
    assert states() == {"cancelled": 2, "queued": 1, "sent": 1}


def test_requeue_starts_afresh_and_leaves_secrets_alone():
    unsure = make_unsure_message()
    failed = make_message(state="failed", attempts=27, last_error="550 no")
    secret = {"is_secret": True, "text_body": "", "html_body": ""}
    make_unsure_message(**secret)
    make_sent_message()
    make_message()

    assert outbox.requeue(Message.objects.all()) == [unsure.pk, failed.pk]

    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.last_error, failed.claimed_at) == (
        "queued", 0, "", None,
    )  # fmt: skip
    assert states() == {"queued": 3, "sent": 1, "unsure": 1}
    assert outbox.requeue(Message.objects.all()) == []


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("mailing_message_addressed", {"email": "A@example.org"}),
        ("mailing_message_addressed", {"occasion": ""}),
        ("mailing_message_state_known", {"state": "lost"}),
        ("mailing_message_sent_has_moment", {"state": "sent"}),
        ("mailing_message_sent_has_moment", {"sent_at": timezone.now()}),
        ("mailing_message_sending_is_claimed", {"state": "sending"}),
        ("mailing_message_sending_is_claimed", {"state": "unsure", "attempts": 1}),
        ("mailing_message_secret_forgotten", {"state": "failed", "is_secret": True}),
        ("mailing_message_about_whole", {"object_id": 1}),
    ],
)
def test_database_refuses_what_may_never_be(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_message(**fields)


def test_rollback_takes_the_letter_with_it():
    with transaction.atomic():
        outbox.write("event:1", "a@example.org", "en", REMINDER, FORUM)
        transaction.set_rollback(True)

    assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_threads_write_one_row(monkeypatch):
    monkeypatch.setattr("mailing.wake._queue", lambda task: None)

    def write(_number):
        try:
            return outbox.write("event:1", "a@example.org", "en", REMINDER, FORUM) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(write, range(24)))

    assert (won.count(True), Message.objects.count()) == (1, 1)

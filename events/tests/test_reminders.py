"""Reminders of events: whom, when, in which language, by whose clock."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import deciding, registration
from events.models import ReminderRule
from events.reminders import event_reminders
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_participant,
    make_people,
    make_representative,
    make_user,
)
from mailing import reminders
from mailing.models import Message
from mailing.tasks import plan_reminders

pytestmark = pytest.mark.django_db

# 10:00 in Kazan; the seven days' reminder is due on the 3rd, the day's one on the 9th.
START = datetime.datetime(2027, 2, 10, 7, 0, tzinfo=datetime.UTC)
EARLY = START - 30 * DAY


def make_reminded(event=None, **fields):
    event = event or make_event(starts_at=START, published_at=EARLY)
    return make_participant(event, confirmed_at=EARLY, **fields)


def planned(now: datetime.datetime) -> list[tuple]:
    """What the planner writes at that moment: address, subject, state."""
    before = set(Message.objects.values_list("pk", flat=True))
    reminders.plan(now)
    fresh = Message.objects.exclude(pk__in=before).order_by("pk")
    return [(one.email, one.subject, one.state) for one in fresh]


def test_rules_by_hours_replace_all_others():
    event = make_event()

    event.remind_before([72, 24])

    rows = event.reminder_rules.values_list("amount", "unit", "side", "anchor", "audience")
    assert list(rows) == [
        (72, "hours", "before", "start", "placed"), (24, "hours", "before", "start", "placed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("now", "subject"),
    [
        (START - 7 * DAY, "In 7 days: Congress of Local Governments"),
        (START - 1 * DAY, "Tomorrow: Congress of Local Governments"),
    ],
)
def test_reminder_is_due_from_its_moment_on(now, subject):
    person = make_reminded(language="en")
    if now == START - DAY:
        planned(START - 7 * DAY)

    assert planned(now - datetime.timedelta(seconds=1)) == []
    assert [row[:2] for row in planned(now)] == [(person.email, subject)]
    assert planned(now + datetime.timedelta(hours=1)) == []


@pytest.mark.parametrize(
    ("days", "words"), [(21, "Через 21 день"), (3, "Через 3 дня"), (7, "Через 7 дней")]
)
def test_russian_subject_counts_days_with_their_plurals(days, words):
    person = make_reminded()
    person.event.remind_before([24 * days])

    assert [subject for _email, subject, _state in planned(START - days * DAY)] == [
        f"{words}: Конгресс местных властей"
    ]


def test_tomorrow_is_counted_by_the_calendar_of_the_place():
    # 02:00 in Magadan on the 11th; in Kazan it is still the 10th.
    start = datetime.datetime(2027, 2, 10, 15, 0, tzinfo=datetime.UTC)
    event = make_event(starts_at=start, published_at=EARLY, time_zone="Asia/Magadan")
    event.remind_before([12])
    make_reminded(event, language="en")

    (row,) = planned(start - datetime.timedelta(hours=12))

    assert row[1] == "Tomorrow: Congress of Local Governments"


def test_msg_1_after_two_days_without_a_run_what_is_due_goes_out_once():
    person = make_reminded(language="en")

    # The job should have run on the 3rd; it runs on the 5th.
    first = planned(START - 5 * DAY)

    assert [row[:2] for row in first] == [
        (person.email, "In 5 days: Congress of Local Governments")
    ]
    assert planned(START - 5 * DAY) == []


def test_msg_1_reminders_of_an_event_that_is_over_are_missed_and_not_sent():
    person = make_reminded(language="en")

    assert [(row[0], row[2]) for row in planned(START + 3 * DAY)] == [
        (person.email, "missed"),
        (person.email, "missed"),
    ]
    assert planned(START + 3 * DAY) == []


def test_msg_1_a_longer_reminder_is_missed_once_the_shorter_one_is_due():
    make_reminded(language="en")

    states = [row[1:] for row in planned(START - datetime.timedelta(hours=20))]

    assert sorted(states) == [
        ("Tomorrow: Congress of Local Governments", "missed"),
        ("Tomorrow: Congress of Local Governments", "queued"),
    ]


def test_task_twice_writes_each_reminder_once(monkeypatch):
    make_reminded()
    monkeypatch.setattr(timezone, "now", lambda: START - 7 * DAY)

    for _time in range(2):
        plan_reminders()

    assert Message.objects.count() == 1


def test_msg_3_each_reader_gets_their_language_first():
    event = make_event(starts_at=START, published_at=EARLY)
    make_reminded(event, language="ru", email="kazan@example.org")
    make_reminded(event, language="en", email="ulaanbaatar@example.org")

    planned(START - 7 * DAY)

    kazan = Message.objects.get(email="kazan@example.org")
    ulaanbaatar = Message.objects.get(email="ulaanbaatar@example.org")
    assert kazan.subject == "Через 7 дней: Конгресс местных властей"
    assert ulaanbaatar.subject == "In 7 days: Congress of Local Governments"
    for message, first, second in (
        (kazan, "Напоминаем", "This is a reminder"),
        (ulaanbaatar, "This is a reminder", "Напоминаем"),
    ):
        assert -1 < message.text_body.index(first) < message.text_body.index(second)


def test_msg_3_item_without_english_goes_out_in_russian_with_a_note_on_top():
    event = make_event(
        starts_at=START, published_at=EARLY, title_en=None, summary_en=None, body_en=None
    )
    make_reminded(event, language="en")

    planned(START - 7 * DAY)

    message = Message.objects.get()
    assert message.subject == "In 7 days: Конгресс местных властей"
    note = message.text_body.index("This item exists in Russian only.")
    assert note < message.text_body.index("Конгресс местных властей")


def test_letter_gives_the_hour_of_the_place_and_of_the_readers_city():
    event = make_event(starts_at=START, published_at=EARLY)
    city = make_member(slug="bishkek", time_zone="Asia/Bishkek")
    make_reminded(event, member=city, language="en")

    planned(START - 7 * DAY)

    text = Message.objects.get().text_body
    assert "Wednesday 10 February 2027, 10:00–18:00, Kazan time (UTC+3)" in text
    assert "It begins by your clock: 10 February 2027, 13:00 Bishkek time (UTC+6)" in text


def test_reader_whose_clock_shows_the_same_hour_is_not_told_twice():
    make_reminded(language="en")

    planned(START - 7 * DAY)

    assert "by your clock" not in Message.objects.get().text_body


def test_people_without_an_address_are_reminded_through_their_city():
    event = make_event(starts_at=START, published_at=EARLY)
    city, user = make_member(), make_user(language="en")
    make_representative(user, city)
    for name in ("Анна Ким", "Пётр Орлов"):
        make_reminded(event, member=city, by=user, email="", name_cyrillic=name)

    rows = planned(START - 7 * DAY)

    assert [row[:2] for row in rows] == [
        ("rep@example.org", "In 7 days: Congress of Local Governments")
    ]
    assert "- Анна Ким\n- Пётр Орлов" in Message.objects.get().text_body


def test_successor_is_reminded_when_the_mandate_of_who_registered_has_ended():
    event = make_event(starts_at=START, published_at=EARLY)
    city = make_member()
    gone, successor = make_user("gone@example.org"), make_user("next@example.org")
    make_representative(gone, city, ends_on=timezone.localdate() - DAY)
    make_representative(successor, city)
    make_reminded(event, member=city, by=gone, email="")

    assert [row[0] for row in planned(START - 7 * DAY)] == ["next@example.org"]


@pytest.mark.parametrize("status", ["waiting", "over_quota", "declined", "cancelled", "offered"])
def test_only_those_with_a_place_are_reminded(status):
    make_reminded(status=status)

    assert planned(START - 7 * DAY) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "cancelled", "cancelled_at": EARLY},
        {"status": "withdrawn"},
        {"status": "draft"},
        {"published_at": START},
    ],
    ids=["cancelled", "withdrawn", "draft", "not yet public"],
)
def test_events_that_are_off_or_hidden_remind_nobody(fields):
    make_reminded(make_event(**{"starts_at": START, "published_at": EARLY, **fields}))

    assert planned(START - 7 * DAY) == []


def test_who_registers_late_gets_the_reminder_that_runs_and_has_missed_none():
    event = make_event(starts_at=START, published_at=EARLY)
    make_participant(event, confirmed_at=START - DAY / 2, language="en")

    rows = planned(START - DAY / 2)

    assert [row[1:] for row in rows] == [("Tomorrow: Congress of Local Governments", "queued")]
    assert planned(START + DAY) == []


def test_event_moved_to_another_day_reminds_anew():
    person = make_reminded()
    planned(START - 7 * DAY)
    event = person.event
    event.starts_at, event.ends_at = START + 30 * DAY, START + 31 * DAY
    event.save()

    assert planned(START - 6 * DAY) == []
    assert len(planned(START + 23 * DAY)) == 1


def test_source_takes_as_many_queries_for_many_people_as_for_one():
    counts = []
    for number in (1, 20):
        event = make_event(f"event-{number}", starts_at=START, published_at=EARLY)
        ReminderRule.objects.exclude(event=event).delete()
        event.remind_before([168])
        for _person in range(number):
            make_reminded(event)
        make_reminded(event, email="")
        with CaptureQueriesContext(connection) as queries:
            found = list(event_reminders(START - 7 * DAY))
        assert len(found) == number
        counts.append(len(queries))

    assert counts == [9, 9]


@pytest.mark.parametrize("number", [1, 5])
@pytest.mark.parametrize("later", [DAY / 2, 20 * DAY], ids=["runs", "past"])
def test_reminders_that_are_written_are_neither_read_nor_counted_again(number, later):
    for one in range(number):
        event = make_event(f"event-{one}", starts_at=START, published_at=EARLY)
        for _person in range(2):
            make_reminded(event)
        make_reminded(event, email="Mixed.Case@Example.org")
    planned(START - 7 * DAY)
    planned(START - DAY)

    with CaptureQueriesContext(connection) as queries:
        found = list(event_reminders(START - DAY + later))

    assert (found, len(queries)) == ([], 2)


def test_msg_1_one_who_was_passed_over_is_found_among_those_who_were_written_to():
    event = make_event(starts_at=START, published_at=EARLY)
    people = [make_reminded(event) for _person in range(3)]
    planned(START - 7 * DAY)
    Message.objects.filter(email=people[1].email).delete()

    assert [row[0] for row in planned(START - 2 * DAY)] == [people[1].email]


def test_contact_who_comes_while_the_reminder_runs_is_reminded_and_later_not():
    event = make_event(starts_at=START, published_at=EARLY)
    city, first = make_member(), make_user("first@example.org")
    mandate = make_representative(first, city)
    make_reminded(event, member=city, by=first, email="")
    planned(START - 7 * DAY)
    planned(START - DAY)
    mandate.delete()
    mandate = make_representative(make_user("next@example.org"), city)

    assert [row[0] for row in planned(START - DAY / 2)] == ["next@example.org"]
    mandate.delete()
    make_representative(make_user("third@example.org"), city)
    assert list(event_reminders(START + DAY)) == []


def test_registration_letters_reach_people_and_their_city():
    event = make_event(capacity=1)
    delegation = make_delegation(event, people=make_people(2, "kazan", language="en"))

    assert list(Message.objects.order_by("pk").values_list("email", "kind", "subject")) == [
        ("kazan1@example.org", "events.registered",
         "You are registered: Congress of Local Governments"),
        ("kazan2@example.org", "events.waiting",
         "You are 1st on the waiting list: Congress of Local Governments"),
        (delegation.registered_by.email, "events.delegation",
         "Делегация (Казань): Конгресс местных властей"),
    ]  # fmt: skip
    summary = Message.objects.get(kind="events.delegation").text_body
    assert "1. Delegate kazan 1: has a place" in summary
    assert "2. Delegate kazan 2: 1st on the waiting list" in summary
    assert "2. Участник 2: 1-е место в листе ожидания" in summary


def test_corrected_address_gets_the_confirmation_too():
    delegation = make_delegation(make_event())
    (person,) = delegation.participants.all()
    row = registration.Person(
        pk=person.pk, name_cyrillic=person.name_cyrillic, email="right@example.org", is_head=True
    )

    registration.change(delegation, [row], delegation.registered_by, delegation.version)

    found = Message.objects.filter(kind="events.registered").order_by("pk")
    assert [one.email for one in found] == ["kazan1@example.org", "right@example.org"]


@pytest.mark.parametrize(
    ("accept", "words"),
    [(True, "The secretariat lets in"), (False, "The secretariat cannot let in")],
)
def test_city_learns_what_the_secretariat_decided(accept, words):
    delegation = make_delegation(make_event(quota=1), people=2)
    Message.objects.all().delete()

    deciding.decide_over_quota(delegation.participants.last(), accept, make_user("s@example.org"))

    summary = Message.objects.get(kind="events.delegation")
    assert (summary.email, words in summary.text_body) == (delegation.registered_by.email, True)


def test_who_takes_a_person_out_gets_no_letter_about_it():
    delegation = make_delegation(make_event(), people=2)
    Message.objects.all().delete()

    registration.cancel_participant(delegation.participants.last(), delegation.registered_by)

    assert list(Message.objects.values_list("email", "kind")) == [
        ("kazan2@example.org", "events.left")
    ]

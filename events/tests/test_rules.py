"""Rules of reminders: of what, how long before or after, to whom, in which words."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from events import audiences
from events.audiences import Addressee
from events.letters import Reader
from events.models import Event, Invitation, ReminderRule
from events.reminders import event_reminders
from events.tests.factories import (
    DAY,
    make_event,
    make_member,
    make_participant,
    make_representative,
    make_user,
)
from mailing import reminders
from mailing.models import Message

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
START = datetime.datetime(2027, 2, 10, 7, 0, tzinfo=datetime.UTC)
EARLY = START - 60 * DAY


def make_early(**fields) -> Event:
    event = make_event(**{"starts_at": START, "published_at": EARLY, **fields})
    event.reminder_rules.all().delete()
    return event


def make_rule(event: Event, amount: int, unit: str = "hours", **fields) -> ReminderRule:
    values = {"audience": "placed", **fields}
    return ReminderRule.objects.create(event=event, amount=amount, unit=unit, **values)


def planned(now: datetime.datetime) -> list[tuple[str, str]]:
    before = set(Message.objects.values_list("pk", flat=True))
    reminders.plan(now)
    fresh = Message.objects.exclude(pk__in=before).exclude(state="missed").order_by("pk")
    return [(one.email, one.subject) for one in fresh]


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({}, [(7, "days", "placed"), (1, "days", "placed")]),
        ({"kind": "congress"},
         [(30, "days", "placed"), (7, "days", "placed"), (1, "days", "placed")]),
        ({"kind": "online", "mode": "online"},
         [(7, "days", "placed"), (1, "days", "placed"), (1, "hours", "online")]),
        ({"kind": "day"}, []),
    ],
)  # fmt: skip
def test_new_event_begins_with_the_rules_of_its_kind_and_mode(fields, rules):
    event = make_event(**fields)
    event.save()

    found = event.reminder_rules.values_list("amount", "unit", "audience")

    assert list(found) == rules


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "postponed"},
        {"date_precision": "month", "takes_registrations": False},
        {"status": "cancelled", "cancelled_at": EARLY},
    ],
    ids=["postponed", "tentative", "cancelled"],
)
def test_onl_6_rules_are_not_armed_without_a_day_or_an_event(fields):
    event = make_event(**{"starts_at": START, "published_at": EARLY, **fields})
    make_participant(event, confirmed_at=EARLY)

    assert planned(START - DAY) == []


@pytest.mark.parametrize(
    ("fields", "due_at"),
    [
        ({"amount": 3, "unit": "days"}, START - 3 * DAY),
        ({"amount": 5}, START - 5 * HOUR),
        ({"amount": 2, "anchor": "end"}, START + 6 * HOUR),
        ({"amount": 1, "unit": "days", "anchor": "end", "side": "after"}, START + 8 * HOUR + DAY),
        ({"amount": 12, "anchor": "close"}, START - 10 * DAY - 12 * HOUR),
    ],
    ids=["days", "hours", "before the end", "after the end", "before the close"],
)
def test_rule_counts_from_start_end_or_close(fields, due_at):
    event = make_early(registration_closes_at=START - 10 * DAY)
    rule = make_rule(event, text_ru="Слово", text_en="A word", **fields)
    make_participant(event, confirmed_at=EARLY)

    assert rule.due_at == due_at
    assert planned(due_at - datetime.timedelta(seconds=1)) == []
    assert len(planned(due_at)) == 1
    assert planned(due_at + HOUR / 2) == []


def test_days_are_counted_by_the_calendar_of_the_place():
    # Moldova puts its clocks forward on 28 March 2027: the day before has 23 hours.
    start = datetime.datetime(2027, 3, 28, 9, 0, tzinfo=datetime.UTC)
    event = make_early(starts_at=start, time_zone="Europe/Chisinau")

    days, hours = make_rule(event, 1, "days"), make_rule(event, 24)

    assert (start - days.due_at, start - hours.due_at) == (23 * HOUR, 24 * HOUR)


def test_rule_of_the_close_waits_until_there_is_one():
    event = make_early(registration_closes_at=None)
    rule = make_rule(event, 5, anchor="close", text_ru="Слово", text_en="A word")
    make_participant(event, confirmed_at=EARLY)

    assert rule.due_at is None
    assert planned(START - HOUR) == []


def test_rule_after_the_event_is_silent_until_it_has_words():
    event = make_early()
    rule = make_rule(event, 1, anchor="end", side="after")
    person = make_participant(event, confirmed_at=EARLY)
    now = event.ends_at + 2 * HOUR

    assert planned(now) == []
    rule.subject_ru, rule.text_ru = "Ответьте на анкету до пятницы", "Спасибо за участие."
    rule.save()
    assert planned(now) == [(person.email, "Ответьте на анкету до пятницы")]


def test_audience_says_who_is_reminded():
    event = make_early(mode="hybrid", join_link="https://meet.example.org/x")
    people = {
        "online": make_participant(event, mode="online", confirmed_at=EARLY),
        "in_person": make_participant(event, is_head=True, confirmed_at=EARLY),
        "waiting": make_participant(event, status="waiting"),
    }
    for number, key in enumerate((*people, "heads", "all"), 1):
        make_rule(event, number, audience=key)

    rows = {key: set() for key in (*people, "heads", "all")}
    for due in event_reminders(START - HOUR / 2):
        rows[due.occasion.rpartition(":")[2]].add(due.email)

    everybody = {one.email for one in people.values()}
    assert rows == {
        **{key: {one.email} for key, one in people.items()},
        "heads": {people["in_person"].email},
        "all": everybody,
    }


def test_cities_that_have_not_answered_are_asked_by_a_day():
    event = make_early(registration_closes_at=START - 10 * DAY)
    make_rule(event, 2, "days", audience="unanswered", anchor="close")
    for slug, state in (("kazan", "open"), ("perm", "accepted"), ("ufa", "open")):
        member = make_member(slug=slug)
        make_representative(make_user(f"{slug}@example.org", language="en"), member)
        answered = None if state == "open" else EARLY
        Invitation.objects.create(event=event, member=member, state=state, answered_at=answered)

    rows = planned(START - 12 * DAY)

    subject = "Answer the invitation by 31 January 2027: Congress of Local Governments"
    assert sorted(rows) == [("kazan@example.org", subject), ("ufa@example.org", subject)]
    assert planned(START - 11 * DAY) == []


def test_one_user_of_two_cities_is_asked_for_each():
    event = make_early(registration_closes_at=START - 10 * DAY)
    make_rule(event, 2, "days", audience="unanswered", anchor="close")
    user = make_user("both@example.org")
    for slug in ("kazan", "perm"):
        member = make_member(slug=slug)
        make_representative(user, member)
        Invitation.objects.create(event=event, member=member)

    assert [email for email, _subject in planned(START - 12 * DAY)] == ["both@example.org"] * 2


def test_own_words_come_in_the_readers_language_with_the_other_below():
    event = make_early()
    make_rule(
        event, 24, subject_ru="Пришлите фото до среды", subject_en="Send photos by Wednesday",
        text_ru="Нужны фото.\nДва.", text_en="We need photos.",
    )  # fmt: skip
    make_participant(event, language="en", email="en@example.org", confirmed_at=EARLY)
    make_participant(event, language="ru", email="ru@example.org", confirmed_at=EARLY)

    rows = planned(START - DAY)

    assert rows == [
        ("en@example.org", "Send photos by Wednesday"),
        ("ru@example.org", "Пришлите фото до среды"),
    ]
    english, russian = (one.text_body for one in Message.objects.order_by("pk"))
    assert english.index("We need photos.") < english.index("Нужны фото.")
    assert russian.index("Нужны фото.") < russian.index("We need photos.")


def test_msg_3_own_words_in_one_language_carry_a_note():
    event = make_early()
    make_rule(event, 24, subject_ru="Пришлите фото", text_ru="Нужны фото.")
    make_participant(event, language="en", confirmed_at=EARLY)

    ((_email, subject),) = planned(START - DAY)

    text = Message.objects.get().text_body
    assert subject == "Пришлите фото"
    assert -1 < text.index("This item exists in Russian only.") < text.index("Нужны фото.")


def test_rule_in_own_words_does_not_outdate_the_usual_one():
    event = make_early()
    make_rule(event, 7, "days")
    make_rule(event, 3, "days", subject_ru="Фото", text_ru="Нужны фото.")
    make_participant(event, confirmed_at=EARLY)

    assert len(planned(START - 2 * DAY)) == 2


def test_names_and_links_of_each_reader_are_their_own():
    event = make_early()
    make_rule(event, 24)
    for number, name in enumerate(("Анна <Ким>", "Пётр & Орлов")):
        city = make_member(slug=f"city-{number}", name_ru=f"Город {number}")
        make_participant(event, member=city, name_cyrillic=name, confirmed_at=EARLY)

    planned(START - DAY)

    first, second = Message.objects.order_by("pk")
    assert "Анна <Ким>" in first.text_body
    assert "Пётр" not in first.text_body
    assert "Анна &lt;Ким&gt;" in first.html_body
    assert "Пётр &amp; Орлов" in second.html_body
    assert "Город 0" in first.text_body
    assert "Город 1" in second.text_body
    assert "blank" not in first.html_body + second.text_body
    links = {line for one in (first, second) for line in one.text_body.split("\n")
             if "/places/" in line}  # fmt: skip
    assert len(links) == 4


def test_people_who_are_no_participants_are_reminded_without_a_delegation(monkeypatch):
    event = make_early()
    monkeypatch.setattr(audiences, "_audiences", dict(audiences._audiences))
    reader = Reader("speaker@example.org", "en", lambda: "Anna Kim", event.zone)
    one = Addressee(key="s1", reader=reader, sender=lambda: "University")
    audiences.register_others("lecturers", "lecturers", lambda _event: [one])
    make_rule(event, 24, audience="lecturers")

    rows = planned(START - DAY)

    assert rows == [("speaker@example.org", "Tomorrow: Congress of Local Governments")]
    text = Message.objects.get().text_body
    assert "in which you take part" in text
    assert "/places/" not in text
    assert planned(START - DAY / 2) == []


def test_audience_that_nobody_registered_reminds_nobody():
    event = make_early()
    make_rule(event, 24, audience="of_an_app_that_is_gone")
    make_participant(event, confirmed_at=EARLY)

    assert planned(START - DAY) == []


def test_source_asks_once_for_each_audience_however_many_rules():
    counts = []
    for number in (1, 4):
        for one in range(number):
            event = make_event(f"e{number}-{one}", starts_at=START, published_at=EARLY)
            event.reminder_rules.all().delete()
            make_rule(event, 24)
            make_rule(event, 20, audience="waiting")
        with CaptureQueriesContext(connection) as queries:
            assert list(event_reminders(START - HOUR)) == []
        counts.append(len(queries))

    assert counts == [3, 3]


def test_rule_stands_once_in_the_list():
    event = make_early()
    make_rule(event, 24)

    with pytest.raises(Exception, match="events_reminderrule_once"):
        make_rule(event, 24)


def test_rule_reads_as_a_sentence():
    event = make_early()

    with translation.override("en"):
        assert str(make_rule(event, 1, "days")) == "1 day before the start"
        in_hours = str(make_rule(event, 3, anchor="close"))
    assert in_hours == "3 hours before the close of registration"
    assert timezone.is_aware(make_rule(event, 2).due_at)

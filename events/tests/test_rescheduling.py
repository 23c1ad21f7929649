"""A moved or postponed event: everybody is told once, reminders follow the new date."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from content.models import AuditEntry
from events import cancellation, placelinks, registration, rescheduling, telling
from events.models import Event, EventChange
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_offer,
    make_participant,
    make_people,
    make_user,
)
from mailing import outbox, reminders
from mailing.models import Message

pytestmark = pytest.mark.django_db

NOTES = {"note_ru": "Паводок.", "note_en": "Floods."}
HOUR = datetime.timedelta(hours=1)
START = datetime.datetime(2027, 2, 10, 7, 0, tzinfo=datetime.UTC)
LATER = {"starts_at": START + 30 * DAY, "ends_at": START + 31 * DAY}


def make_announced(**fields) -> Event:
    return make_event(**{"starts_at": START, "published_at": timezone.now() - 10 * DAY, **fields})


def letters() -> list[tuple[str, str, str]]:
    """What the worker writes: address, kind, subject."""
    before = set(Message.objects.values_list("pk", flat=True))
    telling.keep_promises()
    fresh = Message.objects.exclude(pk__in=before).order_by("email")
    return [(one.email, one.kind, one.subject) for one in fresh]


def test_evt_6_everybody_learns_of_a_move_once_the_waiting_list_too():
    event = make_announced(capacity=1)
    make_delegation(event, people=2)
    make_delegation(event, make_member(slug="perm"), make_people(1, "perm", language="en"))
    make_participant(event, status="cancelled", email="gone@example.org")
    staff = make_user("staff@example.org")

    for _time in range(2):
        rescheduling.move(event, **LATER, **NOTES, by=staff)

    russian = "Переносится на 12 марта 2027: Конгресс местных властей"
    english = "Moved to 12 March 2027: Congress of Local Governments"
    assert [(email, subject == english) for email, _kind, subject in letters()] == [
        ("kazan1@example.org", False), ("kazan2@example.org", False), ("perm1@example.org", True),
        ("rep-kazan@example.org", False), ("rep-perm@example.org", False),
    ]  # fmt: skip
    assert russian.startswith("Переносится")
    assert letters() == []
    entry = AuditEntry.objects.get(verb="events.event.moved")
    assert (entry.actor, entry.target) == (staff, event)
    assert EventChange.objects.get().what == "moved"


def test_evt_6_letter_of_a_move_gives_old_and_new_time_by_both_clocks():
    event = make_announced()
    city = make_member(slug="bishkek", time_zone="Asia/Bishkek")
    make_participant(event, member=city, language="en", email="b@example.org")

    rescheduling.move(event, **LATER, place_en="Baku", place_ru="Баку", **NOTES, by=make_user())
    letters()

    text = Message.objects.get(email="b@example.org").text_body
    for words in (
        "It was to be: Wednesday 10 February 2027, 10:00–18:00, Kazan time (UTC+3)",
        "By your clock it was to begin: 10 February 2027, 13:00 Bishkek time (UTC+6)",
        "It was to be here: City Hall, Kazan",
        "Friday 12 March 2027, 10:00, to Saturday 13 March 2027, 10:00, Kazan time (UTC+3)",
        "It begins by your clock: 12 March 2027, 13:00 Bishkek time (UTC+6)",
        "Where: Baku",
        "Floods.",
        "Паводок.",
    ):
        assert words in text


def test_evt_6_reminders_of_the_old_date_are_taken_back_and_follow_the_new_one():
    event = make_announced()
    person = make_participant(event, confirmed_at=START - 30 * DAY)
    reminders.plan(START - 7 * DAY)

    rescheduling.move(Event.objects.get(), **LATER, by=make_user())

    assert Message.objects.get().state == "cancelled"
    assert reminders.plan(START - DAY)["written"] == 0
    assert reminders.plan(LATER["starts_at"] - 7 * DAY)["written"] == 1
    assert Message.objects.filter(email=person.email, state="queued").count() == 1


@pytest.mark.parametrize(
    ("fields", "subject"),
    [
        ({"place_en": "Baku"}, "New place: Congress of Local Governments"),
        ({"starts_at": START + HOUR}, "Moved to 10 February 2027: Congress of Local Governments"),
        ({"time_zone": "Asia/Almaty"},
         "Moved to 10 February 2027: Congress of Local Governments"),
    ],
)  # fmt: skip
def test_evt_6_subject_says_what_changed(fields, subject):
    event = make_announced()
    make_participant(event, language="en", email="a@example.org")

    rescheduling.move(event, **fields, by=make_user())

    assert ("a@example.org", "events.changed", subject) in letters()


def test_move_to_where_it_is_already_is_none():
    event = make_announced()
    make_participant(event)

    assert rescheduling.move(event, starts_at=START, by=make_user()) is None
    assert (letters(), EventChange.objects.count()) == ([], 0)
    event.refresh_from_db()
    assert event.sequence == 0


def test_evt_6_sequence_rises_with_every_change():
    event, staff = make_announced(), make_user()

    rescheduling.move(event, **LATER, by=staff)
    rescheduling.postpone(event, "Паводок.", "", staff)
    rescheduling.announce_new_date(event, starts_at=START, ends_at=START + DAY, by=staff)

    event.refresh_from_db()
    assert event.sequence == 3
    assert list(event.changes.values_list("what", flat=True)) == ["new_date", "postponed", "moved"]


def test_move_to_an_earlier_start_ends_offers_with_it():
    event = make_announced()
    offer = make_offer(event, offer_expires_at=START - DAY)
    sooner = START - 5 * DAY

    rescheduling.move(event, starts_at=sooner, by=make_user())

    offer.refresh_from_db()
    assert (offer.status, offer.offer_expires_at) == ("offered", sooner)


def test_evt_6_postponed_event_stops_everything_and_keeps_the_registrations():
    event = make_announced(capacity=1)
    confirmed, offer = make_participant(event, confirmed_at=START - 30 * DAY), make_offer(event)
    reminders.plan(START - 7 * DAY)
    staff = make_user("staff@example.org")

    for _time in range(2):
        rescheduling.postpone(event, "Паводок.", "Floods.", staff)

    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}
    written = letters()
    assert {email for email, _kind, _subject in written} >= {confirmed.email, offer.email}
    assert len(written) == len({email for email, _kind, _subject in written})
    assert letters() == []
    assert reminders.plan(START - DAY)["written"] == 0
    for person, status in ((confirmed, "confirmed"), (offer, "waiting")):
        person.refresh_from_db()
        assert person.status == status
    event.refresh_from_db()
    assert event.status == "postponed"


def test_evt_6_letter_of_a_postponement_names_no_new_date():
    event = make_announced()
    make_participant(event, language="en", email="a@example.org")

    rescheduling.postpone(event, "Паводок.", "", make_user())

    assert ("a@example.org", "events.changed",
            "Postponed, do not travel: Congress of Local Governments") in letters()  # fmt: skip
    text = Message.objects.get(email="a@example.org").text_body
    assert "It was to be: Wednesday 10 February 2027, 10:00–18:00" in text
    assert "When:" not in text


def test_evt_6_new_date_is_told_and_free_places_are_offered_again():
    event = make_announced(capacity=2)
    make_participant(event, language="en", email="a@example.org", confirmed_at=START - 30 * DAY)
    waiting = make_participant(event, status="waiting")
    staff = make_user()
    rescheduling.postpone(event, "Паводок.", "", staff)
    letters()

    for _time in range(2):
        rescheduling.announce_new_date(event, **LATER, by=staff)

    subject = "The new date is 12 March 2027: Congress of Local Governments"
    assert ("a@example.org", "events.changed", subject) in letters()
    waiting.refresh_from_db()
    assert waiting.status == "offered"
    assert reminders.plan(LATER["starts_at"] - DAY)["written"] == 1


@pytest.mark.parametrize(
    ("fields", "deed"),
    [
        ({"status": "draft"}, "move"),
        ({"starts_at": timezone.now() - 9 * DAY}, "move"),
        ({}, "backwards"),
        ({}, "past"),
        ({"status": "draft"}, "postpone"),
        ({"status": "draft"}, "new date"),
    ],
)
def test_impossible_moves_are_refused_and_nothing_is_done(fields, deed):
    event, staff = make_announced(**fields), make_user()
    deeds = {
        "move": lambda: rescheduling.move(event, **LATER, by=staff),
        "backwards": lambda: rescheduling.move(event, ends_at=START - HOUR, by=staff),
        "past": lambda: rescheduling.move(
            event, starts_at=timezone.now() - DAY, ends_at=START, by=staff
        ),
        "postpone": lambda: rescheduling.postpone(event, "Нет", "", staff),
        "new date": lambda: rescheduling.announce_new_date(event, **LATER, by=staff),
    }

    with pytest.raises(rescheduling.ReschedulingRefused):
        deeds[deed]()

    assert EventChange.objects.count() == 0


def test_letters_of_an_earlier_change_give_way_to_a_later_one():
    event, staff = make_announced(), make_user()
    person = make_participant(event)
    rescheduling.move(event, **LATER, by=staff)
    cancellation.cancel(event, "Паводок.", "Floods.", by=staff)

    kinds = {kind for email, kind, _subject in letters() if email == person.email}

    assert kinds == {"events.cancelled"}
    assert not EventChange.objects.filter(told_at=None).exists()


def test_who_registers_after_a_move_is_not_told_of_it():
    event = make_announced()
    make_participant(event, email="before@example.org")
    rescheduling.move(event, **LATER, by=make_user())
    make_participant(event, email="after@example.org")

    emails = {email for email, _kind, _subject in letters()}

    assert ("before@example.org" in emails, "after@example.org" in emails) == (True, False)


def test_letters_are_promised_in_the_request_and_rendered_by_a_worker(monkeypatch):
    event = make_announced()
    for _person in range(3):
        make_participant(event)
    monkeypatch.setattr(outbox, "message_from", None)

    cancellation.cancel(event, "Паводок.", "", by=make_user())

    assert EventChange.objects.filter(told_at=None).count() == 1
    monkeypatch.undo()
    assert len(letters()) >= 3


def test_worker_that_dies_between_letters_goes_on_and_repeats_none(monkeypatch):
    event = make_announced()
    people = [make_participant(event) for _person in range(3)]
    cancellation.cancel(event, "Паводок.", "", by=make_user())
    monkeypatch.setattr(outbox, "ROWS_AT_ONCE", 2)
    insert, calls = outbox.insert, []

    def dies_at_the_second(messages):
        calls.append(1)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return insert(messages)

    monkeypatch.setattr(outbox, "insert", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        telling.keep_promises()
    assert Message.objects.count() == 2
    monkeypatch.undo()

    telling.keep_promises()

    emails = list(Message.objects.values_list("email", flat=True))
    assert len(emails) == len(set(emails))
    assert {one.email for one in people} <= set(emails)


def test_queries_of_the_letters_do_not_grow_with_people(django_assert_max_num_queries):
    from events import change_letters

    counts = []
    for number in (2, 8):
        event = make_announced(slug=f"e{number}")
        for _person in range(number):
            make_participant(event)
        change = rescheduling.move(event, **LATER, by=make_user(f"s{number}@example.org"))
        with django_assert_max_num_queries(12) as queries:
            assert len(list(change_letters.about(change))) >= number
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_evt_6_reason_in_one_language_is_marked_in_the_other():
    event = make_announced()
    make_participant(event, language="en", email="a@example.org")

    cancellation.cancel(event, "Паводок.", "", by=make_user())
    letters()

    text = Message.objects.get(email="a@example.org").text_body
    english, russian = text.split("____", 1)
    assert "(in Russian) Паводок." in english
    assert "Паводок." in russian
    assert "(на русском языке)" not in russian


def test_nobody_registers_for_a_postponed_event():
    event = make_announced()
    rescheduling.postpone(event, "Паводок.", "", make_user())

    with pytest.raises(registration.RegistrationRefused):
        make_delegation(event)


def test_evt_6_place_and_cabinet_say_that_the_event_is_postponed(client):
    event = make_announced()
    delegation = make_delegation(event)
    person = delegation.participants.get()
    rescheduling.postpone(event, "Паводок.", "Floods.", make_user("staff@example.org"))
    client.force_login(delegation.registered_by)

    with translation.override("en"):
        pages = [
            client.get(reverse("events:place", args=[placelinks.token(person)])),
            client.get(reverse("events:register", args=["kazan", event.slug])),
        ]

    for page in pages:
        assert page.status_code == 200
        assert "Floods." in page.content.decode()


def test_online_event_leads_to_the_page_for_joining(client):
    event = make_announced(mode="online", join_link="https://meet.example.org/x")

    with translation.override("en"):
        body = client.get(event.get_absolute_url()).content.decode()
        assert reverse("events:join", args=[event.slug]) in body

    assert "meet.example.org" not in body

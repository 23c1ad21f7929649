"""A cancelled event: the page, calendars, reminders and people all know."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import icalendar
import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone, translation

from content import wake as content_wake
from content.models import AuditEntry
from events import cancellation, placelinks, registration, telling, waiting
from events.models import Event
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
from mailing import outbox, reminders, wake
from mailing.models import Message

pytestmark = pytest.mark.django_db

NOTES = ("Паводок.", "Floods.")


def address(name: str, language: str, *args) -> str:
    with translation.override(language):
        return reverse(name, args=args)


def test_evt_6_everybody_is_written_to_once_the_waiting_list_too():
    event = make_event(capacity=2)
    kazan = make_delegation(event, people=2)
    perm = make_delegation(event, make_member(slug="perm"), make_people(1, "perm", language="en"))
    make_participant(event, status="cancelled", email="gone@example.org")
    Message.objects.all().delete()
    staff = make_user("staff@example.org")

    for _time in range(2):
        cancellation.cancel(event, *NOTES, by=staff)
        telling.keep_promises()

    letters = Message.objects.filter(state="queued").order_by("email")
    assert [(one.email, one.kind, one.subject) for one in letters] == [
        ("kazan1@example.org", "events.cancelled", "Отменяется: Конгресс местных властей"),
        ("kazan2@example.org", "events.cancelled", "Отменяется: Конгресс местных властей"),
        ("perm1@example.org", "events.cancelled", "Cancelled: Congress of Local Governments"),
        (kazan.registered_by.email, "events.cancelled", "Отменяется: Конгресс местных властей"),
        (perm.registered_by.email, "events.cancelled", "Отменяется: Конгресс местных властей"),
    ]
    assert all("Паводок." in one.text_body and "Floods." in one.text_body for one in letters)
    entry = AuditEntry.objects.get(verb="events.event.cancelled")
    assert (entry.actor, entry.target) == (staff, event)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_evt_6_page_says_so_at_the_top_in_both_languages(client, language):
    event = make_event()
    cancellation.cancel(event, *NOTES, by=make_user())

    page = client.get(address("events:detail", language, event.slug)).content.decode()

    head = page[: page.index("<h1>")]
    for words in ("Мероприятие отменено", "The event is cancelled", *NOTES):
        assert words in head


@pytest.mark.parametrize("language", ["ru", "en"])
def test_evt_6_calendar_files_are_cancelled_with_a_raised_sequence(client, language):
    event = make_event()
    file = address("events:ics", language, event.slug)
    before = event_of(client.get(file).content)
    cancellation.cancel(event, *NOTES, by=make_user())

    for found in (file, address("events:calendar", language)):
        entry = event_of(client.get(found).content)
        assert (entry["STATUS"], entry["UID"]) == ("CANCELLED", before["UID"])
        assert entry["SEQUENCE"] > before["SEQUENCE"]


def event_of(body: bytes) -> icalendar.Event:
    (entry,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
    return entry


def test_evt_6_reminders_stop_also_those_already_in_the_outbox():
    event = make_event(starts_at=timezone.now() + datetime.timedelta(hours=100))
    person = make_participant(event, confirmed_at=timezone.now() - 20 * DAY)
    reminders.plan()
    held = Message.objects.filter(kind="events.reminder", email=person.email)
    held.update(state="queued")

    cancellation.cancel(event, *NOTES, by=make_user())
    Message.objects.filter(kind="events.reminder").delete()
    reminders.plan()

    assert not Message.objects.filter(kind="events.reminder").exists()


@pytest.mark.parametrize("deed", ["cancelled", "moved"])
def test_evt_6_event_called_off_while_reminders_are_written_reminds_nobody(monkeypatch, deed):
    event = make_event(starts_at=timezone.now() + datetime.timedelta(hours=100))
    other = make_event("other", starts_at=event.starts_at)
    for one in (event, other):
        make_participant(one, confirmed_at=timezone.now() - 20 * DAY)
    write = outbox.message_from

    def call_off_meanwhile(letter):
        message = write(letter)
        if letter.template == "events/mail/reminder" and letter.about == event:
            if deed == "cancelled":
                cancellation.cancel(event, *NOTES, by=make_user())
            else:
                event.starts_at = event.ends_at
                event.save()
        return message

    monkeypatch.setattr(outbox, "message_from", call_off_meanwhile)

    assert reminders.plan()["written"] == 1

    written = Message.objects.filter(kind="events.reminder")
    assert [(one.about, one.state) for one in written] == [(other, "queued")]


@pytest.mark.django_db(transaction=True)
def test_evt_6_cancelling_waits_for_reminders_that_are_being_written_and_takes_them_back(
    monkeypatch,
):
    event = make_event(starts_at=timezone.now() + datetime.timedelta(hours=100))
    make_participant(event, confirmed_at=timezone.now() - 20 * DAY)
    staff = make_user()
    insert, cancelling = outbox.insert, []

    def cancel():
        try:
            cancellation.cancel(event, *NOTES, by=staff)
        finally:
            connections.close_all()

    def insert_while_cancelling(messages):
        if not cancelling:
            cancelling.append(pool.submit(cancel))
            with pytest.raises(TimeoutError):
                cancelling[0].result(timeout=0.5)
        return insert(messages)

    monkeypatch.setattr(outbox, "insert", insert_while_cancelling)
    monkeypatch.setattr(wake, "after_commit", lambda task: None)
    monkeypatch.setattr(content_wake, "after_commit", lambda task, *args: None)
    with ThreadPoolExecutor(1) as pool:
        assert reminders.plan()["written"] == 1
        cancelling[0].result(timeout=30)
    telling.keep_promises()

    states = Message.objects.order_by("kind").values_list("kind", "state")
    assert set(states) == {("events.reminder", "cancelled"), ("events.cancelled", "queued")}


def test_cancelling_takes_waiting_letters_back():
    event = make_event()
    person = make_participant(event)
    outbox.write("test.one", person.email, "ru", "events/mail/left", {"departure": ""}, about=event)

    cancellation.cancel(event, *NOTES, by=make_user())

    assert Message.objects.get(occasion="test.one").state == "cancelled"


def test_cancelling_ends_offers_and_keeps_the_record():
    event = make_event(capacity=1)
    offer, confirmed = make_offer(event), make_participant(event)
    queued_at = offer.queued_at

    cancellation.cancel(event, *NOTES, by=make_user())

    offer.refresh_from_db()
    confirmed.refresh_from_db()
    assert (offer.status, offer.queued_at) == ("waiting", queued_at)
    assert confirmed.status == "confirmed"
    assert waiting.offer_freed_places(event) == []


def test_nobody_is_registered_for_a_cancelled_event():
    event = make_event()
    cancellation.cancel(event, *NOTES, by=make_user())

    with pytest.raises(registration.RegistrationRefused):
        make_delegation(event)


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"starts_at": timezone.now() - 9 * DAY}])
def test_draft_or_past_event_is_not_cancelled(fields):
    event = make_event(**fields)

    with pytest.raises(cancellation.CancellationRefused):
        cancellation.cancel(event, *NOTES, by=make_user())

    assert Event.objects.get().status == event.status


@pytest.mark.parametrize("deed", ["take", "decline"])
def test_evt_6_reply_to_a_cancelled_event_is_told_that_it_is_cancelled(client, deed):
    event = make_event(capacity=1)
    person = make_offer(event)
    cancellation.cancel(event, *NOTES, by=make_user())
    page = address("events:place", "en", placelinks.token(person))

    response = client.post(page, {"deed": deed})

    body = response.content.decode()
    assert response.status_code == 200
    for words in ("The event is cancelled.", "this registration is void", *NOTES):
        assert words in body
    person.refresh_from_db()
    assert person.status == "waiting"


def test_evt_6_cabinet_says_clearly_that_the_event_is_cancelled(client):
    event = make_event()
    delegation = make_delegation(event)
    cancellation.cancel(event, *NOTES, by=make_user("staff@example.org"))
    client.force_login(delegation.registered_by)

    form = client.get(address("events:register", "en", "kazan", event.slug)).content.decode()
    rows = client.get(address("events:cabinet", "en", "kazan")).content.decode()

    assert "The event is cancelled" in form
    assert "cancelled" in rows

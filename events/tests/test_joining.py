"""The link of an online event: shown to the registered alone, in its time, and nowhere else."""

import datetime

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone, translation

from events import cancellation, placelinks, telling
from events.models import Event, Participant
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_participant,
    make_representative,
    make_user,
)
from mailing import reminders
from mailing.models import Message

pytestmark = pytest.mark.django_db

LINK = "https://meet.example.org/secret-room-77"
MINUTE = datetime.timedelta(minutes=1)


def make_session(starts_in: datetime.timedelta = 20 * MINUTE, **fields) -> Event:
    values = {"kind": "online", "mode": "online", "join_link": LINK}
    return make_event(starts_at=timezone.now() + starts_in, **{**values, **fields})


def page(event: Event, person: Participant | None = None, language: str = "en") -> str:
    with translation.override(language):
        if person is None:
            return reverse("events:join", args=[event.slug])
        return reverse("events:join_by_link", args=[event.slug, placelinks.token(person)])


def test_onl_4_somebody_without_registration_is_asked_to_register(client):
    event = make_session()

    for language, words in (("en", "Please register"), ("ru", "Зарегистрируйтесь")):
        response = client.get(page(event, language=language))
        assert response.status_code == 403
        assert words in response.content.decode() or language == "ru"
        assert LINK not in response.content.decode()


@pytest.mark.parametrize(
    ("starts_in", "shows"),
    [
        (30 * MINUTE + DAY, False),
        (31 * MINUTE, False),
        (29 * MINUTE, True),
        (-4 * 60 * MINUTE, True),
        (-9 * 60 * MINUTE, False),
    ],
    ids=["a day before", "31 minutes before", "29 minutes before", "during", "after"],
)
def test_onl_4_registered_sees_the_link_from_30_minutes_before_until_the_end(
    client, starts_in, shows
):
    event = make_session(starts_in)
    person = make_participant(event)

    response = client.get(page(event, person))

    assert response.status_code == 200
    assert (LINK in response.content.decode()) is shows


def test_onl_4_before_its_time_the_page_says_when_by_both_clocks(client):
    start = datetime.datetime(2027, 5, 20, 8, 0, tzinfo=datetime.UTC)
    event = make_session(start - timezone.now())
    Event.objects.update(starts_at=start, ends_at=start + DAY / 12)
    member = make_member(slug="bishkek", time_zone="Asia/Bishkek")
    user = make_user("b@example.org", time_zone="Asia/Bishkek", language="en")
    make_representative(user, member)
    make_participant(event, member=member)
    client.force_login(user)

    text = client.get(page(event)).content.decode().replace("\u00a0", " ")

    assert "It opens here on 20 May 2027, 10:30 Kazan time (UTC+3)." in text
    assert "13:30 Bishkek time (yours)" in text
    assert LINK not in text


@pytest.mark.parametrize("status", ["waiting", "offered", "over_quota", "pending", "cancelled"])
def test_onl_4_without_a_place_there_is_no_link(client, status):
    event = make_session()
    person = make_participant(event, status=status)

    response = client.get(page(event, person))

    assert (response.status_code, LINK in response.content.decode()) == (403, False)


def test_onl_4_representative_and_signed_in_participant_see_the_link_strangers_not(client):
    event = make_session()
    kazan = make_member()
    rep, stranger, guest = (make_user(f"{name}@example.org") for name in ("r", "s", "guest"))
    make_representative(rep, kazan)
    make_representative(stranger, make_member(slug="perm"))
    make_participant(event, member=kazan, email="Guest@Example.org")
    shown = {}

    for user in (rep, guest, stranger):
        client.force_login(user)
        shown[user.email] = LINK in client.get(page(event)).content.decode()

    assert shown == {"r@example.org": True, "guest@example.org": True, "s@example.org": False}


def test_onl_4_link_of_one_event_does_not_open_another(client):
    event = make_session()
    other = make_participant(make_session(slug="other"))
    person = make_participant(event)

    assert client.get(page(event, other)).status_code == 403
    forged = page(event, person)[:-3] + "xx/"
    assert client.get(forged).status_code == 403


@pytest.mark.parametrize("deed", ["cancelled", "in person", "draft"])
def test_onl_4_event_that_is_off_shows_no_link(client, deed):
    event = make_session()
    person = make_participant(event)
    if deed == "cancelled":
        cancellation.cancel(event, "Сбой.", "Failure.", by=make_user())
    elif deed == "in person":
        Event.objects.update(mode="in_person", join_link="")
    else:
        Event.objects.update(status="draft")

    response = client.get(page(event, person))

    assert response.status_code == (200 if deed == "cancelled" else 404)
    assert LINK not in response.content.decode()


def test_onl_4_link_is_in_no_page_feed_calendar_search_or_letter(client):
    event = make_session(3 * DAY)
    delegation = make_delegation(event, people=1)
    person = delegation.participants.get()
    Participant.objects.update(confirmed_at=timezone.now() - 30 * DAY)
    reminders.plan(event.starts_at - DAY)
    reminders.plan(event.starts_at - 60 * MINUTE)
    telling.keep_promises()
    found = []
    for language in ("ru", "en"):
        with translation.override(language):
            found += [
                reverse("events:list"), reverse("events:detail", args=[event.slug]),
                reverse("events:ics", args=[event.slug]), reverse("events:calendar"),
                reverse("events:place", args=[placelinks.token(person)]), page(event),
                page(event, person, language), f"/{language}/search/?q=meet.example.org",
            ]  # fmt: skip

    for address in found:
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        assert response.status_code in (200, 403), address
        assert b"secret-room" not in body, address

    letters = Message.objects.all()
    assert letters.filter(kind="events.reminder").count() == 3
    assert not [one for one in letters if "secret-room" in one.text_body + one.html_body]


def test_onl_4_reminder_an_hour_before_says_where_to_click(client):
    event = make_session(3 * DAY)
    person = make_participant(event, language="en", confirmed_at=timezone.now() - 30 * DAY)

    reminders.plan(event.starts_at - 60 * MINUTE)

    letter = Message.objects.filter(state="queued").get(occasion__endswith=":1h:online")
    assert page(event, person) in letter.text_body
    assert page(event, person, "ru") in letter.text_body
    assert client.get(page(event, person)).status_code == 200


def test_onl_4_calendar_file_leads_to_the_page_of_the_event(client):
    event = make_session()

    with translation.override("en"):
        body = client.get(reverse("events:ics", args=[event.slug])).content

    (entry,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert LINK not in str(entry.get("LOCATION", "")) + str(entry.get("URL", ""))


def test_onl_1_letters_of_an_online_event_give_the_clocks_of_all_members():
    start = datetime.datetime(2027, 4, 28, 8, 0, tzinfo=datetime.UTC)
    event = make_session(start - timezone.now())
    Event.objects.update(starts_at=start, ends_at=start + DAY / 8)
    for slug, zone in (("bishkek", "Asia/Bishkek"), ("ulaanbaatar", "Asia/Ulaanbaatar"),
                       ("magadan", "Asia/Magadan"), ("astana", "Asia/Almaty")):  # fmt: skip
        make_member(slug=slug, time_zone=zone)
    make_participant(event, language="en", confirmed_at=start - 30 * DAY)

    reminders.plan(start - DAY)

    text = Message.objects.filter(state="queued").get().text_body
    for line in (
        "11:00 Kazan (UTC+3)", "13:00 Astana (UTC+5)", "14:00 Bishkek (UTC+6)",
        "16:00 Ulaanbaatar (UTC+8)", "19:00 Magadan (UTC+11)",
    ):  # fmt: skip
        assert f"- {line}" in text

"""Calendar files, read back by another parser: the zone of the place, one UID, nothing hidden."""

import datetime
import zoneinfo

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone, translation

from events.tests.factories import DAY, make_change, make_event

pytestmark = pytest.mark.django_db


def address(name: str, *args, language: str = "en") -> str:
    with translation.override(language):
        return reverse(name, args=args)


def read(client, url: str) -> icalendar.Calendar:
    response = client.get(url)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    body = response.content
    assert body.count(b"\n") == body.count(b"\r\n")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    return icalendar.Calendar.from_ical(body)


def entries(calendar: icalendar.Calendar) -> list[icalendar.Event]:
    return list(calendar.walk("VEVENT"))


def test_file_names_the_zone_of_the_place_and_brings_its_rules(client):
    zone = zoneinfo.ZoneInfo("Asia/Bishkek")
    start = datetime.datetime(2027, 5, 20, 10, 0, tzinfo=zone)
    event = make_event(starts_at=start, time_zone="Asia/Bishkek")

    calendar = read(client, address("events:ics", event.slug))

    (entry,) = entries(calendar)
    assert entry["DTSTART"].params["TZID"] == "Asia/Bishkek"
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (start, event.ends_at)
    assert [str(one["TZID"]) for one in calendar.walk("VTIMEZONE")] == ["Asia/Bishkek"]
    assert {name: str(entry[name]) for name in ("UID", "SUMMARY", "LOCATION", "STATUS", "URL")} == {
        "UID": f"event-{event.pk}@testserver",
        "SUMMARY": "Congress of Local Governments",
        "LOCATION": "City Hall, Kazan",
        "STATUS": "CONFIRMED",
        "URL": "http://testserver/en/events/congress/",
    }


def test_zone_with_summer_time_keeps_the_hour_of_the_wall(client):
    """Chișinău turns its clocks between the first and the last day."""
    zone = zoneinfo.ZoneInfo("Europe/Chisinau")
    start = datetime.datetime(2027, 3, 27, 10, 0, tzinfo=zone)
    end = datetime.datetime(2027, 3, 29, 10, 0, tzinfo=zone)
    event = make_event(starts_at=start, ends_at=end, time_zone="Europe/Chisinau")

    response = client.get(address("events:ics", event.slug))

    text = response.content.decode()
    assert "DTSTART;TZID=Europe/Chisinau:20270327T100000" in text
    assert "DTEND;TZID=Europe/Chisinau:20270329T100000" in text
    (entry,) = entries(icalendar.Calendar.from_ical(response.content))
    assert entry["DTSTART"].dt.astimezone(datetime.UTC).hour == 8
    assert entry["DTEND"].dt.astimezone(datetime.UTC).hour == 7
    (rules,) = icalendar.Calendar.from_ical(response.content).walk("VTIMEZONE")
    own = rules.to_tz()
    assert start.replace(tzinfo=own).utcoffset() == datetime.timedelta(hours=2)
    assert end.replace(tzinfo=own).utcoffset() == datetime.timedelta(hours=3)


def test_sequence_rises_with_what_calendars_show_and_with_nothing_else():
    event = make_event()
    event.summary_ru = "Другая строка"
    event.save()
    assert event.sequence == 0

    event.starts_at += datetime.timedelta(hours=1)
    event.save()
    event.place_ru = "Казань, университет"
    event.save(update_fields=["place_ru"])

    event.refresh_from_db()
    assert event.sequence == 2


def test_text_cannot_break_out_of_its_line(client):
    event = make_event(
        title_en="Water\r\nATTENDEE:mailto:x@example.org", place_en="Hall; 1,\n2 \u202eback"
    )

    (entry,) = entries(read(client, address("events:ics", event.slug)))

    assert str(entry["SUMMARY"]) == "Water ATTENDEE:mailto:x@example.org"
    assert str(entry["LOCATION"]) == "Hall; 1, 2 back"
    assert "ATTENDEE" not in entry


def test_missing_translation_is_shown_and_marked(client):
    event = make_event(title_en=None)

    (entry,) = entries(read(client, address("events:ics", event.slug)))

    assert (str(entry["SUMMARY"]), entry["SUMMARY"].params["LANGUAGE"]) == (
        "Конгресс местных властей",
        "ru",
    )


@pytest.mark.parametrize("language", ["ru", "en"])
def test_feed_holds_public_events_of_a_year_cancelled_too_and_nothing_hidden(client, language):
    now = timezone.now()
    coming = make_event("coming")
    past = make_event("past", starts_at=now - 100 * DAY)
    off = make_event("off", status="cancelled", cancelled_at=now, starts_at=now + 40 * DAY)
    make_event("long-ago", starts_at=now - 400 * DAY)
    make_event("draft", status="draft")
    make_event("withdrawn", status="withdrawn")
    make_event("scheduled", published_at=now + DAY)

    calendar = read(client, address("events:calendar", language=language))

    assert [(str(one["UID"]), str(one["STATUS"])) for one in entries(calendar)] == [
        (f"event-{past.pk}@testserver", "CONFIRMED"),
        (f"event-{coming.pk}@testserver", "CONFIRMED"),
        (f"event-{off.pk}@testserver", "CANCELLED"),
    ]
    title = {"ru": "Мероприятия ОГМВ-Евразия", "en": "Events of UCLG-Eurasia"}[language]
    assert str(calendar["X-WR-CALNAME"]) == title


def test_empty_feed_is_a_calendar(client):
    assert entries(read(client, address("events:calendar"))) == []


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"published_at": timezone.now() + DAY}])
def test_file_of_a_hidden_event_is_not_found(client, fields):
    event = make_event(**fields)

    assert client.get(address("events:ics", event.slug)).status_code == 404


def test_feed_asked_again_answers_304_until_something_changes(client):
    event = make_event()
    url = address("events:calendar")
    etag = client.get(url).headers["ETag"]

    assert client.get(url, headers={"if-none-match": etag}).status_code == 304
    event.starts_at += datetime.timedelta(hours=1)
    event.save()
    assert client.get(url, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("number", [1, 20])
def test_feed_takes_eight_queries_however_many_events(
    client, django_assert_num_queries, own_sources, number
):
    for one in range(number):
        closes = timezone.now() + one * DAY + DAY
        event = make_event(f"event-{one}", mode="online", registration_closes_at=closes)
        make_change(event)

    # The choices, two; deadlines with topics, three; events, their moves, zones of members.
    with django_assert_num_queries(8):
        client.get(address("events:calendar"))


def test_feed_sets_no_cookie_and_may_be_kept(client):
    make_event()

    response = client.get(address("events:calendar"))

    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=300"

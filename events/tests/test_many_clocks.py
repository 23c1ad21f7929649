"""ONL-1: one moment on the page and in the file; deadlines by other clocks; three parsers."""

import datetime
import re
import zoneinfo

import icalendar
import ics
import pytest
import vobject
from django.urls import reverse
from django.utils import timezone, translation

from events.tests.factories import DAY, make_change, make_event, make_member, make_user

pytestmark = pytest.mark.django_db
MOSCOW = zoneinfo.ZoneInfo("Europe/Moscow")


def address(name: str, *args, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"events:{name}", args=args)


@pytest.fixture
def cities():
    for slug, zone in [
        ("bishkek", "Asia/Bishkek"), ("ulaanbaatar", "Asia/Ulaanbaatar"),
        ("magadan", "Asia/Magadan"), ("astana", "Asia/Almaty"),
    ]:  # fmt: skip
        make_member(slug, time_zone=zone)


def online(year: int, **fields):
    start = datetime.datetime(year, 4, 28, 11, tzinfo=MOSCOW)
    return make_event(
        mode="online", starts_at=start, ends_at=start + datetime.timedelta(hours=2),
        published_at=min(start, timezone.now()) - 30 * DAY, **fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("year", "lines"),
    [
        (2020, ["11:00 Kazan (UTC+3)", "14:00 Bishkek, Nur-Sultan (UTC+6)",
                "16:00 Ulaanbaatar (UTC+8)", "19:00 Magadan (UTC+11)"]),
        (2025, ["11:00 Kazan (UTC+3)", "13:00 Astana (UTC+5)", "14:00 Bishkek (UTC+6)",
                "16:00 Ulaanbaatar (UTC+8)", "19:00 Magadan (UTC+11)"]),
    ],
)  # fmt: skip
def test_onl_1_page_and_file_give_the_hour_of_every_city(client, cities, year, lines):
    event = online(year)

    page = client.get(address("detail", event.slug))
    (entry,) = icalendar.Calendar.from_ical(
        client.get(address("ics", event.slug)).content
    ).walk("VEVENT")  # fmt: skip

    assert [str(row) for row in page.context["strip"]] == lines
    html = page.content.decode()
    assert '<details class="more start-strip" open>' in html
    written = re.search(r'<ul class="start-strip__list">(.*?)</ul>', html, re.S).group(1)
    rows = re.findall(r"<li.*?</li>", written, re.S)
    assert [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows] == [
        re.sub(r"[()]", "", line) for line in lines
    ]
    summary, *others = str(entry["DESCRIPTION"]).split("\n")
    assert (summary, others) == ("Cities compare what works in their streets.", lines)


def test_onl_1_strip_in_russian_says_by_whose_clock(client, cities):
    event = online(2025)

    html = client.get(address("detail", event.slug, language="ru")).content.decode()

    assert "по Бишкеку" in html
    assert "по Астане" in html


def test_strip_of_an_event_in_person_is_folded_and_the_file_goes_without(client, cities):
    event = make_event()

    html = client.get(address("detail", event.slug)).content.decode()

    assert '<details class="more start-strip"><summary>When it begins in other cities' in html
    assert b"UTC" not in client.get(address("ics", event.slug)).content.split(b"END:VTIMEZONE")[-1]


def test_deadline_of_registration_is_given_by_other_clocks(client, cities):
    closes = (timezone.now() + 20 * DAY).astimezone(MOSCOW).replace(hour=23, minute=59, second=0)
    event = make_event(registration_closes_at=closes)

    response = client.get(address("detail", event.slug))

    rows = response.context["deadline_strip"]
    assert [(row.time, bool(row.date), row.clock) for row in rows] == [
        ("23:59", False, "Kazan"),
        ("01:59", True, "Astana"),
        ("02:59", True, "Bishkek"),
        ("04:59", True, "Ulaanbaatar"),
        ("07:59", True, "Magadan"),
    ]
    html = response.content.decode()
    assert "When registration closes in other cities" in html
    assert "data-local-time>Open" in html
    assert not response.cookies


def test_signed_in_reader_gets_the_deadline_by_the_own_clock_too(client, cities):
    event = make_event(registration_closes_at=timezone.now() + 20 * DAY)
    client.force_login(make_user("far@example.org", time_zone="Asia/Bishkek"))

    html = client.get(address("detail", event.slug)).content.decode()

    assert "Bishkek time (yours)</time>" in html.replace("\xa0", " ")


def test_file_is_read_alike_by_three_parsers(client, cities):
    """Each knows the zone from the file's own VTIMEZONE; line breaks of titles are gone."""
    event = online(2027, title_en="Water\nand\r\nstreets", time_zone="Europe/Chisinau")
    make_change(event)
    body = client.get(address("calendar")).content.decode()

    (first,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
    (second,) = ics.Calendar(body).events
    third = vobject.readOne(body).vevent

    begin = event.starts_at.astimezone(datetime.UTC)
    assert first["DTSTART"].dt.astimezone(datetime.UTC) == begin
    assert second.begin.datetime.astimezone(datetime.UTC) == begin
    assert third.dtstart.value.astimezone(datetime.UTC) == begin
    names = {str(first["SUMMARY"]), second.name, third.summary.value}
    assert names == {"Water and streets"}
    assert str(first["UID"]) == second.uid == third.uid.value
    assert body.count("BEGIN:VTIMEZONE") == 1
    described = [str(first["DESCRIPTION"]), second.description, third.description.value]
    assert len(set(described)) == 1
    assert "Moved: was " in described[0]


def test_evt_6_page_and_file_say_cancelled(client):
    event = make_event(
        status="cancelled", cancelled_at=timezone.now(),
        cancellation_note_ru="Зал закрыт.", cancellation_note_en="The hall is shut.",
    )  # fmt: skip

    html = client.get(address("detail", event.slug)).content.decode()
    (entry,) = icalendar.Calendar.from_ical(
        client.get(address("calendar")).content
    ).walk("VEVENT")  # fmt: skip
    (row,) = client.get(address("list")).context["rows"]
    plan = client.get(address("plan", event.starts_at.year)).context["plan"]

    assert html.index("The hall is shut.") < html.index("<h1>")
    assert html.index("Зал закрыт.") < html.index("<h1>")
    assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == (
        "CANCELLED", "Cancelled: Congress of Local Governments",
    )  # fmt: skip
    assert (row["status"], row["status_kind"]) == ("Cancelled", "bad")
    assert [one["status"] for month in plan.months for one in month.rows] == ["Cancelled"]

"""The plan of a year, the month, the series: what stands where, and in which words."""

import datetime
import re
import zoneinfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from content.models import Topic
from content.privatefiles import keep_bytes
from events.tests.factories import (
    make_change,
    make_country,
    make_event,
    make_member,
    make_series,
    make_tentative,
    make_user,
)
from meetings.models import Minutes
from meetings.tests.factories import make_election, make_meeting

pytestmark = pytest.mark.django_db
MOSCOW = zoneinfo.ZoneInfo("Europe/Moscow")


def address(name: str, *args, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"events:{name}", args=args)


def at(*parts, zone=MOSCOW) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=zone)


def dated(slug, starts_at, hours=8, **fields):
    ends_at = starts_at + datetime.timedelta(hours=hours)
    values = {"title_ru": slug, "title_en": slug, "published_at": at(2019, 1, 1)}
    return make_event(slug, starts_at=starts_at, ends_at=ends_at, **{**values, **fields})


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def shown(plan) -> dict[str, tuple[list, list, list]]:
    """Month -> slugs of events, of tentative ones, titles of deadlines; months with something."""
    return {
        month.name: (
            [row["title"] for row in month.rows],
            [row["title"] for row in month.tentative],
            [row["title"] for row in month.deadlines],
        )
        for month in plan.months
        if not month.is_empty
    }


def test_plan_puts_events_under_their_months_and_deadlines_beside_them(client):
    dated("retreat", at(2020, 2, 24, 9), hours=100)
    dated("council", at(2020, 6, 10, 9), registration_closes_at=at(2020, 5, 31, 23, 59))
    dated("draft", at(2020, 3, 1), status="draft", published_at=None)
    dated("before", at(2019, 12, 31, 9))
    make_election(title_en="Council 2020", opens_at=at(2020, 6, 1), closes_at=at(2020, 7, 1, 12))

    plan = client.get(address("plan", 2020)).context["plan"]

    assert shown(plan) == {
        "February": (["retreat"], [], []),
        "May": ([], [], ["Registration closes: council"]),
        "June": (["council"], [], []),
        "July": ([], [], ["Nominations close: Council 2020"]),
    }
    assert plan.sometime == []


def test_event_stands_in_the_year_of_its_own_clock(client):
    """Ten in the evening of 31 December in Kazan is the New Year in Magadan."""
    dated("new-year", at(2021, 1, 1, 0, zone=zoneinfo.ZoneInfo("Asia/Magadan")),
          time_zone="Asia/Magadan")  # fmt: skip
    dated("old", at(2020, 6, 1))

    assert shown(client.get(address("plan", 2020)).context["plan"]) == {"June": (["old"], [], [])}
    found = client.get(address("plan", 2021)).context["plan"]
    assert shown(found) == {"January": (["new-year"], [], [])}


def test_onl_6_tentative_stands_under_its_month_without_file_and_reminders(client):
    event = make_tentative(title_en="Culture committee", title_ru="Комитет")
    make_tentative("year", month=None, title_en="Some seminar", title_ru="Семинар")

    plan = client.get(address("plan", 2020)).context["plan"]
    page = client.get(address("detail", event.slug))
    month = client.get(address("month", 2020, 10)).context["grid"]

    assert shown(plan) == {"October": ([], ["Culture committee"], [])}
    assert [row["title"] for row in plan.sometime] == ["Some seminar"]
    assert [row["month"] for row in plan.months[9].tentative] == ["October 2020"]
    assert [row["title"] for row in month.tentative] == ["Culture committee"]
    assert [cell.events for week in month.weeks for cell in week if cell.events] == []
    assert client.get(address("ics", event.slug)).status_code == 404
    assert b"BEGIN:VEVENT" not in client.get(address("calendar")).content
    assert "event.ics" not in page.content.decode()
    assert "The days are not fixed yet." in text_of(page)
    assert page.context["card"].is_shown is False


@pytest.mark.parametrize(
    ("language", "month", "words"),
    [("en", 10, "October 2020"), ("ru", 10, "октябрь 2020"), ("en", None, "2020")],
)
def test_onl_6_page_says_no_more_than_is_known(client, language, month, words):
    event = make_tentative(month=month)

    html = client.get(address("detail", event.slug, language=language)).content.decode()

    machine = "2020-10" if month else "2020"
    assert f'<time datetime="{machine}">{words}</time>' in html


def test_plan_leads_from_event_to_parts_attendance_and_minutes(client):
    meeting = make_meeting("council-2020", published_at=at(2020, 6, 1))
    Minutes.objects.create(meeting=meeting, language="ru", **_minutes())
    whole = dated(
        "congress", at(2020, 6, 10, 9), hours=60, meeting=meeting, final_attendance=1318,
        final_countries=22,
    )  # fmt: skip
    dated("council", at(2020, 6, 11, 9), parent=whole)

    response = client.get(address("plan", 2020))

    (row,) = response.context["plan"].months[5].rows
    assert [part["title"] for part in row["parts"]] == ["council"]
    text = text_of(response)
    assert "1318 people took part" in text.replace(",", "")
    assert "from 22 countries" in text
    assert f'<a href="{meeting.get_absolute_url()}">' not in text
    with translation.override("en"):
        assert row["minutes_url"] == meeting.get_absolute_url()


def _minutes() -> dict:
    by = make_user("keeper@example.org")
    file = keep_bytes(b"%PDF-1.7", "minutes.pdf", "application/pdf", "minutes", by)
    return {"file": file, "approved_by": by}


def test_filters_narrow_and_stay_in_every_link(client):
    host = make_member("tashkent", country=make_country("UZ", "Узбекистан", "Uzbekistan"))
    topic = Topic.objects.create(slug="water", title_en="Water", title_ru="Вода")
    wanted = dated("wanted", at(2020, 6, 1), host_member=host, kind="forum")
    wanted.topics.add(topic)
    dated("other", at(2020, 6, 2), kind="forum", registration_closes_at=at(2020, 5, 1))
    chosen = {"kind": "forum", "country": "UZ", "topic": "water"}

    response = client.get(address("plan", 2020), chosen)

    assert shown(response.context["plan"]) == {"June": (["wanted"], [], [])}
    html, query = response.content.decode(), "?kind=forum&amp;country=UZ&amp;topic=water"
    for name, args in [
        ("list", []), ("calendar", []), ("month", [2020, 6]), ("plan", [2021]),
    ]:  # fmt: skip
        assert f'href="{address(name, *args)}{query}"' in html, name
    assert '<meta name="robots" content="noindex">' in html


def test_filter_narrows_the_calendar_file_and_nonsense_is_not_found(client):
    dated("forum", timezone.now(), kind="forum")
    dated("seminar", timezone.now())

    body = client.get(address("calendar"), {"kind": "forum"}).content

    assert re.findall(rb"SUMMARY[^:]*:(.*?)\r\n", body) == [b"forum"]
    assert client.get(address("calendar"), {"kind": "nonsense"}).status_code == 404


def test_month_shows_an_event_on_each_of_its_days(client):
    dated("retreat", at(2020, 2, 27, 9), hours=24 * 5)

    grid = client.get(address("month", 2020, 2)).context["grid"]

    days = {
        cell.day.isoformat(): [(row["title"], row["hour"]) for row in cell.events]
        for week in grid.weeks
        for cell in week
        if cell.events
    }
    assert days == {
        "2020-02-27": [("retreat", "09:00")],
        "2020-02-28": [("retreat", "")],
        "2020-02-29": [("retreat", "")],
        "2020-03-01": [("retreat", "")],
    }
    assert [cell.day.day for cell in grid.weeks[0]] == [27, 28, 29, 30, 31, 1, 2]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_pages_without_events_are_pages(client, language):
    year = timezone.now().year

    for name, args in [("plan", [year]), ("month", [year, 5]), ("series_list", [])]:
        assert client.get(address(name, *args, language=language)).status_code == 200


@pytest.mark.parametrize(
    "path", ["plan/1700/", "plan/9999/", "month/2020/0/", "month/2020/13/", "month/1700/1/",
             "month/9999/12/", "series/none/"],
)  # fmt: skip
def test_addresses_beyond_the_calendar_are_not_found(client, path):
    dated("old", at(2020, 6, 1))

    assert client.get(f"/en/events/{path}").status_code == 404


def test_short_addresses_lead_to_today(client):
    today = timezone.localdate(timezone=MOSCOW)

    assert client.get("/en/events/plan/").url == address("plan", today.year)
    assert client.get("/en/events/month/").url == address("month", today.year, today.month)


def test_series_lists_its_editions_by_roman_numerals_and_its_countries(client):
    series = make_series()
    series.countries.set(
        [make_country("BG", "Болгария", "Bulgaria"), make_country("RU", "Россия", "Russia")]
    )
    for edition in (1, 6, 7):
        dated(f"meeting-{edition}", at(2010 + edition, 5, 1), series=series, edition=edition)
    dated("hidden", at(2030, 5, 1), series=series, edition=8, status="draft", published_at=None)

    page = client.get(address("series", series.slug))
    event = client.get(address("detail", "meeting-7"))

    numbers = [(row["number"], row["title"]) for row in page.context["rows"]]
    assert numbers == [("VII", "meeting-7"), ("VI", "meeting-6"), ("I", "meeting-1")]
    assert "Bulgaria – Russia" in text_of(page)
    assert "Meetings of sister cities , VII" in text_of(event)
    assert "Meetings of sister cities" in text_of(client.get(address("series_list")))


@pytest.mark.parametrize("count", [1, 15])
@pytest.mark.parametrize(
    ("name", "args", "queries"),
    [("plan", [2020], 8), ("month", [2020, 6], 7), ("series", ["meetings"], 4)],
)
def test_pages_take_as_many_queries_for_many_events_as_for_one(
    client, django_assert_num_queries, own_sources, name, args, queries, count
):
    series, meeting = make_series(), make_meeting("council", published_at=at(2020, 1, 1))
    for number in range(1, count + 1):
        whole = dated(
            f"event-{number}", at(2020, 6, 1 + number), meeting=meeting, series=series,
            edition=number, registration_closes_at=at(2020, 5, 20),
        )  # fmt: skip
        dated(f"part-{number}", whole.starts_at, hours=1, parent=whole)
        make_tentative(f"some-{number}", month=6)

    with django_assert_num_queries(queries):
        client.get(address(name, *args))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_moved_event_says_so_on_page_and_in_lists(client, language):
    start = timezone.now() + datetime.timedelta(days=30)
    event = make_event(starts_at=start, takes_registrations=False)
    make_change(event, old_starts_at=at(2026, 5, 3, 10), old_ends_at=at(2026, 5, 3, 18))

    text = text_of(client.get(address("detail", event.slug, language=language)))
    (row,) = client.get(address("list", language=language)).context["rows"]

    assert "Moved: was Sunday 3 May 2026, 10:00–18:00." in text
    assert "3 мая 2026, 10:00–18:00." in text
    assert row["status_kind"] == "warn"


def test_postponed_event_says_so_everywhere_and_takes_nobody(client):
    event = make_event(status="postponed")
    make_change(
        event, "postponed", new_starts_at=None, new_ends_at=None, note_en="The hall is shut."
    )

    page = client.get(address("detail", event.slug))
    (row,) = client.get(address("list")).context["rows"]
    body = client.get(address("ics", event.slug)).content

    text = text_of(page)
    assert "The event is postponed The hall is shut. The new date will be announced here." in text
    assert (row["status"], row["status_kind"]) == ("Postponed", "warn")
    assert b"STATUS:CANCELLED" in body
    assert b"SUMMARY;LANGUAGE=en:Postponed: Congress of Local Governments" in body
    assert page.context["card"].is_for_delegations is False

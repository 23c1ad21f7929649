"""Rows for the plan of the year, series, venues, the personal calendar."""

from types import SimpleNamespace

from events import personal
from events.models import Venue
from events.tests.factories import make_series, make_tentative
from tests.access.cells import EVERYBODY, NOBODY, Row, admin, cabinet
from tests.access.rows_admin import admin_rows

DESK = "/admin/events/event/{event.pk}/"
CALENDAR = "/ru/cabinet/{a.slug}/calendar/"
KEEPERS = ("events", "lead")
STAFF_OF_TEXTS = ("translator", *KEEPERS)
EVERY_STAFF = ("translator", "editor", "events", "awards", "ratings", "finance", "lead")

ROWS: list[Row] = [
    Row("Plan of events", "this year", "/ru/events/plan/", EVERYBODY),
    Row("Plan of events", "a year", "/ru/events/plan/{this_year}/", EVERYBODY),
    Row("Plan of events", "a year nobody plans", "/ru/events/plan/1700/", NOBODY),
    Row("Plan of events", "this month", "/ru/events/month/", EVERYBODY),
    Row("Plan of events", "a month", "/ru/events/month/{this_year}/5/", EVERYBODY),
    Row("Plan of events", "filtered file", "/ru/events/calendar.ics?kind=seminar", EVERYBODY),
    Row("Plan of events", "file of a tentative event", "/ru/events/some-day/event.ics", NOBODY),
    Row("Series of events", "list", "/ru/events/series/", EVERYBODY),
    Row("Series of events", "read", "/ru/events/series/{series.slug}/", EVERYBODY),
    Row("Personal calendar", "open the address", "/ru/events/my/{feed_token}.ics", EVERYBODY),
    Row("Personal calendar", "guess", "/ru/events/my/{wrong_token}.ics", NOBODY),
    Row("Personal calendar", "after the mandate", "/ru/events/my/{dead_token}.ics", NOBODY),
    Row("Personal calendar", "its page in the cabinet of city A", CALENDAR, cabinet("rep_a")),
    Row(
        "Personal calendar", "make it in the cabinet of city A", CALENDAR, cabinet("rep_a"),
        "post", {"deed": "revoke"},
    ),
    *admin_rows(
        "events/series", "Series in the admin", "series", EVERY_STAFF, KEEPERS, STAFF_OF_TEXTS,
        None,
    ),
    *admin_rows(
        "events/venue", "Venues in the admin", "venue", EVERY_STAFF, KEEPERS, STAFF_OF_TEXTS, (),
    ),
    Row("Events in the admin", "clone", f"{DESK}clone/", admin(*KEEPERS)),
    Row("Events in the admin", "find office hours", f"{DESK}office-hours/", admin(*EVERY_STAFF)),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.series = make_series()
    world.event.series = world.series
    world.event.save()
    world.venue = Venue.objects.create(name_ru="Ратуша", name_en="City Hall")
    make_tentative(year=world.event.starts_at.year)
    world.this_year = world.event.starts_at.year
    world.feed_token = personal.renew(world.people["rep_a"])
    world.dead_token = personal.renew(world.people["former"])
    world.wrong_token = "a" * 43

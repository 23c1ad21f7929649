"""Rows for public places: results, a city, comparison, open data; known places in the admin."""

import datetime
from types import SimpleNamespace

from django.utils import timezone

from members.models import Member
from ratings.tests.factories import make_edition
from standings.tests.factories import make_known, make_sealed
from tests.access.cells import EVERYBODY, NOBODY, Row
from tests.access.rows_admin import admin_rows

KEEPERS = ("ratings", "lead")
RESULTS = "/ru/ratings/{placed_edition.rating.slug}/{placed_edition.slug}/results/"
HELD = "/ru/ratings/{unplaced_edition.rating.slug}/{unplaced_edition.slug}/results/"
PAST = "/ru/ratings/{past_edition.rating.slug}/{past_edition.slug}/results/"

ROWS: list[Row] = [
    Row("Results of ratings", "read", RESULTS, EVERYBODY),
    Row("Results of ratings", "read one city", RESULTS + "{placed_city.slug}/", EVERYBODY),
    Row("Results of ratings", "compare", RESULTS + "compare/", EVERYBODY),
    Row("Results of ratings", "open data", RESULTS + "data/", EVERYBODY),
    Row("Results of ratings", "download", RESULTS + "data/results.json", EVERYBODY),
    Row("Results of ratings", "read of a past edition", PAST, EVERYBODY),
    Row("Results of ratings", "read under embargo", HELD, NOBODY),
    Row("Results of ratings", "download under embargo", HELD + "data/sealed.json", NOBODY),
    *admin_rows(
        "standings/standing", "Known places in the admin", "known_place",
        KEEPERS, KEEPERS, KEEPERS, KEEPERS,
    ),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """An edition with results, one under embargo, a past one with a known place."""
    world.placed_edition = make_sealed().edition
    world.placed_city = Member.objects.get(slug="bishkek")
    later = timezone.now() + datetime.timedelta(hours=1)
    world.unplaced_edition = make_sealed(published_at=later).edition
    world.past_edition = make_edition(
        kind="known", opens_at=None, closes_at=None, opened_at=None, year=2016
    )
    world.known_place = make_known(world.past_edition, world.placed_city)

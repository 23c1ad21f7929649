"""Rows for the passport, its embed page and its data, and for compositions."""

import datetime
from types import SimpleNamespace

from members.models import Composition, CompositionPart
from members.tests.factories import make_member
from tests.access.cells import EVERYBODY, NOBODY, Row
from tests.access.rows_admin import admin_rows

KEEPERS = ("editor", "lead")

ROWS: list[Row] = [
    Row("Members", "page of city A as of a day", "/ru/members/{a.slug}/?as_of=2015", EVERYBODY),
    Row("Members", "page of city A for a frame", "/ru/members/{a.slug}/embed/", EVERYBODY),
    Row("Members", "data of city A", "/en/members/{a.slug}/passport.json", EVERYBODY),
    Row("Members", "page of nobody for a frame", "/ru/members/nobody/embed/", NOBODY),
    *admin_rows(
        "members/composition", "Compositions", "composition", KEEPERS, KEEPERS, KEEPERS, KEEPERS
    ),
]


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    union = make_member("udmurtia", "Совет", "Council", kind="association")
    day = datetime.date(2015, 1, 1)
    world.composition = Composition.objects.create(member=union, as_of=day, total=5)
    CompositionPart.objects.create(composition=world.composition, kind_en="districts", count=5)

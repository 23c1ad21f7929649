"""Rows for the facts register and for the text check of a record."""

from types import SimpleNamespace

from facts.tests.factories import make_fact
from tests.access.cells import EVERYBODY, STAFF, Row, admin
from tests.access.rows_admin import admin_rows

WRITERS = ("editor", "lead")
SAVERS = ("translator", *WRITERS)

CHECK = "/admin/news/article/{draft.pk}/text-check/"

MODELS = [
    ("facts/fact", "Facts register in the admin", "fact", STAFF, WRITERS, SAVERS, None),
    ("facts/subject", "Subjects of the facts register", "fact_subject",
     STAFF, WRITERS, SAVERS, None),
]  # fmt: skip

ROWS: list[Row] = [
    Row("Facts register", "read", "/ru/facts/", EVERYBODY),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row("Text check of a draft", "read", CHECK, admin(*STAFF)),
    Row("Text check of a draft", "apply a fix", CHECK + "fix/", admin(*SAVERS), "post"),
]


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.fact = make_fact()
    world.fact_subject = world.fact.subject

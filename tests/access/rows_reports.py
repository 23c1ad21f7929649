"""Rows for the analytical report and the library of recommendations."""

from types import SimpleNamespace

from standings.models import Advice
from standings.tests.factories import make_sealed
from tests.access.cells import Row, admin
from tests.access.rows_admin import admin_rows

DESK = ("ratings", "lead")
REPORT = "/admin/standings/run/edition/{report_edition.pk}/report/"

ROWS: list[Row] = [
    *admin_rows(
        "standings/advice", "Recommendations", "advice",
        (*DESK, "translator"), DESK, (*DESK, "translator"), DESK,
    ),
    Row("Results of a rating", "the page of the report", REPORT, admin(*DESK)),
    Row("Results of a rating", "ask for a report", REPORT, admin(*DESK), "post"),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """A sealed edition's desk, and one text of the library."""
    world.report_edition = make_sealed().edition
    world.advice = Advice.objects.create(
        rating=world.report_edition.rating, code="P1", when=Advice.When.BELOW_MEDIAN,
        text_ru="Начните с малого.", text_en="Start small.",
    )  # fmt: skip

"""Rows for sealed results: seals and corrections are read, their desks are for those who seal."""

from types import SimpleNamespace

from standings import errata
from standings.tests.factories import make_sealed
from tests.access.cells import Row, admin
from tests.access.rows_admin import admin_rows

KEEPERS = ("ratings", "lead")
DESK = "/admin/standings/seal/desks/"
ERRATUM = "/admin/standings/erratum/{rating_erratum.pk}/"

MODELS = [
    ("standings/seal", "Sealed results in the admin", "rating_seal", KEEPERS, None, None, None),
    ("standings/erratum", "Corrections of ratings", "rating_erratum", KEEPERS, None, None, None),
]  # fmt: skip

ROWS: list[Row] = [
    *(row for model in MODELS for row in admin_rows(*model)),
    Row("Sealing of results", "list", DESK, admin(*KEEPERS)),
    Row("Sealing of results", "desk of an edition", DESK + "{sealed_edition.pk}/", admin(*KEEPERS)),
    Row(
        "Sealing of results", "ask for it", DESK + "{sealed_edition.pk}/", admin(*KEEPERS),
        "post", {"deed": "ask", "publish_at_0": "never"},
    ),
    Row("Corrections of ratings", "desk", ERRATUM + "desk/", admin(*KEEPERS)),
    Row(
        "Corrections of ratings", "correct an answer",
        ERRATUM + "answer/?response={sealed_response.pk}&indicator={sealed_indicator.pk}",
        admin(*KEEPERS),
    ),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """A sealed edition with a correction that is being prepared."""
    world.rating_seal = make_sealed()
    world.sealed_edition = world.rating_seal.edition
    world.sealed_response = world.sealed_edition.responses.get(member__slug="izmir")
    world.sealed_indicator = world.sealed_edition.indicators.get(code="P1")
    world.rating_erratum = errata.begin(world.sealed_edition, world.people["ratings"])

"""Rows for projects, strategies, commitments, recommendations and libraries of others."""

from types import SimpleNamespace

from projects.tests.factories import (
    make_commitment,
    make_library,
    make_project,
    make_recommendation,
    make_strategy,
)
from tests.access.cells import EVERYBODY, NOBODY, STAFF, Row
from tests.access.rows_admin import admin_rows

WRITERS = ("editor", "lead")
SAVERS = ("translator", *WRITERS)

MODELS = [
    ("projects/project", "Projects in the admin", "project", STAFF, WRITERS, SAVERS, None),
    ("projects/strategy", "Strategies in the admin", "strategy", STAFF, WRITERS, SAVERS, None),
    (
        "projects/recommendation", "Recommendations of others in the admin", "recommended",
        STAFF, WRITERS, SAVERS, None,
    ),
    (
        "projects/commitment", "Commitments of cities", "commitment",
        STAFF, WRITERS, WRITERS, WRITERS,
    ),
    (
        "projects/outsidelibrary", "Libraries of others", "outside_library",
        STAFF, WRITERS, WRITERS, WRITERS,
    ),
]  # fmt: skip

ROWS: list[Row] = [
    Row("Projects", "list", "/ru/projects/", EVERYBODY),
    Row("Projects", "read one", "/ru/projects/{project.slug}/", EVERYBODY),
    Row("Projects", "read a draft", "/ru/projects/{draft_project.slug}/", NOBODY),
    Row("Strategies", "list", "/ru/strategies/", EVERYBODY),
    Row("Strategies", "read one", "/ru/strategies/{strategy.slug}/", EVERYBODY),
    Row(
        "Recommendations of others", "read one", "/ru/recommendations/{recommended.slug}/",
        EVERYBODY,
    ),
    *(row for model in MODELS for row in admin_rows(*model)),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.project, world.draft_project = make_project(), make_project("draft")
    world.draft_project.status = "draft"
    world.draft_project.save()
    world.strategy = make_strategy()
    world.recommended = make_recommendation()
    world.commitment = make_commitment(world.a)
    world.outside_library = make_library()

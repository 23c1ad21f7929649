"""Rows for the library."""

from types import SimpleNamespace

from library.tests.factories import make_file, make_publication
from tests.access.cells import EVERYBODY, NOBODY, STAFF, Row, admin
from tests.access.rows_admin import admin_rows

WRITERS = ("editor", "events", "lead")
PUBLISHERS = admin("editor", "lead")
DEED = "/admin/library/publication/publish/meetings.meetingdocument/{body_paper.pk}/"

ROWS = [
    Row("Library", "list", "/ru/library/", EVERYBODY),
    Row("Library", "read", "/ru/library/{publication.slug}/", EVERYBODY),
    Row(
        "Library", "fetch a file", "/ru/library/{publication.slug}/{shelf_file.pk}/", EVERYBODY
    ),
    Row("Library", "read a draft", "/ru/library/{draft_publication.slug}/", NOBODY),
    Row(
        "Library", "fetch a file of a draft",
        "/ru/library/{draft_publication.slug}/{hidden_file.pk}/", NOBODY,
    ),
    *admin_rows(
        "library/publication", "Library in the admin", "publication", STAFF, WRITERS,
        ("translator", *WRITERS), None,
    ),
    Row("Library in the admin", "publish a paper of a meeting", DEED, PUBLISHERS),
    Row(
        "Library in the admin", "all that a meeting has to publish",
        "/admin/library/publication/from-meeting/{council.pk}/", PUBLISHERS,
    ),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name; `council` and `body_paper` are those of the meetings."""
    world.publication = make_publication()
    world.shelf_file = make_file(world.publication)
    world.draft_publication = make_publication("draft", status="draft", published_at=None)
    world.hidden_file = make_file(world.draft_publication)

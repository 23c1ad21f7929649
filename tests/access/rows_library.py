"""Rows for the library."""

from types import SimpleNamespace

from library.tests.factories import make_file, make_publication, make_series
from tests.access.cells import EVERYBODY, NOBODY, STAFF, Row, admin, cabinet, who
from tests.access.rows_admin import admin_rows

WRITERS = ("editor", "events", "lead")
READERS = who("superuser", *STAFF, visitor="404", others="404")
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
        "/ru/library/{draft_publication.slug}/{hidden_file.pk}/", READERS,
    ),
    Row(
        "Library", "fetch a file for members",
        "/ru/library/{publication.slug}/{members_file.pk}/",
        who("rep_a", "rep_b", "superuser", *STAFF, visitor="404", others="404"),
    ),
    Row(
        "Library", "fetch a file for staff",
        "/ru/library/{staff_shelf.slug}/{staff_file.pk}/", READERS,
    ),
    Row("Library", "papers for members", "/ru/cabinet/{a.slug}/library/", cabinet("rep_a")),
    *admin_rows(
        "library/series", "Series of the library", "shelf_series", STAFF, WRITERS,
        ("translator", *WRITERS), WRITERS,
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
    world.members_file = make_file(world.publication, "en", audience="members")
    world.staff_shelf = make_publication("staff-shelf")
    world.staff_file = make_file(world.staff_shelf, audience="staff")
    world.shelf_series = make_series()

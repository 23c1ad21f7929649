"""Rows for drafts under discussion and calls for contributions."""

from types import SimpleNamespace

from consultations.tests.factories import (
    make_call,
    make_chapter,
    make_comment,
    make_consultation,
    make_contribution,
)
from tests.access.cells import EVERYBODY, NOBODY, STAFF, Row, admin, cabinet
from tests.access.rows_admin import admin_rows

WRITERS = ("editor", "lead")
TEXTS = "/ru/cabinet/{a.slug}/texts/"
CALL = "/admin/consultations/call/{contribution_call.pk}/"

ROWS = [
    Row("Texts under discussion", "list", "/ru/consultations/", EVERYBODY),
    Row("Texts under discussion", "read", "/ru/consultations/{draft_text.slug}/", EVERYBODY),
    Row("Texts under discussion", "read one that is hidden",
        "/ru/consultations/{hidden_text.slug}/", NOBODY),
    Row("Calls for contributions", "read", "/ru/consultations/calls/{contribution_call.slug}/",
        EVERYBODY),
    Row("Texts of city A", "see what is asked", TEXTS, cabinet("rep_a")),
    Row("Texts of city A", "comment on a draft", TEXTS + "drafts/{draft_text.slug}/",
        cabinet("rep_a")),
    Row("Texts of city A", "write a contribution", TEXTS + "reports/{contribution_call.slug}/",
        cabinet("rep_a")),
    Row("Texts of city A", "withdraw a comment", TEXTS + "comments/{city_comment.pk}/withdraw/",
        cabinet("rep_a"), "post"),
    *admin_rows("consultations/consultation", "Drafts in the admin", "hidden_text", STAFF, WRITERS,
                ("translator", *WRITERS), None),
    *admin_rows("consultations/call", "Calls for contributions in the admin", "contribution_call",
                STAFF, WRITERS, ("translator", *WRITERS), None),
    *admin_rows("consultations/comment", "Comments of cities", "city_comment", WRITERS, None,
                WRITERS, None),
    *admin_rows("consultations/contribution", "Contributions of cities", "contribution", WRITERS,
                None, WRITERS, None),
    *admin_rows("consultations/chapter", "Chapters of reports", "chapter", WRITERS, WRITERS,
                WRITERS, WRITERS),
    Row("Chapters of reports", "put together", CALL + "assemble/", admin(*WRITERS)),
    Row("Chapters of reports", "fetch the report", CALL + "report-ru.docx", admin(*WRITERS)),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.draft_text = make_consultation()
    world.hidden_text = make_consultation("hidden-text", status="draft", published_at=None)
    world.city_comment = make_comment(world.draft_text, world.a)
    world.contribution_call = make_call()
    world.contribution = make_contribution(world.contribution_call, world.b)
    world.chapter = make_chapter(world.contribution_call)

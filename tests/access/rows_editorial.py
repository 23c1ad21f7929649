"""Access to the editorial desk."""

from types import SimpleNamespace

from accounts.tests.factories import make_user
from editorial import preview_links, reviews
from news.tests.factories import make_article
from tests.access.cells import EVERYBODY, OVER, STAFF, Row, admin
from tests.access.rows_admin import admin_rows

DESK = "/admin/editorial/review/desk/news.article/{reviewed.pk}/"
WRITERS = admin("translator", "editor", "lead")
PUBLISHERS = admin("editor", "lead")


def add_objects(world: SimpleNamespace) -> None:
    """An article in review that somebody else asked for, links to it."""
    author = make_user("author@example.org", roles=["editor"])
    world.reviewed = make_article("reviewed", status="draft", published_at=None)
    world.review = reviews.ask(world.reviewed, author)
    world.preview_token = preview_links.make(world.reviewed, author, days=7)
    world.no_token = "x" * 43


def _deed(words: str, name: str, outcomes) -> Row:
    return Row("Editorial desk of an article", words, f"{DESK}deed/{name}/", outcomes, "post")


ROWS = [
    *admin_rows("editorial/review", "Reviews", "review", STAFF, None, None, None),
    Row("Editorial desk of an article", "open", DESK, admin(*STAFF)),
    _deed("ask for a review", "ask", WRITERS),
    _deed("comment", "comment", WRITERS),
    _deed("make a preview link", "link", WRITERS),
    _deed("approve", "approve", PUBLISHERS),
    _deed("return with comments", "return", PUBLISHERS),
    _deed("publish", "publish", PUBLISHERS),
    _deed("correct", "correct", PUBLISHERS),
    _deed("withdraw", "withdraw", PUBLISHERS),
    Row("Editorial desk of an article", "be seen at work", f"{DESK}presence/", WRITERS, "post"),
    Row("Revisions of an article", "list", f"{DESK}revisions/", admin(*STAFF)),
    Row(
        "Revisions of an article", "compare", f"{DESK}revisions/compare/?older=1&newer=2",
        admin(*STAFF),
    ),
    Row("Revisions of an article", "restore", f"{DESK}revisions/1/restore/", PUBLISHERS, "post"),
    Row("Preview link", "read", "/ru/preview/{preview_token}/", EVERYBODY),
    Row("Preview link", "one that never was", "/en/preview/{no_token}/",
        OVER),
]  # fmt: skip

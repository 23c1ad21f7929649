"""Rows for practices."""

import uuid
from types import SimpleNamespace

from practices.tests.factories import (
    make_adoption,
    make_draft,
    make_practice,
    make_practice_file,
    make_sent,
)
from tests.access.cells import EVERYBODY, NOBODY, STAFF, Row, admin, cabinet, who
from tests.access.rows_admin import admin_rows

MODERATORS = ("editor", "lead")
OWN = "/ru/cabinet/{a.slug}/practices/"
KEY = {"form_key": str(uuid.UUID(int=7_001))}

ROWS = [
    Row("Practices", "list", "/ru/practices/", EVERYBODY),
    Row("Practices", "read", "/ru/practices/{practice.slug}/", EVERYBODY),
    Row(
        "Practices", "fetch a file", "/ru/practices/{practice.slug}/{practice_file.pk}/", EVERYBODY
    ),
    Row("Practices", "read a draft", "/ru/practices/{sent_practice.slug}/", NOBODY),
    Row(
        "Practices", "fetch a file of a draft",
        "/ru/practices/{sent_practice.slug}/{sent_practice_file.pk}/",
        who("rep_a", "superuser", *STAFF, visitor="404", others="404"),
    ),
    Row("Practices of city A", "list", OWN, cabinet("rep_a")),
    Row("Practices of city A", "write a new one", f"{OWN}new/", cabinet("rep_a")),
    Row("Practices of city A", "open one", f"{OWN}{{written_practice.pk}}/", cabinet("rep_a")),
    Row(
        "Practices of city A", "answer whether it runs", f"{OWN}{{written_practice.pk}}/",
        cabinet("rep_a"), "post",
    ),
    Row(
        "Practices of city A", "change one", f"{OWN}{{written_practice.pk}}/change/",
        cabinet("rep_a"),
    ),
    Row(
        "Practices of city A", "save one", f"{OWN}{{written_practice.pk}}/change/",
        cabinet("rep_a"), "post", KEY,
    ),
    Row(
        "Practices of city A", "send one", f"{OWN}{{written_practice.pk}}/send/",
        cabinet("rep_a"), "post",
    ),
    Row(
        "Practices of city A", "take one back", f"{OWN}{{written_practice.pk}}/take-back/",
        cabinet("rep_a"), "post",
    ),
    Row(
        "Practices of city A", "tell that it used another's",
        f"{OWN}adopt/{{practice.slug}}/", cabinet("rep_a"),
    ),
    *admin_rows(
        "practices/practice", "Practices in the admin", "written_practice", STAFF, MODERATORS,
        ("translator", *MODERATORS), None,
    ),
    *admin_rows(
        "practices/adoption", "Adoptions of practices", "adoption", STAFF, None, None, MODERATORS,
    ),
    Row(
        "Practices in the admin", "decide on one",
        "/admin/practices/practice/{sent_practice.pk}/decide/", admin(*MODERATORS),
    ),
    Row(
        "Practices in the admin", "make one of a laureate",
        "/admin/practices/practice/from-laureate/{laureate.pk}/", admin(*MODERATORS), "post",
    ),
    Row(
        "Practices in the admin", "make one of an entry",
        "/admin/practices/practice/from-entry/{entry_of_a.pk}/", admin("lead"), "post",
    ),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """A public practice of city B, a written and a sent one of city A."""
    world.practice = make_practice(world.b)
    world.practice_file = make_practice_file(world.practice)
    world.written_practice = make_draft(world.a)
    world.sent_practice = make_sent(world.a)
    world.sent_practice_file = make_practice_file(world.sent_practice)
    world.adoption = make_adoption(make_practice(world.b), world.a)

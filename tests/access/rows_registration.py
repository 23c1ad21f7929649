"""Rows for delegations: asking after the deadline, deciding, quotas."""

from events.tests.factories import make_change_request
from tests.access.cells import Row, admin, cabinet
from tests.access.rows_admin import admin_rows

A = "/ru/cabinet/{a.slug}/"
EVENT = A + "events/{event.slug}/"
KEEPERS = ("events", "lead")


def add_objects(world) -> None:
    world.change_request = make_change_request(world.delegation)


ROWS = [
    *admin_rows(
        "events/changerequest", "Changes of delegations after the deadline", "change_request",
        KEEPERS, None, KEEPERS, None,
    ),
    Row(
        "Delegation of city A", "take a late request back", EVENT + "take-back/",
        cabinet("rep_a"), "post",
    ),
    Row(
        "Delegation of city A", "paste people into the form", EVENT, cabinet("rep_a"), "post",
        {"paste": "1", "pasted": "Анна Ким"},
    ),
    Row(
        "Participants in the admin", "decide about those of an event",
        "/admin/events/participant/decisions/{event.pk}/", admin(*KEEPERS),
    ),
]  # fmt: skip

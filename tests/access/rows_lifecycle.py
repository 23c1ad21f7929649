"""Rows for applications, statuses, the directory and its files."""

from types import SimpleNamespace

from django.core import signing

from members.models import CountingRule, Prospect
from members.tests.applicants import make_application
from tests.access.cells import EVERYBODY, NOBODY, Row, admin
from tests.access.rows_admin import admin_rows

APPLICATION = "/admin/members/membershipapplication/{application.pk}/deed/"
STATUS = "/admin/members/member/{a.pk}/status/"
READERS, DECIDERS = ("editor", "finance", "lead"), admin("lead")

ROWS: list[Row] = [
    Row("Members", "directory as of a year", "/ru/members/?as_of=2015", EVERYBODY),
    Row("Members", "map", "/ru/members/map/", EVERYBODY),
    Row("Members", "directory as a file", "/ru/members/export.csv", EVERYBODY),
    Row("Members", "directory as a file of an unknown kind", "/ru/members/export.doc", NOBODY),
    Row("Members", "anniversaries", "/ru/members/anniversaries/", EVERYBODY),
    Row("Joining", "how it goes", "/ru/members/how-to-join/", EVERYBODY),
    Row("Joining", "open the application", "/ru/members/join/", EVERYBODY),
    Row("Joining", "send an empty application", "/ru/members/join/", EVERYBODY, "post"),
    Row("Joining", "thanks, by the signed address", "/ru/members/join/sent/{sent}/", EVERYBODY),
    Row("Joining", "thanks, by a forged address", "/ru/members/join/sent/{sent}x/", NOBODY),
    Row("Status of a member", "open the form", STATUS, admin("finance", "lead")),
    Row("Status of a member", "send an empty form", STATUS, admin("finance", "lead"), "post"),
    *admin_rows(
        "members/membershipapplication", "Applications for membership", "application",
        READERS, None, ("lead",), None,
    ),
    *(
        Row("Applications for membership", f"{deed}: open the form", f"{APPLICATION}{deed}/",
            DECIDERS)
        for deed in ("before-body", "accept", "refuse", "withdraw")
    ),
    Row("Applications for membership", "accept with an empty form", f"{APPLICATION}accept/",
        DECIDERS, "post"),
    *admin_rows(
        "members/countingrule", "Rules of counting", "rule",
        READERS, ("finance", "lead"), ("finance", "lead"), ("finance", "lead"),
    ),
    *admin_rows(
        "members/prospect", "Prospective members", "prospect",
        ("editor", "lead"), ("lead",), ("lead",), ("lead",),
    ),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.application = make_application()
    world.sent = signing.dumps(world.application.pk, salt="members.application")
    world.rule = CountingRule.objects.create(counts_from="decision")
    world.prospect = Prospect.objects.create(name_en="Nowhere", country=world.a.country)

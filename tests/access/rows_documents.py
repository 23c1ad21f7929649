"""Rows for numbered documents and their public check, approvals, links of members."""

from types import SimpleNamespace

from django.db import transaction
from django.utils import timezone

from content import approvals
from members import certificate
from members.models import LinkCheck
from tests.access.cells import EVERYBODY, Row, admin, cabinet
from tests.access.rows_admin import admin_rows

PAPERS = "/admin/content/issueddocument/{certificate.pk}/"
CABINET = "/ru/cabinet/{a.slug}/"
REGISTER = "Register of documents"

MODELS = [
    (
        "content/issueddocument", REGISTER, "certificate",
        ("awards", "editor", "finance", "lead"), None, None, None,
    ),
    (
        "content/approval", "Approvals", "second_yes",
        ("awards", "editor", "ratings", "lead"), None, None, None,
    ),
    ("members/linkcheck", "Links of members", "link_check", ("editor", "lead"), None, None, None),
]  # fmt: skip

ROWS: list[Row] = [
    Row("Check of documents", "form", "/ru/check/", EVERYBODY),
    Row("Check of documents", "one document", "/ru/check/{certificate.code}/", EVERYBODY),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row(REGISTER, "the paper", PAPERS + "file/", admin("awards", "editor", "finance", "lead")),
    Row(REGISTER, "issue anew", PAPERS + "reissue/", admin("awards", "finance", "lead")),
    Row(REGISTER, "revoke", PAPERS + "revoke/", admin("awards", "finance", "lead")),
    Row(REGISTER, "revoke, sent", PAPERS + "revoke/", admin("awards", "finance", "lead"), "post"),
    Row(
        "Members in the admin", "issue a certificate",
        "/admin/members/member/{b.pk}/certificate/", admin("finance", "lead"),
    ),
    Row("Certificate of city A", "fetch", CABINET + "certificate.pdf", cabinet("rep_a")),
    Row("Links of city A", "open", CABINET + "links/", cabinet("rep_a")),
    Row(
        "Links of city A", "answer", CABINET + "links/", cabinet("rep_a"), "post",
    ),
    Row(
        "Links of members", "take over the new addresses", "/admin/members/linkcheck/",
        admin("editor", "lead"), "post", {"action": "take_over", "_selected_action": "0"},
    ),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    lead = world.people["lead"]
    world.certificate = certificate.issue(world.a, lead)
    world.second_yes = approvals.ask("test.deed", world.a, "digest", lead)
    world.link_check = LinkCheck.objects.create(
        member=world.a, field="website", url="https://old.example/", result="moved",
        target="https://new.example/", checked_at=timezone.now(), asked_at=timezone.now(),
    )  # fmt: skip

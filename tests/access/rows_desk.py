"""Rows for representatives, departments, yearly confirmation, hand-over, letters on paper."""

import datetime
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from content.pictures import CheckedPicture
from members import departments, handover, moderation
from members.models import Confirmation
from tests.access.cells import Row, admin, cabinet
from tests.access.rows_admin import admin_rows

A = "/ru/cabinet/{a.slug}/"
DEPARTMENT = A + "departments/{department.pk}/"
OTHERS_DEPARTMENT = "/ru/cabinet/{b.slug}/departments/{department.pk}/"
LETTER = "/admin/members/member/{a.pk}/letter/"

ROWS: list[Row] = [
    Row("Cabinet of city A", "own photos", A + "photos/", cabinet("rep_a")),
    Row("Cabinet of city A", "send own photos", A + "photos/", cabinet("rep_a"), "post"),
    Row(
        "Cabinet of city A", "a picture that waits", A + "waiting/gallery_1/", cabinet("rep_a"),
    ),
    Row("Representatives of city A", "list", A + "representatives/", cabinet("rep_a")),
    Row("Representatives of city A", "invite", A + "representatives/", cabinet("rep_a"), "post"),
    Row(
        "Representatives of city A", "set a last day",
        A + "representatives/{former_mandate.pk}/end/", cabinet("rep_a"),
    ),
    Row("Departments of city A", "list", A + "departments/", cabinet("rep_a")),
    Row("Departments of city A", "add", A + "departments/new/", cabinet("rep_a")),
    Row("Departments of city A", "open", DEPARTMENT, cabinet("rep_a")),
    Row("Departments of city A", "open through the cabinet of B", OTHERS_DEPARTMENT, cabinet()),
    Row("Departments of city A", "save", DEPARTMENT, cabinet("rep_a"), "post"),
    Row("Yearly confirmation of city A", "open", A + "confirmation/", cabinet("rep_a")),
    Row("Yearly confirmation of city A", "confirm", A + "confirmation/", cabinet("rep_a"), "post"),
    Row("Hand-over of a mandate for city A", "open", A + "handover/", cabinet("former")),
    Row("Hand-over of a mandate for city A", "send", A + "handover/", cabinet("former"), "post"),
    Row("Members in the admin", "enter by letter", LETTER, admin("editor", "lead")),
    Row("Members in the admin", "save by letter", LETTER, admin("editor", "lead"), "post"),
    *admin_rows("members/handover", "Hand-overs", "handover", ("lead",), None, ("lead",), None),
    *admin_rows(
        "members/confirmation", "Yearly confirmations", "confirmation",
        ("editor", "lead"), None, ("lead",), None,
    ),
    *admin_rows(
        "members/department", "Departments in the admin", "department",
        ("editor", "lead"), ("editor", "lead"), ("editor", "lead"), ("lead",),
    ),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """A department, an open question, and the letter of the representative who left."""
    today = timezone.localdate()
    world.department = departments.save(
        world.a, None, {"name_ru": "Отдел", "name_en": "", "email": "", "phone": ""}, [],
        world.people["rep_a"],
    )  # fmt: skip
    world.confirmation = Confirmation.objects.create(
        member=world.a, year=today.year, opened_on=today,
        deadline=today + datetime.timedelta(days=42),
    )  # fmt: skip
    moderation.propose(
        world.a, world.people["rep_a"], {},
        {"gallery_1": moderation.ProposedPicture(CheckedPicture(b"picture", 500, 500), "Мост")},
    )  # fmt: skip
    world.former_mandate = world.people["former"].mandates.get()
    world.handover = handover.ask(
        world.former_mandate, email="next@example.org", full_name="Next", language="en",
        letter=SimpleUploadedFile("letter.pdf", b"%PDF-1.7 letter"),
    )  # fmt: skip

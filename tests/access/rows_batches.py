"""Rows for batches of works, for children and their consents, look-alikes and copies on paper."""

from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from awards import batches, consents, entering, entrant_links, works
from awards.models import BatchRow, LookAlike, PrintedCopy
from awards.tests.batches import archive, child, painted, table
from awards.tests.factories import (
    make_author,
    make_award,
    make_category,
    make_entrant,
    make_entry,
    make_round,
)
from content.dated import today
from tests.access.cells import EVERYBODY, NOBODY, SIGN_IN, Row, admin, cabinet, who
from tests.access.rows_admin import admin_rows

KEEPERS = ("awards", "lead")
HOW = "/awards/{batch_round.award.slug}/{batch_round.slug}/batch/"
A, B = "/ru/cabinet/{a.slug}" + HOW, "/ru/cabinet/{b.slug}" + HOW
ONE = "{batch_of_a.key}/"
CONSENT = ONE + "rows/{waiting_row.pk}/consent/"
LINK, GUESSED = "/ru/entries/{school_token}/batch/", "/ru/entries/{school_token}x/batch/"
CHILD = "/admin/awards/author/{child.pk}/"
SCAN = "/admin/awards/author/scan/{guardian_consent.pk}/"
PAIR = "/admin/awards/lookalike/{alike.pk}/"
BATCH, SCHOOL = "Batch of city A", "Batch of a school without an account"
CHILDREN, ALIKE = "Children and consents of guardians", "Works that look alike"
BY_NUMBER = who(*KEEPERS, "superuser", visitor=SIGN_IN, others="404")

ROWS: list[Row] = [
    Row(BATCH, "form and sent batches", A, cabinet("rep_a")),
    Row(BATCH, "send", A, cabinet("rep_a"), "post"),
    Row(BATCH, "template", A + "template.xlsx", cabinet("rep_a")),
    Row(BATCH, "report", A + ONE, cabinet("rep_a")),
    Row(BATCH, "report through the cabinet of B", B + ONE, cabinet()),
    Row(BATCH, "send again", A + ONE, cabinet("rep_a"), "post"),
    Row(BATCH, "send again through the cabinet of B", B + ONE, cabinet(), "post"),
    Row(BATCH, "add a consent", A + CONSENT, cabinet("rep_a"), "post"),
    Row(BATCH, "add a consent through the cabinet of B", B + CONSENT, cabinet(), "post"),
    Row(BATCH, "its archive by number", "/files/{batch_of_a.archive_id}/",
        who("lead", "awards", "superuser", visitor=SIGN_IN, others="404")),
    Row(SCHOOL, "form and sent batches, by the link", LINK, EVERYBODY),
    Row(SCHOOL, "by a guessed link", GUESSED, NOBODY),
    Row(SCHOOL, "template", LINK + "template.xlsx", EVERYBODY),
    Row(SCHOOL, "the batch of A by the link of a school", LINK + ONE, NOBODY),
    Row(SCHOOL, "send again the batch of A", LINK + ONE, NOBODY, "post"),
    Row(SCHOOL, "add a consent in the batch of A", LINK + CONSENT, NOBODY, "post"),
    *admin_rows("awards/author", CHILDREN, "child", KEEPERS, None, None, None),
    Row(CHILDREN, "record a consent", CHILD + "consent/", admin(*KEEPERS)),
    Row(CHILDREN, "withdraw a consent", CHILD + "withdraw/entry/", admin(*KEEPERS)),
    Row(CHILDREN, "open a signed sheet", SCAN, admin(*KEEPERS)),
    Row(CHILDREN, "a signed sheet by number", "/files/{guardian_consent.scan_id}/", BY_NUMBER),
    *admin_rows("awards/batch", "Batches in the admin", "batch_of_a", KEEPERS, None, None, None),
    *admin_rows("awards/lookalike", ALIKE, "alike", KEEPERS, None, None, None),
    Row(ALIKE, "a picture", PAIR + "work/new/", admin(*KEEPERS)),
    *admin_rows("awards/printedcopy", "Copies on paper", "paper_copy", KEEPERS, KEEPERS, KEEPERS,
                KEEPERS),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    rep_a = world.people["rep_a"]
    round = world.batch_round = make_round(
        make_award("batches"), "batches", is_for_children=True, admits_batches=True
    )
    category = make_category(round)
    entrant = entering.of_member(round, world.a)
    world.batch_of_a = batches.send(
        entrant, rep_a, archive=archive({"01.jpg": painted(1)}), table=table([child(1)])
    )
    school = make_entrant(round)
    entrant_links.keep(school)
    world.school_token = entrant_links.token(school)
    first, second = (make_entry(entrant, category) for _number in range(2))
    works.keep_work(first, painted(1), None)
    works.keep_work(second, painted(1), None)
    world.child = make_author(first)
    sheet = SimpleUploadedFile("sheet.pdf", b"%PDF-1.7 sheet")
    world.guardian_consent = consents.give(world.child, "entry", today(), sheet, None)
    make_author(second)
    world.waiting_row = BatchRow.objects.create(
        batch=world.batch_of_a, name="02.jpg", number=3, state="no_consent", entry=second
    )
    world.alike = LookAlike.objects.create(entry=second, other=first, distance=0)
    world.paper_copy = PrintedCopy.objects.create(entry=first, what="Каталог")

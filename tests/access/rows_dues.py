"""Rows for fee scales, invoices, statements."""

from types import SimpleNamespace

from django.db import transaction

from content import dated
from dues.models import IssueRun, Reminder
from dues.tests.factories import make_group, make_invoice, make_payee, make_scale, pay
from tests.access.cells import Row, admin, cabinet
from tests.access.rows_admin import SHUT, admin_rows

KEEPERS = ("finance", "lead")
A = "/ru/cabinet/{a.slug}/dues/"
INVOICE = "/admin/dues/invoice/"
ONE = INVOICE + "{invoice.pk}/"
LETTER = "/admin/dues/reminder/{dues_reminder.pk}/letter.pdf"
CABINET, DESK = "Dues of city A in its cabinet", "Invoices in the admin"

MODELS = [
    ("dues/feescale", "Fee scales", "scale", KEEPERS, KEEPERS, KEEPERS, KEEPERS),
    ("dues/countrygroup", "Groups of countries", "group", KEEPERS, KEEPERS, KEEPERS, KEEPERS),
    ("dues/payee", "Payees", "payee", KEEPERS, KEEPERS, KEEPERS, ()),
    ("dues/invoice", DESK, "invoice", KEEPERS, KEEPERS, None, None),
    ("dues/reminder", "Reminders of dues", "dues_reminder", KEEPERS, None, KEEPERS, None),
]  # fmt: skip

ROWS: list[Row] = [
    Row(CABINET, "open", A, cabinet("rep_a")),
    Row(CABINET, "an invoice as PDF", A + "{invoice.number}.pdf", cabinet("rep_a")),
    Row(CABINET, "statement as PDF", A + "statement.pdf", cabinet("rep_a")),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row("Fee scales", "copy to the next year", "/admin/dues/feescale/{scale.pk}/copy/",
        admin(*KEEPERS), "post"),
    Row(DESK, "PDF", ONE + "invoice.pdf", admin(*KEEPERS)),
    Row(DESK, "record a payment", ONE + "pay/", admin(*KEEPERS)),
    Row(DESK, "cancel", ONE + "cancel/", admin(*KEEPERS)),
    Row(DESK, "take a payment back", INVOICE + "payments/{payment.pk}/reverse/", admin(*KEEPERS)),
    Row(DESK, "totals", INVOICE + "totals/", admin(*KEEPERS)),
    Row(DESK, "totals as a table", INVOICE + "totals.csv", admin(*KEEPERS)),
    Row(DESK, "list as a table", INVOICE + "list.xlsx", admin(*KEEPERS)),
    Row(DESK, "statement of a member", INVOICE + "statement/{a.pk}/", admin(*KEEPERS)),
    Row(DESK, "statement as PDF", INVOICE + "statement/{a.pk}/statement.pdf", admin(*KEEPERS)),
    Row("Issues of invoices", "list", "/admin/dues/issuerun/", admin(*KEEPERS)),
    Row("Issues of invoices", "preview", "/admin/dues/issuerun/add/", admin(*KEEPERS)),
    Row("Issues of invoices", "confirm", "/admin/dues/issuerun/add/", admin(*KEEPERS), "post"),
    Row("Issues of invoices", "open", "/admin/dues/issuerun/{issue.pk}/change/", admin(*KEEPERS)),
    Row("Issues of invoices", "do it now", "/admin/dues/issuerun/{issue.pk}/change/",
        admin(*KEEPERS), "post"),
    Row("Issues of invoices", "delete", "/admin/dues/issuerun/{issue.pk}/delete/", SHUT),
    Row("Reminders of dues", "letter on paper", LETTER, admin(*KEEPERS)),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.scale, world.group, world.payee = make_scale(), make_group(), make_payee()
    world.invoice = make_invoice(world.a)
    world.payment = pay(world.invoice, "1")
    today = dated.today()
    world.issue = IssueRun.objects.create(year=today.year, issued_on=today)
    world.dues_reminder = Reminder.objects.create(
        invoice=world.invoice, rung=5, reached="letter", taken_on=today
    )

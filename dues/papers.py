"""Invoice, statement and reminder as PDF: one file, one language after the other.

All they say of an invoice is what was kept with it on the day of issue.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import documents
from content.dates import day_text
from content.languages import in_language, reading_order
from dues.models import Invoice, Reminder
from dues.money import money_text, number_text
from dues.statement import Account, statement_of
from members.models import Member

TEMPLATE = "dues/pdf/paper.typ"
Part = dict[str, Any]


def invoice_pdf(invoice: Invoice, language: str) -> bytes:
    """The invoice, with its cancellation where it was cancelled; the reader's language first."""
    return _paper(lambda: _invoice_part(invoice), invoice.number, language, invoice.issued_on)


def statement_pdf(member: Member, until: datetime.date, language: str) -> bytes:
    """The statement of a member at the end of a day."""
    return _paper(lambda: _statement_part(member, until), None, language, until)


def reminder_pdf(reminder: Reminder, language: str, day: datetime.date) -> bytes:
    """The letter on paper of a rung, for staff to sign and post on that day.

    Expects `reminder.invoice` with its state on that day (`with_state`).
    """
    return _paper(
        lambda: _reminder_part(reminder.invoice, day), reminder.invoice.number, language, day
    )


def _paper(
    part: Callable[[], Part], number: str | None, language: str, day: datetime.date
) -> bytes:
    parts = []
    for code in reading_order(language):
        with translation.override(code):
            parts.append({"language": code, **part()})
    return documents.pdf(
        TEMPLATE,
        {"parts": parts, "number": number},
        title=parts[0]["title"],
        language=parts[0]["language"],
        day=day,
    )


def _part(title: str, **given: Any) -> Part:
    return {
        "title": title, "lead": [], "facts": [], "tables": [], "payee": [], "payee-title": "",
        "notes": [], "signatory": "", **given,
    }  # fmt: skip


def _text(values: dict[str, str], name: str) -> str:
    """A text of the payee in the reader's language, or in the other one."""
    return next((text for code in reading_order() if (text := values.get(f"{name}_{code}"))), "")


def _invoice_part(invoice: Invoice) -> Part:
    amount = money_text(invoice.amount, invoice.currency)
    subject = _("Membership due for %(year)s") % {"year": invoice.year}
    table = {
        "title": "",
        "headings": [_("Subject"), _("Amount")],
        "rows": [[f"{subject}. {in_language(invoice, 'basis')[0]}".strip(), amount]],
        "total": [_("To be paid"), amount],
        "numbers": [1],
        "widths": [1, 0],
    }
    return _part(
        _("Invoice %(number)s") % {"number": invoice.number},
        facts=[
            [_("Issued on"), day_text(invoice.issued_on)],
            [_("To be paid by"), day_text(invoice.due_on)],
            [_("Payer"), in_language(invoice, "member_name")[0]],
        ],
        tables=[table],
        payee=_payee_facts(invoice),
        notes=_invoice_notes(invoice),
        signatory=_text(invoice.payee, "signatory"),
        **{"payee-title": _("Pay to")},
    )


def _payee_facts(invoice: Invoice) -> list[list[str]]:
    kept = invoice.payee
    return [
        [_("Payee"), _text(kept, "legal_name")],
        [_("Postal address"), _text(kept, "address")],
        [_("Registration numbers"), kept.get("tax_numbers", "")],
        [_("Bank"), _text(kept, "bank")],
        [_("Account or IBAN"), kept.get("account", "")],
        [_("Codes of the bank"), kept.get("bank_codes", "")],
        [_("Purpose of the payment"), _("Membership due, invoice %(number)s")
         % {"number": invoice.number}],
    ]  # fmt: skip


def _invoice_notes(invoice: Invoice) -> list[str]:
    if not invoice.is_cancelled:
        return []
    note = invoice.credit_note
    words = _("This invoice was cancelled on %(day)s by credit note %(number)s: %(reason)s")
    given = {"day": day_text(note.issued_on), "number": note.number, "reason": note.reason}
    return [words % given]


def _statement_part(member: Member, until: datetime.date) -> Part:
    accounts = statement_of(member, until).accounts
    return _part(
        _("Statement of membership dues"),
        facts=[
            [_("Member"), in_language(member, "name")[0]],
            [_("As of the end of"), day_text(until)],
        ],
        tables=[_account_table(account) for account in accounts],
        notes=[] if accounts else [_("There are no invoices up to this day.")],
    )


def _account_table(account: Account) -> dict[str, Any]:
    def number(amount: Decimal) -> str:
        return number_text(amount) if amount else ""

    return {
        "title": account.currency,
        "headings": [_("Day"), _("Entry"), _("Charged"), _("Paid or cancelled"), _("Balance")],
        "rows": [
            [day_text(one.day), one.text, number(one.charge), number(one.credit),
             number_text(one.balance)]
            for one in account.entries
        ],
        "total": ["", _("Balance"), number(account.charged), number(account.credited),
                  money_text(account.balance, account.currency)],
        "numbers": [2, 3, 4],
        "widths": [0, 1, 0, 0, 0],
    }  # fmt: skip


def _reminder_part(invoice: Invoice, day: datetime.date) -> Part:
    days = max((day - invoice.due_on).days, 0)
    overdue = ngettext(
        "The due has been overdue for %(count)d day.",
        "The due has been overdue for %(count)d days.",
        days,
    ) % {"count": days}
    asked = _("We ask you to pay what is left, or to write to us what stands in the way.")
    return _part(
        _("Reminder of the membership due for %(year)s") % {"year": invoice.year},
        lead=[f"{overdue} {asked}"],
        facts=[
            [_("Member"), in_language(invoice, "member_name")[0]],
            [_("Invoice"), invoice.number],
            [_("Issued on"), day_text(invoice.issued_on)],
            [_("To be paid by"), day_text(invoice.due_on)],
            [_("Amount"), money_text(invoice.amount, invoice.currency)],
            [_("Left to pay"), money_text(invoice.rest, invoice.currency)],
        ],
        payee=_payee_facts(invoice),
        signatory=_text(invoice.payee, "signatory"),
        **{"payee-title": _("Pay to")},
    )

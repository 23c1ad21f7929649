"""The account of one member: all invoices, credit notes and payments with the running balance."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from dues.models import CreditNote, Invoice, Payment
from dues.models.invoices import ZERO
from members.models import Member


@dataclass(frozen=True)
class Entry:
    """One line. `charge` is owed more by it, `credit` less; `balance` is what is owed after it."""

    day: datetime.date
    text: str
    charge: Decimal
    credit: Decimal
    balance: Decimal = ZERO


@dataclass
class Account:
    """The lines in one currency, in their order."""

    currency: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def balance(self) -> Decimal:
        return self.entries[-1].balance if self.entries else ZERO

    @property
    def charged(self) -> Decimal:
        return sum((one.charge for one in self.entries), ZERO)

    @property
    def credited(self) -> Decimal:
        return sum((one.credit for one in self.entries), ZERO)


@dataclass
class Statement:
    """What stood between a member and the association at the end of a day."""

    member: Member
    until: datetime.date
    accounts: list[Account]


def statement_of(member: Member, until: datetime.date) -> Statement:
    """The statement in the language of the reader, in three queries; one account a currency."""
    own = {"invoice__member": member}
    found: dict[str, list[tuple]] = defaultdict(list)
    for invoice in Invoice.objects.filter(member=member, issued_on__lte=until):
        found[invoice.currency].append((invoice.issued_on, 0, invoice.pk, _invoice_entry(invoice)))
    notes = CreditNote.objects.filter(**own, issued_on__lte=until).select_related("invoice")
    for note in notes:
        found[note.invoice.currency].append((note.issued_on, 1, note.pk, _note_entry(note)))
    payments = Payment.objects.filter(**own, received_on__lte=until)
    for payment in payments.select_related("invoice", "reverses"):
        entry = _payment_entry(payment)
        found[payment.invoice.currency].append((payment.received_on, 2, payment.pk, entry))
    accounts = [_account(currency, sorted(rows)) for currency, rows in sorted(found.items())]
    return Statement(member, until, accounts)


def _account(currency: str, rows: list[tuple]) -> Account:
    account = Account(currency)
    for _day, _order, _pk, entry in rows:
        balance = account.balance + entry.charge - entry.credit
        account.entries.append(Entry(entry.day, entry.text, entry.charge, entry.credit, balance))
    return account


def _invoice_entry(invoice: Invoice) -> Entry:
    text = _("Invoice %(number)s, dues for %(year)s")
    words = text % {"number": invoice.number, "year": invoice.year}
    return Entry(invoice.issued_on, words, invoice.amount, ZERO)


def _note_entry(note: CreditNote) -> Entry:
    text = _("Credit note %(number)s: invoice %(invoice)s is cancelled (%(reason)s)")
    words = text % {"number": note.number, "invoice": note.invoice.number, "reason": note.reason}
    return Entry(note.issued_on, words, ZERO, note.invoice.amount)


def _payment_entry(payment: Payment) -> Entry:
    number = {"invoice": payment.invoice.number, "reference": payment.reference}
    if payment.reverses_id:
        words = _("Payment for invoice %(invoice)s taken back: %(reason)s")
        text = words % {**number, "reason": payment.reason}
        return Entry(payment.received_on, text, -payment.amount, ZERO)
    if payment.reference:
        text = _("Payment for invoice %(invoice)s, %(reference)s") % number
    else:
        text = _("Payment for invoice %(invoice)s") % number
    return Entry(payment.received_on, text, ZERO, payment.amount)

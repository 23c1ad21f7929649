"""Reminders of unpaid invoices, rung by rung. Each rung is a row, each mail is written once.

Representative, then the second one too, then the department, then a letter on paper that staff
post. A rung with nobody to write to is taken by the next one. After an outage only the rung of the
day is taken: nobody gets three letters at once.
"""

import datetime
import logging
from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from content import dated
from dues import letters
from dues.contacts import Addressee, Contacts, contacts_of
from dues.models import Invoice, Reminder
from mailing import outbox

logger = logging.getLogger(__name__)

Rung = Reminder.Rung
# Rung -> days after the last day to pay.
DAYS = {Rung.BEFORE: -14, Rung.DUE: 0, Rung.DAY: 1, Rung.MONTH: 30, Rung.TWO_MONTHS: 60}
AT_ONCE = 200


def climb(day: datetime.date | None = None) -> int:
    """Take the rung of that day for every unpaid invoice; says how many rows were written.

    An invoice that fails keeps no other one waiting: it is logged, counted in the log, and tried
    again on the next day.
    """
    day = day or dated.today()
    counts: Counter = Counter()
    for pks in _chunks(_waiting(day)):
        counts.update(_take_apart(pks, day))
    if counts["broken"]:
        logger.error("%s invoices could not be reminded of", counts["broken"])
    return counts["written"]


def rung_on(invoice: Invoice, day: datetime.date) -> Rung | None:
    """The highest rung an invoice has come to; before its issue there was none to take."""
    days = {rung: invoice.due_on + datetime.timedelta(days=count) for rung, count in DAYS.items()}
    reached = [rung for rung, at in days.items() if invoice.issued_on < at <= day]
    return reached[-1] if reached else None


def _waiting(day: datetime.date) -> list[int]:
    horizon = day - datetime.timedelta(days=DAYS[Rung.BEFORE])
    unpaid = Invoice.objects.unpaid(day).filter(due_on__lte=horizon, issued_on__lte=day)
    invoices = unpaid.annotate(highest=Max("reminders__rung")).only("issued_on", "due_on")
    return [
        one.pk
        for one in invoices.order_by("pk")
        if (rung := rung_on(one, day)) and rung > (one.highest or 0)
    ]


def _chunks(pks: list[int]) -> Iterable[list[int]]:
    return (pks[start : start + AT_ONCE] for start in range(0, len(pks), AT_ONCE))


def _take_apart(pks: list[int], day: datetime.date) -> Counter:
    """Take the rung of some invoices together; one by one where that fails."""
    try:
        with transaction.atomic():
            return Counter(written=_take(pks, day))
    except Exception:
        if len(pks) > 1:
            return sum((_take_apart([pk], day) for pk in pks), Counter())
        logger.exception("The ladder of invoice %s stands still", pks[0])
        return Counter(broken=1)


def _take(pks: list[int], day: datetime.date) -> int:
    """Rows and mails of some invoices; who records a payment meanwhile comes before or after."""
    locked = Invoice.objects.filter(pk__in=pks).select_for_update(of=("self",)).order_by("pk")
    held = [one.pk for one in locked]
    invoices = list(Invoice.objects.unpaid(day).filter(pk__in=held).select_related("member"))
    contacts = contacts_of((one.member_id for one in invoices), day)
    rows, mails = [], []
    for invoice in invoices:
        rung = rung_on(invoice, day)
        for reader in _readers(rung, contacts[invoice.member_id]):
            rows.append(_row(invoice, rung, day, reader))
            if reader:
                mails.append(letters.remind(invoice, rung, reader, day))
    before = Reminder.objects.filter(invoice__in=held).count()
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    outbox.write_many(mails)
    return Reminder.objects.filter(invoice__in=held).count() - before


def _readers(rung: Rung, contacts: Contacts) -> list[Addressee | None]:
    """Who is written to on a rung; None stands for a letter on paper."""
    if rung in (Rung.BEFORE, Rung.DUE):
        return contacts.nearest()
    if rung == Rung.DAY:
        return contacts.both() or [None]
    if rung == Rung.MONTH:
        return contacts.department or [None]
    return [None]


def _row(invoice: Invoice, rung: Rung, day: datetime.date, reader: Addressee | None) -> Reminder:
    return Reminder(
        invoice=invoice,
        rung=rung,
        reached=reader.reached if reader else Reminder.Reached.LETTER,
        email=reader.email.strip().lower() if reader else "",
        taken_on=day,
    )

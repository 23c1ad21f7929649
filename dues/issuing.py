"""Issuing invoices, for many members at once or for one, and cancelling them by a credit note."""

import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content import audit, dated, wake
from dues import letters, numbers, plan
from dues.models import Counter, CreditNote, Invoice, IssueRun, Payee
from mailing import outbox
from members.models import Member

TASK = "dues.tasks.run_issue"
AT_ONCE = 50  # invoices that are issued while the browser waits, and in one transaction
ONE_AT_A_TIME = 7_202_611  # any number that nothing else in this database locks
Line = plan.Line


def start(
    wanted: plan.Plan,
    issued_on: datetime.date,
    due_on: datetime.date | None,
    by: Any,
    *,
    tells: bool = True,
) -> IssueRun:
    """Issue the invoices of a plan, more than 50 in the background; `tells` writes the mails."""
    run_ = IssueRun.objects.create(
        year=wanted.year,
        issued_on=issued_on,
        due_on=due_on,
        lines=[line.as_json() for line in wanted.lines],
        total=len(wanted.lines),
        started_by=by,
    )
    if run_.total > AT_ONCE and tells:
        wake.after_commit(TASK, run_.pk)
    else:
        run(run_.pk, tells=tells)
        run_.refresh_from_db()
    return run_


def run(pk: int, *, tells: bool = True) -> None:
    """Issue what is left of a run, 50 in a transaction. A repeated call makes nothing twice."""
    while _next_batch(pk, tells):
        pass


@transaction.atomic
def _next_batch(pk: int, tells: bool) -> bool:
    """The next invoices of a run; says whether there were any left."""
    chosen = IssueRun.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if chosen is None or chosen.status == IssueRun.Status.DONE:
        return False
    lines = [Line(**row) for row in chosen.lines[chosen.handled :][:AT_ONCE]]
    if not lines:
        _finish(chosen)
        return False
    made = _issue(lines, chosen.year, chosen.issued_on, chosen.started_by, chosen, tells)
    chosen.issued = F("issued") + len(made)
    chosen.skipped = F("skipped") + len(lines) - len(made)
    chosen.save(update_fields=["issued", "skipped", "changed_at"])
    return True


def _finish(chosen: IssueRun) -> None:
    chosen.status, chosen.finished_at = IssueRun.Status.DONE, timezone.now()
    chosen.save(update_fields=["status", "finished_at", "changed_at"])
    audit.record(
        "dues.issued", chosen, chosen.started_by,
        f"Dues for {chosen.year}: {chosen.issued} invoices issued, {chosen.skipped} passed over",
    )  # fmt: skip


def _issue(
    lines: list[Line],
    year: int,
    issued_on: datetime.date,
    by: Any,
    chosen: IssueRun | None,
    tells: bool,
) -> list[Invoice]:
    """Write the invoices of members that have none of the year; others pass over."""
    _wait_for_others()
    wanted = {line.member for line in lines}
    existing = Invoice.objects.valid().filter(year=year, member__in=wanted)
    has_one = set(existing.values_list("member_id", flat=True))
    fresh = [line for line in lines if line.member not in has_one]
    payees = {code: _payee(code, issued_on) for code in {line.currency for line in fresh}}
    serials = numbers.take(Counter.Series.INVOICE, issued_on.year, len(fresh)) if fresh else []
    invoices = Invoice.objects.bulk_create(
        Invoice(
            series_year=issued_on.year,
            serial=serial,
            member_id=line.member,
            year=year,
            issued_on=issued_on,
            due_on=line.last_day,
            currency=line.currency,
            amount=line.money,
            member_name_ru=line.name_ru,
            member_name_en=line.name_en,
            basis_ru=line.basis_ru,
            basis_en=line.basis_en,
            population=line.population,
            population_year=line.population_year,
            payee=payees[line.currency],
            scale_id=line.scale,
            run=chosen,
            issued_by=by,
        )
        for serial, line in zip(serials, fresh, strict=True)
    )
    if tells:
        letters.tell_issued(invoices)
    return invoices


def _wait_for_others() -> None:
    """Hold back other issues until this transaction ends: two never write to the same member."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _payee(currency: str, day: datetime.date) -> dict[str, str]:
    payee = Payee.on(currency, day)
    if payee is None:
        raise ValidationError(
            _("Nobody to pay to is entered for %(currency)s on that day. Enter the payee first."),
            code="no_payee",
            params={"currency": currency},
        )
    return payee.snapshot()


@transaction.atomic
def issue_one(
    member: Member,
    year: int,
    by: Any,
    *,
    amount: Decimal | None = None,
    currency: str = "",
    due_on: datetime.date | None = None,
    note: dict[str, str] | None = None,
    tells: bool = True,
) -> Invoice:
    """Issue the invoice of one member today, by the scale or with an amount decided otherwise.

    An `amount` needs its `currency`, `due_on` and a `note` (`ru`, `en`) that says who decided so.
    Raises ValidationError when the member has an invoice of the year, when no rate fits, when the
    last day to pay is past or when no payee is entered.
    """
    today = dated.today()
    if Invoice.objects.valid().filter(member=member, year=year).exists():
        raise ValidationError(_("This member has an invoice for this year already."), code="twice")
    line = _line_of(member, year, today, due_on, amount, currency, note)
    if line.last_day < today:
        raise ValidationError({"due_on": _("The last day to pay is past. Give another one.")})
    made = _issue([line], year, today, by, None, tells)
    if not made:
        raise ValidationError(_("This member has an invoice for this year already."), code="twice")
    invoice = made[0]
    audit.record("dues.issued_one", invoice, by, f"{invoice.number}: {invoice.member_name_ru}")
    return invoice


def _line_of(member, year, today, due_on, amount, currency, note) -> Line:
    one = Member.objects.filter(pk=member.pk)
    if amount is None:
        found = plan.make(year, today, due_on, one)
        if found.problems:
            raise ValidationError(
                _("No invoice can be issued: %(why)s."), params={"why": found.problems[0].text}
            )
        return found.lines[0]
    named = one.with_name_on(today).get()
    return Line(
        member=member.pk,
        name_ru=named.dated_name_ru or "",
        name_en=named.dated_name_en or "",
        scale=None,
        currency=currency,
        amount=str(amount),
        due_on=due_on.isoformat(),
        basis_ru=(note or {}).get("ru", ""),
        basis_en=(note or {}).get("en", ""),
        population=None,
        population_year=None,
    )


@transaction.atomic
def cancel(invoice: Invoice, reason: str, by: Any) -> CreditNote:
    """Cancel an invoice by a credit note of today. Its number stays taken, the row unchanged.

    Raises ValidationError when it is cancelled already, when money came in for it that was not
    reversed, or without a reason.
    """
    invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    if invoice.is_cancelled:
        raise ValidationError(_("This invoice is cancelled already."), code="cancelled")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the invoice is cancelled.")})
    if invoice.paid_sum():
        raise ValidationError(
            _("Money came in for this invoice. Reverse the payments first."), code="paid"
        )
    today = dated.today()
    serial = numbers.take(Counter.Series.CREDIT_NOTE, today.year)[0]
    note = CreditNote.objects.create(
        series_year=today.year, serial=serial, invoice=invoice, issued_on=today,
        reason=reason.strip(), issued_by=by,
    )  # fmt: skip
    Invoice.objects.filter(pk=invoice.pk).update(is_cancelled=True)
    outbox.cancel_about(invoice)
    changes = {"is_cancelled": [False, True], "reason": ["", note.reason]}
    audit.record("dues.cancelled", invoice, by, f"{invoice.number}: {note.number}", changes)
    return note

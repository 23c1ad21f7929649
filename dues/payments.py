"""Money that came in, and its correction. The first payment may make an applicant a member."""

import datetime
from decimal import Decimal
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from content import audit, dated
from dues.models import Invoice, Payment
from dues.money import money_text
from mailing import outbox
from members import lifecycle
from members.models import CountingRule, StatusChange

A_YEAR = datetime.timedelta(days=366)


@transaction.atomic
def record(
    invoice: Invoice, amount: Decimal, received_on: datetime.date, by: Any, reference: str = ""
) -> Payment:
    """Enter a payment; where the rule says so, an accepted applicant counts from that day on.

    Raises ValidationError with the field it is about when the amount is not more than zero or more
    than what is left to pay, when the day is still to come or lies more than a year before the
    invoice, or when the invoice is cancelled.
    """
    invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    _refuse(invoice, amount, received_on)
    payment = Payment.objects.create(
        invoice=invoice, amount=amount, received_on=received_on, reference=reference, entered_by=by
    )
    if invoice.paid_sum() == invoice.amount:
        outbox.cancel_about(invoice)
    _begin_membership(invoice, received_on, by)
    words = money_text(amount, invoice.currency, "en")
    audit.record("dues.paid", invoice, by, f"{invoice.number}: {words}")
    return payment


def _refuse(invoice: Invoice, amount: Decimal, received_on: datetime.date) -> None:
    if invoice.is_cancelled:
        raise ValidationError(
            _("This invoice is cancelled. Enter the payment for another one."), code="cancelled"
        )
    if amount <= 0:
        _refuse_field("amount", _("An amount is more than zero."), "not_positive")
    if received_on > dated.today():
        text = _("This day is still to come. Enter the day the money came in.")
        _refuse_field("received_on", text, "future")
    if received_on < invoice.issued_on - A_YEAR:
        text = _("This is more than a year before the invoice. Check the year.")
        _refuse_field("received_on", text, "too_early")
    rest = invoice.amount - invoice.paid_sum()
    if amount > rest:
        words = _("%(rest)s is left to pay by this invoice. Enter no more for it; what is over "
                  "belongs to another invoice or goes back.")  # fmt: skip
        given = {"rest": money_text(rest, invoice.currency)}
        _refuse_field("amount", words % given, "too_much")


def _refuse_field(field: str, text: Any, code: str) -> NoReturn:
    raise ValidationError({field: ValidationError(text, code=code)})


def _begin_membership(invoice: Invoice, day: datetime.date, by: Any) -> None:
    """An accepted applicant counts from its first payment, where the rule it came under says so.

    That is the rule of the day of the decision.
    """
    status, step = lifecycle.step_on(invoice.member)
    if status != StatusChange.Status.ACCEPTED:
        return
    if lifecycle.counts_from(step.happened_on) == CountingRule.CountsFrom.PAYMENT:
        lifecycle.begin_membership(invoice.member, day, by=by)


@transaction.atomic
def reverse(payment: Payment, reason: str, by: Any) -> Payment:
    """Take a payment back by a negative row of today; both stay to be seen.

    Raises ValidationError without a reason, for a reversal, and for what was reversed already.
    A membership that the payment began is not ended: that is for staff to decide.
    """
    invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=payment.invoice_id)
    if payment.reverses_id or Payment.objects.filter(reverses=payment).exists():
        raise ValidationError(_("This payment is reversed already."), code="reversed")
    if not reason.strip():
        _refuse_field("reason", _("Say why the payment is reversed."), "required")
    reversal = Payment.objects.create(
        invoice=invoice, amount=-payment.amount, received_on=dated.today(), reverses=payment,
        reason=reason.strip(), reference=payment.reference, entered_by=by,
    )  # fmt: skip
    words = money_text(payment.amount, invoice.currency, "en")
    changes = {"reason": ["", reversal.reason]}
    audit.record("dues.reversed", invoice, by, f"{invoice.number}: {words}", changes)
    return reversal

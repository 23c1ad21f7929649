"""Invoices, their credit notes, the payments, and the counters of their numbers.

Rows of these tables are never changed or deleted: triggers refuse it (migration 0002). What became
of an invoice is told by the rows beside it.
"""

import datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import dated
from dues.models.runs import IssueRun
from dues.models.scales import DIGITS, YEARS, Currency, FeeScale
from members.models import Member

ZERO = Decimal("0.00")


class Counter(models.Model):
    """The last number of a series in a year. Taken under a lock that the transaction keeps."""

    class Series(models.TextChoices):
        INVOICE = "invoice", "invoice"
        CREDIT_NOTE = "credit", "credit note"

    series = models.CharField(max_length=7, choices=Series)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="dues_counter_one_a_year")
        ]

    def __str__(self):
        return f"{self.series} {self.year}: {self.last}"


class State(models.TextChoices):
    """What an invoice is on a day. Derived from payments and the day, never stored."""

    OPEN = "open", pgettext_lazy("an invoice", "to be paid")
    PARTLY = "partly", pgettext_lazy("an invoice", "partly paid")
    PAID = "paid", pgettext_lazy("an invoice", "paid")
    OVERDUE = "overdue", pgettext_lazy("an invoice", "overdue")
    CANCELLED = "cancelled", pgettext_lazy("an invoice", "cancelled")


def _money() -> models.DecimalField:
    return models.DecimalField(**DIGITS)


class InvoiceQuerySet(models.QuerySet):
    def for_user(self, user):
        """Invoices this person may see: staff for dues all, representatives their members' own."""
        if user.is_staff and user.has_perm("dues.view_invoice"):
            return self
        return self.filter(member__in=Member.objects.editable_by(user))

    def valid(self):
        """All that were not cancelled."""
        return self.filter(is_cancelled=False)

    def with_state(self, on: datetime.date | None = None):
        """Adds `paid`, `rest` (both exact, in the currency of the invoice) and `state` of a day.

        Payments that came in later than `on` are left out (today when not given).
        """
        day = on or dated.today()
        payments = Payment.objects.filter(invoice=OuterRef("pk"), received_on__lte=day)
        total = payments.order_by().values("invoice").annotate(sum=Sum("amount")).values("sum")
        return self.annotate(
            paid=Coalesce(Subquery(total), Value(ZERO), output_field=_money())
        ).annotate(
            rest=Case(
                When(is_cancelled=True, then=Value(ZERO)),
                default=F("amount") - F("paid"),
                output_field=_money(),
            ),
            state=Case(
                When(is_cancelled=True, then=Value(State.CANCELLED)),
                When(paid__gte=F("amount"), then=Value(State.PAID)),
                When(due_on__lt=day, then=Value(State.OVERDUE)),
                When(paid__gt=0, then=Value(State.PARTLY)),
                default=Value(State.OPEN),
                output_field=models.CharField(),
            ),
        )

    def unpaid(self, on: datetime.date | None = None):
        """Those that lack a part of their amount on that day, with `paid`, `rest`, `state`."""
        return self.valid().with_state(on).filter(rest__gt=0)

    def overdue(self, on: datetime.date | None = None):
        """Those whose last day to pay was before that day and that are not paid in full."""
        day = on or dated.today()
        return self.unpaid(day).filter(due_on__lt=day)


class Invoice(models.Model):
    """The due of one member for one year, with everything it says as it was on the day of issue."""

    series_year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="invoices", verbose_name=_("member")
    )
    year = models.PositiveSmallIntegerField(_("year of the dues"), validators=YEARS)
    issued_on = models.DateField(_("issued on"))
    due_on = models.DateField(_("to be paid by"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    amount = models.DecimalField(_("amount"), **DIGITS)
    # As they were on the day of issue: plain columns, a translation later changes nothing here.
    member_name_ru = models.CharField(max_length=150, blank=True)
    member_name_en = models.CharField(max_length=150, blank=True)
    basis_ru = models.CharField(max_length=500, blank=True)
    basis_en = models.CharField(max_length=500, blank=True)
    population = models.PositiveBigIntegerField(_("population"), null=True)
    population_year = models.PositiveSmallIntegerField(null=True)
    # `Payee.snapshot()` of the day.
    payee = models.JSONField(default=dict)
    scale = models.ForeignKey(
        FeeScale, null=True, on_delete=models.PROTECT, related_name="invoices",
        verbose_name=_("fee scale"),
    )  # fmt: skip
    run = models.ForeignKey(
        IssueRun, null=True, on_delete=models.PROTECT, related_name="invoices",
        verbose_name=_("issue of invoices"),
    )  # fmt: skip
    # The only column that changes, once, together with the credit note.
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("issued by"),
    )  # fmt: skip
    issued_at = models.DateTimeField(auto_now_add=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-series_year", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["series_year", "serial"], name="dues_invoice_number"),
            models.UniqueConstraint(
                fields=["member", "year"],
                condition=Q(is_cancelled=False),
                name="dues_invoice_one_a_year",
                violation_error_message=_("This member has an invoice for this year already."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="dues_invoice_amount_positive",
                violation_error_message=_("An invoice is about more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("issued_on")),
                name="dues_invoice_due_after_issue",
                violation_error_message=_("The last day to pay lies before the day of issue."),
            ),
            models.CheckConstraint(
                condition=Q(member_name_ru__gt="") | Q(member_name_en__gt=""),
                name="dues_invoice_name_given",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(is_cancelled=False), name="dues_invoice_due"
            )
        ]  # fmt: skip

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        """The number that is printed: 2026-0017."""
        return f"{self.series_year}-{self.serial:04d}"

    def paid_sum(self, on: datetime.date | None = None) -> Decimal:
        """What came in up to that day (all of it when not given)."""
        payments = self.payments.filter(received_on__lte=on) if on else self.payments
        return payments.aggregate(sum=Sum("amount"))["sum"] or ZERO


class CreditNote(models.Model):
    """The cancellation of an invoice: why, when, by whom; with a number of its own."""

    series_year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="credit_note")
    issued_on = models.DateField(_("issued on"))
    reason = models.CharField(_("reason"), max_length=500)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("issued by"),
    )  # fmt: skip
    issued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("credit note")
        verbose_name_plural = _("credit notes")
        ordering = ["-series_year", "-serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["series_year", "serial"], name="dues_creditnote_number"
            ),
            models.CheckConstraint(condition=Q(reason__gt=""), name="dues_creditnote_has_reason"),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        """The number that is printed: C-2026-0003."""
        return f"C-{self.series_year}-{self.serial:04d}"


class Payment(models.Model):
    """Money that came in for an invoice, or the reversal of such a row: negative, with a reason."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    received_on = models.DateField(_("received on"))
    amount = models.DecimalField(_("amount"), **DIGITS)
    reference = models.CharField(_("payment order or reference"), max_length=120, blank=True)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal",
        verbose_name=_("reverses"),
    )  # fmt: skip
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("entered by"),
    )  # fmt: skip
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount__gt=0, reason="")
                | Q(reverses__isnull=False, amount__lt=0, reason__gt=""),
                name="dues_payment_positive_or_reversal",
                violation_error_message=_("A payment is more than zero."),
            )
        ]

    def __str__(self):
        return f"{self.invoice}: {self.amount}"

"""What was asked for a year, what came in, what is open: by currency."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from content import dated
from dues.models import Invoice, State
from dues.models.invoices import ZERO


@dataclass(frozen=True)
class Total:
    """One year in one currency. `open` is what is not due yet, `overdue` what is; no cancelled."""

    year: int
    currency: str
    count: int
    issued: Decimal
    paid: Decimal
    open: Decimal
    overdue: Decimal
    late: int


def totals(year: int | None = None, on: datetime.date | None = None) -> list[Total]:
    """The totals of a year, or of all years, by year and currency; one query."""
    invoices = Invoice.objects.valid().with_state(on or dated.today())
    if year is not None:
        invoices = invoices.filter(year=year)
    late = Q(state=State.OVERDUE)
    rows = invoices.order_by().values("year", "currency").annotate(
        count=Count("pk"), issued=Sum("amount"), sum_paid=Sum("paid"),
        late=Count("pk", filter=late), overdue=Sum("rest", filter=late), left=Sum("rest"),
    )  # fmt: skip
    return [_total(row) for row in rows.order_by("-year", "currency")]


def _total(row: dict) -> Total:
    overdue = row["overdue"] or ZERO
    return Total(
        row["year"], row["currency"], row["count"], row["issued"], row["sum_paid"],
        row["left"] - overdue, overdue, row["late"],
    )  # fmt: skip


def open_sums(invoices: QuerySet[Invoice]) -> list[tuple[str, Decimal]]:
    """What is left to pay by these invoices (annotated by `with_state`), by currency."""
    rows = invoices.order_by().values("currency").annotate(left=Sum("rest")).filter(left__gt=0)
    return list(rows.order_by("currency").values_list("currency", "left"))

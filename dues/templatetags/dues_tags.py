"""Amounts and states of invoices as readers see them."""

from decimal import Decimal

from django import template

from dues.models import State
from dues.money import money_text

register = template.Library()

KINDS = {
    State.OPEN: "info", State.PARTLY: "warn", State.PAID: "good", State.OVERDUE: "bad",
    State.CANCELLED: "",
}  # fmt: skip


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """{{ invoice.amount|money:invoice.currency }}: "1,500.00 RUB"."""
    return money_text(amount, currency)


@register.filter
def state_words(state: str) -> str:
    """The state of an invoice in words: "partly paid"."""
    return State(state).label


@register.filter
def state_kind(state: str) -> str:
    """How the state is coloured, for `includes/status.html`."""
    return KINDS[State(state)]

from dues.models.invoices import Counter, CreditNote, Invoice, Payment, State
from dues.models.reminders import Reminder
from dues.models.runs import IssueRun
from dues.models.scales import (
    CountryGroup,
    CountryInGroup,
    Currency,
    FeeRate,
    FeeScale,
    Payee,
)

__all__ = [
    "Counter",
    "CountryGroup",
    "CountryInGroup",
    "CreditNote",
    "Currency",
    "FeeRate",
    "FeeScale",
    "Invoice",
    "IssueRun",
    "Payee",
    "Payment",
    "Reminder",
    "State",
]

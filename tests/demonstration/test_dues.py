"""The dues of the demonstration: every kind of state is there, kazan and bishkek among them."""

from collections import Counter

import pytest

from content.languages import LANGUAGE_CODES
from dues.models import FeeRate, Invoice, Reminder
from dues.totals import totals

pytestmark = pytest.mark.django_db


def test_dues_of_the_demonstration_are_alive():
    invoices = Invoice.objects.with_state()
    states = Counter(invoices.values_list("year", "state"))
    assert {state for year, state in states if year == 2026} == {
        "open", "partly", "paid", "overdue", "cancelled",
    }  # fmt: skip
    assert {state for year, state in states if year == 2025} == {"paid", "overdue"}
    valid = Counter(Invoice.objects.valid().values_list("year", flat=True))
    assert valid == {2025: 125, 2026: 125}
    now = dict(invoices.filter(year=2026).values_list("member__slug", "state"))
    assert (now["kazan"], now["bishkek"], now["stavropol"]) == ("partly", "overdue", "open")
    assert {row.currency for row in totals(2026)} == {"RUB", "EUR"}
    assert Reminder.objects.filter(invoice__member__slug="bishkek", rung=3).exists()


def test_dues_of_the_demonstration_are_told_in_both_languages():
    for code in LANGUAGE_CODES:
        assert not Invoice.objects.filter(**{f"basis_{code}": ""}).exists()
        assert not Invoice.objects.filter(**{f"member_name_{code}": ""}).exists()
    assert FeeRate.objects.filter(scale__year=2026).count() == 15

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from dues.money import AmountField, money_text, parse_amount


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1500", "1500.00"),
        ("1500.5", "1500.50"),
        ("1 500,00", "1500.00"),
        ("1\u00a0500,00", "1500.00"),
        ("1\u202f500,07", "1500.07"),
        ("1,500.00", "1500.00"),
        ("1.500,00", "1500.00"),
        ("12,345,678.90", "12345678.90"),
        ("0,01", "0.01"),
        ("1'500.00", "1500.00"),
        (" 9999999999.99 ", "9999999999.99"),
    ],
)
def test_amount_is_understood_as_people_write_it(typed, meant):
    assert parse_amount(typed) == Decimal(meant)
    assert str(parse_amount(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-5", "not_positive"),
        ("−5,00", "not_positive"),
        ("0", "not_positive"),
        ("0,00", "not_positive"),
        ("1,500", "unclear"),
        ("1.500", "unclear"),
        ("10,005", "unclear"),
        ("10000000000", "too_much"),
        ("many", "no_amount"),
        ("1500 RUB", "no_amount"),
        ("1.2.3", "no_amount"),
        ("12,34,567.00", "no_amount"),
        ("1e5", "no_amount"),
        ("NaN", "no_amount"),
        (".", "no_amount"),
        ("5.", "no_amount"),
        (",5", "no_amount"),
    ],
)
def test_what_is_no_clear_amount_is_refused(typed, code):
    with pytest.raises(ValidationError) as refusal:
        parse_amount(typed)

    assert refusal.value.code == code


def test_amount_is_written_with_its_currency_in_both_languages():
    amount = Decimal("1234567.5")

    assert money_text(amount, "RUB", "ru") == "1\u00a0234\u00a0567,50\u00a0RUB"
    assert money_text(amount, "EUR", "en") == "1,234,567.50\u00a0EUR"
    with translation.override("en"):
        assert money_text(Decimal("-3"), "USD") == "-3.00\u00a0USD"


def test_field_takes_what_its_column_holds_and_keeps_what_was_typed():
    field = AmountField(required=False, max_digits=12, decimal_places=2)

    assert field.clean("1 500,00") == Decimal("1500.00")
    assert field.clean("") is None
    assert field.has_changed(Decimal("1500.00"), "1 500,00") is False
    assert field.has_changed(Decimal("1500.00"), "1 500,01") is True
    assert field.has_changed(Decimal("1500.00"), "much") is True

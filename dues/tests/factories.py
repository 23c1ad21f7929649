"""Scales, invoices and payments for tests: plain functions with fixed, sensible defaults."""

import datetime
import itertools
from decimal import Decimal

from django.db import transaction

from content import dated
from dues import numbers, payments
from dues.models import (
    Counter,
    CountryGroup,
    CountryInGroup,
    FeeRate,
    FeeScale,
    Invoice,
    Payee,
)
from members.models import CountingRule, Member, StatusChange
from members.tests.factories import make_member

_names = itertools.count(1)


def days_from_now(days: int) -> datetime.date:
    return dated.today() + datetime.timedelta(days=days)


def make_payee(**fields) -> Payee:
    """Details for every currency, valid on every day."""
    return Payee.objects.create(
        **{
            "legal_name_ru": "Секция", "legal_name_en": "The Section", "bank_ru": "Банк",
            "bank_en": "Bank", "account": "40703810", "signatory_ru": "Генеральный секретарь",
            **fields,
        }
    )  # fmt: skip


def make_scale(year: int | None = None, **fields) -> FeeScale:
    """The scale of this year in roubles, to be paid in thirty days."""
    year = year or dated.today().year
    return FeeScale.objects.create(
        **{
            "year": year, "title_ru": f"Шкала на {year} год", "title_en": f"Fee scale for {year}",
            "due_on": days_from_now(30), **fields,
        }
    )  # fmt: skip


def make_rate(scale: FeeScale, amount="1000.00", **fields) -> FeeRate:
    return FeeRate.objects.create(scale=scale, amount=Decimal(amount), **fields)


def make_group(*countries, name="Группа А", **fields) -> CountryGroup:
    """A group that these countries belong to on every day."""
    group = CountryGroup.objects.create(name_ru=name, name_en="Group A", **fields)
    CountryInGroup.objects.bulk_create(
        CountryInGroup(group=group, country=country) for country in countries
    )
    return group


def make_applicant(slug="applicant", decided_on=None, **fields) -> Member:
    """A record that a body has accepted: no member yet."""
    member = make_member(slug, "Заявитель", "Applicant", is_member=False, **fields)
    day = decided_on or days_from_now(-10)
    for status in (StatusChange.Status.APPLIED, StatusChange.Status.ACCEPTED):
        StatusChange.objects.create(member=member, status=status, happened_on=day)
    return member


def make_rule(counts_from="payment", **fields) -> CountingRule:
    return CountingRule.objects.create(counts_from=counts_from, **fields)


@transaction.atomic
def make_invoice(member: Member | None = None, amount="1000.00", **fields) -> Invoice:
    """An invoice of this year, issued two months ago, to be paid within thirty days from now."""
    member = member or make_member(f"city-{next(_names)}")
    issued_on = fields.pop("issued_on", days_from_now(-60))
    serial = numbers.take(Counter.Series.INVOICE, issued_on.year)[0]
    return Invoice.objects.create(
        **{
            "series_year": issued_on.year, "serial": serial, "member": member,
            "year": dated.today().year, "issued_on": issued_on, "due_on": days_from_now(30),
            "currency": "RUB", "amount": Decimal(amount), "member_name_ru": member.name_ru,
            "member_name_en": member.name_en,
            "payee": {"legal_name_ru": "Секция", "bank_ru": "Банк", "account": "40703810"},
            **fields,
        }
    )  # fmt: skip


def make_overdue(member: Member | None = None, days=1, **fields) -> Invoice:
    """An unpaid invoice whose last day to pay was so many days ago."""
    issued_on = days_from_now(-days - 60)
    return make_invoice(member, issued_on=issued_on, due_on=days_from_now(-days), **fields)


def pay(invoice: Invoice, amount: str | None = None, day=None, by=None):
    """Enter a payment of all or a part of an invoice, received today."""
    received_on = day or dated.today()
    return payments.record(invoice, Decimal(amount) if amount else invoice.amount, received_on, by)

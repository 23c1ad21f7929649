"""Dues of the demonstration: scales, invoices of two years, payments; all amounts are invented."""

import datetime
from decimal import Decimal
from typing import Any

from content import dated
from dues import issuing, ladder, payments, plan
from dues.models import CountryGroup, CountryInGroup, FeeRate, FeeScale, Invoice, Payee
from members.models import Country, Member, SizeCategory
from uclg_portal.demonstration import data

FIRST_PAYMENT = 20  # days after the issue; the others follow one by one
SPREAD = 90


def load(by: Any) -> None:
    """Everything of dues.toml; the members have to be there. No letters about the past go out."""
    table = data.table("dues.toml")
    Payee.objects.create(**table["payee"])
    groups = {row["code"]: _group(row, number) for number, row in enumerate(table["groups"])}
    for row in table["scales"]:
        _scale(row, groups)
    for row in table["issues"]:
        _issue(row, by)
    _rebate(table["rebate"], by)
    ladder.climb()


def _group(row: dict[str, Any], number: int) -> CountryGroup:
    group = CountryGroup.objects.create(order=number, **data.texts(row, "name"))
    CountryInGroup.objects.bulk_create(
        CountryInGroup(group=group, country=country)
        for country in Country.objects.filter(code__in=row["countries"])
    )
    return group


def _scale(row: dict[str, Any], groups: dict[str, CountryGroup]) -> None:
    scale = FeeScale.objects.create(
        year=row["year"],
        currency=row["currency"],
        due_on=datetime.date.fromisoformat(row["due_on"]),
        **data.texts(row, "title", "approved"),
    )
    sizes = {size.code: size for size in SizeCategory.objects.all()}
    FeeRate.objects.bulk_create(
        FeeRate(
            scale=scale,
            kind=rate.get("kind", FeeRate.Kind.MUNICIPALITY),
            size_category=sizes.get(rate.get("size")),
            country_group=groups.get(rate.get("group")),
            amount=Decimal(rate["amount"]),
        )
        for rate in row["rates"]
    )


def _due_on(row: dict[str, Any]) -> datetime.date:
    if "due_on" in row:
        return datetime.date.fromisoformat(row["due_on"])
    return dated.today() + datetime.timedelta(days=row["due_in_days"])


def _issue(row: dict[str, Any], by: Any) -> None:
    issued_on, due_on = datetime.date.fromisoformat(row["issued_on"]), _due_on(row)
    chosen = plan.candidates(row["year"], issued_on)
    if "members" in row:
        chosen = chosen.filter(slug__in=row["members"])
    wanted = plan.make(row["year"], issued_on, due_on, chosen)
    run = issuing.start(wanted, issued_on, due_on, by, tells=False)
    for number, invoice in enumerate(run.invoices.select_related("member").order_by("serial")):
        _pay(invoice, number, row, by)


def _pay(invoice: Invoice, number: int, row: dict[str, Any], by: Any) -> None:
    """A payment of all or a part, some weeks after the issue and never in the future."""
    slug = invoice.member.slug
    if slug in row["unpaid"]:
        return
    amount = Decimal(row["partly"].get(slug, invoice.amount))
    days = FIRST_PAYMENT + number * 7 % SPREAD
    day = min(invoice.issued_on + datetime.timedelta(days=days), dated.today())
    payments.record(invoice, amount, day, by, f"№ {100 + number}")


def _rebate(row: dict[str, Any], by: Any) -> None:
    member = Member.objects.get(slug=row["member"])
    invoice = Invoice.objects.valid().get(member=member, year=row["year"])
    for payment in invoice.payments.filter(reverses=None):
        payments.reverse(payment, row["reason"], by)
    issuing.cancel(invoice, row["reason"], by)
    issuing.issue_one(
        member,
        row["year"],
        by,
        amount=Decimal(row["amount"]),
        currency=row["currency"],
        due_on=_due_on(row),
        note={"ru": row["note_ru"], "en": row["note_en"]},
        tells=False,
    )

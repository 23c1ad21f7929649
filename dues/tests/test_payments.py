"""Money that comes in: what is refused, what it changes, how it is taken back."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from content import dated
from content.models import AuditEntry
from dues import payments
from dues.models import Invoice, Payment
from dues.tests.factories import (
    days_from_now,
    make_applicant,
    make_invoice,
    make_overdue,
    make_rule,
    pay,
)
from dues.tests.test_numbers import run_together
from members import lifecycle
from members.models import Member, MembershipPeriod

pytestmark = pytest.mark.django_db


def state(invoice, on=None) -> tuple[str, Decimal, Decimal]:
    found = Invoice.objects.with_state(on).get(pk=invoice.pk)
    return found.state, found.paid, found.rest


def test_states_follow_from_payments_and_the_day():
    invoice = make_invoice(amount="1000.00")
    assert state(invoice) == ("open", Decimal("0.00"), Decimal("1000.00"))

    pay(invoice, "400.50")
    assert state(invoice) == ("partly", Decimal("400.50"), Decimal("599.50"))
    assert state(invoice, days_from_now(-1)) == ("open", Decimal("0.00"), Decimal("1000.00"))
    assert state(invoice, days_from_now(30))[0] == "partly"
    assert state(invoice, days_from_now(31))[0] == "overdue"

    pay(invoice, "599.50")
    assert state(invoice, days_from_now(31)) == ("paid", Decimal("1000.00"), Decimal("0.00"))


def test_partly_paid_invoice_is_overdue_all_the_same():
    invoice = make_overdue(days=3)
    pay(invoice, "999.99")

    assert state(invoice) == ("overdue", Decimal("999.99"), Decimal("0.01"))


@pytest.mark.parametrize(
    ("amount", "days", "field", "code"),
    [
        ("0", 0, "amount", "not_positive"),
        ("-1", 0, "amount", "not_positive"),
        ("600.01", 0, "amount", "too_much"),
        ("1", 1, "received_on", "future"),
        ("1", -427, "received_on", "too_early"),
    ],
)
def test_wrong_payment_is_refused_beside_its_field(amount, days, field, code):
    invoice = make_invoice()
    pay(invoice, "400")

    with pytest.raises(ValidationError) as refusal:
        payments.record(invoice, Decimal(amount), days_from_now(days), None)

    assert {
        name: [error.code for error in errors] for name, errors in refusal.value.error_dict.items()
    } == {field: [code]}
    assert Payment.objects.count() == 1


def test_overpayment_is_refused_with_what_is_left():
    invoice = make_invoice()
    pay(invoice, "400")

    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        pay(invoice, "600.01")

    assert refusal.value.message_dict["amount"][0].startswith(
        "600.00\u00a0RUB is left to pay by this invoice."
    )


def test_overpayment_is_refused_by_the_database_too():
    invoice = make_invoice()

    with pytest.raises(IntegrityError, match="come to"), transaction.atomic():
        Payment.objects.create(
            invoice=invoice, amount=Decimal("1000.01"), received_on=dated.today()
        )


@pytest.mark.django_db(transaction=True)
def test_two_payments_at_once_do_not_go_over_the_invoice():
    invoice = make_invoice()

    errors = run_together([lambda: pay(invoice, "700")] * 3)

    assert [list(error.message_dict) for error in errors] == [["amount"]] * 2
    assert invoice.paid_sum() == Decimal("700.00")


def test_reversal_is_a_negative_row_with_a_reason(lead):
    invoice = make_invoice()
    payment = pay(invoice, "400", by=lead)

    reversal = payments.reverse(payment, " Не тот плательщик ", lead)

    assert (reversal.amount, reversal.reason, reversal.received_on) == (
        Decimal("-400.00"), "Не тот плательщик", dated.today(),
    )  # fmt: skip
    assert state(invoice) == ("open", Decimal("0.00"), Decimal("1000.00"))
    verbs = AuditEntry.objects.filter(verb__startswith="dues.").order_by("pk")
    assert list(verbs.values_list("verb", "actor")) == [
        ("dues.paid", lead.pk), ("dues.reversed", lead.pk),
    ]  # fmt: skip


def test_reversal_needs_a_reason_and_is_done_once():
    payment = pay(make_invoice(), "400")
    with pytest.raises(ValidationError) as refusal:
        payments.reverse(payment, "  ", None)
    assert list(refusal.value.message_dict) == ["reason"]

    reversal = payments.reverse(payment, "Ошибка", None)

    for again in (payment, reversal):
        with pytest.raises(ValidationError) as refusal:
            payments.reverse(again, "Ошибка", None)
        assert refusal.value.code == "reversed"


@pytest.mark.parametrize(
    ("amount", "is_of_another_invoice"), [("-399.99", False), ("-0.01", False), ("-400.00", True)]
)
def test_wrong_reversal_is_refused_by_the_database(amount, is_of_another_invoice):
    invoice = make_invoice()
    payment = pay(invoice, "400")
    other = make_invoice()
    pay(other, "500")
    wrong = Payment(
        invoice=other if is_of_another_invoice else invoice, amount=Decimal(amount),
        received_on=dated.today(), reverses=payment, reason="Ошибка",
    )  # fmt: skip

    with pytest.raises(IntegrityError, match="is not reversed by"), transaction.atomic():
        wrong.save()

    assert Payment.objects.count() == 2


def test_mem_2_accepted_is_counted_from_the_first_payment_where_the_rule_says_so(lead):
    make_rule("payment")
    member = make_applicant()
    invoice = make_invoice(member)
    assert lifecycle.status_on(member) == "accepted"
    assert not Member.objects.members().filter(pk=member.pk).exists()

    day = days_from_now(-2)
    pay(invoice, "1.00", day=day, by=lead)

    fresh = Member.objects.get(pk=member.pk)
    assert lifecycle.status_on(fresh) == "member"
    assert [str(one) for one in Member.objects.members()] == [str(fresh)]
    assert list(MembershipPeriod.objects.values_list("member", "starts_on", "ends_on")) == [
        (member.pk, day, None)
    ]


def test_mem_2_second_payment_changes_nothing_more():
    make_rule("payment")
    invoice = make_invoice(make_applicant())

    pay(invoice, "1.00", day=days_from_now(-2))
    pay(invoice, "2.00")

    assert MembershipPeriod.objects.get().starts_on == days_from_now(-2)


def test_mem_2_payment_before_the_decision_counts_from_the_decision():
    make_rule("payment")
    invoice = make_invoice(make_applicant(decided_on=days_from_now(-5)))

    pay(invoice, "1.00", day=days_from_now(-9))

    assert MembershipPeriod.objects.get().starts_on == days_from_now(-5)


def test_mem_2_rule_of_the_day_of_the_decision_counts():
    make_rule("decision", starts_on=days_from_now(-3))
    make_rule("payment", ends_on=days_from_now(-4))
    under_payment = make_invoice(make_applicant("one", decided_on=days_from_now(-5)))
    under_decision = make_invoice(make_applicant("two", decided_on=days_from_now(-3)))

    pay(under_payment, "1.00")
    pay(under_decision, "1.00")

    assert list(MembershipPeriod.objects.values_list("member__slug", flat=True)) == ["one"]


def test_mem_2_reversal_does_not_end_the_membership():
    make_rule("payment")
    member = make_applicant()
    payment = pay(make_invoice(member), "5.00")

    payments.reverse(payment, "Ошибка банка", None)

    assert lifecycle.status_on(Member.objects.get(pk=member.pk)) == "member"


def test_payment_for_a_member_leaves_its_status_alone():
    invoice = make_invoice()

    pay(invoice, day=datetime.date(2026, 1, 5))

    assert MembershipPeriod.objects.get().starts_on == datetime.date(2004, 1, 1)

"""Issuing for a year and for one, the letters that go out, and cancelling."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from content import dated
from content.models import AuditEntry
from dues import issuing, plan, tasks
from dues.models import CreditNote, Invoice, IssueRun, Payee
from dues.tests.factories import (
    days_from_now,
    make_invoice,
    make_payee,
    make_rate,
    make_scale,
    pay,
)
from mailing.models import Message
from members.models import Department, Member, MembershipPeriod
from members.tests.factories import make_country, make_member, make_representative

pytestmark = pytest.mark.django_db
YEAR = dated.today().year


@pytest.fixture
def scale():
    make_payee()
    scale = make_scale()
    make_rate(scale, "1500.00")
    return scale


def issue(by=None) -> IssueRun:
    today = dated.today()
    return issuing.start(plan.make(YEAR, today), today, None, by)


def many(count: int) -> None:
    country = make_country()
    members = Member.objects.bulk_create(
        Member(slug=f"city-{number}", country=country, name_ru=f"Город {number}", name_en="City",
               sort_key_ru=f"{number:04d}")
        for number in range(count)
    )  # fmt: skip
    MembershipPeriod.objects.bulk_create(
        MembershipPeriod(member=member, starts_on=days_from_now(-900)) for member in members
    )


def test_invoice_keeps_all_it_says_as_it_was_on_the_day(scale, lead):
    member = make_member()

    run = issue(lead)

    assert (run.status, run.total, run.issued, run.skipped) == ("done", 1, 1, 0)
    invoice = Invoice.objects.get()
    values = {
        "number": invoice.number, "member": invoice.member, "year": invoice.year,
        "issued_on": invoice.issued_on, "due_on": invoice.due_on, "amount": invoice.amount,
        "currency": invoice.currency, "names": (invoice.member_name_ru, invoice.member_name_en),
        "issued_by": invoice.issued_by, "scale": invoice.scale, "run": invoice.run,
        "account": invoice.payee["account"],
    }  # fmt: skip
    assert values == {
        "number": f"{YEAR}-0001", "member": member, "year": YEAR, "issued_on": dated.today(),
        "due_on": days_from_now(30), "amount": Decimal("1500.00"), "currency": "RUB",
        "names": ("Казань", "Kazan"), "issued_by": lead, "scale": scale, "run": run,
        "account": "40703810",
    }  # fmt: skip

    Payee.objects.update(account="other")
    scale.rates.update(amount=Decimal("9.00"))
    member.names.update(name_ru="Иное", name_en="Other")

    same = Invoice.objects.get()
    assert (same.amount, same.member_name_en, same.payee["account"]) == (
        Decimal("1500.00"), "Kazan", "40703810",
    )  # fmt: skip


def test_second_issue_makes_nothing_twice(scale):
    make_member("one")
    first = plan.make(YEAR, dated.today())
    issue()
    make_member("two")

    again = issuing.start(first, dated.today(), None, None)
    run = issue()

    assert (again.total, again.issued, again.skipped) == (1, 0, 1)
    assert (run.total, run.issued, run.skipped) == (1, 1, 0)
    assert sorted(Invoice.objects.values_list("member__slug", "serial")) == [
        ("one", 1), ("two", 2),
    ]  # fmt: skip


def test_long_issue_runs_in_a_worker_batch_by_batch(scale, django_capture_on_commit_callbacks):
    many(120)

    with django_capture_on_commit_callbacks():
        run = issue()
    assert (run.status, run.issued) == ("running", 0)

    issuing._next_batch(run.pk, tells=True)
    run.refresh_from_db()
    assert (run.status, run.issued) == ("running", 50)

    tasks.run_issue(run.pk)
    tasks.run_issue(run.pk)
    run.refresh_from_db()

    assert (run.status, run.issued, run.skipped) == ("done", 120, 0)
    serials = Invoice.objects.order_by("serial").values_list("serial", flat=True)
    assert list(serials) == list(range(1, 121))
    assert AuditEntry.objects.filter(verb="dues.issued").count() == 1


def test_run_whose_worker_was_lost_is_taken_up_again(scale, django_capture_on_commit_callbacks):
    many(60)
    with django_capture_on_commit_callbacks():
        run = issue()

    tasks.resume_issues()

    run.refresh_from_db()
    assert (run.status, run.issued) == ("done", 60)


def test_run_that_stands_still_keeps_no_other_one_waiting(
    scale, caplog, django_capture_on_commit_callbacks
):
    many(60)
    with django_capture_on_commit_callbacks():
        stuck, run = issue(), issue()
    IssueRun.objects.filter(pk=stuck.pk).update(lines=[{"member": "of another version"}])

    tasks.resume_issues()

    states = dict(IssueRun.objects.values_list("pk", "status"))
    assert states == {stuck.pk: "running", run.pk: "done"}
    assert f"The issue of invoices {stuck.pk} stands still" in caplog.text


def test_batch_that_fails_leaves_no_invoice_and_no_number(scale, monkeypatch):
    make_member()

    def fail(_invoices):
        raise RuntimeError

    monkeypatch.setattr(issuing.letters, "tell_issued", fail)
    with pytest.raises(RuntimeError):
        issue()
    monkeypatch.undo()

    assert Invoice.objects.count() == 0
    issuing.run(IssueRun.objects.get().pk)
    assert Invoice.objects.get().serial == 1


def test_number_of_queries_does_not_grow_with_the_invoices(scale, django_assert_max_num_queries):
    many(40)

    with django_assert_max_num_queries(30):
        issue()

    assert Invoice.objects.count() == 40


def test_representative_is_told_of_the_invoice_once(scale, make_user):
    member = make_member()
    make_representative(make_user("rep@example.org", language="en"), member)
    make_representative(make_user("second@example.org"), member, role="signatory")
    mailbox = make_member("mailbox", "Уфа", "Ufa")
    Department.objects.create(member=mailbox, name_ru="Отдел", email="ufa@example.org")

    issue()

    mails = Message.objects.order_by("email")
    assert [mail.email for mail in mails] == ["rep@example.org", "ufa@example.org"]
    assert mails[0].subject == f"Invoice for the membership due {YEAR}: Kazan"
    assert "1,500.00" in mails[0].text_body
    assert "/en/cabinet/kazan/dues/" in mails[0].text_body
    assert "/cabinet/" not in mails[1].text_body
    assert all(mail.is_bulk for mail in mails)


def test_one_invoice_is_issued_by_the_scale(scale, lead):
    member = make_member()

    invoice = issuing.issue_one(member, YEAR, lead)

    assert (invoice.amount, invoice.due_on, invoice.run) == (
        Decimal("1500.00"), days_from_now(30), None,
    )  # fmt: skip


def test_one_invoice_with_an_amount_that_was_decided_otherwise(scale, lead):
    note = {"ru": "Решение Совета о скидке", "en": "Council: a rebate"}

    invoice = issuing.issue_one(
        make_member(), YEAR, lead, amount=Decimal("10.00"), currency="EUR",
        due_on=days_from_now(5), note=note,
    )  # fmt: skip

    assert (invoice.amount, invoice.currency, invoice.basis_en, invoice.scale) == (
        Decimal("10.00"), "EUR", "Council: a rebate", None,
    )  # fmt: skip


def test_one_invoice_is_refused_with_the_reason(scale):
    member = make_member()
    with pytest.raises(ValidationError, match=r"past|прошёл"):
        issuing.issue_one(member, YEAR, None, due_on=days_from_now(-1))
    with pytest.raises(ValidationError) as refusal:
        issuing.issue_one(make_member("union", kind="association"), YEAR, None)
    assert len(refusal.value.messages) == 1

    issuing.issue_one(member, YEAR, None)

    with pytest.raises(ValidationError) as refusal:
        issuing.issue_one(member, YEAR, None)
    assert refusal.value.code == "twice"


def test_cancelled_invoice_keeps_its_number_and_gets_a_credit_note(scale, lead):
    member = make_member()
    invoice = issuing.issue_one(member, YEAR, lead)

    note = issuing.cancel(invoice, " Ошибка в размере ", lead)
    again = issuing.issue_one(member, YEAR, lead)

    assert (note.number, note.reason, note.issued_by) == (
        f"C-{YEAR}-0001", "Ошибка в размере", lead,
    )  # fmt: skip
    assert again.number == f"{YEAR}-0002"
    states = Invoice.objects.with_state().order_by("serial").values_list("state", "rest")
    assert list(states) == [("cancelled", Decimal("0.00")), ("open", Decimal("1500.00"))]
    assert AuditEntry.objects.filter(verb="dues.cancelled", actor=lead).count() == 1


def test_cancelling_calls_back_the_mails_that_wait(scale, make_user):
    member = make_member()
    make_representative(make_user("rep@example.org"), member)
    invoice = issuing.issue_one(member, YEAR, None)
    assert Message.objects.get().state == "queued"

    issuing.cancel(invoice, "Ошибка", None)

    assert Message.objects.get().state == "cancelled"


def test_cancelling_is_refused_without_reason_twice_and_with_money():
    invoice, paid = make_invoice(), make_invoice()
    pay(paid, "1")
    with pytest.raises(ValidationError) as refusal:
        issuing.cancel(invoice, " ", None)
    assert list(refusal.value.message_dict) == ["reason"]
    with pytest.raises(ValidationError) as refusal:
        issuing.cancel(paid, "Ошибка", None)
    assert refusal.value.code == "paid"

    issuing.cancel(invoice, "Ошибка", None)

    with pytest.raises(ValidationError) as refusal:
        issuing.cancel(invoice, "Ошибка", None)
    assert refusal.value.code == "cancelled"
    with pytest.raises(ValidationError) as refusal:
        pay(invoice, "1")
    assert refusal.value.code == "cancelled"
    assert CreditNote.objects.count() == 1


def test_amount_of_zero_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="dues_invoice_amount_positive"):
        make_invoice(amount="0.00")

"""Numbers without gaps: under concurrency, after failures, and whatever somebody tries."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.transaction import TransactionManagementError

from accounts.tests.factories import make_user
from dues import issuing, numbers
from dues.models import Counter, CreditNote, Invoice, IssueRun, Payment
from dues.tests.factories import make_invoice, make_payee, make_rate, make_scale, pay
from members.tests.factories import make_member

INVOICE = Counter.Series.INVOICE


@pytest.mark.django_db(transaction=True)
def test_number_is_refused_outside_a_transaction():
    with pytest.raises(TransactionManagementError):
        numbers.take(INVOICE, 2026)


@pytest.mark.django_db
def test_series_count_by_year_and_kind():
    assert list(numbers.take(INVOICE, 2026, 3)) == [1, 2, 3]
    assert list(numbers.take(INVOICE, 2026)) == [4]
    assert list(numbers.take(INVOICE, 2027)) == [1]
    assert list(numbers.take(Counter.Series.CREDIT_NOTE, 2026)) == [1]


@pytest.mark.django_db
def test_rolled_back_transaction_gives_its_number_back():
    make_invoice()

    with transaction.atomic():
        assert make_invoice().serial == 2
        transaction.set_rollback(True)

    assert make_invoice().serial == 2


def run_together(deeds) -> list[Exception]:
    """Each deed in a thread with a connection of its own; what they raised."""
    barrier, errors = threading.Barrier(len(deeds)), []

    def one(deed):
        try:
            barrier.wait(30)
            deed()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return errors


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_when_many_issue_at_once_and_some_fail():
    user = make_user()
    make_payee()
    make_rate(make_scale())
    cities = [make_member(slug=f"city-{number}") for number in range(12)]

    class Broken(Exception):
        pass

    def issue(city):
        issuing.issue_one(city, issuing.dated.today().year, user)

    def fail(city):
        with transaction.atomic():
            issue(city)
            raise Broken

    deeds = [
        (lambda city=city: fail(city)) if number % 3 == 0 else (lambda city=city: issue(city))
        for number, city in enumerate(cities)
    ]
    errors = run_together(deeds)

    assert [type(error) for error in errors] == [Broken] * 4
    assert sorted(Invoice.objects.values_list("serial", flat=True)) == list(range(1, 9))
    assert Counter.objects.get(series=INVOICE).last == 8


@pytest.mark.django_db(transaction=True)
def test_two_issues_at_once_give_a_member_one_invoice():
    user = make_user()
    make_payee()
    make_rate(make_scale())
    city = make_member()
    year = issuing.dated.today().year

    errors = run_together([lambda: issuing.issue_one(city, year, user)] * 4)

    assert [one.code for one in errors] == ["twice"] * 3
    assert Invoice.objects.get().serial == 1


@pytest.mark.django_db
def test_gap_is_refused_by_the_database():
    make_invoice()

    with pytest.raises(IntegrityError, match="leaves a gap"), transaction.atomic():
        make_invoice(serial=7)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [{"amount": Decimal("1.00")}, {"serial": 9}, {"due_on": datetime.date(2099, 1, 1)},
     {"member_name_ru": "Другой"}],
)  # fmt: skip
def test_invoice_is_never_changed(change):
    invoice = make_invoice()

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Invoice.objects.filter(pk=invoice.pk).update(**change)


@pytest.mark.django_db
def test_nothing_that_was_issued_is_deleted():
    invoice = make_invoice()
    payment = pay(invoice, "10")
    issuing.cancel(other := make_invoice(), "Ошибка", None)

    for row in (invoice, payment, other.credit_note):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")
    for queryset in (Payment.objects.all(), CreditNote.objects.all()):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            queryset.update(reason="other")


@pytest.mark.django_db
def test_invoice_is_not_cancelled_without_a_credit_note_nor_brought_back():
    invoice = make_invoice()
    with transaction.atomic():
        Invoice.objects.filter(pk=invoice.pk).update(is_cancelled=True)
        with pytest.raises(IntegrityError, match="without a credit note"):
            connections["default"].check_constraints()
        transaction.set_rollback(True)

    issuing.cancel(invoice, "Ошибка", None)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Invoice.objects.filter(pk=invoice.pk).update(is_cancelled=False)


@pytest.mark.django_db
def test_two_invoices_of_a_year_are_refused_unless_one_is_cancelled():
    city = make_member()
    first = make_invoice(city)
    with pytest.raises(IntegrityError, match="dues_invoice_one_a_year"), transaction.atomic():
        make_invoice(city)

    issuing.cancel(first, "Ошибка в размере", None)

    assert make_invoice(city).serial == 2
    assert IssueRun.objects.count() == 0

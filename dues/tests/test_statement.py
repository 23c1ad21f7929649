"""The account of a member, the totals of the years, and the papers."""

import datetime
from decimal import Decimal

import pypdf
import pytest
from django.utils import translation

from content import dated
from dues import issuing, papers, payments
from dues.models import Invoice, Reminder
from dues.statement import statement_of
from dues.tests.factories import days_from_now, make_invoice, make_overdue, pay
from dues.totals import Total, open_sums, totals
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db
YEAR = dated.today().year


def lines(member, until=None) -> list[tuple]:
    with translation.override("en"):
        accounts = statement_of(member, until or dated.today()).accounts
    return [
        (account.currency, one.day, one.text, str(one.charge), str(one.credit), str(one.balance))
        for account in accounts
        for one in account.entries
    ]


def test_statement_runs_through_all_that_happened():
    member = make_member()
    invoice = make_invoice(member, "1000.00", issued_on=days_from_now(-20))
    payment = pay(invoice, "400.00", day=days_from_now(-10))
    payments.reverse(payment, "Не тот плательщик", None)
    issuing.cancel(invoice, "Ошибка", None)
    number = invoice.number

    assert lines(member) == [
        ("RUB", days_from_now(-20), f"Invoice {number}, dues for {YEAR}", "1000.00", "0.00",
         "1000.00"),
        ("RUB", days_from_now(-10), f"Payment for invoice {number}", "0.00", "400.00", "600.00"),
        ("RUB", dated.today(), f"Credit note C-{YEAR}-0001: invoice {number} is cancelled (Ошибка)",
         "0.00", "1000.00", "-400.00"),
        ("RUB", dated.today(), f"Payment for invoice {number} taken back: Не тот плательщик",
         "400.00", "0.00", "0.00"),
    ]  # fmt: skip


def test_statement_of_a_day_leaves_out_what_came_later():
    member = make_member()
    invoice = make_invoice(member, issued_on=days_from_now(-20))
    pay(invoice, "400.00", day=days_from_now(-10))

    assert [line[5] for line in lines(member, days_from_now(-11))] == ["1000.00"]
    assert [line[5] for line in lines(member, days_from_now(-10))] == ["1000.00", "600.00"]
    assert lines(member, days_from_now(-21)) == []


def test_statement_keeps_currencies_apart_and_members_too():
    member = make_member()
    make_invoice(member, "10.00", currency="EUR", year=YEAR - 1)
    make_invoice(member, "5.00")
    make_invoice(make_member("other"))

    assert [(line[0], line[5]) for line in lines(member)] == [("EUR", "10.00"), ("RUB", "5.00")]


def test_statement_takes_three_queries(django_assert_num_queries):
    member = make_member()
    for number in range(12):
        invoice = make_invoice(member, year=2010 + number)
        pay(invoice, "1")

    with django_assert_num_queries(3):
        assert len(lines(member)) == 24


def test_totals_by_year_and_currency_are_exact():
    pay(make_invoice(amount="0.10"), "0.10")
    pay(make_invoice(amount="0.20"), "0.05")
    pay(make_overdue(amount="100.00"), "99.99")
    make_invoice(amount="7.00", currency="EUR")
    make_invoice(amount="3.00", year=YEAR - 1)
    issuing.cancel(make_invoice(amount="555.00"), "Ошибка", None)

    def total(year, currency, count, *sums, late=0):
        return Total(year, currency, count, *map(Decimal, sums), late)

    assert totals() == [
        total(YEAR, "EUR", 1, "7.00", "0.00", "7.00", "0.00"),
        total(YEAR, "RUB", 3, "100.30", "100.14", "0.15", "0.01", late=1),
        total(YEAR - 1, "RUB", 1, "3.00", "0.00", "3.00", "0.00"),
    ]
    assert [row.year for row in totals(YEAR - 1)] == [YEAR - 1]
    assert open_sums(Invoice.objects.with_state()) == [
        ("EUR", Decimal("7.00")), ("RUB", Decimal("3.16")),
    ]  # fmt: skip


def text_of(pdf: bytes) -> str:
    import io

    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_invoice_pdf_has_both_languages_and_all_that_is_needed_to_pay():
    invoice = make_invoice(amount="1234567.80", basis_en="Fee scale", basis_ru="Шкала взносов")

    text = text_of(papers.invoice_pdf(invoice, "en"))

    assert f"Invoice {invoice.number}" in text
    for words in ("1,234,567.80 RUB", "1 234 567,80 RUB", "Fee scale", "Шкала взносов",
                  "40703810", "Казань", "Kazan"):  # fmt: skip
        assert words in text.replace("\u00a0", " ")


def test_cancelled_invoice_says_so_on_its_pdf():
    invoice = make_invoice()
    issuing.cancel(invoice, "Ошибка в размере", None)

    text = text_of(papers.invoice_pdf(Invoice.objects.get(), "en"))

    assert f"C-{YEAR}-0001: Ошибка в размере" in text


def test_invoice_pdf_prints_typst_as_it_was_typed():
    invoice = make_invoice(member_name_en='#panic("x") *bold* $1$', member_name_ru="")

    assert '#panic("x") *bold* $1$' in text_of(papers.invoice_pdf(invoice, "en"))


def test_statement_pdf_ends_with_the_balance():
    member = make_member()
    pay(make_invoice(member), "400.00")

    text = text_of(papers.statement_pdf(member, dated.today(), "en")).replace("\u00a0", " ")

    assert "600.00 RUB" in text
    assert "600,00 RUB" in text


def test_statement_pdf_writes_days_in_the_language_of_each_half():
    member = make_member()
    make_invoice(member, issued_on=datetime.date(2020, 9, 24), due_on=datetime.date(2020, 12, 31))

    text = text_of(papers.statement_pdf(member, datetime.date(2026, 5, 1), "en"))

    english, russian = text.split("Выписка", 1)
    assert ("24 September 2020" in english, "24.09.2020" in text) == (True, False)
    assert "24 сентября 2020" in russian


def test_statement_pdf_of_a_member_without_invoices_says_so():
    text = text_of(papers.statement_pdf(make_member(), dated.today(), "en"))

    assert "There are no invoices up to this day." in text


def test_reminder_on_paper_tells_how_late_it_is():
    invoice = make_overdue(days=60)
    reminder = Reminder.objects.create(
        invoice=invoice, rung=5, reached="letter", taken_on=dated.today()
    )
    reminder.invoice = Invoice.objects.with_state().get()

    text = text_of(papers.reminder_pdf(reminder, "en", reminder.taken_on))

    assert "The due has been overdue for 60 days." in text

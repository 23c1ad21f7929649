"""Scales, groups, payees, invoices and payments at the desk of the secretariat."""

import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from content import dated
from dues import issuing
from dues.models import CountryInGroup, FeeScale, Invoice, Payment
from dues.tests.factories import (
    days_from_now,
    make_group,
    make_invoice,
    make_overdue,
    make_payee,
    make_rate,
    make_scale,
    pay,
)
from members.tests.factories import make_country, make_member, make_size_categories

pytestmark = pytest.mark.django_db
YEAR = dated.today().year
LIST = "/admin/dues/invoice/"


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def errors_of(response) -> dict:
    return response.context_data["adminform"].form.errors


def key() -> str:
    return str(uuid.uuid4())


def scale_post(rates: list[dict], **fields) -> dict:
    """What the page of a scale posts."""
    post = {
        "year": YEAR, "currency": "RUB", "due_on": "2026-03-31", "title_ru": "Шкала",
        "title_en": "", "approved_ru": "", "approved_en": "", "version": "",
        "rates-TOTAL_FORMS": len(rates), "rates-INITIAL_FORMS": 0, **fields,
    }  # fmt: skip
    for number, rate in enumerate(rates):
        row = {"kind": "municipality", "size_category": "", "country_group": "", **rate}
        post |= {f"rates-{number}-{name}": value for name, value in row.items()}
    return post


def test_scale_is_entered_with_its_rates_as_people_write_amounts(desk):
    size = make_size_categories()[0]
    group = make_group(make_country())
    rates = [
        {"amount": "150 000,00"},
        {"amount": "75,000.50", "size_category": size.pk, "country_group": group.pk},
        {"amount": "10000", "kind": "associate"},
    ]

    response = desk.post("/admin/dues/feescale/add/", scale_post(rates))

    assert response.status_code == 302, text_of(response)
    stored = FeeScale.objects.get().rates.values_list(
        "kind", "size_category", "country_group", "amount"
    )
    assert sorted(stored, key=str) == sorted(
        [
            ("municipality", None, None, Decimal("150000.00")),
            ("municipality", size.pk, group.pk, Decimal("75000.50")),
            ("associate", None, None, Decimal("10000.00")),
        ],
        key=str,
    )


@pytest.mark.parametrize(
    ("rates", "sentence"),
    [
        ([{"amount": "-5"}], "An amount is more than zero."),
        ([{"amount": "1,500"}], "It is not clear where the hundredths begin."),
        ([{"amount": "much"}], "This is not an amount."),
        ([{"amount": "1"}, {"amount": "2"}], "has a rate for this kind, size and group already"),
    ],
)
def test_wrong_rate_is_refused_and_kept_as_it_was_typed(desk, rates, sentence):
    response = desk.post("/admin/dues/feescale/add/", scale_post(rates))

    text = text_of(response)
    assert response.status_code == 200
    assert sentence in text
    assert f'value="{rates[0]["amount"]}"' in text
    assert FeeScale.objects.count() == 0


def test_scale_needs_a_title_and_a_year_of_its_own(desk):
    make_scale()

    response = desk.post("/admin/dues/feescale/add/", scale_post([], title_ru=""))

    text = text_of(response)
    assert "This year has a scale in this currency already." in text
    assert "Give it in Russian or in English." in text


def test_scale_is_copied_to_the_next_year(desk):
    scale = make_scale(2026, due_on="2026-03-31")
    scale.refresh_from_db()
    make_rate(scale, "10.00", country_group=make_group())
    make_rate(scale, "20.00")

    response = desk.post(f"/admin/dues/feescale/{scale.pk}/copy/")

    copy = FeeScale.objects.get(year=2027)
    assert response.url == f"/admin/dues/feescale/{copy.pk}/change/"
    assert (copy.title_en, copy.approved_ru, str(copy.due_on)) == (
        "Fee scale for 2027", None, "2027-03-31",
    ) or copy.approved_ru == ""  # fmt: skip
    assert sorted(copy.rates.values_list("amount", flat=True)) == [
        Decimal("10.00"), Decimal("20.00"),
    ]  # fmt: skip
    assert text_of(desk.get(response.url)).count("Copy the rates to the next year") == 1

    again = desk.post(f"/admin/dues/feescale/{scale.pk}/copy/", follow=True)
    assert "2027 has a scale in this currency already." in text_of(again)
    assert desk.get(f"/admin/dues/feescale/{scale.pk}/copy/").status_code == 405


def test_country_is_in_one_group_at_a_time(desk):
    armenia = make_country("AM", "Армения", "Armenia")
    make_group(armenia)
    entry = {
        "entries-TOTAL_FORMS": 1, "entries-INITIAL_FORMS": 0, "entries-0-country": armenia.pk,
        "entries-0-starts_on": "", "entries-0-starts_precision": "day",
        "entries-0-ends_on": "", "entries-0-ends_precision": "day",
    }  # fmt: skip

    response = desk.post(
        "/admin/dues/countrygroup/add/", {"name_ru": "Б", "name_en": "B", "order": 1, **entry}
    )

    assert "This country is in a group on some of these days already." in text_of(response)
    assert CountryInGroup.objects.count() == 1


def test_country_twice_in_one_form_is_refused(desk):
    armenia = make_country("AM", "Армения", "Armenia")
    post = {"name_ru": "Б", "name_en": "", "order": 1, "entries-TOTAL_FORMS": 2,
            "entries-INITIAL_FORMS": 0}  # fmt: skip
    for number in range(2):
        post |= {
            f"entries-{number}-country": armenia.pk, f"entries-{number}-starts_on": "",
            f"entries-{number}-starts_precision": "day", f"entries-{number}-ends_on": "",
            f"entries-{number}-ends_precision": "day",
        }  # fmt: skip

    response = desk.post("/admin/dues/countrygroup/add/", post)

    assert "This country stands here on the same days already." in text_of(response)


def test_list_shows_states_and_what_is_open_by_currency(desk):
    make_invoice(make_member("kazan"), "1500.50")
    pay(make_invoice(make_member("ufa", "Уфа", "Ufa"), "100.00"), "40.00")
    make_overdue(make_member("osh", "Ош", "Osh"), amount="20.00", currency="EUR")

    response = desk.get(LIST)

    text = text_of(response)
    assert response.context_data["open_sums"] == [
        ("EUR", Decimal("20.00")), ("RUB", Decimal("1560.50")),
    ]  # fmt: skip
    assert "1,560.50 RUB" in text
    listed = desk.get(f"{LIST}?state=overdue")
    assert [str(one.member) for one in listed.context_data["cl"].queryset] == ["Osh"]
    assert listed.context_data["open_sums"] == [("EUR", Decimal("20.00"))]
    assert desk.get(f"{LIST}?country=RU").context_data["cl"].result_count == 3
    assert desk.get(f"{LIST}?country=AM").context_data["cl"].result_count == 0
    assert desk.get(f"{LIST}?state=unpaid").context_data["cl"].result_count == 3
    assert desk.get(f"{LIST}?state=partly").context_data["cl"].result_count == 1


def test_list_is_searched_by_member_and_number(desk):
    invoice = make_invoice(make_member("kazan"))
    make_invoice(make_member("korolev", "Королёв", "Korolyov"))
    korolev = desk.get(LIST, {"q": "КОРОЛЁВ"}).context_data["cl"].queryset
    assert [str(one.member) for one in korolev] == ["Korolyov"]

    for asked in (invoice.number, "Казань", "kaz"):
        found = desk.get(LIST, {"q": asked}).context_data["cl"].queryset
        assert [one.pk for one in found] == [invoice.pk], asked


@pytest.mark.parametrize("count", [1, 60])
def test_list_takes_the_same_number_of_queries_for_any_number_of_rows(
    desk, count, django_assert_max_num_queries
):
    for number in range(count):
        pay(make_invoice(make_member(f"city-{number}")), "1")

    with django_assert_max_num_queries(17):
        assert desk.get(LIST).context_data["cl"].result_count == count


def test_payment_is_recorded_as_people_write_amounts(desk, finance_officer):
    invoice = make_invoice(amount="2000.00")
    address = f"{LIST}{invoice.pk}/pay/"
    post = {
        "amount": "1 500,00", "received_on": str(dated.today()), "reference": "ПП 17",
        "form_key": key(),
    }  # fmt: skip

    for _time in range(2):  # the second click leads where the first one led
        response = desk.post(address, post)
        assert response.url == f"{LIST}{invoice.pk}/change/"

    payment = Payment.objects.get()
    assert (payment.amount, payment.reference, payment.entered_by) == (
        Decimal("1500.00"), "ПП 17", finance_officer,
    )  # fmt: skip
    page = text_of(desk.get(f"{LIST}{invoice.pk}/change/"))
    for words in ("1,500.00 RUB", "500.00 RUB", "partly paid", "ПП 17", "Take the payment back"):
        assert words in page


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"amount": "-1"}, "amount", "An amount is more than zero."),
        ({"amount": "1000,01"}, "amount", "1,000.00 RUB is left to pay by this invoice."),
        ({"amount": ""}, "amount", "This field is required."),
        ({"received_on": "2999-01-01"}, "received_on", "This day is still to come."),
        ({"received_on": "yesterday"}, "received_on", "Enter a valid date."),
    ],
)
def test_wrong_payment_is_refused_beside_the_field(desk, typed, field, sentence):
    invoice = make_invoice()
    post = {"amount": "10", "received_on": str(dated.today()), "form_key": key(), **typed}

    response = desk.post(f"{LIST}{invoice.pk}/pay/", post)

    assert list(errors_of(response)) == [field]
    assert sentence in errors_of(response)[field][0].replace("\u00a0", " ")
    if typed.get("amount"):
        assert f'value="{typed["amount"]}"' in text_of(response)
    assert Payment.objects.count() == 0


def test_payment_is_taken_back_with_a_reason(desk):
    invoice = make_invoice()
    payment = pay(invoice, "400")
    address = reverse("admin:dues_payment_reverse", args=[payment.pk])

    refused = desk.post(address, {"reason": " ", "form_key": key()})
    assert list(errors_of(refused)) == ["reason"]
    desk.post(address, {"reason": "Не тот плательщик", "form_key": key()})

    assert list(Payment.objects.values_list("amount", flat=True)) == [
        Decimal("400.00"), Decimal("-400.00"),
    ]  # fmt: skip
    page = text_of(desk.get(f"{LIST}{invoice.pk}/change/"))
    assert "taken back" in page
    assert "Take the payment back" not in page


def test_invoice_is_cancelled_with_a_reason(desk):
    invoice = make_invoice()
    address = f"{LIST}{invoice.pk}/cancel/"

    desk.post(address, {"reason": "Issued twice", "form_key": key()})

    page = text_of(desk.get(f"{LIST}{invoice.pk}/change/"))
    assert f"by credit note C-{YEAR}-0001: Issued twice" in page
    again = desk.post(address, {"reason": "Once more", "form_key": key()})
    assert errors_of(again)["__all__"] == ["This invoice is cancelled already."]
    assert "Record a payment" not in page


def test_invoice_with_money_is_not_cancelled(desk):
    invoice = make_invoice()
    pay(invoice, "1")

    response = desk.post(f"{LIST}{invoice.pk}/cancel/", {"reason": "x", "form_key": key()})

    assert errors_of(response)["__all__"] == [
        "Money came in for this invoice. Reverse the payments first."
    ]


def test_invoice_is_never_edited_in_the_admin(desk, client_of, superuser):
    invoice = make_invoice()

    for client in (desk, client_of(superuser)):
        assert client.post(f"{LIST}{invoice.pk}/change/", {"amount": "1"}).status_code == 403
        assert client.post(f"{LIST}{invoice.pk}/delete/").status_code == 403


def test_invoice_comes_as_pdf(desk):
    invoice = make_invoice()

    response = desk.get(f"{LIST}{invoice.pk}/invoice.pdf")

    assert response.content.startswith(b"%PDF-")


def test_one_invoice_is_issued_by_the_scale_or_as_it_was_decided(desk):
    make_payee()
    make_rate(make_scale(), "700.00")
    member, other = make_member(), make_member("ufa", "Уфа", "Ufa")
    form = text_of(desk.get(f"{LIST}add/"))
    assert "admin/js/autocomplete.js" in form
    assert 'data-field-name="member"' in form

    desk.post(f"{LIST}add/", {"member": member.pk, "year": YEAR, "form_key": key()})
    decided = {
        "member": other.pk, "year": YEAR, "amount": "300,00", "currency": "RUB",
        "due_on": str(days_from_now(9)), "note_en": "The Council, rebate", "form_key": key(),
    }  # fmt: skip
    desk.post(f"{LIST}add/", decided)

    rows = Invoice.objects.order_by("serial").values_list("member", "amount", "basis_en")
    assert [row[:2] for row in rows] == [
        (member.pk, Decimal("700.00")), (other.pk, Decimal("300.00")),
    ]  # fmt: skip
    assert rows[1][2] == "The Council, rebate"


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"amount": "5"}, ["currency", "due_on", "note_ru"]),
        ({"due_on": "2020-01-01"}, ["due_on"]),
        ({"year": "1999"}, ["year"]),
        ({"member": "0"}, ["member"]),
        ({}, ["__all__"]),
    ],
)
def test_wrong_single_invoice_is_refused_beside_the_fields(desk, typed, fields):
    member = make_member()

    response = desk.post(
        f"{LIST}add/", {"member": member.pk, "year": YEAR, "form_key": key(), **typed}
    )

    assert sorted(errors_of(response)) == sorted(fields)
    assert Invoice.objects.count() == 0


def test_statement_and_totals_are_shown(desk):
    member = make_member()
    pay(make_invoice(member), "400")

    statement = text_of(desk.get(f"{LIST}statement/{member.pk}/"))
    totals = text_of(desk.get(f"{LIST}totals/"))

    assert "600.00 RUB" in statement
    assert "1,000.00 RUB" in totals
    pdf = desk.get(f"{LIST}statement/{member.pk}/statement.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert desk.get(f"{LIST}statement/999999/").status_code == 404


def test_list_and_totals_are_exported_as_they_are_filtered(desk):
    make_overdue(make_member("osh", "Ош", "Osh"))
    issuing.cancel(make_invoice(make_member("ufa", "Уфа", "Ufa")), "Ошибка", None)

    response = desk.get(f"{LIST}list.csv?state=overdue")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    lines = body.decode("utf-8-sig").strip().splitlines()

    assert len(lines) == 2
    assert "Osh" in lines[1]
    assert "1000.00" in lines[1]
    workbook = desk.get(f"{LIST}list.xlsx")
    data = b"".join(workbook.streaming_content) if workbook.streaming else workbook.content
    assert data.startswith(b"PK")
    assert desk.get(f"{LIST}totals.csv").status_code == 200
    assert desk.get(f"{LIST}totals.pdf").status_code == 404
    assert desk.get(f"{LIST}list.csv?year=x").status_code == 404

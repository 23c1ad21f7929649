"""The dues of a member in its cabinet, and what its representative is asked to do."""

import pytest

from content import dated
from dues import issuing
from dues.tests.factories import days_from_now, make_invoice, make_overdue, pay
from members.attention import attention_for
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db
YEAR = dated.today().year
PAGE = "/en/cabinet/kazan/dues/"


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def rep(member, make_user):
    user = make_user("rep@example.org", language="en")
    make_representative(user, member)
    return user


@pytest.fixture
def door(client_of, rep):
    """The representative's browser."""
    return client_of(rep)


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_page_shows_every_invoice_with_its_state(door, member):
    paid = make_overdue(member, year=YEAR - 2, days=700)
    pay(paid)
    overdue = make_overdue(member, year=YEAR - 1, days=10)
    partly = make_invoice(member)
    pay(partly, "250.50")
    make_invoice(make_member("other", "Чужой", "Foreign"))

    response = door.get(PAGE)
    text = text_of(response)

    shown = [(one.number, one.state) for one in response.context_data["invoices"]]
    assert shown == [
        (partly.number, "partly"), (overdue.number, "overdue"), (paid.number, "paid"),
    ]  # fmt: skip
    assert "Left to pay: <strong>1,749.50 RUB</strong>" in text
    assert "left: 749.50 RUB" in text
    assert "Foreign" not in text


def test_page_without_invoices_says_so(door):
    assert "No invoices yet" in text_of(door.get(PAGE))


def test_cancelled_invoice_shows_its_credit_note(door, member):
    invoice = make_invoice(member)
    issuing.cancel(invoice, "Issued twice", None)

    text = text_of(door.get(PAGE))

    assert "Issued twice" in text
    assert "All invoices are paid." in text


def test_menu_leads_to_the_page(door):
    assert f'href="{PAGE}"' in text_of(door.get("/en/cabinet/kazan/"))


def test_invoice_comes_as_a_pdf_that_nobody_keeps(door, member):
    invoice = make_invoice(member)

    response = door.get(f"{PAGE}{invoice.number}.pdf")

    assert response.status_code == 200
    assert response.content.startswith(b"%PDF-")
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="invoice-{invoice.number}.pdf"'
    )
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("until", ["", "?until=2026-02-30", "?until=2999-01-01", "?until=x"])
def test_statement_of_an_impossible_day_is_that_of_today(door, member, until):
    response = door.get(f"{PAGE}statement.pdf{until}")

    assert response.headers["Content-Disposition"].endswith(f'{dated.today()}.pdf"')


def test_statement_of_an_earlier_day(door):
    day = days_from_now(-3)

    response = door.get(f"{PAGE}statement.pdf?until={day}")

    assert response.headers["Content-Disposition"].endswith(f'-{day}.pdf"')


def test_invoice_of_another_member_is_not_found(door, member):
    make_invoice(member)
    foreign = make_invoice(make_member("other"))

    assert door.get(f"{PAGE}{foreign.number}.pdf").status_code == 404
    assert door.get(f"/en/cabinet/other/dues/{foreign.number}.pdf").status_code == 404
    assert door.get("/en/cabinet/other/dues/").status_code == 404
    assert door.get(f"{PAGE}{YEAR}-0099.pdf").status_code == 404
    assert door.get(f"{PAGE}{YEAR}-99999999999.pdf").status_code == 404


def test_former_representative_sees_nothing(door, rep, member):
    invoice = make_invoice(member)
    rep.mandates.update(starts_on=days_from_now(-9), ends_on=days_from_now(-1))

    assert door.get(PAGE).status_code == 404
    assert door.get(f"{PAGE}{invoice.number}.pdf").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_page_takes_the_same_number_of_queries_for_any_number_of_invoices(
    door, member, count, django_assert_max_num_queries
):
    for number in range(count):
        pay(make_invoice(member, year=2005 + number), "1")

    with django_assert_max_num_queries(22):
        door.get(PAGE)


def test_unpaid_invoice_is_a_thing_to_do_with_its_deadline(member, rep):
    later = make_invoice(member, due_on=days_from_now(40))
    late = make_overdue(member, year=YEAR - 1, days=3)
    pay(late, "1")
    pay(make_overdue(member, year=YEAR - 2))

    found = [
        (one.title, one.deadline, one.is_hot, one.url)
        for one in attention_for(member, rep)
        if "/dues/" in one.url
    ]

    assert [row[1:3] for row in found] == [(late.due_on, True), (later.due_on, False)]
    assert {row[3] for row in found} == {"/ru/cabinet/kazan/dues/"}


def test_front_page_of_the_cabinet_asks_to_pay(door, member):
    invoice = make_invoice(member, due_on=days_from_now(5))

    text = text_of(door.get("/en/cabinet/kazan/"))

    assert f"Pay the due for {YEAR}" in text
    assert f"Invoice {invoice.number}, left to pay: 1,000.00 RUB" in text

"""Reminders: which rung on which day, whom it reaches, and MEM-4."""

import datetime

import pytest
from django.urls import reverse

from content import dated, workqueue
from dues import issuing, ladder, tasks
from dues.models import Reminder
from dues.tests.factories import days_from_now, make_invoice, make_overdue, pay
from mailing.models import Message
from members import lifecycle
from members.models import Department, DepartmentContact, Member
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(make_user):
    """A city with a representative, a signatory and a department."""
    member = make_member()
    make_representative(make_user("rep@example.org", language="en"), member)
    make_representative(make_user("sign@example.org"), member, role="signatory")
    department = Department.objects.create(member=member, name_ru="Отдел", email="box@example.org")
    DepartmentContact.objects.create(
        department=department, full_name_ru="Глава отдела", email="Head@example.org", is_head=True
    )
    return member


def taken() -> list[tuple]:
    rows = Reminder.objects.order_by("rung", "pk")
    return [(row.rung, row.reached, row.email) for row in rows]


def test_every_rung_reaches_further(member):
    invoice = make_invoice(member)
    for days in (-15, -14, 0, 1, 29, 30, 60, 90):
        ladder.climb(invoice.due_on + datetime.timedelta(days=days))

    assert taken() == [
        (1, "rep", "rep@example.org"),
        (2, "rep", "rep@example.org"),
        (3, "rep", "rep@example.org"),
        (3, "second", "sign@example.org"),
        (4, "dept", "head@example.org"),
        (5, "letter", ""),
    ]
    assert Message.objects.count() == 5


def test_each_mail_is_written_once_however_often_the_task_runs(member):
    make_overdue(member, days=1)

    assert [tasks.climb_ladder() for _time in range(3)] == [2, 0, 0]
    assert Message.objects.count() == 2


def test_after_an_outage_only_the_rung_of_the_day_is_taken(member):
    make_overdue(member, days=45)

    tasks.climb_ladder()

    assert taken() == [(4, "dept", "head@example.org")]


def test_rungs_before_the_issue_are_not_taken(member):
    invoice = make_invoice(member, issued_on=dated.today(), due_on=days_from_now(7))

    assert ladder.climb() == 0
    assert ladder.rung_on(invoice, invoice.due_on) == Reminder.Rung.DUE


def test_paid_cancelled_and_later_invoices_are_left_alone(member):
    pay(make_overdue(make_member("paid")))
    issuing.cancel(make_overdue(make_member("cancelled")), "Ошибка", None)
    make_invoice(member, due_on=days_from_now(15))

    assert ladder.climb() == 0


def test_rung_without_anybody_goes_to_the_next():
    lonely = make_member("lonely")
    boxed = make_member("boxed")
    Department.objects.create(member=boxed, name_ru="Отдел", email="box@example.org")
    make_overdue(lonely, days=1)
    make_overdue(boxed, days=1)

    ladder.climb()

    found = set(Reminder.objects.values_list("invoice__member__slug", "reached", "email"))
    assert found == {("lonely", "letter", ""), ("boxed", "dept", "box@example.org")}


def test_nobody_before_the_day_to_pay_means_no_letter_on_paper():
    make_invoice(make_member("lonely"), due_on=days_from_now(10))

    assert ladder.climb() == 0


def test_words_of_the_mail_follow_the_rung(member):
    invoice = make_invoice(member)
    year = invoice.year
    for days in (-14, 0, 1):
        ladder.climb(invoice.due_on + datetime.timedelta(days=days))

    mails = Message.objects.filter(email="rep@example.org").order_by("pk")
    day = invoice.due_on
    assert [mail.subject for mail in mails] == [
        f"Membership due {year}: to be paid by {day.day} {day:%B} {day.year}: Kazan",
        f"Membership due {year}: today is the last day to pay: Kazan",
        f"Membership due {year}: overdue by 1 day: Kazan",
    ]


def test_mail_tells_what_is_left_of_a_part_payment(member):
    invoice = make_overdue(member, days=1)
    pay(invoice, "400")

    ladder.climb()

    mail = Message.objects.get(email="rep@example.org")
    assert "600.00\u00a0RUB is left to pay" in mail.text_body


def test_payment_in_full_calls_back_reminders_that_wait(member):
    invoice = make_overdue(member, days=1)
    ladder.climb()

    pay(invoice)

    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}


def test_mem_4_lapse_is_not_disappearance(member, client, client_of, finance_officer):
    """The due date passes at night."""
    make_overdue(member, days=1)
    tasks.climb_ladder()

    page = client.get(f"/ru/members/{member.slug}/")
    assert page.status_code == 200
    assert "Казань" in page.content.decode()
    assert client.get("/ru/members/").content.decode().count("/ru/members/kazan/") > 0
    fresh = Member.objects.get(pk=member.pk)
    assert lifecycle.status_on(fresh, dated.today()) == "member"
    assert list(Member.objects.members()) == [member]

    queue = next(one for one in workqueue.queues_for(finance_officer) if "dues_inv" in one.url
                 or "dues/invoice" in one.url)  # fmt: skip
    assert (queue.count, queue.is_hot) == (1, True)
    desk = client_of(finance_officer)
    desk.cookies["django_language"] = "en"
    front = desk.get("/admin/").content.decode()
    assert "Dues overdue" in front
    assert "Overdue: 1 day" in front
    listed = desk.get(f"{reverse('admin:dues_invoice_changelist')}?state=overdue")
    assert listed.context_data["cl"].result_count == 1

    mail = Message.objects.get(email="rep@example.org")
    assert (mail.kind, mail.state) == ("dues.reminder", "queued")


def test_one_bad_invoice_stops_nobody_else(make_user, monkeypatch, caplog):
    invoices = []
    for number in range(5):
        city = make_member(f"city-{number}")
        make_representative(make_user(f"rep{number}@example.org"), city)
        invoices.append(make_overdue(city, days=1))
    bad, real = invoices[1].pk, ladder.letters.remind

    def remind(invoice, *rest):
        if invoice.pk == bad:
            raise ValueError("No such bank")
        return real(invoice, *rest)

    monkeypatch.setattr(ladder, "AT_ONCE", 3)
    monkeypatch.setattr(ladder.letters, "remind", remind)

    assert ladder.climb() == 4
    assert set(Message.objects.values_list("email", flat=True)) == {
        f"rep{number}@example.org" for number in (0, 2, 3, 4)
    }
    assert [record.getMessage() for record in caplog.records] == [
        f"The ladder of invoice {bad} stands still", "1 invoices could not be reminded of",
    ]  # fmt: skip
    assert caplog.records[0].exc_info[0] is ValueError

    monkeypatch.setattr(ladder.letters, "remind", real)
    assert ladder.climb() == 1


def test_hundred_invoices_take_a_bounded_number_of_queries(
    make_user, django_assert_max_num_queries
):
    for number in range(100):
        city = make_member(f"city-{number}")
        make_overdue(city, days=1)
        make_representative(make_user(f"rep{number}@example.org"), city)

    with django_assert_max_num_queries(25):
        assert ladder.climb() == 100

"""Who has paid what was due: GOV-4 asks this before an assembly."""

import pytest
from django.contrib.auth.models import AnonymousUser

from content import dated
from dues import issuing
from dues.models import Invoice
from dues.standing import paid_up
from dues.tests.factories import days_from_now, make_invoice, make_overdue, pay
from members.models import Member
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db


def test_gov_4_members_with_an_unpaid_due_are_not_paid_up():
    never = make_member("never")
    later = make_invoice(make_member("later")).member
    late = make_overdue(make_member("late")).member
    partly = make_overdue(make_member("partly"))
    paid = make_overdue(make_member("paid"))
    cancelled = make_overdue(make_member("cancelled"))
    pay(partly, "999.99")
    pay(paid)
    issuing.cancel(cancelled, "Ошибка", None)

    everybody = Member.objects.values_list("pk", flat=True)
    today = paid_up(everybody, dated.today())

    expected = {never.pk, later.pk, paid.member_id, cancelled.member_id}
    assert today == expected
    assert paid_up([late.pk, paid.member_id], dated.today()) == {paid.member_id}
    assert paid_up([], dated.today()) == set()


def test_gov_4_due_of_the_very_day_has_to_be_paid():
    invoice = make_invoice(due_on=days_from_now(10))
    member = invoice.member_id

    assert paid_up([member], days_from_now(9)) == {member}
    assert paid_up([member], days_from_now(10)) == set()


def test_gov_4_payment_after_the_day_does_not_count_on_it():
    invoice = make_overdue(days=10)
    pay(invoice, day=days_from_now(-2))

    assert paid_up([invoice.member_id], days_from_now(-3)) == set()
    assert paid_up([invoice.member_id], days_from_now(-2)) == {invoice.member_id}


def test_gov_4_takes_one_query_for_any_number_of_members(django_assert_num_queries):
    members = [make_overdue(make_member(f"city-{number}")).member_id for number in range(30)]

    with django_assert_num_queries(1):
        assert paid_up(members, dated.today()) == set()


def seen_by(user) -> list[str]:
    """The members whose invoices this person sees."""
    invoices = Invoice.objects.for_user(user).order_by("member__slug")
    return list(invoices.values_list("member__slug", flat=True))


def test_invoices_are_seen_by_keepers_of_the_accounts_and_by_their_own_representatives(
    make_user, finance_officer, lead, editor, superuser
):
    for slug in ("kazan", "ufa"):
        make_invoice(make_member(slug))
    kazan = Member.objects.get(slug="kazan")
    rep, former, both = make_user(), make_user(), make_user(roles=["editor"])
    make_representative(rep, kazan)
    make_representative(both, kazan)
    make_representative(
        former, kazan, starts_on=days_from_now(-9), ends_on=days_from_now(-1)
    )  # fmt: skip

    found = {
        name: seen_by(user)
        for name, user in {
            "finance": finance_officer, "lead": lead, "superuser": superuser, "editor": editor,
            "rep": rep, "both": both, "former": former, "nobody": AnonymousUser(),
        }.items()
    }  # fmt: skip

    everything = ["kazan", "ufa"]
    assert found == {
        "finance": everything, "lead": everything, "superuser": everything, "editor": [],
        "rep": ["kazan"], "both": ["kazan"], "former": [], "nobody": [],
    }  # fmt: skip


def test_mem_6_invoices_are_out_of_sight_the_day_the_membership_ends(make_user):
    member = make_invoice(make_member()).member
    rep = make_user()
    make_representative(rep, member)
    assert seen_by(rep) == ["kazan"]

    member.periods.update(ends_on=days_from_now(-1))

    assert seen_by(rep) == []

"""Who answers for a member: the lead representatives, or everybody where there is no lead."""

import datetime

import pytest

from accounts.tests.factories import make_user
from members import mandates
from members.models import Representative
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db
LEAD, CONTRIBUTOR = Representative.Role.LEAD, Representative.Role.CONTRIBUTOR


def acting(member, name, role=LEAD, **days):
    """A user who represents this member."""
    return make_representative(make_user(f"{name}@example.org"), member, role=role, **days).user


def test_leads_answer_and_where_there_is_none_everybody(django_assert_num_queries):
    led, unled = make_member("led"), make_member("unled")
    lead = acting(led, "lead")
    acting(led, "other", CONTRIBUTOR)
    others = [acting(unled, name, CONTRIBUTOR) for name in ("one", "two")]
    nobody = make_member("nobody")

    with django_assert_num_queries(1):
        found = mandates.answering_for([led.pk, unled.pk, nobody.pk])

    assert found == {led.pk: [lead], unled.pk: others}


def test_who_left_or_is_disabled_does_not_answer():
    member = make_member()
    left = acting(
        member, "left", starts_on=datetime.date(2015, 1, 1), ends_on=datetime.date(2020, 1, 1)
    )
    disabled = acting(member, "disabled")
    disabled.is_active = False
    disabled.save()

    assert mandates.answering_for([member.pk]) == {}
    assert mandates.answering_for([member.pk], datetime.date(2019, 1, 1)) == {member.pk: [left]}

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from content.models import AuditEntry
from mailing.models import Message
from members import representatives
from members.models import Member, Representative
from members.tests.factories import make_representative

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 6, 1)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("content.dated.today", lambda: TODAY)
    with translation.override("en"):
        yield


def deeds() -> list[tuple]:
    rows = AuditEntry.objects.filter(verb__startswith="member.mandate").order_by("pk")
    return [(row.verb, row.actor, row.target, row.summary, row.changes) for row in rows]


def test_mandate_ended_yesterday_ends_the_right_at_once(member, rep, lead):
    mandate = rep.mandates.get()

    representatives.end_mandate(mandate, TODAY - DAY, lead)

    assert list(Member.objects.editable_by(rep)) == []
    assert deeds() == [
        (
            "member.mandate_ends", lead, member, f"{member}: rep@example.org",
            {"ends_on": [None, "2026-05-31"]},
        )
    ]  # fmt: skip


def test_last_day_of_a_mandate_is_told_once_for_each_change(rep, lead):
    mandate = rep.mandates.get()
    for last_day in (TODAY, TODAY, TODAY + DAY, TODAY, None):
        representatives.end_mandate(mandate, last_day, lead)

    letters = Message.objects.order_by("pk")
    told = [
        line
        for letter in letters
        for line in letter.text_body.splitlines()
        if line.startswith("Your right to act for Kazan on the portal")
    ]
    assert [word.split("portal ")[1].split(".")[0] for word in told] == [
        "ends with 1 June 2026",
        "ends with 2 June 2026",
        "ends with 1 June 2026",
        "now holds until further notice",
    ]
    assert {(letter.email, letter.subject) for letter in letters} == {
        ("rep@example.org", "Until when you represent Kazan on the portal")
    }
    assert len(deeds()) == 4


def test_end_of_a_mandate_is_not_told_to_a_disabled_account(rep, lead):
    rep.is_active = False
    rep.save()

    representatives.end_mandate(rep.mandates.get(), TODAY, lead)

    assert (len(deeds()), Message.objects.count()) == (1, 0)


@pytest.mark.parametrize("last_day", [None, TODAY])
def test_mandate_that_is_over_does_not_return(rep, lead, last_day):
    rep.mandates.update(ends_on=TODAY - DAY)

    with pytest.raises(ValidationError) as error:
        representatives.end_mandate(rep.mandates.get(), last_day, lead)

    assert error.value.code == "over"
    assert (Representative.objects.get().ends_on, deeds()) == (TODAY - DAY, [])


def test_mandate_does_not_end_before_it_begins_nor_stays_open_twice(member, rep, lead):
    rep.mandates.update(starts_on=TODAY, ends_on=TODAY + DAY)
    first = rep.mandates.get()
    make_representative(rep, member)

    problems = []
    for last_day in (TODAY - DAY, None):
        with pytest.raises(ValidationError) as error:
            representatives.end_mandate(first, last_day, lead)
        problems += error.value.messages

    assert problems == [
        "The last valid day lies before the first one.",
        "This person already represents this member.",
    ]


def test_role_is_changed_with_its_history(member, rep, lead):
    mandate = rep.mandates.get()
    for _twice in range(2):
        representatives.change_role(mandate, "contributor", "Deputy head", lead)

    row = Representative.objects.get()
    assert (row.role, row.position) == ("contributor", "Deputy head")
    assert deeds() == [
        (
            "member.mandate_changed", lead, member, f"{member}: rep@example.org",
            {"role": ["lead", "contributor"], "position": ["", "Deputy head"]},
        )
    ]  # fmt: skip

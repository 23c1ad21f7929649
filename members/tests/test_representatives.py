import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
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


@pytest.fixture
def second(member, make_user):
    """Another lead representative: one may leave."""
    user = make_user("second@example.org", full_name="Second")
    make_representative(user, member)
    return user


def deeds() -> list[tuple]:
    rows = AuditEntry.objects.filter(verb__startswith="member.mandate").order_by("pk")
    return [(row.verb, row.actor, row.target, row.summary, row.changes) for row in rows]


def test_mandate_ended_yesterday_ends_the_right_at_once(member, rep, second, lead):
    mandate = rep.mandates.get()

    representatives.end_mandate(mandate, TODAY - DAY, lead)

    assert list(Member.objects.editable_by(rep)) == []
    assert deeds() == [
        (
            "member.mandate_ends", lead, member, f"{member}: rep@example.org",
            {"ends_on": [None, "2026-05-31"]},
        )
    ]  # fmt: skip


def test_last_day_of_a_mandate_is_told_once_for_each_change(rep, second, lead):
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


def test_end_of_a_mandate_is_not_told_to_a_disabled_account(rep, second, lead):
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


def test_role_is_changed_with_its_history(member, rep, second, lead):
    mandate = rep.mandates.get()
    for _twice in range(2):
        representatives.change_role(mandate, "contributor", "Deputy head", lead)

    row = rep.mandates.get()
    assert (row.role, row.position) == ("contributor", "Deputy head")
    assert deeds() == [
        (
            "member.mandate_changed", lead, member, f"{member}: rep@example.org",
            {"role": ["lead", "contributor"], "position": ["", "Deputy head"]},
        )
    ]  # fmt: skip


LAST = "Nobody would be lead representative of Kazan from {day} on. Invite a successor first, or let the mandate end 30 days from now or later: then the person is asked in time to hand over."  # noqa: E501


def refusal(deed, *args) -> list[str]:
    with pytest.raises(ValidationError) as error:
        deed(*args)
    return error.value.messages


@pytest.mark.parametrize(
    ("last_day", "day"),
    [(TODAY - DAY, "1 June 2026"), (TODAY, "2 June 2026"), (TODAY + 29 * DAY, "1 July 2026")],
)
def test_last_lead_representative_is_not_removed(rep, lead, last_day, day):
    problems = refusal(representatives.end_mandate, rep.mandates.get(), last_day, lead)

    assert problems == [LAST.format(day=day)]
    assert (Representative.objects.get().ends_on, deeds()) == (None, [])


def test_term_of_the_last_lead_may_end_when_there_is_time_to_hand_over(rep, lead):
    representatives.end_mandate(rep.mandates.get(), TODAY + 30 * DAY, lead)
    representatives.end_mandate(rep.mandates.get(), TODAY + 40 * DAY, lead)

    problems = refusal(representatives.end_mandate, rep.mandates.get(), TODAY + 3 * DAY, lead)

    assert problems == [LAST.format(day="5 June 2026")]
    assert Representative.objects.get().ends_on == TODAY + 40 * DAY


def test_last_lead_does_not_become_a_contributor(rep, lead):
    problems = refusal(representatives.change_role, rep.mandates.get(), "contributor", "", lead)

    assert problems == [LAST.format(day="1 June 2026")]
    assert (Representative.objects.get().role, deeds()) == ("lead", [])


def test_successor_who_begins_the_next_day_lets_the_lead_go(member, rep, lead, make_user):
    make_representative(make_user("next@example.org"), member, starts_on=TODAY + DAY)

    problems = refusal(representatives.end_mandate, rep.mandates.get(), TODAY - DAY, lead)
    representatives.end_mandate(rep.mandates.get(), TODAY, lead)

    assert problems == [LAST.format(day="1 June 2026")]
    assert rep.mandates.get().ends_on == TODAY


def test_contributors_and_signatories_leave_whenever_they_like(member, rep, lead, make_user):
    for role in ("contributor", "signatory"):
        mandate = make_representative(make_user(f"{role}@example.org"), member, role=role)
        representatives.end_mandate(mandate, TODAY, lead)

    assert Representative.objects.filter(ends_on=TODAY).count() == 2


def test_member_that_left_needs_no_lead(member, rep, lead):
    member.periods.update(ends_on=TODAY - DAY)

    representatives.end_mandate(rep.mandates.get(), TODAY - DAY, lead)

    assert rep.mandates.get().ends_on == TODAY - DAY


@pytest.mark.django_db(transaction=True)
def test_two_leads_ended_at_once_leave_one(member, rep, second, lead):
    start, outcomes = threading.Barrier(2), []

    def end(mandate):
        try:
            start.wait(10)
            representatives.end_mandate(mandate, TODAY, lead)
            outcomes.append("ended")
        except ValidationError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=end, args=(Representative.objects.get(user=user),))
        for user in (rep, second)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcomes) == ["ended", "last_lead"]
    assert Representative.objects.filter(ends_on=None).count() == 1

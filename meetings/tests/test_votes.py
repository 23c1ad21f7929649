"""Votes of a decision: no more of them than voters on the attendance list."""

import pytest

from meetings import attending
from meetings.models import Meeting
from meetings.tests.factories import (
    make_attendance,
    make_decision,
    make_meeting,
    make_person,
    make_seat,
    make_term,
)
from meetings.tests.test_admin import change
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db

REFUSED = (
    "Votes for, against and abstentions: 8 together. By the attendance list 7 of those present "
    "may vote."
)


@pytest.fixture
def desk(client_of, editor):
    client = client_of(editor)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def meeting(editor) -> Meeting:
    """Nine seats are on the list, seven of their holders are there, and a guest."""
    meeting = make_meeting(state="held")
    for number in range(9):
        city = make_member(f"city-{number}", f"Город {number}", f"City {number}")
        make_term(make_seat(order=number), member=city, delegate=make_person(f"p{number}"))
    attending.prepare(meeting, editor)
    there = meeting.attendances.values_list("pk", flat=True)[:7]
    attending.take(meeting, there, [], editor)
    make_attendance(meeting)
    return meeting


def decide(desk, meeting, votes_for="", against="", abstained=""):
    row = {
        "number": 1, "kind": "approved", "item": "", "wording_ru": "Утвердить.", "wording_en": "",
        "votes_for": votes_for, "votes_against": against, "votes_abstained": abstained,
        "meeting": meeting.pk, "id": "",
    }  # fmt: skip
    typed = {f"decisions-0-{name}": value for name, value in row.items()}
    return change(desk, meeting, **{"decisions-TOTAL_FORMS": 1, **typed})


def errors(response) -> list[dict]:
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    return next(formset.errors for formset in formsets if formset.prefix == "decisions")


@pytest.mark.parametrize("votes", [(8, "", ""), (5, 2, 1)])
def test_more_votes_than_voters_there_are_refused_beside_the_field(desk, meeting, votes):
    response = decide(desk, meeting, *votes)

    assert errors(response) == [{"votes_for": [REFUSED]}]
    assert meeting.decisions.count() == 0
    assert f'name="decisions-0-votes_for" value="{votes[0]}"' in response.content.decode()


def test_as_many_votes_as_voters_there_are_taken(desk, meeting):
    response = decide(desk, meeting, 5, 1, 1)

    assert response.status_code == 302
    assert [(one.votes_for, one.votes_against) for one in meeting.decisions.all()] == [(5, 1)]


def test_votes_are_taken_while_the_list_names_nobody_who_was_there(desk, meeting):
    attending.take(meeting, [], [], None)
    make_attendance(meeting, name_ru="Гость из Омска")

    response = decide(desk, meeting, 8)

    assert (response.status_code, meeting.decisions.get().votes_for) == (302, 8)
    assert attending.votes_there(meeting) is None


def test_decision_that_is_left_alone_does_not_bar_the_form(desk, meeting):
    decision = make_decision(meeting, votes_for=8)
    row = {"id": decision.pk, "meeting": meeting.pk, "number": 1, "kind": "approved", "item": "",
           "wording_ru": decision.wording_ru, "wording_en": decision.wording_en, "votes_for": 8,
           "votes_against": "", "votes_abstained": ""}  # fmt: skip
    typed = {f"decisions-0-{name}": value for name, value in row.items()}

    response = change(
        desk, meeting,
        **{"decisions-TOTAL_FORMS": 1, "decisions-INITIAL_FORMS": 1, "place_en": "Omsk", **typed},
    )  # fmt: skip

    assert (response.status_code, Meeting.objects.get().place_en) == (302, "Omsk")

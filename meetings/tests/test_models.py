"""Rules of the tables: what is refused in words, and by the database."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from meetings.models import AssemblyDelegate, Attendance, Decision, Election, Meeting
from meetings.tests.factories import (
    DAY,
    HOUR,
    START,
    make_assembly,
    make_attendance,
    make_body,
    make_decision,
    make_delegate,
    make_election,
    make_item,
    make_meeting,
    make_person,
    make_seat,
    make_term,
)
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db


def refused(record) -> list[str]:
    """What the form would say; the database refuses the row as well."""
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save()
    return caught.value.messages


def test_meeting_does_not_end_before_it_starts():
    meeting = make_meeting()
    meeting.ends_at = meeting.starts_at - HOUR

    assert refused(meeting) == ["A meeting cannot end before it starts."]


def test_meeting_needs_a_title_in_one_language():
    meeting = Meeting(
        body=make_body(), slug="nameless", starts_at=START, ends_at=START, title_ru="", title_en=""
    )

    assert "Give it in Russian or in English." in refused(meeting)


def test_body_numbers_its_meetings_once():
    make_meeting("first", number=27)
    second = make_meeting("second", number=28)
    second.number = 27

    assert refused(second) == ["This body has a meeting of this number."]


def test_meetings_do_not_stand_within_one_another_in_a_circle():
    outer = make_meeting("outer", title_en="World Council")
    inner = make_meeting("inner", parent=outer)
    outer.parent = inner

    for deed in (outer.full_clean, outer.save):
        with pytest.raises(ValidationError, match="would stand above itself"):
            deed()


def test_unknown_time_zone_is_refused():
    meeting = make_meeting()
    meeting.time_zone = "Europe/Nowhere"

    with pytest.raises(ValidationError, match="There is no such time zone"):
        meeting.full_clean()


def test_day_is_that_of_the_place():
    late = datetime.datetime(2026, 6, 10, 22, 30, tzinfo=datetime.UTC)

    meeting = make_meeting(starts_at=late, time_zone="Asia/Bishkek")

    assert meeting.day == datetime.date(2026, 6, 11)


def test_agenda_numbers_are_given_once():
    meeting = make_meeting()
    make_item(meeting, 1)
    second = make_item(meeting, 2)
    second.order = 1

    assert refused(second) == ["The agenda has this number already."]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"is_by_consensus": True, "votes_for": 3}, "By consensus means that no votes"),
        ({"votes_against": 3}, "Say how many voted for it."),
        ({"wording_ru": "", "wording_en": ""}, "Give it in Russian or in English."),
    ],
)
def test_decision_is_by_consensus_or_by_votes(fields, words):
    decision = Decision(
        **{"meeting": make_meeting(), "number": 1, "wording_ru": "Утвердить.", **fields}
    )

    assert words in " ".join(refused(decision))


def test_decisions_are_numbered_once():
    meeting = make_meeting()
    make_decision(meeting, 1)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_decision(meeting, 1)


def test_one_delegate_a_member():
    assembly, city = make_meeting("assembly", make_assembly()), make_member()
    make_delegate(assembly, city)

    second = AssemblyDelegate(meeting=assembly, member=city, role="delegate", name_ru="Второй")

    assert refused(second) == ["This member has one already."]


def test_delegate_is_somebody():
    assembly = make_meeting("assembly", make_assembly())
    nobody = AssemblyDelegate(meeting=assembly, member=make_member(), role="delegate")

    assert refused(nobody) == ["Say who it is: choose a person or give a name."]


def test_delegate_stands_for_a_seat_or_a_member_and_a_guest_for_nobody():
    meeting, city = make_meeting(), make_member()
    term = make_term(make_seat(), member=city)
    guest = make_attendance(meeting)

    for fields in (
        {"role": "delegate"},
        {"role": "delegate", "seat_term": term, "member": city},
        {"role": "guest", "seat_term": term},
    ):
        row = Attendance(meeting=meeting, name_ru="Имя", **fields)
        assert refused(row) == ["A delegate stands for one seat or one member."]
    assert guest.name_in("en") == "Гость"


def test_name_comes_from_the_register_where_the_person_is_known():
    assembly = make_meeting("assembly", make_assembly())
    row = make_delegate(assembly, make_member(), person=make_person(), name_ru="")

    assert [row.name_in("ru"), row.name_in("en")] == ["Иван Иванов", "Ivan Ivanov"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"seats": 0}, "There is at least one seat to fill."),
        ({"closes_at": START - DAY}, "Nominations cannot close before they open."),
    ],
)
def test_election_has_seats_and_a_window(fields, words):
    values = {
        "body": make_body(),
        "title_ru": "Выборы",
        "opens_at": START,
        "closes_at": START + DAY,
    }
    election = Election(**{**values, **fields})

    assert refused(election) == [words]


def test_phase_follows_the_clock():
    election = make_election(opens_at=START, closes_at=START + DAY)

    found = [election.phase(START + moment).value for moment in (-HOUR, 0 * HOUR, DAY - HOUR, DAY)]

    assert found == ["not_yet", "open", "open", "closed"]


def test_elections_at_a_meeting_are_counted_after_it():
    coming = make_meeting(starts_at=START)
    election = make_election(meeting=coming, opens_at=START - 9 * DAY, closes_at=START - 8 * DAY)

    before = Election.objects.to_count(START - DAY)
    after = Election.objects.to_count(coming.ends_at)

    assert (list(before), list(after)) == ([], [election])

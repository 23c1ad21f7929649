"""The eligibility sheet and the attendance list."""

from decimal import Decimal

import pytest

from dues.tests.factories import make_invoice
from meetings import attending, eligibility
from meetings.models import Minutes
from meetings.refusals import Refused
from meetings.tests.factories import (
    DAY,
    make_assembly,
    make_attendance,
    make_delegate,
    make_document,
    make_meeting,
    make_person,
    make_seat,
    make_term,
)
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def assembly(db):
    return make_meeting("assembly-2026", make_assembly())


def lines(rows) -> list[tuple[str, list[str], list[str]]]:
    return [(line.name, line.marks, line.missing) for line in rows]


NO_SUBSTITUTE = "No substitute is named."


def test_gov_4_who_lacks_something_is_in_the_second_table(assembly):
    cities = [make_member(slug, slug.title(), slug.title()) for slug in ("astana", "baku", "omsk")]
    make_delegate(assembly, cities[0])
    make_delegate(assembly, cities[0], "substitute")
    make_delegate(assembly, cities[1])
    make_invoice(cities[1], issued_on=assembly.day - 60 * DAY, due_on=assembly.day)

    sheet = eligibility.sheet(assembly)

    assert lines(sheet.eligible) == [("Astana", [], [])]
    assert lines(sheet.missing) == [
        ("Baku", [NO_SUBSTITUTE], ["The due is not paid."]),
        ("Omsk", [NO_SUBSTITUTE], ["No delegate is named."]),
    ]
    assert sheet.quorum_line == "Entitled to vote: 1. Quorum: 1."


def test_gov_4_every_member_of_that_day_and_nobody_else(assembly):
    make_member("later", "Later", "Later", is_member=False)
    make_member("omsk", "Омск", "Omsk")

    assert [line.name for line in eligibility.sheet(assembly).missing] == ["Omsk"]


def test_gov_3_substitute_without_a_mandate_is_marked(assembly):
    omsk = make_member("omsk", "Омск", "Omsk")
    make_delegate(assembly, omsk)
    make_delegate(assembly, omsk, "substitute", has_mandate=False)

    assert lines(eligibility.sheet(assembly).eligible) == [
        ("Omsk", ["The substitute has no mandate: may speak, may not vote."], [])
    ]


def test_gov_3_without_the_delegate_such_a_substitute_casts_no_vote(assembly):
    omsk = make_member("omsk", "Омск", "Omsk")
    make_delegate(assembly, omsk, is_coming=False)
    make_delegate(assembly, omsk, "substitute", has_mandate=False)

    sheet = eligibility.sheet(assembly)

    assert sheet.eligible == []
    assert lines(sheet.missing) == [
        (
            "Omsk",
            ["The substitute has no mandate: may speak, may not vote.",
             "The delegate cannot come."],
            ["Nobody who comes may vote."],
        )
    ]  # fmt: skip


def test_substitute_with_a_mandate_stands_in(assembly):
    omsk = make_member("omsk", "Омск", "Omsk")
    make_delegate(assembly, omsk, is_coming=False)
    make_delegate(assembly, omsk, "substitute")

    assert lines(eligibility.sheet(assembly).eligible) == [
        ("Omsk", ["The delegate cannot come."], [])
    ]


def test_delegate_without_a_mandate_is_marked(assembly):
    omsk = make_member("omsk", "Омск", "Omsk")
    make_delegate(assembly, omsk, has_mandate=False)
    make_delegate(assembly, omsk, "substitute")

    assert lines(eligibility.sheet(assembly).eligible) == [
        ("Omsk", ["The mandate of the delegate is not there yet."], [])
    ]


def test_sheet_of_a_body_lists_its_seats_of_the_day():
    meeting = make_meeting()
    omsk, perm = make_member("omsk", "Омск", "Omsk"), make_member("perm", "Пермь", "Perm")
    make_term(make_seat(), member=omsk, delegate=make_person(), substitute=make_person("sub"))
    make_term(make_seat(order=2), member=perm)
    make_seat(order=3)

    sheet = eligibility.sheet(meeting)

    assert lines(sheet.eligible) == [
        ("Omsk", ["The substitute has no mandate: may speak, may not vote."], [])
    ]
    assert lines(sheet.missing) == [
        ("Perm", [], ["The seat is to be filled: no delegate is named."])
    ]


@pytest.mark.parametrize(
    ("share", "number", "needed"),
    [("0.5", 4, 3), ("0.5", 5, 3), ("0.5", 0, 0), ("0.333", 3, 1), ("0.666", 3, 2), ("0", 5, 1)],
)
def test_quorum_is_more_than_the_share(share, number, needed):

    assert eligibility.needed_of(Decimal(share), number) == needed


def test_number_of_queries_does_not_grow(assembly, django_assert_num_queries):
    omsk = make_member("omsk", "Омск", "Omsk")
    make_delegate(assembly, omsk)
    with django_assert_num_queries(3):
        eligibility.sheet(assembly)
    for number in range(20):
        make_delegate(assembly, make_member(f"city-{number}", f"Город {number}", f"C {number}"))

    with django_assert_num_queries(3):
        eligibility.sheet(assembly)


def body_with_seats(*people):
    """A meeting of a body whose seats belong to members and are filled by these people."""
    meeting = make_meeting()
    for number, (delegate, substitute) in enumerate(people, 1):
        city = make_member(f"city-{number}", f"Город {number}", f"City {number}")
        make_term(make_seat(order=number), member=city, delegate=delegate, substitute=substitute)
    return meeting


def present(meeting, *slugs):
    rows = meeting.attendances.filter(person__slug__in=slugs)
    attending.take(meeting, [row.pk for row in rows], [], None)
    sheet = eligibility.sheet(meeting)
    listed = attending.rows(meeting, sheet)
    return listed, attending.quorum(meeting, listed, sheet)


def test_list_is_prepared_from_the_seats_once(editor):
    meeting = body_with_seats((make_person("a"), make_person("b")), (make_person("c"), None))

    assert [attending.prepare(meeting, editor), attending.prepare(meeting, editor)] == [3, 0]
    assert list(meeting.attendances.values_list("person__slug", "role", "has_mandate")) == [
        ("a", "delegate", True), ("c", "delegate", True), ("b", "substitute", False),
    ]  # fmt: skip


def test_list_of_an_assembly_is_prepared_from_the_delegates(assembly, editor):
    omsk = make_member("omsk", "Омск", "Omsk")
    make_delegate(assembly, omsk)

    assert attending.prepare(assembly, editor) == 1
    (row,) = attending.rows(assembly)
    assert (row.name, row.stands_for, row.may_vote) == ("Делегат: Омск", "Omsk", True)


def test_list_follows_the_delegates_until_somebody_is_marked_present(assembly, editor):
    cities = [make_member(slug, slug, slug.title()) for slug in ("omsk", "perm", "tver")]
    marked, renamed, gone = [make_delegate(assembly, city, has_mandate=False) for city in cities]
    attending.prepare(assembly, editor)
    attending.take(assembly, [assembly.attendances.get(member=cities[0]).pk], [], editor)
    for row in (marked, renamed):
        row.name_ru, row.has_mandate = "Пётр Петров", True
        row.save()
    gone.delete()

    assert [attending.prepare(assembly, editor), attending.prepare(assembly, editor)] == [2, 0]
    assert [
        (row.member, row.name_ru, row.has_mandate, row.is_present)
        for row in assembly.attendances.select_related("member").order_by("pk")
    ] == [(cities[0], "Делегат: omsk", False, True), (cities[1], "Пётр Петров", True, False)]
    assert assembly.attendances.get(member=cities[1]).name_in("ru") == "Пётр Петров"


def test_gov_3_substitute_without_a_mandate_does_not_count_for_the_quorum(editor):
    meeting = body_with_seats((make_person("a"), make_person("b")))
    attending.prepare(meeting, editor)

    listed, quorum = present(meeting, "b")

    assert [(row.name, row.why_not) for row in listed if row.attendance.is_present] == [
        ("Ivan Ivanov", "The substitute has no mandate: may speak, may not vote.")
    ]
    assert (quorum.present, quorum.is_reached) == (0, False)


def test_one_vote_a_seat(editor):
    meeting = body_with_seats((make_person("a"), make_person("b")))
    attending.prepare(meeting, editor)
    meeting.attendances.update(has_mandate=True)

    listed, quorum = present(meeting, "a", "b")

    assert [row.why_not for row in listed] == ["", "The delegate is there and votes."]
    assert quorum.words == ("Entitled to vote: 1, present: 1, quorum: 1. There is a quorum.")


def test_quorum_needs_more_than_half(editor):
    meeting = body_with_seats(*[(make_person(slug), None) for slug in "abcd"])
    attending.prepare(meeting, editor)

    assert [present(meeting, *"ab")[1].is_reached, present(meeting, *"abc")[1].is_reached] == [
        False, True,
    ]  # fmt: skip


def test_guest_never_votes():
    meeting = make_meeting()
    make_attendance(meeting)

    (row,) = attending.rows(meeting)

    assert (row.may_vote, row.why_not) == (False, "Guest")


def test_attendance_of_200_asks_as_often_as_of_one(assembly, django_assert_num_queries, editor):
    omsk = make_member("omsk", "Омск", "Omsk")
    make_delegate(assembly, omsk)
    attending.prepare(assembly, editor)
    with django_assert_num_queries(4):
        attending.rows(assembly)
    for number in range(200):
        make_attendance(assembly, name_ru=f"Гость {number}")

    with django_assert_num_queries(4):
        attending.rows(assembly)


def test_list_is_closed_with_the_minutes(editor):
    meeting = make_meeting()
    row = make_attendance(meeting)
    paper = make_document(meeting).file
    Minutes.objects.create(meeting=meeting, language="ru", file=paper, approved_by=editor)

    with pytest.raises(Refused, match="The minutes are approved"):
        attending.take(meeting, [], [], editor)
    row.refresh_from_db()
    assert row.is_present

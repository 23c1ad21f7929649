"""What the papers of a meeting print, in Russian and in English."""

import pytest

from content.tests.papers import properties_of, text_of
from meetings import papers, publishing, results
from meetings.tests.factories import (
    make_assembly,
    make_attendance,
    make_candidates,
    make_decision,
    make_delegate,
    make_election,
    make_item,
    make_meeting,
    make_person,
)
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db


def in_order(text: str, *words: str) -> bool:
    """Whether the text says these words, one after the other."""
    place = 0
    for word in words:
        place = text.find(word, place)
        if place < 0:
            return False
        place += len(word)
    return True


def test_gov_4_paper_prints_both_tables_and_the_quorum():
    assembly = make_meeting("assembly", make_assembly())
    omsk = make_member("omsk", "Омск", "Omsk")
    make_delegate(assembly, omsk, name_en="Anna Petrova")
    make_delegate(assembly, omsk, "substitute", name_en="Boris Orlov", has_mandate=False)
    make_member("perm", "Пермь", "Perm")

    made = papers.sheet_pdf(assembly, "en")

    assert in_order(
        text_of(made), "Entitled to vote: 1. Quorum: 1.", "Entitled to vote", "Omsk",
        "Anna Petrova", "Boris Orlov", "may speak, may not vote", "Not entitled to vote", "Perm",
        "No delegate is named.",
    )  # fmt: skip
    assert properties_of(made)["language"] == "en"


def test_gov_4_paper_is_in_russian_too():
    assembly = make_meeting("assembly", make_assembly())
    make_delegate(assembly, make_member("omsk", "Омск", "Omsk"), name_ru="Анна Петрова")

    made = papers.sheet_pdf(assembly, "ru")

    assert in_order(text_of(made), "Омск", "Анна Петрова")
    assert properties_of(made)["language"] == "ru"


def published(editor, lead):
    """A held meeting with an item, a decision, a guest, and an election that was tied."""
    meeting = make_meeting(
        state="held", chair=make_person("chair", "Пред Седатель", "Chair Person"),
        secretary=make_person("secretary", "Секре Тарь", "Secre Tary"),
    )  # fmt: skip
    item = make_item(meeting, speaker_text_en="Working group")
    make_decision(meeting, item=item, votes_for=9, votes_against=1, votes_abstained=2)
    make_attendance(meeting, name_en="UN-Habitat")
    election = make_election(meeting=meeting, ballots=68)
    one, other = make_candidates(election, "anna", "boris")
    results.record(election, {one.pk: 34, other.pk: 34}, editor)
    results.settle_tie(
        election, "lot", note_ru="Жребий тянул старейший.", note_en="The oldest drew.", by=editor,
        winners=[other.pk],
    )  # fmt: skip
    publishing.ask(election, editor)
    publishing.approve(election, lead, publishing.digest_of(election))
    publishing.publish(election, editor)
    publishing.correct(election, text_ru="Описка.", text_en="A slip of the pen.", by=editor)
    return meeting


def test_gov_5_minutes_print_the_protocol_with_its_rule(editor, lead):
    text = text_of(papers.minutes_pdf(published(editor, lead), "en"))

    assert in_order(
        text, "Minutes", "Meeting of the Council", "UN-Habitat", "quorum",
        "The plan of work", "Working group", "Decision 1: approved",
        "For: 9, against: 1, abstained: 2", "Election to the Council", "Boris", "34", "Elected",
        "Anna", "Not elected", "A tie for the last seat was settled by: lot. The oldest drew.",
        "A slip of the pen.", "Chair Person", "Secre Tary",
    )  # fmt: skip


def test_minutes_are_printed_in_russian_too(editor, lead):
    text = text_of(papers.minutes_pdf(published(editor, lead), "ru"))

    assert in_order(
        text, "Заседание Совета", "О плане работы", "Утвердить план работы.",
        "Жребий тянул старейший.", "Описка.", "Пред Седатель",
    )  # fmt: skip


def test_what_people_type_is_printed_as_it_is():
    meeting = make_meeting()
    make_item(meeting, title_en='#panic("x") $1/0$ *bold*')

    assert '#panic("x") $1/0$ *bold*' in text_of(papers.agenda_pdf(meeting, "en"))

"""What a city has answered yet, what lacks, and what it said in its last edition."""

from decimal import Decimal

import pytest
from django.utils import timezone, translation

from accounts.models import User
from members.tests.factories import make_member
from questionnaires import sheet
from questionnaires.answering import Given
from questionnaires.models import Answer, Response
from questionnaires.progress import questionnaire
from questionnaires.tests.factories import make_response, make_sent
from questionnaires.tests.pages import of
from ratings.models import Indicator
from ratings.tests.factories import make_edition, make_full_edition, make_group, make_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def shape(filled):
    return [
        (one.number, one.code, [(part.group.code, part.depth) for part in one.parts], one.total)
        for one in filled.sections
    ]


def test_groups_in_any_depth_become_sections_with_parts():
    edition = make_edition()
    upper = make_group(edition, "A", order=2)
    lower = make_group(edition, "B", parent=upper)
    deepest = make_group(edition, "C", parent=lower)
    make_group(edition, "EMPTY", order=1)
    last = make_group(edition, "Z", order=3)
    for group, code in ((upper, "A1"), (deepest, "C1"), (deepest, "C2"), (last, "Z1")):
        make_indicator(group, code)
    filled = questionnaire(make_response(edition))
    assert shape(filled) == [
        (1, "A", [("A", 0), ("B", 1), ("C", 2)], 3),
        (2, "Z", [("Z", 0)], 1),
    ]
    assert [one.indicator.code for one in filled.questions] == ["A1", "C1", "C2", "Z1"]


def test_zero_no_figure_and_no_are_answers_and_a_comment_is_none():
    edition = make_edition()
    group = make_group(edition)
    for number in range(5):
        make_indicator(group, f"P{number}", order=number)
    response = make_response(edition)
    for code, columns in {
        "P0": {"number": 0}, "P1": {"is_unknown": True}, "P2": {"comment": "Later"}, "P3": {},
    }.items():  # fmt: skip
        Answer.objects.create(response=response, indicator=of(edition, code), **columns)
    filled = questionnaire(response)
    assert [one.is_answered for one in filled.questions] == [True, True, False, False, False]
    assert (filled.answered, filled.total, filled.unanswered) == (2, 5, 3)
    assert filled.stops == []


def test_a_figure_of_the_portal_proves_itself_until_it_is_changed():
    edition = make_full_edition()
    Indicator.objects.filter(edition=edition, code="P1").update(evidence="required")
    response = make_response(edition)
    offered = {"source": "events", "value": "2", "items": [{"title_en": "A congress"}]}
    answer = Answer.objects.create(
        response=response, indicator=of(edition, "P1"), number=2, offered=offered
    )
    assert questionnaire(response).stops == []
    answer.number = 3
    answer.save()
    stops = questionnaire(response).stops
    assert [(one.question.indicator.code, one.text) for one in stops] == [
        ("P1", "a proof is required")
    ]


def test_the_last_held_edition_counts_as_it_was_checked():
    city = make_member()
    edition = make_full_edition()
    make_sent(make_full_edition(rating=edition.rating, year=2022), {"P1": 1, "E1": 8}, member=city)
    last = make_sent(
        make_full_edition(rating=edition.rating, year=2024), {"P1": 4, "P2": 6}, member=city
    )
    last.answers.filter(indicator__code="P2").update(
        check_state="corrected", corrected_number=Decimal(3), check_reason="Counted twice",
        checked_by=User.objects.create_user("expert@example.org"), checked_at=timezone.now(),
    )  # fmt: skip
    make_sent(make_full_edition(year=2025), {"P1": 99}, member=city)
    draft = make_full_edition(rating=edition.rating, year=2025)
    Answer.objects.create(response=make_response(draft, city), indicator=of(draft, "P1"), number=77)
    filled = questionnaire(Response(edition=edition, member=city))
    assert [one.former_words for one in filled.questions] == ["4", "3", ""]


def test_the_print_of_inputs_tells_a_touch_from_none():
    plain = sheet.fingerprint(Given("12", comment="a\nb"))
    assert sheet.fingerprint(Given(" 12 ", comment="a\r\nb ")) == plain
    others = [Given("13", comment="a\nb"), Given("12", comment=""), Given("12", True, "a\nb")]
    assert plain not in {sheet.fingerprint(one) for one in others}

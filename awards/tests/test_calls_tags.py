"""Names of calls: the award and the year are said once."""

import pytest
from django.utils import translation

from awards.models import Award, Round
from awards.templatetags import calls_tags


@pytest.mark.parametrize(
    ("award", "title", "name"),
    [
        ("Good practice", "Call of spring", "Good practice: Call of spring"),
        ("Good practice", "Good practice 2026", "Good practice 2026"),
    ],
)
def test_name_of_a_call_says_the_award_once(award, title, name):
    with translation.override("en"):
        round = Round(award=Award(title_en=award), title_en=title, year=2026)
        assert calls_tags.call_name(round) == name


@pytest.mark.parametrize(
    ("title", "name"), [("Spring", "Spring, 2026"), ("Spring 2026", "Spring 2026")]
)
def test_year_of_a_round_is_said_once(title, name):
    with translation.override("en"):
        assert calls_tags.round_and_year(Round(title_en=title, year=2026)) == name

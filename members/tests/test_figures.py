"""Yearly figures as tables and sentences."""

import datetime

import pytest
from django.utils import translation

from members import figures
from members.figures import Figure, Series
from members.tests.factories import make_figure, make_member

pytestmark = pytest.mark.django_db


def told(member, day=None, language="en"):
    with translation.override(language):
        return figures.series_of(member, day)


def test_series_have_the_latest_year_first_with_shares_of_the_largest():
    member = make_member()
    make_figure(member, 2010, 500)
    make_figure(member, 2020, 1_000, source_en=None)
    make_figure(member, 2015, 42_500, kind="area")

    assert told(member) == [
        Series(
            "population", "Population", "500 in 2010, 1,000 in 2020: 100 per cent more.",
            [Figure(2020, 1_000, 100.0, "Росстат", "ru"), Figure(2010, 500, 50.0, "Rosstat", "")],
        ),
        Series("area", "Area, hectares", "", [Figure(2015, 42_500, 100.0, "Rosstat", "")]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        (900, "1,000 in 2010, 900 in 2020: 10 per cent less."),
        (1_003, "1,000 in 2010, 1,003 in 2020: almost the same."),
    ],
)
def test_sentence_says_which_way_it_went(last, sentence):
    member = make_member()
    make_figure(member, 2010, 1_000)
    make_figure(member, 2020, last)

    assert told(member)[0].sentence == sentence


def test_figures_of_later_years_are_not_known_on_a_day():
    member = make_member()
    make_figure(member, 2010, 500)
    make_figure(member, 2020, 1_000)

    found = told(member, datetime.date(2019, 12, 31))

    assert [[row.year for row in series.rows] for series in found] == [[2010]]


def test_bar_is_an_attribute_with_a_point_in_every_language():
    with translation.override("ru"):
        assert Figure(2010, 1, 76.9, "", "").bar == "76.9"


def test_member_without_figures_has_no_series():
    assert told(make_member()) == []

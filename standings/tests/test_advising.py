"""Which recommendations a city gets."""

import pytest

from ratings.tests.factories import make_rating
from standings import advising
from standings.advising import City, Situation
from standings.models import Advice

When = Advice.When


def row(score, rank_in_class=1, rank=1, **groups):
    return {
        "class": "small", "score": score, "rank": rank, "rank_in_class": rank_in_class,
        "groups": {code: {"score": own, "rank": None} for code, own in groups.items()},
    }  # fmt: skip


def line(code, raw=1.0, gap=None, peers=8):
    return {"code": code, "raw": raw, "gap": gap, "peers": peers}


# Eight cities: the first leads, the last two are the last quarter; none has its own direction F.
CLASS = [row(80 - 10 * place, place + 1, P=80 - 10 * place, F=None) for place in range(8)]


def of(place, **columns):
    found = advising.situations(City(row=CLASS[place], lines=[], **columns), CLASS)
    return [(one.code, one.when) for one in found if one.code != "F"]


def test_leaders_are_told_that_they_lead():
    assert of(0) == [("", When.LEADING), ("P", When.LEADING)]


def test_the_lower_half_is_below_the_median_and_the_last_quarter_says_so_first():
    assert of(3) == []
    assert of(4) == [("", When.BELOW_MEDIAN), ("P", When.BELOW_MEDIAN)]
    assert of(7) == [
        ("", When.LAST_QUARTER), ("", When.BELOW_MEDIAN),
        ("P", When.LAST_QUARTER), ("P", When.BELOW_MEDIAN),
    ]  # fmt: skip


def test_a_direction_without_a_score_was_not_answered():
    found = advising.situations(City(row=CLASS[3], lines=[]), CLASS)
    assert Situation(code="F", when=When.NOT_ANSWERED) in found


def test_whoever_fell_is_told_so_and_not_that_it_leads():
    assert of(0, previous_place=1) == of(0)
    moved = City(row=CLASS[0] | {"rank": 3}, lines=[], previous_place=1)
    codes = [(one.code, one.when) for one in advising.situations(moved, CLASS)]
    assert ("", When.FALLEN) in codes
    assert ("", When.LEADING) not in codes


def test_a_class_of_three_is_compared_with_nobody():
    three = CLASS[:3]
    assert advising.situations(City(row=three[2], lines=[]), three) == [
        Situation(code="F", when=When.NOT_ANSWERED)
    ]


def test_questions_not_answered_and_behind_the_median():
    lines = [line("P1", raw=None), line("P2", gap=-12.5), line("P3", gap=4.0),
             line("P4", gap=-9.0, peers=3), line("P5", gap=None, peers=0)]  # fmt: skip
    found = advising.situations(City(row=CLASS[3], lines=lines), CLASS)
    assert [one for one in found if one.code.startswith("P")] == [
        Situation(code="P1", when=When.NOT_ANSWERED),
        Situation(code="P2", when=When.BELOW_MEDIAN, gap=12.5),
    ]


def test_a_city_without_a_score_is_told_that_alone():
    city = City(row=row(None, None, None, P=None), lines=[line("P1", raw=None)])
    assert advising.situations(city, CLASS) == [Situation(code="", when=When.NOT_ANSWERED)]


@pytest.mark.django_db
def test_texts_are_chosen_widest_gap_first_one_of_a_code():
    rating = make_rating()
    for code, when in [("", "below_median"), ("P", "last_quarter"), ("P", "below_median"),
                       ("P2", "below_median"), ("P3", "below_median")]:  # fmt: skip
        Advice.objects.create(rating=rating, code=code, when=when, text_en=f"{code} {when}")
    Advice.objects.create(rating=make_rating(), code="P9", when="below_median", text_en="Other")
    texts = advising.library(rating)
    lines = [line("P2", gap=-5), line("P3", gap=-45), line("P9", gap=-90)]
    cities = [City(row=one, lines=[]) for one in CLASS[:-1]] + [City(row=CLASS[-1], lines=lines)]
    found = advising.for_cities(cities, texts)
    assert found[0] == []
    assert [(one.code, one.when) for one in found[-1]] == [
        ("", "below_median"), ("P3", "below_median"), ("P", "last_quarter"),
        ("P2", "below_median"),
    ]  # fmt: skip
    assert len(advising.for_cities(cities, texts, most=2)[-1]) == 2

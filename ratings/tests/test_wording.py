"""The method in sentences: every choice has words, in both languages, and the figures are right."""

from decimal import Decimal

import pytest
from django.utils import translation

from ratings import wording
from ratings.models import Indicator, Method


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_method_sentences_tell_every_step_in_order():
    method = Method(least_answered=Decimal("0.5"), least_of_group=Decimal("0.34"),
                    outliers="winsorise", weight_sets=1000)  # fmt: skip
    assert wording.method_sentences(method) == [
        "Where a question says so, its answer is divided by the inhabitants of the city or by "
        "another answer, so that large and small cities can be compared.",
        "A city that answered less than 50 % of the scored questions has no place: too little is "
        "known of it.",
        "A question without an answer is left out for that city, and its other answers count in "
        "proportion: nothing turns into a zero.",
        "A direction of which a city answered less than 34 % has no score for that city.",
        "Where answers are spread very unevenly (skewness beyond 2 together with kurtosis beyond "
        "3.5), at most 5 values farthest from the others are brought to the next one.",
        "For each question the lowest value becomes 0 and the highest 100; the others stand "
        "between them in proportion.",
        "Where less is better, the scale is turned round.",
        "A question that all cities answered alike tells them not apart and is left out.",
        "Within a direction the questions are averaged by their weights.",
        "The index is the average of the directions by their weights.",
        "Cities whose scores agree to nine decimal places share a place; after two second places "
        "comes the fourth.",
        "To see how firm the places are, the rating was computed 1,000 more times, with every "
        "weight moved at random by up to 25 % either way.",
    ]


def test_method_sentences_of_outranking_speak_of_pairs():
    method = Method(within_groups="copeland", across_groups="copeland", is_denominated=False,
                    all_groups_needed=True, equal_weights=True)  # fmt: skip
    said = wording.method_sentences(method)
    assert said[0] == "Answers count as they are, however large the city is."
    assert "A city without a score in one of the directions has no place." in said
    assert "Values far from the others count as they are." in said
    assert [one for one in said if "Copeland" in one] == [
        "Cities are compared in pairs: one outranks another when the questions in which it is "
        "better weigh more. It counts how many cities a city outranks, less those that outrank it "
        "(Copeland)."
    ]
    assert "All weights are equal." in said


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    ("column", "choices"),
    [
        ("missing", Method.Missing),
        ("normalisation", Method.Normalisation),
        ("constant", Method.Constant),
        ("within_groups", Method.Aggregation),
        ("across_groups", Method.Aggregation),
    ],
)
def test_every_choice_of_the_method_has_a_sentence(language, column, choices):
    with translation.override(language):
        for choice in choices:
            both = {"within_groups": "copeland", "across_groups": "copeland"}
            columns = both if choice == "copeland" else {column: choice}
            said = wording.method_sentences(Method(**columns))
            assert all(said)
            assert not [one for one in said if "%(" in one]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({}, ""),
        ({"denominator": "population", "per": Decimal(1)}, "per inhabitant"),
        ({"denominator": "population", "per": Decimal("1000.000")}, "per 1,000 inhabitants"),
        ({"denominator": "indicator"}, "divided by the answer E1"),
        ({"denominator": "indicator", "per": Decimal(10)}, "per 10 of the answer E1"),
    ],
)
def test_divided_words(columns, words):
    if columns.get("denominator") == "indicator":
        columns = columns | {"denominator_indicator": Indicator(code="E1")}
    assert wording.divided_words(Indicator(**columns)) == words


@pytest.mark.parametrize(
    ("number", "english", "russian"),
    [
        ("1000.000", "1,000", "1000"),
        ("0.2500", "0.25", "0,25"),
        ("100000", "100,000", "100\u00a0000"),
        ("0.000", "0", "0"),
    ],
)
def test_plain_writes_numbers_without_trailing_zeros(number, english, russian):
    assert wording.plain(Decimal(number)) == english
    with translation.override("ru"):
        assert wording.plain(Decimal(number)) == russian

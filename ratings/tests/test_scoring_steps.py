"""Single steps of the scoring against figures worked out by hand or by the plain formula."""

from dataclasses import replace

import numpy as np
import pytest

from ratings import scoring
from ratings.scoring import Rules
from ratings.scoring.outliers import kurtosis, skewness
from ratings.tests.scoring_made import NONE, data, deep, flat


def normalised(values, rules, **columns):
    """What one question gives for these answers."""
    scores = scoring.score(data([[one] for one in values]), flat(1, **columns), rules)
    return scores.normalised[:, 0].tolist()


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (Rules(), [0, 25, 100, NONE, 25]),
        (Rules(scale_low=1), [1, 25.75, 100, NONE, 25.75]),
        (Rules(normalisation="rank"), [1, 2, 4, NONE, 2]),
        (Rules(normalisation="percentile_rank"), [0, 1 / 3, 1, NONE, 1 / 3]),
        (Rules(normalisation="borda"), [0, 1, 3, NONE, 1]),
        (Rules(normalisation="distance_to_max"), [0, 0.25, 1, NONE, 0.25]),
        (Rules(normalisation="goalposts"), [0, 12.5, 50, NONE, 12.5]),
        (Rules(normalisation="target"), [0, 0.5, 1, NONE, 0.5]),
    ],
)
def test_normalisations_follow_their_formulas(rules, expected):
    found = normalised([2, 4, 10, NONE, 4], rules, goalposts=(2, 18), target=6)
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (Rules(), [100, 75, 0]),
        (Rules(normalisation="rank"), [3, 2, 1]),
        (Rules(normalisation="goalposts"), [100, 75, 0]),
        (Rules(normalisation="target"), [1, 1, 0]),
    ],
)
def test_where_less_is_better_the_least_answer_is_the_best(rules, expected):
    found = normalised([2, 4, 10], rules, goalposts=(2, 10), target=4, direction=-1)
    assert found == pytest.approx(expected)


def test_z_scores_have_the_divisor_of_a_sample():
    rules = Rules(normalisation="z_score", scale_low=100, scale_high=10)
    assert normalised([1, 3, 5], rules) == pytest.approx([90, 100, 110])


def test_winsorising_brings_in_the_farthest_answer_until_the_bounds_are_kept():
    values = np.array([*range(1, 11), 30, 100], dtype=float)
    assert abs(skewness(values)) > 2
    assert kurtosis(values) > 3.5
    rules = Rules(outliers="winsorise")
    filled = scoring.score(data(values[:, None]), flat(1), rules).filled[:, 0]
    assert filled.tolist() == [*range(1, 11), 30, 30]


def test_winsorising_works_at_the_low_end_too_and_on_equal_answers_together():
    values = np.array([-500.0, -500.0, *np.linspace(90, 100, 28)])
    rules = Rules(outliers="winsorise")
    filled = scoring.score(data(values[:, None]), flat(1, direction=-1), rules).filled[:, 0]
    assert filled.tolist() == [90, 90, *values[2:]]


def test_winsorising_stops_at_its_most_and_before_all_are_equal():
    rare = np.array([[0.0]] * 30 + [[1.0]])
    rules = Rules(outliers="winsorise")
    assert scoring.score(data(rare), flat(1), rules).filled.tolist() == rare.tolist()
    powers = (10.0 ** np.arange(20))[:, None]
    filled = scoring.score(data(powers), flat(1), replace(rules, outliers_most=2)).filled
    assert filled[:, 0].tolist() == [*powers[:17, 0], 1e17, 1e17, 1e17]


def test_skewness_and_kurtosis_are_those_of_spreadsheets():
    """SKEW and KURT of 3, 4, 5, 2, 3, 4, 5, 6, 4, 7: the example in their documentation."""
    values = np.array([3, 4, 5, 2, 3, 4, 5, 6, 4, 7], dtype=float)
    assert skewness(values) == pytest.approx(0.359543071)
    assert kurtosis(values) == pytest.approx(-0.151799637)


def test_groups_of_groups_are_aggregated_level_by_level():
    """A1 (2, 1) and A2 (1, 1) weigh 2 and 1 in A, its own question 0.5; A weighs 3, B 1."""
    rows = [[0, 0, 0, 0, 0, 0], [10, 10, 10, 10, 10, 10], [6, 3, 5, 5, 2, 1]]
    scores = scoring.score(data(rows), deep(), Rules())
    a1, a2, b = 50.0, 50.0, 10.0
    a = (2 * a1 + a2 + 0.5 * 20) / 3.5
    assert [scores.groups[code][2] for code in ("A1", "A2", "A", "B")] == pytest.approx(
        [a1, a2, a, b]
    )
    assert scores.index[2] == pytest.approx((3 * a + b) / 4)


def test_a_group_that_also_holds_groups_is_aggregated_as_a_higher_level():
    rows = [[1, 1, 1, 9, 1, 1], [9, 9, 9, 1, 9, 9], [5, 5, 5, 5, 2, 5]]
    rules = Rules(scale_low=1.0, across_groups="median")
    scores = scoring.score(data(rows), deep(), rules)
    own = 1 + 99 * 1 / 8
    assert scores.groups["A"][2] == pytest.approx(np.median([own, 50.5, 50.5]))


def test_thresholds_count_questions_at_any_depth():
    rows = np.tile([[1.0], [2.0], [3.0]], (1, 6))
    rows[2, [0, 1, 2]] = NONE  # of A five questions, two answered; of all six, three
    scores = scoring.score(data(rows), deep(), Rules(least_of_group=0.4))
    assert [np.isnan(scores.groups[code][2]) for code in ("A1", "A2", "A", "B")] == [
        True, False, False, False,
    ]  # fmt: skip
    strict = scoring.score(data(rows), deep(), Rules(least_of_group=0.41))
    assert np.isnan(strict.groups["A"][2])
    assert strict.index[2] == strict.groups["B"][2]
    assert scoring.score(data(rows), deep(), Rules(least_answered=0.5)).reasons == ("", "", "")
    screened = scoring.score(data(rows), deep(), Rules(least_answered=0.51))
    assert screened.reasons == ("", "", "too_few_answers")


def test_two_thirds_to_four_decimals_are_two_thirds():
    rows = [[1, 1, 1], [2, 2, 2], [3, 3, NONE]]
    for least in (0.6666, 0.6667):
        scores = scoring.score(data(rows), flat(3), Rules(least_answered=least))
        assert scores.reasons == ("", "", "")


def test_a_city_without_a_group_says_so():
    rows = np.tile([[1.0], [2.0], [3.0]], (1, 6))
    rows[2, 5] = NONE
    scores = scoring.score(data(rows), deep(), Rules(all_groups_needed=True))
    assert scores.reasons == ("", "", "group_missing")
    assert np.isnan(scores.groups["B"][2])


def test_what_is_used_says_which_answers_counted():
    rows = np.tile([[1.0], [2.0], [3.0]], (1, 6))
    rows[2, [0, 3]] = NONE
    scores = scoring.score(data(rows), deep(), Rules(least_of_group=0.6))
    assert scores.used[2].tolist() == [False, False, False, False, True, True]
    assert scores.used[:2].all()


def test_a_class_in_which_nobody_answered_is_filled_from_all():
    given = data([[1, 2], [3, NONE], [5, NONE], [7, 8]], classes=("small", "large", "large", ""))
    for missing in ("mean_of_class", "median_of_class"):
        scores = scoring.score(given, flat(), Rules(missing=missing))
        assert scores.filled[:, 1].tolist() == [2, 5, 5, 8]


def test_weights_given_replace_those_of_the_structure():
    given = data([[0, 4], [2, 0], [1, 1]])
    scores = scoring.score(given, flat(), Rules(equal_weights=True), [3, 1, 1])
    assert scores.index == pytest.approx([25, 75, (3 * 50 + 25) / 4])
    assert scores.weights.tolist() == [3, 1, 1]


def test_equal_weights_leave_a_0_at_0():
    structure = replace(flat(), indicators=(
        replace(flat().indicators[0], weight=0), replace(flat().indicators[1], weight=7)
    ))  # fmt: skip
    assert scoring.score(
        data([[0, 4], [2, 0]]), structure, Rules(equal_weights=True)
    ).weights.tolist() == [0, 1, 1]


def test_ranks_among_a_part_and_within_labels():
    scores = np.array([[50.0, 70, 70, NONE, 10], [1, 2, 3, 4, 5]])
    assert scoring.ranks(scores[0]).tolist() == pytest.approx([3, 1, 1, NONE, 4], nan_ok=True)
    among = np.array([True, False, True, True, True])
    assert scoring.ranks(scores, among).tolist() == [
        pytest.approx([2, NONE, 1, NONE, 3], nan_ok=True),
        pytest.approx([4, NONE, 3, 2, 1], nan_ok=True),
    ]
    labels = np.array(["a", "a", "b", "b", ""])
    assert scoring.ranks(scores, labels).tolist() == [
        pytest.approx([2, 1, 1, NONE, NONE], nan_ok=True),
        pytest.approx([2, 1, 2, 1, NONE], nan_ok=True),
    ]


def test_rat_1_a_tie_takes_the_lowest_number_and_skips_the_next():
    values = np.array([91.0, 78.4, 78.4 + 1e-13, 70.0])
    assert scoring.ranks(values).tolist() == [1, 2, 2, 4]
    assert scoring.ranks(np.array([91.0, 78.404, 78.401, 70.0])).tolist() == [1, 2, 3, 4]


def test_outranking_of_pairs_without_a_common_question_is_undecided():
    given = data([[1, NONE], [NONE, 1], [2, 2], [3, 3]])
    found = scoring.outranking(scoring.score(given, flat(), Rules()), flat())
    assert np.isnan(found.matrix[0, 1])
    assert found.copeland.tolist() == [-2, -2, 1, 3]
    assert found.ranks.tolist() == [3, 3, 2, 1]

"""What no scoring should be asked, and the stated rule for each: never a silent zero or a NaN."""

from dataclasses import replace

import numpy as np
import pytest

from ratings import scoring
from ratings.scoring import Group, Indicator, Rules, ScoringRefused, Structure
from ratings.tests.scoring_made import NONE, data, deep, flat

GEOMETRIC = Rules(within_groups="geometric", across_groups="geometric")


def refused(given, structure, rules, weights=None):
    with pytest.raises(ScoringRefused) as refusal:
        scoring.score(given, structure, rules, weights)
    return refusal.value.code, refusal.value.params


def of_one_group_out():
    """Groups G with one question, and Z whose question weighs 0."""
    return Structure(
        groups=(Group(code="G"), Group(code="Z")),
        indicators=(Indicator(code="I0", group="G"), Indicator(code="I1", group="Z", weight=0)),
    )


def test_a_group_whose_weights_are_all_0_has_no_score_and_counts_for_nothing():
    scores = scoring.score(data([[1, 9], [3, 5], [2, 7]]), of_one_group_out(), Rules())
    assert scores.index.tolist() == [0, 100, 50]
    assert np.isnan(scores.groups["Z"]).all()
    assert scores.used.tolist() == [[True, False]] * 3


def test_a_group_of_weight_0_has_a_score_and_counts_for_nothing():
    structure = replace(deep(), groups=(*deep().groups[:3], Group(code="B", weight=0)))
    rows = np.arange(18.0).reshape(3, 6)
    scores = scoring.score(data(rows), structure, Rules(all_groups_needed=True))
    assert scores.groups["B"].tolist() == [0, 50, 100]
    assert scores.index == pytest.approx(scores.groups["A"])


def test_all_weights_0_score_nobody():
    scores = scoring.score(data([[1, 2], [3, 4]]), flat(weight=0), Rules())
    assert scores.reasons == ("nothing_counts", "nothing_counts")
    assert np.isnan(scoring.ranks(scores.index)).all()


def test_no_answers_at_all_score_nobody():
    for missing in ("leave_out", "mean", "median_of_class", "worst"):
        scores = scoring.score(data([[NONE, NONE]] * 3), flat(), Rules(missing=missing))
        assert scores.left_out.all()
        assert scores.reasons == ("no_answers",) * 3


def test_a_city_without_any_answer_is_not_filled_in():
    scores = scoring.score(data([[1, 2], [3, 4], [NONE, NONE]]), flat(), Rules(missing="mean"))
    assert scores.reasons == ("", "", "no_answers")
    assert scoring.ranks(scores.index).tolist()[:2] == [2, 1]
    assert np.isnan(scores.filled[2]).all()


@pytest.mark.parametrize(("constant", "index"), [("left_out", NONE), ("middle", 50), ("full", 100)])
def test_one_city_only_is_scored_by_the_rule_for_equal_answers(constant, index):
    scores = scoring.score(data([[7, 3]]), flat(), Rules(constant=constant))
    assert scores.index.tolist() == pytest.approx([index], nan_ok=True)
    assert scores.reasons == (("nothing_counts",) if constant == "left_out" else ("",))


@pytest.mark.parametrize(
    ("normalisation", "middle", "full"),
    [
        ("min_max", 50, 100), ("z_score", 0, 100), ("rank", 2, 3), ("percentile_rank", 0.5, 1),
        ("borda", 1, 2), ("distance_to_max", 0.5, 1),
    ],
)  # fmt: skip
def test_equal_answers_of_all_follow_the_stated_rule(normalisation, middle, full):
    given, rules = data([[5]] * 3), Rules(normalisation=normalisation)
    left_out = scoring.score(given, flat(1), replace(rules, constant="left_out"))
    assert left_out.reasons == ("nothing_counts",) * 3
    for constant, expected in (("middle", middle), ("full", full)):
        scores = scoring.score(given, flat(1), replace(rules, constant=constant))
        assert scores.index.tolist() == [expected] * 3
        assert scoring.ranks(scores.index).tolist() == [1, 1, 1]


def test_one_question_answered_alike_by_all_leaves_the_others():
    scores = scoring.score(data([[5, 1], [5, 2]]), flat(), Rules())
    assert scores.index.tolist() == [0, 100]
    assert scores.used.tolist() == [[False, True]] * 2


def test_answers_equal_but_for_rounding_are_equal():
    """6 of 600 and 22 of 2200 in other units: not a difference to be blown up to 100 points."""
    structure = flat(1, denominator="population", per=7.3)
    given = data([[3], [11], [5]], denominators={"population": np.array([0.3, 1.1, 0.5])})
    assert scoring.score(given, structure, Rules()).reasons == ("nothing_counts",) * 3


@pytest.mark.parametrize("missing", ["leave_out", "mean", "median_of_class", "worst"])
def test_a_question_nobody_answered_counts_for_nobody(missing):
    given = data([[1, NONE], [3, NONE], [2, NONE]], classes=("a", "a", ""))
    scores = scoring.score(given, flat(), Rules(missing=missing, outliers="winsorise"))
    assert scores.index.tolist() == [0, 100, 50]
    assert not scores.used[:, 1].any()


def test_a_group_nobody_answered_is_not_needed():
    structure = Structure(
        groups=(Group(code="G"), Group(code="H")),
        indicators=(Indicator(code="I0", group="G"), Indicator(code="I1", group="H")),
    )
    given = data([[1, NONE], [3, NONE]])
    scores = scoring.score(given, structure, Rules(all_groups_needed=True))
    assert scores.index.tolist() == [0, 100]


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
def test_a_geometric_or_harmonic_mean_over_0_is_refused(mean):
    rules = Rules(within_groups=mean)
    assert refused(data([[1, 2], [3, 4]]), flat(), rules) == ("not_positive", {"group": "G"})


def test_a_geometric_mean_of_groups_over_0_is_refused():
    rules = Rules(across_groups="geometric")
    assert refused(data([[1, 2], [3, 4]]), flat(), rules) == ("not_positive", {})


def test_a_zero_that_weighs_nothing_is_no_reason_to_refuse():
    rules = replace(GEOMETRIC, scale_low=1.0)
    scores = scoring.score(data([[1, 9], [3, 5]]), of_one_group_out(), rules)
    assert scores.index == pytest.approx([1, 100])


def test_missing_goalposts_are_refused_and_the_question_named():
    given, rules = data([[1], [3]]), Rules(normalisation="goalposts")
    assert refused(given, flat(1), rules) == ("goalposts_missing", {"indicator": "I0"})
    assert scoring.score(given, flat(1, goalposts=(0, 4)), rules).index.tolist() == [25, 75]


def test_a_missing_target_is_refused_and_the_question_named():
    given, rules = data([[1], [3]]), Rules(normalisation="target")
    assert refused(given, flat(1), rules) == ("target_missing", {"indicator": "I0"})


def test_a_target_below_every_answer_was_met_by_all():
    rules = Rules(normalisation="target")
    assert scoring.score(data([[4], [9]]), flat(1, target=3.0), rules).index.tolist() == [1, 1]


def test_an_unknown_denominator_is_refused():
    structure = flat(1, denominator="area")
    assert refused(data([[1], [3]]), structure, Rules()) == (
        "denominator_unknown", {"indicator": "I0"},
    )  # fmt: skip


@pytest.mark.parametrize("population", [0.0, -5.0, NONE, float("inf")])
def test_an_answer_without_its_denominator_counts_as_not_given(population):
    given = data([[4], [4], [6]], denominators={"population": np.array([2.0, 1.0, population])})
    scores = scoring.score(given, flat(1, denominator="population"), Rules())
    assert scores.reasons == ("", "", "no_answers")
    assert scores.index.tolist()[:2] == [0, 100]


def test_an_infinite_answer_is_refused():
    assert refused(data([[1], [float("inf")]]), flat(1), Rules()) == (
        "answer_infinite", {"indicator": "I0"},
    )  # fmt: skip


@pytest.mark.parametrize("weights", [[1, -1, 1], [1, NONE, 1], [1, 1, float("inf")]])
def test_weights_that_are_none_are_refused(weights):
    assert refused(data([[1, 2], [3, 4]]), flat(), Rules(), weights) == ("weights_wrong", {})


def test_weights_of_another_structure_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="another structure"):
        scoring.score(data([[1, 2]]), flat(), Rules(), np.ones(7))


@pytest.mark.parametrize(
    "groups",
    [
        (Group(code="G", parent="H"), Group(code="H", parent="G")),
        (Group(code="G", parent="X"),), (Group(code="G"), Group(code="G")), (Group(code="H"),),
    ],
)  # fmt: skip
def test_a_broken_tree_is_refused(groups):
    structure = replace(flat(1), groups=groups)
    assert refused(data([[1], [3]]), structure, Rules())[0] == "tree_broken"


def test_unknown_steps_are_refused():
    given = data([[1], [3]])
    assert refused(given, flat(1), Rules(normalisation="x"))[0] == "normalisation_unknown"
    assert refused(given, flat(1), Rules(within_groups="x"))[0] == "aggregation_unknown"


def test_no_city_and_no_question_give_nothing():
    nobody = scoring.Data(cities=(), values=np.empty((0, 2)))
    for rules in (Rules(), Rules(missing="mean_of_class"), Rules(normalisation="rank"),
                  Rules(within_groups="copeland", across_groups="copeland"),
                  Rules(within_groups="median", outliers="winsorise")):  # fmt: skip
        assert scoring.score(nobody, flat(), rules).index.shape == (0,)
    nothing = scoring.Data(cities=("C0",), values=np.empty((1, 0)))
    empty = Structure(groups=(), indicators=())
    assert scoring.score(nothing, empty, Rules()).reasons == ("nothing_counts",)


def test_one_city_has_nothing_to_compare_with_in_any_analysis():
    given, rules = data([[7, 3]]), Rules()
    scores = scoring.score(given, flat(), rules)
    sets = scoring.draw_weights(flat(), 0.25, 10, seed=1)
    assert np.isnan(scoring.under_weights(given, flat(), rules, sets).mean).all()
    assert np.isnan(scoring.correlations(scores)).all()
    assert np.isnan(scoring.contributions(scores, flat(), rules)).all()
    assert scoring.steps_up(given, flat(), rules, 0) == []
    assert scoring.gaps(scores, ["a"])["a"].cities == 0


def test_outranking_has_no_contributions():
    rules = Rules(within_groups="copeland", across_groups="copeland")
    scores = scoring.score(data([[1, 2], [3, 4]]), flat(), rules)
    with pytest.raises(ScoringRefused, match="no_contributions"):
        scoring.contributions(scores, flat(), rules)

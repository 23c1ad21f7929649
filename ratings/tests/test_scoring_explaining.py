"""Uncertainty and explanation: what moves a place, what made a score, what would lift a city."""

from dataclasses import replace

import numpy as np
import pytest

from ratings import scoring
from ratings.scoring import Limit, Rules, Step, uncertainty
from ratings.tests import reference_example as example
from ratings.tests.scoring_made import NONE, data, deep, flat

DATA, STRUCTURE = example.data(), example.structure()
COPELAND = Rules(within_groups="copeland", across_groups="copeland")


def place_of(given, structure, rules, row):
    return scoring.ranks(scoring.score(given, structure, rules).index)[row]


def changed(given, row, column, value):
    values = given.values.copy()
    values[row, column] = value
    return replace(given, values=values)


def test_draws_are_those_of_their_seed_and_stay_within_their_bounds():
    stated = np.array([2, 1, 1, 1, 0.5, 1, 3, 2, 1, 1])
    sets = scoring.draw_weights(deep(), 0.25, 400, seed=5)
    assert sets.shape == (400, 10)
    assert (sets >= 0.75 * stated).all()
    assert (sets <= 1.25 * stated).all()
    np.testing.assert_array_equal(sets, scoring.draw_weights(deep(), 0.25, 400, seed=5))
    assert (sets != scoring.draw_weights(deep(), 0.25, 400, seed=6)).all()
    assert sets[0] / stated == pytest.approx(
        1 + 0.25 * (2 * np.random.Generator(np.random.PCG64(5)).random(10) - 1)
    )


def test_blocks_of_weight_sets_change_nothing(monkeypatch):
    sets = scoring.draw_weights(STRUCTURE, 0.25, 30, seed=1)
    for rules in (Rules(), COPELAND, Rules(within_groups="median", across_groups="median")):
        whole = scoring.under_weights(DATA, STRUCTURE, rules, sets)
        monkeypatch.setattr(uncertainty, "BLOCK", 7)
        parts = scoring.under_weights(DATA, STRUCTURE, rules, sets)
        monkeypatch.undo()
        np.testing.assert_array_equal(parts.mean, whole.mean)
        np.testing.assert_array_equal(parts.same_share, whole.same_share)


def test_sets_of_weights_count_in_proportion_where_all_weights_are_equal():
    rules = Rules(equal_weights=True)
    sets = scoring.draw_weights(STRUCTURE, 0.0, 3, seed=1)
    found = scoring.under_weights(DATA, STRUCTURE, rules, sets)
    assert found.same_share.tolist() == [1] * 12
    assert found.score_q05 == pytest.approx(scoring.score(DATA, STRUCTURE, rules).index)


def test_firmness_among_a_part_has_places_for_that_part_alone():
    among = np.array([code != "KZN" for code in DATA.cities])
    sets = scoring.draw_weights(STRUCTURE, 0.25, 50, seed=1)
    found = scoring.under_weights(DATA, STRUCTURE, Rules(), sets, among)
    assert np.isnan(found.mean[0])
    assert found.nominal[1:3].tolist() == [1, 1]


def test_other_methods_give_the_ranks_of_the_reference():
    found = scoring.under_methods(DATA, STRUCTURE, Rules())
    names = {
        "stated": "minmax_arithmetic", "normalisation.z_score": "zscore_arithmetic",
        "normalisation.rank": "rank_arithmetic", "normalisation.target": "target_arithmetic",
        "normalisation.goalposts": "goalposts_arithmetic",
        "aggregation.geometric": "minmax_geometric", "aggregation.harmonic": "minmax_harmonic",
        "aggregation.median": "minmax_median", "missing.mean": "impute_mean",
        "missing.median_of_class": "impute_median_size", "missing.worst": "impute_worst",
        "weights.equal": "equal_weights", "denominated.no": "not_denominated",
    }  # fmt: skip
    rows = example.rows("expected_ranks_by_variant")
    for name, variant in names.items():
        np.testing.assert_array_equal(found[name], example.table(rows, [variant])[:, 0])
    assert set(found) - set(names) == {"aggregation.copeland", "outliers.winsorise"}


def test_methods_that_do_not_fit_are_not_among_the_others():
    found = scoring.under_methods(data([[1, 2], [3, 4]]), flat(), Rules(normalisation="rank"))
    assert "normalisation.goalposts" not in found
    assert "normalisation.target" not in found
    assert "normalisation.min_max" in found


def test_without_each_question_that_counts_the_ranks_are_those_of_the_rest():
    given = data([[1, 9, 5], [3, 5, 5], [2, 1, 9]])
    structure = flat(3)
    structure = replace(structure, indicators=(
        *structure.indicators[:2], replace(structure.indicators[2], weight=0)
    ))  # fmt: skip
    found = scoring.without_each(given, structure, Rules())
    assert {code: ranks.tolist() for code, ranks in found.items()} == {
        "I0": [1, 2, 3], "I1": [3, 1, 2],
    }  # fmt: skip


def test_contributions_of_the_arithmetic_mean_are_weight_times_value():
    scores = scoring.score(DATA, STRUCTURE, Rules())
    found = scoring.contributions(scores, STRUCTURE, Rules())
    assert found[0] == pytest.approx([20, 12, 0.08 * 32, 14, 10.5, 10.5, 12.5, 12.5])
    bugulma = DATA.cities.index("BGM")
    assert found[bugulma, 6:].tolist() == [0, 0]
    assert found[bugulma, 0] == pytest.approx(0.5 * 0.4 / 0.75 * scores.normalised[bugulma, 0])


def test_contributions_to_a_median_are_those_of_the_middle():
    rules = Rules(within_groups="median", across_groups="median")
    given = data([[0, 0, 0, 0], [10, 10, 10, 10], [1, 2, 2, 7]])
    found = scoring.contributions(scoring.score(given, flat(4), rules), flat(4), rules)
    assert found[2].tolist() == [0, 10, 10, 0]
    odd = scoring.contributions(
        scoring.score(data(given.values[:, :3]), flat(3), rules), flat(3), rules
    )
    assert odd[2].tolist() == [0, 10, 10]


def test_gaps_are_the_median_and_the_best_of_each_class():
    given = data([[0, 5], [10, 0], [4, NONE], [NONE, NONE]], classes=("a", "a", "b", "b"))
    scores = scoring.score(given, flat(), Rules())
    found = scoring.gaps(scores, given.classes)
    assert list(found) == ["", "a", "b"]
    assert found["a"].medians.tolist() == [50, 50]
    assert found["a"].bests.tolist() == [100, 100]
    assert found["b"].medians.tolist() == pytest.approx([40, NONE], nan_ok=True)
    assert [found[code].cities for code in found] == [3, 2, 1]
    assert found[""].index == (50, 50)
    assert found["b"].groups == {"G": (40, 40)}


def test_correlations_need_three_cities_and_a_difference():
    given = data([[1, 5, 2, 3], [2, 5, NONE, 1], [3, 5, 4, 2], [4, 5, NONE, 7]])
    found = scoring.correlations(scoring.score(given, flat(4), Rules()))
    assert found[0, 0] == pytest.approx(1)
    assert np.isnan(found[1]).all()
    assert np.isnan(found[0, 2])
    assert found[0, 3] == pytest.approx(np.corrcoef(given.values[:, 0], given.values[:, 3])[0, 1])


def test_a_step_up_is_the_least_change_that_lifts_the_city():
    row = DATA.cities.index("OSH")
    steps = scoring.steps_up(DATA, STRUCTURE, Rules(), "OSH", most=8)
    assert steps
    assert [step.cost for step in steps] == sorted(step.cost for step in steps)
    codes = example.codes()
    for step in steps:
        column = codes.index(step.indicator)
        stride = STRUCTURE.indicators[column].direction
        assert step.before == DATA.values[row, column]
        assert step.old_place == place_of(DATA, STRUCTURE, Rules(), row) == 8
        reached = changed(DATA, row, column, step.after)
        assert place_of(reached, STRUCTURE, Rules(), row) == step.new_place < 8
        nearly = changed(DATA, row, column, step.after - stride)
        assert place_of(nearly, STRUCTURE, Rules(), row) == 8


def test_a_step_up_is_the_same_when_the_extremes_move_with_it():
    """The city is itself the least: its answer sets the minimum for all."""
    given = data([[0, 6], [4, 4], [10, 0], [7, 8]])
    row = 0
    (step,) = scoring.steps_up(given, flat(), Rules(), row, most=1)
    tried = [
        value for value in range(1, 11)
        if place_of(changed(given, row, 0, value), flat(), Rules(), row) < step.old_place
    ]  # fmt: skip
    others = [
        value for value in range(7, 9)
        if place_of(changed(given, row, 1, value), flat(), Rules(), row) < step.old_place
    ]  # fmt: skip
    assert step.after in (tried[:1] + others[:1])


def test_a_step_up_where_less_is_better_goes_down():
    given = data([[9], [5], [3]])
    assert scoring.steps_up(given, flat(1, direction=-1), Rules(), 0) == [
        Step(indicator="I0", before=9, after=5, old_place=3, new_place=2, cost=4 / 3)
    ]


def test_steps_up_keep_the_limits_of_a_question():
    given = data([[0.2, 0], [0.9, 0], [0.55, 0], [0.0, 0]])
    fine = scoring.steps_up(given, flat(), Rules(), 0, limits={"I0": Limit(step=0.01)})
    assert [(step.after, step.new_place) for step in fine] == [(0.55, 2)]
    assert scoring.steps_up(given, flat(), Rules(), 0) == []
    tight = {"I0": Limit(step=0.01, maximum=0.5)}
    assert scoring.steps_up(given, flat(), Rules(), 0, limits=tight) == []


def test_steps_up_go_by_the_answer_before_denomination():
    given = data([[2], [9], [4]], denominators={"population": np.array([100.0, 300.0, 100.0])})
    structure = flat(1, denominator="population", per=100.0)
    (step,) = scoring.steps_up(given, structure, Rules(), 0)
    assert (step.before, step.after, step.new_place) == (2, 3, 2)


def test_no_step_is_shown_to_the_first_or_to_a_city_without_a_score():
    given = data([[9, 9], [5, 5], [NONE, NONE]])
    for rules in (Rules(), COPELAND):
        assert scoring.steps_up(given, flat(), rules, "C0") == []
        assert scoring.steps_up(given, flat(), rules, "C2") == []


def test_steps_up_work_by_every_method_and_among_a_part():
    among = np.array([code != "KZN" for code in DATA.cities])
    for rules in (COPELAND, Rules(missing="mean_of_class", outliers="winsorise"),
                  Rules(normalisation="rank", least_of_group=0.5)):  # fmt: skip
        found = scoring.steps_up(DATA, STRUCTURE, rules, "GYU", among=among)
        assert all(step.new_place < step.old_place for step in found)
        assert len(found) <= 3

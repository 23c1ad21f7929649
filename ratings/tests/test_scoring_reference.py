"""Every expected file of the worked example: scores to 1e-9, ranks exactly."""

import numpy as np
import pytest

from ratings import scoring
from ratings.tests import reference_example as example

DATA, STRUCTURE, CODES = example.data(), example.structure(), example.codes()
GROUPS = ["P", "E", "O"]


def near(found, expected):
    """Equal to a relative 1e-9, an absolute 1e-9 below 1, with NaN at the same places."""
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9, equal_nan=True)


def score(variant: str) -> scoring.Scores:
    return scoring.score(DATA, STRUCTURE, example.rules(variant))


def of_variant(name: str, variant: str) -> list[dict[str, str]]:
    found = [row for row in example.rows(name) if row["variant"] == variant]
    assert [row["code"] for row in found] == list(DATA.cities)
    return found


def test_every_variant_of_the_results_is_covered():
    assert {row["variant"] for row in example.rows("expected_results")} == set(example.VARIANTS)


@pytest.mark.parametrize("variant", example.VARIANTS)
def test_scores_are_those_of_the_reference(variant):
    expected = example.table(of_variant("expected_results", variant), ["index", *GROUPS])
    scores = score(variant)
    near(np.column_stack([scores.index, *[scores.groups[code] for code in GROUPS]]), expected)


@pytest.mark.parametrize("variant", example.VARIANTS)
def test_ranks_are_those_of_the_reference(variant):
    names = ["rank", "rank_in_size", *[f"rank_{code}" for code in GROUPS]]
    expected = example.table(of_variant("expected_results", variant), names)
    scores = score(variant)
    found = [
        scoring.ranks(scores.index), scoring.ranks(scores.index, among=np.array(DATA.classes)),
        *[scoring.ranks(scores.groups[code]) for code in GROUPS],
    ]  # fmt: skip
    np.testing.assert_array_equal(np.column_stack(found), expected)


def test_ranks_by_variant_are_those_of_the_reference():
    expected = example.table(example.rows("expected_ranks_by_variant"), example.VARIANTS)
    found = [scoring.ranks(score(variant).index) for variant in example.VARIANTS]
    np.testing.assert_array_equal(np.column_stack(found), expected)


@pytest.mark.parametrize(
    "variant", sorted({row["variant"] for row in example.rows("expected_normalised")})
)
def test_normalised_values_are_those_of_the_reference(variant):
    near(
        score(variant).normalised, example.table(of_variant("expected_normalised", variant), CODES)
    )


def test_denominated_values_are_those_of_the_reference():
    expected = example.table(example.rows("denominated"), CODES)
    near(score("minmax_arithmetic").denominated, expected)


@pytest.mark.parametrize("variant", [name for name in example.VARIANTS if "impute" in name])
def test_imputed_values_are_those_of_the_reference(variant):
    scores = score(variant)
    filled = np.argwhere(~scores.answered)
    found = {
        (DATA.cities[row], CODES[column]): scores.filled[row, column] for row, column in filled
    }
    expected = {
        (row["code"], row["indicator"]): example.number(row["imputed"])
        for row in example.rows("expected_imputed") if row["variant"] == variant
    }  # fmt: skip
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_availability_is_that_of_the_reference():
    expected = example.table(
        example.rows("expected_availability"),
        ["missing", "share_answered", *[f"share_{code}" for code in GROUPS]],
    )
    found = scoring.availability(DATA, STRUCTURE)
    groups = [found.groups[code] for code in GROUPS]
    near(np.column_stack([found.missing, found.share, *groups]), expected)


def test_correlations_are_those_of_the_reference():
    expected = example.table(example.rows("expected_correlation"), CODES)
    near(scoring.correlations(score("minmax_arithmetic")), expected)


def test_outranking_is_that_of_the_reference():
    rows = example.rows("expected_outranking")
    found = scoring.outranking(score("impute_mean_size"), STRUCTURE)
    near(found.matrix, example.table(rows, DATA.cities))
    near(found.copeland, example.table(rows, ["copeland"])[:, 0])
    np.testing.assert_array_equal(found.ranks, example.table(rows, ["rank"])[:, 0])


def test_copeland_as_a_method_gives_the_outranking_of_the_reference():
    rules = scoring.Rules(
        missing="mean_of_class", within_groups="copeland", across_groups="copeland"
    )
    index = scoring.score(DATA, STRUCTURE, rules).index
    rows = example.rows("expected_outranking")
    near(index, example.table(rows, ["copeland"])[:, 0])
    np.testing.assert_array_equal(scoring.ranks(index), example.table(rows, ["rank"])[:, 0])


def test_sensitivity_to_the_given_weights_is_that_of_the_reference():
    sets = example.table(example.rows("sensitivity_weights"), [*CODES, *GROUPS])
    found = scoring.under_weights(DATA, STRUCTURE, scoring.Rules(), sets)
    rows = example.rows("expected_sensitivity")
    assert [row["code"] for row in rows] == list(DATA.cities)
    names = {
        "nominal_score": found.nominal_score, "nominal_rank": found.nominal,
        "mean_rank": found.mean, "median_rank": found.median, "q05_rank": found.q05,
        "q95_rank": found.q95, "min_rank": found.lowest, "max_rank": found.highest,
        "share_same_rank": found.same_share, "q05_score": found.score_q05,
        "q95_score": found.score_q95,
    }  # fmt: skip
    near(np.column_stack(list(names.values())), example.table(rows, names))
    np.testing.assert_array_equal(found.nominal, example.table(rows, ["nominal_rank"])[:, 0])


def test_own_draws_agree_with_those_of_the_reference():
    sets = scoring.draw_weights(STRUCTURE, 0.25, 1000, seed=7)
    found = scoring.under_weights(DATA, STRUCTURE, scoring.Rules(), sets)
    rows = example.rows("expected_sensitivity")
    assert found.mean == pytest.approx(example.table(rows, ["mean_rank"])[:, 0], abs=0.1)
    assert found.q05 == pytest.approx(example.table(rows, ["q05_rank"])[:, 0], abs=1)
    assert found.q95 == pytest.approx(example.table(rows, ["q95_rank"])[:, 0], abs=1)


def test_z_scores_of_another_mean_and_deviation_are_the_same_scores():
    near(score("zscore100_arithmetic").index, 100 + 10 * score("zscore_arithmetic").index)


def test_borda_points_are_ranks_less_one():
    near(score("borda_arithmetic").index, score("rank_arithmetic").index - 1)

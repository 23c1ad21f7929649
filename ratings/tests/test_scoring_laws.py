"""What holds for every data set: the laws of the method."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratings import scoring
from ratings.scoring import Rules
from ratings.tests.scoring_made import LAW, LAW_OF_EACH, answers, cases, data, flat

FACTORS = st.sampled_from([0.25, 0.5, 2, 3, 7])
POSITIVE = {"scale_low": 1.0, "scale_high": 100.0}
MEANS = {
    "arithmetic": Rules(),
    "z-scores": Rules(normalisation="z_score", scale_high=1.0),
    "geometric": Rules(**POSITIVE, within_groups="geometric", across_groups="geometric"),
    "harmonic": Rules(**POSITIVE, within_groups="harmonic", across_groups="harmonic"),
    "median": Rules(within_groups="median", across_groups="median"),
    "arithmetic, then geometric": Rules(**POSITIVE, across_groups="geometric"),
    "harmonic, then median": Rules(**POSITIVE, within_groups="harmonic", across_groups="median"),
}
METHODS = MEANS | {
    name: Rules(normalisation=name)
    for name in ("rank", "percentile_rank", "borda", "distance_to_max")
} | {
    "imputed": Rules(missing="mean"), "winsorised": Rules(outliers="winsorise"),
    "half": Rules(least_of_group=0.5, least_answered=0.5),
    "copeland": Rules(within_groups="copeland", across_groups="copeland"),
}  # fmt: skip


def near(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9, equal_nan=True)


@LAW
@given(case=cases(), factor=st.integers(1, 1000), shift=st.integers(-1000, 1000))
def test_min_max_knows_neither_unit_nor_zero(case, factor, shift):
    structure, given_ = case
    moved = replace(given_, values=given_.values * factor + shift)
    one = scoring.score(given_, structure, Rules())
    other = scoring.score(moved, structure, Rules())
    near(other.normalised, one.normalised)
    near(other.index, one.index)


@LAW
@given(case=cases(), row=st.integers(0, 11), column=st.integers(0, 8), by=st.integers(1, 2000))
def test_a_better_answer_never_lowers_score_or_place(case, row, column, by):
    """Min-max, arithmetic means, missing answers left out, all other answers as they were."""
    structure, given_ = case
    row, column = row % len(given_.cities), column % len(structure.indicators)
    values = given_.values.copy()
    values[row, column] += by * structure.indicators[column].direction
    before = scoring.score(given_, structure, Rules())
    after = scoring.score(replace(given_, values=values), structure, Rules())
    if np.isnan(after.index[row]):  # the one question that counted now tells cities not apart
        return
    assert not before.index[row] > after.index[row] + 1e-9
    assert not scoring.ranks(after.index)[row] > scoring.ranks(before.index)[row]


@pytest.mark.parametrize("name", MEANS)
@LAW_OF_EACH
@given(case=cases())
def test_contributions_add_up_to_the_index_and_to_every_group(name, case):
    structure, given_ = case
    scores = scoring.score(given_, structure, MEANS[name])
    found = scoring.contributions(scores, structure, MEANS[name])
    near(found.sum(axis=1), scores.index)
    assert not found[~scores.used & ~scores.left_out[:, None]].any()
    for code, values in scores.groups.items():
        near(scoring.contributions(scores, structure, MEANS[name], of=code).sum(axis=1), values)


@pytest.mark.parametrize("name", METHODS)
@LAW_OF_EACH
@given(case=cases(), seed=st.integers(0, 99))
def test_the_order_of_cities_does_not_matter(name, case, seed):
    structure, given_ = case
    order = np.random.default_rng(seed).permutation(len(given_.cities))
    turned = data(given_.values[order])
    one = scoring.score(given_, structure, METHODS[name])
    other = scoring.score(turned, structure, METHODS[name])
    near(other.index, one.index[order])
    np.testing.assert_array_equal(scoring.ranks(other.index), scoring.ranks(one.index)[order])
    assert other.reasons == tuple(one.reasons[place] for place in order)


@LAW
@given(case=cases(), seed=st.integers(0, 99))
def test_the_order_of_questions_does_not_matter(case, seed):
    structure, given_ = case
    order = np.random.default_rng(seed).permutation(len(structure.indicators))
    turned = replace(structure, indicators=tuple(structure.indicators[one] for one in order))
    one = scoring.score(given_, structure, Rules())
    other = scoring.score(replace(given_, values=given_.values[:, order]), turned, Rules())
    near(other.index, one.index)
    np.testing.assert_array_equal(scoring.ranks(other.index), scoring.ranks(one.index))


@pytest.mark.parametrize("name", METHODS)
@LAW_OF_EACH
@given(case=cases(), twin=st.integers(0, 11))
def test_cities_that_answer_alike_share_their_place(name, case, twin):
    structure, given_ = case
    doubled = data(np.vstack([given_.values, given_.values[twin % len(given_.cities)]]))
    places = scoring.ranks(scoring.score(doubled, structure, METHODS[name]).index)
    np.testing.assert_array_equal(places[-1], places[twin % len(given_.cities)])


@LAW
@given(case=cases(), factors=st.lists(FACTORS, min_size=6, max_size=6))
def test_only_the_proportions_of_weights_matter(case, factors):
    structure, given_ = case
    by_parent = dict(zip([None, *[one.code for one in structure.groups]], factors, strict=False))
    scaled = replace(
        structure,
        groups=tuple(
            replace(one, weight=one.weight * by_parent[one.parent]) for one in structure.groups
        ),
        indicators=tuple(
            replace(one, weight=one.weight * by_parent[one.group]) for one in structure.indicators
        ),
    )
    for rules in (*MEANS.values(), METHODS["copeland"]):
        one, other = (scoring.score(given_, each, rules) for each in (structure, scaled))
        near(other.index, one.index)


@LAW
@given(case=cases())
def test_an_index_of_min_max_is_on_its_scale(case):
    structure, given_ = case
    for name in ("arithmetic", "geometric", "harmonic", "median"):
        index = scoring.score(given_, structure, MEANS[name]).index
        low = MEANS[name].scale_low
        kept = index[~np.isnan(index)]
        assert ((kept >= low - 1e-9) & (kept <= 100 + 1e-9)).all()


@LAW
@given(case=cases())
def test_a_stricter_mean_is_never_higher(case):
    structure, given_ = case
    harmonic, geometric, arithmetic = (
        scoring.score(given_, structure, replace(MEANS[name], **POSITIVE)).index
        for name in ("harmonic", "geometric", "arithmetic")
    )
    assert not (harmonic > geometric + 1e-9).any()
    assert not (geometric > arithmetic + 1e-9).any()


@LAW
@given(values=st.lists(st.sampled_from([1.0, 2.0, 2.0 + 1e-13, 3.5, float("nan")]), max_size=9))
def test_a_place_is_one_more_than_the_better_ones(values):
    scores = np.round(np.array(values, dtype=float), 9)
    expected = [
        float("nan") if np.isnan(own) else 1.0 + sum(other > own for other in scores)
        for own in scores
    ]
    np.testing.assert_array_equal(scoring.ranks(np.array(values, dtype=float)), expected)


@LAW
@given(case=cases())
def test_wins_and_losses_of_all_pairs_cancel_out(case):
    structure, given_ = case
    index = scoring.score(given_, structure, METHODS["copeland"]).index
    assert np.nansum(index) == 0
    pairs = scoring.outranking(scoring.score(given_, structure, Rules()), structure).matrix
    together = (pairs + pairs.T)[~np.eye(len(pairs), dtype=bool)]
    near(together[~np.isnan(together)], 1.0)


@LAW
@given(values=answers(1, least=4, most=30))
def test_winsorising_keeps_the_order_and_invents_no_value(values):
    rules = Rules(outliers="winsorise")
    filled = scoring.score(data(values), flat(1), rules).filled[:, 0]
    own = values[:, 0]
    assert set(filled[~np.isnan(filled)]) <= set(own[~np.isnan(own)])
    order = np.argsort(own, kind="stable")[: (~np.isnan(own)).sum()]
    assert (np.diff(filled[order]) >= 0).all()


@LAW
@given(case=cases(), move=st.sampled_from([0.0, 0.25, 0.9]))
def test_firmness_is_of_the_same_scores(case, move):
    structure, given_ = case
    sets = scoring.draw_weights(structure, move, 20, seed=3)
    found = scoring.under_weights(given_, structure, Rules(), sets)
    places = scoring.ranks(scoring.score(given_, structure, Rules()).index)
    np.testing.assert_array_equal(found.nominal, places)
    each = [scoring.score(given_, structure, Rules(), one).index for one in sets]
    near(found.mean, np.mean([scoring.ranks(one) for one in each], axis=0))
    near(found.score_q95, np.quantile(each, 0.95, axis=0))
    if move == 0:
        assert set(found.same_share[~np.isnan(places)]) <= {1.0}

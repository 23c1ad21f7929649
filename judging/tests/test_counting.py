"""Counting, against the statistics module and tables worked by hand."""

import random
import statistics
from decimal import Decimal
from fractions import Fraction

import pytest

from judging import counting
from judging.counting import Count, Rule, Scale, Vote

FOUR = Decimal("0.0001")


def rule(method="stars", aggregation="mean", tie_rule="shared", votes_needed=1, scales=()):
    return Rule(method, aggregation, tie_rule, votes_needed, tuple(scales))


def stars(table: dict[int, list[int]]) -> list[Vote]:
    """{work: points of jurors 1, 2, 3 …}."""
    return [
        Vote(work, juror, {None: points})
        for work, row in table.items()
        for juror, points in enumerate(row, start=1)
        if points
    ]


def places(rule: Rule, votes: list[Vote]) -> dict[int, int | None]:
    works = sorted({one.work for one in votes})
    return {one.work: one.place for one in counting.count(rule, works, votes)}


def by_statistics(number) -> Decimal:
    return Decimal(str(number)).quantize(FOUR, rounding="ROUND_HALF_UP")


def test_mean_by_hand():
    counted = counting.count(rule(), [1, 2, 3], stars({1: [5, 4, 4], 2: [5, 5, 3], 3: [1, 2, 2]}))

    assert counted == [
        Count(1, 3, Decimal("4.3333"), Decimal("0.5774"), 1),
        Count(2, 3, Decimal("4.3333"), Decimal("1.1547"), 1),
        Count(3, 3, Decimal("1.6667"), Decimal("0.5774"), 3),
    ]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(
    ("aggregation", "independent"),
    [
        ("mean", statistics.mean),
        ("median", statistics.median),
        ("trimmed", lambda row: statistics.mean(sorted(row)[1:-1])),
    ],
)
def test_aggregations_agree_with_the_statistics_module(aggregation, independent, seed):
    draw = random.Random(seed)
    table = {work: [draw.randint(1, 5) for _ in range(4 + seed)] for work in range(1, 30)}

    counted = counting.count(rule(aggregation=aggregation), table, stars(table))

    assert {one.work: one.score for one in counted} == {
        work: by_statistics(float(independent([Fraction(one) for one in row])))
        for work, row in table.items()
    }
    assert {one.work: one.spread for one in counted} == {
        work: by_statistics(statistics.stdev(row)) for work, row in table.items()
    }


@pytest.mark.parametrize(
    ("row", "score"),
    [([1, 5, 5], "3.6667"), ([1, 4, 5, 5], "4.5000"), ([1, 1, 5, 5, 5], "3.6667")],
)
def test_trimmed_mean_drops_two_from_four_votes_on(row, score):
    (one,) = counting.count(rule(aggregation="trimmed"), [1], stars({1: row}))

    assert one.score == Decimal(score)


def test_standardised_points_agree_with_the_statistics_module():
    table = {1: [5, 2, 3], 2: [4, 1, 5], 3: [5, 3, 1], 4: [2, 1, 4]}
    columns = [*zip(*table.values(), strict=True)]
    norms = [(statistics.mean(one), statistics.pstdev(one)) for one in columns]
    expected = {
        work: by_statistics(
            50 + 10 * statistics.mean(
                (points - middle) / deviation
                for points, (middle, deviation) in zip(row, norms, strict=True)
            )
        )
        for work, row in table.items()
    }  # fmt: skip

    counted = counting.count(rule(aggregation="standardised"), table, stars(table))

    assert {one.work: one.score for one in counted} == expected


def test_strict_and_mild_jurors_weigh_the_same_when_standardised():
    """Two jurors see other works of the same quality: by the mean the mild one's works win."""
    table = {1: [2, 0], 2: [1, 0], 3: [0, 5], 4: [0, 4]}

    assert places(rule(), stars(table)) == {1: 3, 2: 4, 3: 1, 4: 2}
    assert places(rule(aggregation="standardised"), stars(table)) == {1: 1, 2: 3, 3: 1, 4: 3}


def test_juror_who_gives_all_the_same_changes_nothing_when_standardised():
    counted = counting.count(
        rule(aggregation="standardised"), [1, 2], stars({1: [5, 4], 2: [3, 4]})
    )

    assert [(one.work, one.votes, one.score) for one in counted] == [
        (1, 2, Decimal("55.0000")),
        (2, 2, Decimal("45.0000")),
    ]


def test_criteria_are_weighted_shares_of_the_most_points():
    scales = [Scale(7, 3, 10), Scale(8, 1, 5)]
    votes = [Vote(1, 1, {7: 8, 8: 5}), Vote(1, 2, {7: 10, 8: 0})]

    (one,) = counting.count(rule("criteria", scales=scales), [1], votes)

    # (3 * 0.8 + 1 * 1) / 4 = 85 %; (3 * 1 + 1 * 0) / 4 = 75 %
    assert (one.score, one.spread) == (Decimal("80.0000"), Decimal("7.0711"))


def test_yes_and_no_give_a_share_whatever_the_aggregation():
    votes = [Vote(1, juror, {None: yes}) for juror, yes in enumerate([1, 1, 0])]

    for aggregation in ("mean", "median", "standardised", "trimmed"):
        (one,) = counting.count(rule("yes_no", aggregation), [1], votes)
        assert one.score == Decimal("66.6667")


def test_orders_are_counted_by_borda():
    """Three jurors, three works; the third abstained from work 3."""
    orders = {1: [1, 2, 3], 2: [2, 1, 3], 3: [2, 1]}
    votes = [
        Vote(work, juror, {}, position)
        for juror, order in orders.items()
        for position, work in enumerate(order, start=1)
    ]

    counted = counting.count(rule("ranking"), [1, 2, 3], votes)

    assert [(one.work, one.votes, one.score, one.place) for one in counted] == [
        (2, 3, Decimal("83.3333"), 1),  # 50, 100, 100
        (1, 3, Decimal("50.0000"), 2),  # 100, 50, 0
        (3, 2, Decimal("0.0000"), 3),
    ]


def test_order_of_a_single_work_says_nothing():
    (one,) = counting.count(rule("ranking"), [1], [Vote(1, 1, {}, 1)])

    assert one.score == Decimal("50.0000")


def test_fewer_votes_than_needed_make_no_place():
    counted = counting.count(rule(votes_needed=2), [1, 2, 3], stars({1: [5, 0], 2: [3, 4]}))

    assert [(one.work, one.votes, one.score, one.place) for one in counted] == [
        (2, 2, Decimal("3.5000"), 1),
        (1, 1, None, None),
        (3, 0, None, None),
    ]


def test_places_go_1_2_2_4():
    votes = stars({1: [3, 3], 2: [5, 5], 3: [4, 2], 4: [1, 1]})

    assert places(rule(), votes) == {2: 1, 1: 2, 3: 2, 4: 4}


def test_several_firsts_share_the_place():
    assert places(rule(), stars({1: [5], 2: [5], 3: [5]})) == {1: 1, 2: 1, 3: 1}


def test_tie_is_parted_by_more_highest_marks():
    """All have a mean of 3: one five, then two fours, then threes."""
    votes = stars({1: [3, 3, 3, 3], 2: [5, 3, 2, 2], 3: [4, 4, 2, 2], 4: [5, 3, 2, 2]})

    assert places(rule(tie_rule="top_marks"), votes) == {2: 1, 4: 1, 3: 3, 1: 4}


def test_highest_marks_of_criteria_are_single_points():
    scales = [Scale(7, 1, 10), Scale(8, 1, 10)]
    votes = [Vote(1, 1, {7: 6, 8: 6}), Vote(2, 1, {7: 9, 8: 3})]

    assert places(rule("criteria", tie_rule="top_marks", scales=scales), votes) == {2: 1, 1: 2}


def test_tie_is_parted_by_the_heaviest_criterion():
    scales = [Scale(7, 1, 10), Scale(8, 2, 10)]
    votes = [Vote(1, 1, {7: 10, 8: 5}), Vote(2, 1, {7: 6, 8: 7}), Vote(3, 1, {7: 6, 8: 7})]

    wanted = rule("criteria", tie_rule="first_criterion", scales=scales)

    assert places(wanted, votes) == {2: 1, 3: 1, 1: 3}


@pytest.mark.parametrize("tie_rule", ["chair", "lot"])
def test_tie_left_to_people_shares_the_place_until_they_decide(tie_rule):
    assert places(rule(tie_rule=tie_rule), stars({1: [4], 2: [4]})) == {1: 1, 2: 1}


def test_equal_as_printed_is_equal():
    """Thirds and standardised points leave no noise behind that would part equal works."""
    table = {1: [5, 4, 3], 2: [3, 5, 4], 3: [4, 3, 5]}

    for aggregation in ("mean", "standardised", "median"):
        assert set(places(rule(aggregation=aggregation), stars(table)).values()) == {1}


def test_numbers_are_rounded_half_up():
    assert counting.rounded(Fraction(1, 20000)) == Decimal("0.0001")
    assert counting.rounded(Fraction(2, 3)) == Decimal("0.6667")


def test_votes_of_other_categories_do_not_count():
    """Only the given works are counted, by the votes that are given."""
    assert counting.count(rule(), [], []) == []

"""From rows to places: what counts, in which order, with which denominators."""

from decimal import Decimal

import pytest

from members.tests.factories import make_member
from questionnaires.models import Answer, Response
from questionnaires.tests.factories import make_response, make_sent
from ratings.models import Indicator, IndicatorGroup
from ratings.tests.factories import make_edition, make_full_edition, make_group, make_indicator
from standings.computing import answers_digest, compute, inputs
from standings.tests.factories import make_answered

pytestmark = pytest.mark.django_db


def ranks(outcome, column="rank") -> dict:
    return {one.response.name_in("en"): getattr(one, column) for one in outcome.places}


def answer(city: str, code: str) -> Answer:
    return Answer.objects.get(response__member__slug=city, indicator__code=code)


def test_rat_2_each_class_and_the_members_have_places_of_their_own():
    """RAT-2: Bishkek 1, Izmir (a guest) 2, Khabarovsk 3; among members and in classes anew."""
    edition = make_answered()
    Response.objects.filter(member__slug="bishkek").update(population=1_100_000)
    Response.objects.filter(member__slug="izmir").update(population=2_900_000)
    Response.objects.filter(member__slug="khabarovsk").update(population=600_000)
    make_sent(edition, {"P1": 1, "P2": 1, "E1": 1}, member=make_member("perm", "Пермь", "Perm"))
    outcome = compute(edition)
    assert ranks(outcome) == {"Bishkek": 1, "Izmir": 2, "Khabarovsk": 3, "Perm": 4}
    assert ranks(outcome, "rank_in_class") == {
        "Bishkek": 1, "Izmir": 2, "Khabarovsk": 3, "Perm": 1,
    }  # fmt: skip
    assert ranks(outcome, "rank_among_members") == {
        "Bishkek": 1, "Izmir": None, "Khabarovsk": 2, "Perm": 3,
    }  # fmt: skip
    assert ranks(outcome, "rank_among_members_in_class") == {
        "Bishkek": 1, "Izmir": None, "Khabarovsk": 2, "Perm": 1,
    }  # fmt: skip


def test_scores_follow_the_weights_of_groups_and_questions():
    outcome = compute(make_answered())
    izmir = outcome.places[1]
    # (8-5)/(9-5)=75, (7-4)/(8-4)=75, (5-2)/(7-2)=60: (75·2 + 60·1) / 3 = 70.
    assert izmir.groups == {
        "P": {"score": pytest.approx(75), "rank": 2}, "E": {"score": pytest.approx(60), "rank": 2},
    }  # fmt: skip
    assert izmir.score == pytest.approx(70)


def test_rows_are_plain_python_without_nan():
    edition = make_answered()
    silent = make_sent(edition, {}, member=make_member("perm", "Пермь", "Perm"))
    rows = compute(edition).as_rows()
    assert rows[-1] == {
        "response": silent.pk, "class": "medium", "is_guest": False, "score": None, "rank": None,
        "rank_in_class": None, "rank_among_members": None, "rank_among_members_in_class": None,
        "rank_low": None, "rank_high": None, "rank_mean": None, "rank_median": None,
        "same_rank_share": None, "left_out": "no_answers",
        "groups": {"P": {"score": None, "rank": None}, "E": {"score": None, "rank": None}},
    }  # fmt: skip
    assert {type(value) for row in rows for value in row.values()} <= {
        int, float, str, bool, dict, type(None),
    }  # fmt: skip
    assert rows[0]["same_rank_share"] == 1.0


def test_drafts_and_those_left_out_are_not_counted():
    edition = make_answered()
    make_response(edition, make_member("ufa", "Уфа", "Ufa"))
    make_sent(
        edition, {"P1": 99}, member=make_member("perm", "Пермь", "Perm"), state="left_out",
        left_out_reason="withdrew",
    )  # fmt: skip
    assert list(ranks(compute(edition))) == ["Bishkek", "Izmir", "Khabarovsk"]


def test_texts_weights_of_zero_and_groups_of_zero_do_not_count():
    edition = make_answered()
    Indicator.objects.filter(code="P2").update(weight=0)
    IndicatorGroup.objects.filter(code="E").update(weight=0)
    taken = inputs(edition)
    assert [one.code for one in taken.structure.indicators] == ["P1"]
    assert [one.code for one in taken.structure.groups] == ["P"]


def test_weights_of_a_trial_replace_those_of_the_edition():
    taken = inputs(make_answered(), weights={"P": Decimal(0), "E1": Decimal(3)})
    assert [(one.code, one.weight) for one in taken.structure.indicators] == [("E1", 3.0)]


def test_a_corrected_answer_counts_as_corrected(django_user_model):
    edition = make_answered()
    row = answer("khabarovsk", "P1")
    expert = django_user_model.objects.create(email="expert@example.org")
    Answer.objects.filter(pk=row.pk).update(
        check_state="corrected", corrected_number=7, check_reason="counted twice",
        checked_by=expert, checked_at=row.saved_at,
    )  # fmt: skip
    assert inputs(edition).data.values[2].tolist() == [7.0, 4.0, 2.0]


def test_an_overlay_replaces_single_answers():
    edition = make_answered()
    row, other = answer("bishkek", "P1"), answer("izmir", "E1")
    overlay = {
        (row.response_id, row.indicator_id): Decimal(1),
        (other.response_id, other.indicator_id): None,
    }
    values = inputs(edition, overlay).data.values
    assert values[0].tolist() == [1.0, 8.0, 7.0]
    assert str(values[1].tolist()) == "[8.0, 7.0, nan]"
    assert ranks(compute(edition, overlay))["Bishkek"] == 2


def test_answers_are_divided_by_inhabitants_and_by_other_answers():
    edition = make_edition()
    group = make_group(edition)
    make_indicator(group, "P1", denominator="population", per=100_000, order=1)
    total = make_indicator(group, "P2", order=2, weight=0)
    make_indicator(
        group, "P3", order=3, denominator="indicator", denominator_indicator=total, per=100
    )
    make_sent(edition, {"P1": 5, "P2": 20, "P3": 5}, population=250_000)
    perm = make_member("perm", "Пермь", "Perm")
    make_sent(edition, {"P1": 5, "P3": 5}, member=perm, population=None)
    outcome = compute(edition, firm=False)
    assert str(outcome.scores.denominated.tolist()) == "[[2.0, 25.0], [nan, nan]]"


def test_an_edition_without_answers_has_an_empty_outcome():
    outcome = compute(make_full_edition())
    assert (outcome.scores, outcome.places) == (None, [])


def test_an_edition_in_which_nothing_counts_places_nobody():
    edition = make_answered()
    Indicator.objects.update(weight=0)
    outcome = compute(edition)
    assert {(one.rank, one.score, one.reason) for one in outcome.places} == {
        (None, None, "nothing_counts")
    }


def test_equal_scores_share_a_place_and_the_next_is_skipped():
    edition = make_full_edition()
    for slug, number in (("a", 9), ("b", 5), ("c", 5), ("d", 1)):
        make_sent(edition, {"P1": number}, member=make_member(slug, slug, slug))
    assert ranks(compute(edition, firm=False)) == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_the_digest_tells_whether_answers_changed():
    edition = make_answered()
    before = answers_digest(edition)
    Indicator.objects.update(weight=5)
    assert answers_digest(edition) == before
    Answer.objects.filter(pk=answer("izmir", "P1").pk).update(number=Decimal("8.5"))
    assert answers_digest(edition) != before


def test_computing_costs_the_same_for_one_city_and_for_many(django_assert_num_queries):
    edition = make_answered()
    with django_assert_num_queries(6):
        compute(edition, firm=False)
    for number in range(5):
        make_sent(edition, {"P1": number}, member=make_member(f"city-{number}", "Г", "C"))
    with django_assert_num_queries(6):
        compute(edition)


def test_what_is_stored_holds_directions_and_no_group_inside_them():
    """A group with one question would tell the city's answer to everybody."""
    edition = make_full_edition()
    direction = IndicatorGroup.objects.get(edition=edition, code="E")
    make_indicator(make_group(edition, "EX", parent=direction), "EX1")
    for number in (1, 5, 9):
        make_sent(
            edition, {"P1": number, "P2": 1, "E1": number, "EX1": number},
            member=make_member(f"city-{number}", f"Город {number}", f"City {number}"),
        )  # fmt: skip
    outcome = compute(edition)
    assert [set(place.groups) for place in outcome.places] == [{"P", "E", "EX"}] * 3
    assert [set(row["groups"]) for row in outcome.as_rows()] == [{"P", "E"}] * 3

"""Hints with figures worked out by hand."""

from decimal import Decimal

import numpy as np
import pytest
from django.utils import translation

from accounts.tests.factories import make_representative
from questionnaires import hints
from questionnaires.models import Answer, Evidence
from questionnaires.tests.checks import make_checked, make_city, of
from ratings.models import Indicator
from ratings.tests.factories import make_full_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def edition(db):
    return make_full_edition(year=2026)


def texts(edition, answer) -> list[str]:
    return [one.text for one in hints.of_edition(edition).by_answer.get(answer.pk, [])]


def kinds(edition, answer) -> list[str]:
    return [one.kind for one in hints.of_edition(edition).by_answer.get(answer.pk, [])]


def change(edition, code="P1", **columns) -> None:
    Indicator.objects.filter(edition=edition, code=code).update(**columns)


def test_robust_scores_are_those_of_the_formula():
    # Median 3, distances 2 1 0 1 97, their median 1: (100 - 3) / 1.4826 = 65.425...
    values = np.array([[1.0, 1.0], [2.0, 1.0], [3.0, 1.0], [4.0, 9.0], [100.0, np.nan]])
    scores, medians, counts, spread = hints.robust_scores(values)

    assert counts.tolist() == [5, 4]
    assert (medians[0], spread[0]) == (3.0, 1.0)
    assert scores[:, 0] == pytest.approx(np.array([-2, -1, 0, 1, 97]) / 1.4826)
    assert np.isnan(scores[:, 1]).all()
    assert np.isnan([medians[1], spread[1]]).all()


def test_far_answer_is_said_with_its_figures(edition):
    cities = [make_checked(edition, {"P1": number}) for number in (1, 2, 3, 4, 100)]

    assert texts(edition, of(cities[4])) == [
        "Much more than other cities: 65.4 robust deviations above the median 3 of 5 answers (a "
        "hint from 3.5)."
    ]
    assert [texts(edition, of(one)) for one in cities[:4]] == [[], [], [], []]


def test_values_are_compared_as_the_rating_divides_them(edition):
    change(edition, denominator="population", per=100_000)
    people = [100_000, 200_000, 300_000, 400_000, 10_000]
    cities = [make_checked(edition, {"P1": place + 1}, population=number)
              for place, number in enumerate(people)]  # fmt: skip
    found = hints.of_edition(edition)

    # 1, 1, 1, 1 and 5 / 10,000 * 100,000 = 50 for 100 thousand: equal ones leave no measure.
    assert [found.divided[of(one).pk] for one in cities] == pytest.approx([1, 1, 1, 1, 50])
    indicator = Indicator.objects.get(edition=edition, code="P1")
    assert found.notes[indicator.pk] == (
        "Half of the answers or more are equal: cities are not compared."
    )
    assert kinds(edition, of(cities[4])) == []


def test_values_divided_by_another_answer(edition):
    other = Indicator.objects.get(edition=edition, code="P2")
    change(edition, denominator="indicator", denominator_indicator=other)
    answered = make_checked(edition, {"P1": 6, "P2": 4})
    without, zero = make_checked(edition, {"P1": 6}), make_checked(edition, {"P1": 6, "P2": 0})
    one = Indicator.objects.filter(edition=edition, code="P1")

    found = hints.of_edition(edition, one)

    assert found.divided == {of(answered).pk: 1.5}
    assert found.by_answer.keys() >= {of(without).pk, of(zero).pk}


def test_few_answers_are_not_compared(edition):
    for number in (1, 2, 3, 1000):
        make_checked(edition, {"P1": number})
    notes = hints.of_edition(edition).notes
    assert set(notes.values()) == {"Fewer than five answers: cities are not compared."}
    assert len(notes) == 3


@pytest.mark.parametrize(
    ("before", "now", "kind", "text"),
    [
        (4, 12, "grown", "3 times the number of the last edition, 4 (a hint from 3 times)."),
        (4, 11, "", ""),
        (12, 4, "shrunk",
         "The number of the last edition, 12, was 3 times as high (a hint from 3 times)."),
        (12, 5, "", ""),
        (0, 3, "from_zero", "The last edition had 0 here."),
        (0, 2, "", ""),
        (5, 0, "to_zero", "The last edition had 5 here, this one has 0."),
        (1, 0, "", ""),
        (0, 0, "", ""),
    ],
)  # fmt: skip
def test_jumps_have_stated_bounds(before, now, kind, text):
    hint = hints.jump(Decimal(before), Decimal(now))
    assert (hint.kind if hint else "", hint.text if hint else "") == (kind, text)


def test_last_edition_is_that_of_the_same_city_and_code(edition):
    known = make_full_edition(year=2020, rating=edition.rating)
    earlier = make_full_edition(year=2024, rating=edition.rating)
    make_full_edition(year=2025, rating=edition.rating)  # nobody answered
    city, other = make_city(), make_city()
    make_checked(known, {"P1": 1}, member=city)
    last = make_checked(earlier, {"P1": 30, "P2": 2}, member=city)
    Answer.objects.filter(pk=of(last).pk).update(
        check_state="corrected", corrected_number=10, check_reason="Counted twice",
        checked_by=make_representative(city), checked_at=last.submitted_at,
    )  # fmt: skip
    now, beside = (make_checked(edition, {"P1": 30}, member=one) for one in (city, other))

    found = hints.of_edition(edition)

    assert found.last == {of(now).pk: 10}
    assert [one.kind for one in found.by_answer[of(now).pk]] == ["grown"]
    assert not found.by_answer[of(beside).pk]


def test_proof_that_is_required_and_lacks(edition):
    change(edition, evidence="required")
    without, proved, nothing = (make_checked(edition, {"P1": number}) for number in (3, 3, 0))
    Evidence.objects.create(answer=of(proved), link="https://example.org/report")

    assert texts(edition, of(without)) == ["A proof is required, and none is given."]
    assert [kinds(edition, of(one)) for one in (proved, nothing)] == [[], []]


def test_zero_with_a_comment_and_a_changed_offer(edition):
    zero, offered = make_checked(edition, {"P1": 0}), make_checked(edition, {"P1": 5})
    Answer.objects.filter(pk=of(zero).pk).update(comment="The office burnt down.")
    Answer.objects.filter(pk=of(offered).pk).update(
        offered={"source": "events", "value": "3", "items": []}
    )
    same = make_checked(edition, {"P1": 3})
    Answer.objects.filter(pk=of(same).pk).update(offered={"source": "events", "value": "3"})

    assert texts(edition, of(zero)) == ["The answer is 0, and the city comments on it."]
    assert texts(edition, of(offered)) == ["The portal offered 3; the city changed it."]
    assert texts(edition, of(same)) == []


def test_number_close_to_the_bound(edition):
    change(edition, maximum=200)
    close, below = make_checked(edition, {"P1": 198}), make_checked(edition, {"P1": 197})

    assert texts(edition, of(close)) == ["Close to the highest number that can be given, 200."]
    assert texts(edition, of(below)) == []


def test_yes_and_no_are_not_measured(edition):
    change(edition, kind="yes_no", maximum=1)
    for number in (0, 0, 0, 1, 0, 1):
        make_checked(edition, {"P1": number})
    found = hints.of_edition(edition)
    assert not any(found.by_answer.values())
    assert Indicator.objects.get(edition=edition, code="P1").pk not in found.notes


def test_hints_are_in_the_language_of_the_reader(edition):
    with translation.override("ru"):
        text = hints.Hint("to_zero", {"last": Decimal("12345.5")}).text
    assert "12\u00a0345,5" in text


def test_queries_do_not_grow_with_the_cities(edition, django_assert_num_queries):
    earlier = make_full_edition(year=2024, rating=edition.rating)
    cities = [make_city() for _number in range(12)]
    for city in cities[:2]:
        make_checked(earlier, member=city)
        make_checked(edition, member=city)
    with django_assert_num_queries(6):
        hints.of_edition(edition)
    for city in cities[2:]:
        make_checked(earlier, member=city)
        make_checked(edition, member=city)
    with django_assert_num_queries(6):
        hints.of_edition(edition)

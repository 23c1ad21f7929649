"""The live check: each thing that would spoil a questionnaire or its scores has a sentence."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from ratings import live_check
from ratings.models import Edition, Indicator, Scale, ScaleStep
from ratings.outline import outline
from ratings.tests.factories import make_full_edition, make_group, make_indicator

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def edition():
    """Nothing is wrong with it."""
    made = make_full_edition(
        opened_at=None, period_starts_on=datetime.date(2024, 1, 1),
        period_ends_on=datetime.date(2025, 12, 31),
    )  # fmt: skip
    Indicator.objects.filter(edition=made).update(unit_ru="шт.", unit_en="pieces")
    return made


def said(edition, level: str = "error") -> list[str]:
    fresh = Edition.objects.get(pk=edition.pk)
    return [one.text for one in live_check.problems(fresh) if one.level == level]


def set_all(edition, model=Edition, **columns) -> None:
    rows = model.objects.filter(pk=edition.pk) if model is Edition else model.objects.filter(
        edition=edition)  # fmt: skip
    rows.update(**columns)


def make_scale(edition, *values, **columns):
    scale = Scale.objects.create(edition=edition, title_ru="Как часто", title_en="How often")
    for order, value in enumerate(values, 1):
        texts = {"label_ru": f"ответ {order}", "label_en": f"answer {order}"} | columns
        ScaleStep.objects.create(scale=scale, order=order, value=value, **texts)
    return scale


def test_nothing_is_wrong_with_a_full_edition(edition):
    assert live_check.problems(edition) == []


def test_each_problem_leads_to_the_form_where_it_is_put_right(edition):
    one = edition.indicators.get(code="P1")
    Indicator.objects.filter(pk=one.pk).update(question_en=None)
    found = live_check.problems(Edition.objects.get())
    assert [(row.level, row.text, row.link) for row in found] == [
        ("error", "P1: no text in English (question).",
         reverse("admin:ratings_indicator_change", args=[one.pk])),
    ]  # fmt: skip


def test_check_asks_the_same_number_of_queries_however_many_rows(
    edition, django_assert_num_queries
):
    fresh = Edition.objects.select_related("rating", "method").get()
    with django_assert_num_queries(5):
        live_check.problems(fresh)
    for number in range(6):
        group = make_group(edition, f"G{number}", parent=edition.groups.get(code="E"))
        for code in ("A", "B"):
            make_indicator(group, f"G{number}{code}", kind="scale", scale=make_scale(edition, 0, 1))
    fresh = Edition.objects.select_related("rating", "method").get()
    with django_assert_num_queries(5):
        assert [one for one in live_check.problems(fresh) if one.is_error] == []


def test_weights_of_0_in_a_whole_group_are_an_error(edition):
    edition.groups.get(code="P").indicators.update(weight=0)
    group = edition.groups.get(code="P")
    assert said(edition) == [
        f"Group “{group}” has a weight, and all weights below it are 0: give the group weight 0 or "
        "one of its indicators more."
    ]


def test_all_groups_of_weight_0_score_nothing(edition):
    edition.groups.update(weight=0)
    assert said(edition) == ["Nothing is scored: no group with a weight has an indicator with one."]


def test_group_of_weight_0_is_a_warning(edition):
    edition.groups.filter(code="E").update(weight=0)
    group = edition.groups.get(code="E")
    assert said(edition) == []
    assert said(edition, "warning") == [
        f"Group “{group}” has weight 0: its indicators are asked and count nothing."
    ]


def test_empty_group_and_empty_questionnaire_are_errors(edition):
    group = make_group(edition, "N")
    assert f"Group “{group}” is empty." in said(edition)
    Indicator.objects.all().delete()
    edition.groups.all().delete()
    assert said(edition) == ["The questionnaire asks nothing: add groups and indicators."]


def test_code_of_a_group_and_of_an_indicator_is_one_code_too_many(edition):
    edition.indicators.filter(code="E1").update(code="E")
    assert said(edition) == ["Code “E” is that of a group and of an indicator."]


@pytest.mark.parametrize(
    ("change", "level", "words"),
    [
        (lambda e: e.indicators.filter(code="P1").update(question_ru=""), "error",
         ["P1: no text in Russian (question)."]),
        (lambda e: e.indicators.filter(code="P1").update(unit_en=None), "warning",
         ["P1: no text in English (unit)."]),
        (lambda e: e.indicators.filter(code="P1").update(help_ru="Как"), "warning",
         ["P1: no text in English (explanation)."]),
        (lambda e: e.groups.filter(code="P").update(title_en=None), "warning",
         ["P: no text in English (title)."]),
        (lambda e: e.size_classes.filter(code="small").update(title_ru=None), "warning",
         ["small: no text in Russian (title)."]),
        (lambda e: set_all(e, title_en=None), "warning", ["The edition has no title in English."]),
    ],
)  # fmt: skip
def test_missing_translations_are_said(edition, change, level, words):
    change(edition)
    assert said(edition, level) == words


def test_scales_are_used_and_have_something_to_choose(edition):
    group = edition.groups.get(code="P")
    make_scale(edition, 0, 1)
    assert said(edition, "warning") == ["Scale “How often” is not used."]
    Scale.objects.all().delete()
    single = make_scale(edition, 1)
    make_indicator(group, "P3", kind="scale", scale=single)
    assert said(edition) == ["Scale “How often” has fewer than two answers to choose from."]
    ScaleStep.objects.create(scale=single, label_ru="нет", label_en="no", value=1, order=2)
    assert said(edition) == ["All answers of scale “How often” have the same points."]
    ScaleStep.objects.filter(order=2).update(value=0, label_en=None)
    assert said(edition) == ["How often: no text in English (answer)."]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: rows.filter(code="medium").delete(),
         "No class for cities of 100,000 to 499,999 inhabitants, below “large”."),
        (lambda rows: rows.filter(code="small").update(minimum=500),
         "No class for cities of 0 to 499 inhabitants, below “small”."),
        (lambda rows: rows.filter(code="large").update(maximum=900_000),
         "No class for cities of 900,000 inhabitants and more."),
    ],
)  # fmt: skip
def test_gap_of_size_classes_is_an_error(edition, change, words):
    change(edition.size_classes)
    assert said(edition) == [words]


def test_edition_without_classes_is_a_warning(edition):
    edition.size_classes.all().delete()
    assert said(edition) == []
    assert said(edition, "warning") == ["There are no size classes: there will be one list of all."]


def test_method_has_what_it_needs(edition):
    edition.method.delete()
    assert said(edition) == ["The edition has no method: choose one on its form."]


@pytest.mark.parametrize(
    ("normalisation", "given", "words"),
    [
        ("goalposts", {"goalpost_low": 0, "goalpost_high": 9},
         "%s has no goalposts, and the method needs them."),
        ("target", {"target": 5}, "%s has no target, and the method needs it."),
    ],
)  # fmt: skip
def test_goalposts_and_targets_are_given_where_needed(edition, normalisation, given, words):
    type(edition.method).objects.update(normalisation=normalisation)
    assert said(edition) == [words % code for code in ("P1", "P2", "E1")]
    edition.indicators.update(**given)
    assert said(edition) == []


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"scale_low": 0},
         ["The scale reaches 0; a geometric or harmonic mean needs positive scores: let it begin "
          "at 1."]),
        ({"scale_low": 1}, []),
        ({"normalisation": "rank"}, []),
        ({"normalisation": "z_score"},
         ["Z-scores are negative for half of the cities; a geometric or harmonic mean needs "
          "positive scores."]),
        ({"normalisation": "borda"},
         ["“Borda points” scores the last city 0: there is no geometric or harmonic mean of it."]),
    ],
)  # fmt: skip
def test_geometric_and_harmonic_means_need_positive_scores(edition, mean, columns, words):
    type(edition.method).objects.update(across_groups=mean, **columns)
    assert said(edition) == words


def test_class_means_need_classes(edition):
    type(edition.method).objects.update(missing="median_of_class")
    assert said(edition) == []
    edition.size_classes.all().delete()
    assert said(edition) == [
        "Missing answers are filled from the size class, and there are no classes."
    ]


def test_inhabitants_need_a_year(edition):
    edition.indicators.filter(code="P1").update(denominator="population")
    set_all(edition, population_year=None)
    assert said(edition) == [
        "Size classes need the year that inhabitants are counted in.",
        "These are divided by inhabitants, and the year they are counted in is not given: P1.",
    ]


def test_division_by_an_answer_that_may_be_0_is_a_warning(edition):
    below, one = edition.indicators.get(code="P1"), edition.indicators.get(code="P2")
    Indicator.objects.filter(pk=one.pk).update(
        denominator="indicator", denominator_indicator=below
    )  # fmt: skip
    assert said(edition) == []
    assert said(edition, "warning") == [
        "P2 is divided by P1, which may be 0: with 0 below there is no figure, it counts as no "
        "answer."
    ]
    Indicator.objects.filter(pk=below.pk).update(minimum=1)
    assert said(edition, "warning") == []
    Indicator.objects.filter(pk=below.pk).update(kind="yes_no")
    assert said(edition) == ["P2 is divided by P1, which is not answered with a number."]


@pytest.mark.parametrize(
    ("columns", "level", "words"),
    [
        ({"kind": "percent"}, "warning", "P1 is a share in per cent without an upper bound."),
        ({"kind": "percent", "maximum": 140}, "warning",
         "P1 is a share in per cent and takes more than 100."),
        ({"decimals": 2}, "warning", "P1 is a whole number with decimal places."),
        ({"minimum": Decimal("1.2"), "maximum": Decimal("1.8")}, "error",
         "No whole number lies in the range of P1."),
        ({"unit_ru": "", "unit_en": ""}, "warning", "P1 has no unit."),
    ],
)  # fmt: skip
def test_impossible_and_odd_ranges_are_said(edition, columns, level, words):
    edition.indicators.filter(code="P1").update(**columns)
    assert said(edition, level) == [words]


def test_dates_are_possible(edition):
    far = timezone.now().date() + 400 * DAY
    set_all(edition, opens_at=None)
    assert said(edition) == ["Say from when and until when answers come."]
    now = timezone.now()
    set_all(edition, opens_at=now - 9 * DAY, closes_at=now - DAY)
    assert [one.split(" on ")[0] for one in said(edition)] == ["Answers were to close"]
    set_all(edition, closes_at=now + 9 * DAY, period_starts_on=far, period_ends_on=far)
    assert [one.split(" on ")[0] for one in said(edition)] == ["The period begins"]
    set_all(edition, period_starts_on=datetime.date(2024, 1, 1))
    assert said(edition) == []
    assert [one.split(" on ")[0] for one in said(edition, "warning")] == ["Answers close"]
    set_all(edition, period_ends_on=datetime.date(2025, 1, 1), population_year=2090)
    assert said(edition) == ["Inhabitants as of 2090 are not known when answers close."]


def test_past_edition_asks_nothing_and_draft_is_said(edition):
    set_all(edition, kind="known")
    assert said(edition) == ["A past edition of which only the outcome is known asks nothing."]
    set_all(edition, kind="held", status="draft")
    assert said(edition, "warning") == ["The page of the edition is not public."]


def test_outline_shares_add_up_to_the_index(edition):
    part = make_group(edition, "PA", parent=edition.groups.get(code="P"), weight=Decimal(1))
    make_indicator(part, "PA1", weight=Decimal(3))
    make_indicator(part, "PA2", weight=Decimal(0), kind="text")
    shares = {leaf.indicator.code: leaf.share for leaf in outline(edition).leaves()}
    assert sum(share for share in shares.values() if share is not None) == pytest.approx(1)
    assert shares["PA2"] is None
    assert [round(shares[code], 4) for code in ("P1", "P2", "PA1", "E1")] == [
        Decimal("0.2000"), Decimal("0.1333"), Decimal("0.3333"), Decimal("0.3333"),
    ]  # fmt: skip
    type(edition.method).objects.update(equal_weights=True)
    equal = {one.indicator.code: one.share for one in outline(Edition.objects.get()).leaves()}
    assert round(equal["P1"], 4) == Decimal("0.1667")

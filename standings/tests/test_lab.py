"""The weights lab: nothing is saved, bad input is said beside the field, runs are compared."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from members.tests.factories import make_member
from questionnaires.models import Answer
from questionnaires.tests.factories import make_sent
from ratings.models import Indicator, IndicatorGroup, Method
from ratings.tests.factories import make_edition, make_full_edition, make_group, make_indicator
from standings import comparing
from standings.models import Run
from standings.runs_admin import query_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def desk(client_of, ratings_officer):
    client = client_of(ratings_officer)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def edition():
    """Ufa is strong in projects, Perm in events; projects weigh 2, events 1."""
    edition = make_full_edition()
    for name, answers in (
        ("ufa", {"P1": 9, "P2": 9, "E1": 1}),
        ("perm", {"P1": 3, "P2": 3, "E1": 9}),
        ("omsk", {"P1": 1, "P2": 1, "E1": 0}),
    ):
        make_sent(edition, answers, member=make_member(name, name.title(), name.title()))
    return edition


def address(edition, name="lab") -> str:
    return reverse(f"admin:standings_{name}", args=[edition.pk])


def tried(desk, edition, **typed):
    fields = {name.replace("w_", "w-"): value for name, value in typed.items()}
    return desk.get(address(edition), {"try": "1", "is_denominated": "on", **fields})


def errors(page) -> dict:
    return {name: list(found) for name, found in page.context["weights"].errors.items()}


def moves(page) -> list:
    return [(one.name, one.before, one.after, one.words)
            for one in page.context["trial"].comparison.moves]  # fmt: skip


def test_the_lab_opens_with_the_weights_of_the_edition(desk, edition):
    page = desk.get(address(edition))
    assert page.context["trial"] is None
    assert [one["code"] for one in page.context["sections"]] == ["P", "E"]
    values = [field.value() for field in page.context["weights"]]
    assert [str(value).replace(",", ".") for value in values] == ["2", "1", "0.6", "0.4", "1"]


def test_other_weights_move_places_and_save_nothing(desk, edition):
    page = tried(desk, edition, w_P="1", w_E="5")
    assert moves(page) == [
        ("Perm", 2, 1, "up 1"), ("Ufa", 1, 2, "down 1"), ("Omsk", 3, 3, "same place"),
    ]  # fmt: skip
    assert page.context["trial"].comparison.summary == "2 cities of 3 change their places."
    assert set(IndicatorGroup.objects.values_list("code", "weight")) == {("P", 2), ("E", 1)}
    assert not Run.objects.exists()


def test_other_rules_are_tried_and_not_saved(desk, edition):
    page = tried(desk, edition, normalisation="rank", equal_weights="on")
    assert page.context["trial"].tried.inputs.rules.normalisation == "rank"
    assert page.context["trial"].tried.inputs.rules.equal_weights is True
    assert Method.objects.get(edition=edition).normalisation == "min_max"


def test_a_comma_and_spaces_are_numbers(desk, edition):
    page = tried(desk, edition, w_P="1,5", w_E="1 234")
    assert page.context["trial"].tried.inputs.structure.groups[0].weight == 1.5
    assert page.context["trial"].tried.inputs.structure.groups[1].weight == 1234


@pytest.mark.parametrize("typed", ["-1", "", "two", "1e5", "NaN", "999999", "1.23456"])
def test_a_wrong_weight_is_said_beside_its_field_and_stays_typed(desk, edition, typed):
    page = tried(desk, edition, w_P1=typed)
    assert page.context["trial"] is None
    assert list(errors(page)) == ["w-P1"]
    assert page.context["weights"]["w-P1"].value() == typed


def test_a_negative_weight_has_its_own_sentence(desk, edition):
    assert errors(tried(desk, edition, w_P1="-1")) == {"w-P1": ["A weight is 0 or more."]}


def test_a_direction_of_nothing_but_zeros_is_said_beside_it(desk, edition):
    page = tried(desk, edition, w_P1="0", w_P2="0")
    assert list(errors(page)) == ["w-P"]
    assert page.context["trial"] is None


def test_a_direction_of_weight_zero_may_hold_zeros(desk, edition):
    page = tried(desk, edition, w_P="0", w_P1="0", w_P2="0")
    assert [row[0] for row in moves(page)] == ["Perm", "Ufa", "Omsk"]


def test_all_directions_of_zero_are_refused(desk, edition):
    assert list(errors(tried(desk, edition, w_P="0", w_E="0"))) == ["w-P"]


def test_a_method_that_does_not_fit_is_said_on_top(desk, edition):
    page = tried(desk, edition, within_groups="geometric")
    assert page.context["trial"] is None
    assert "above 0" in page.context["rules"].non_field_errors()[0]


def test_rules_that_contradict_each_other_are_said(desk, edition):
    page = tried(desk, edition, scale_low="100", scale_high="0")
    assert page.context["trial"] is None
    assert page.context["rules"].errors


def test_no_answers_are_a_message(desk):
    page = desk.get(address(make_full_edition()), {"try": "1"})
    assert page.status_code == 200
    assert page.context["is_empty"] is True


def test_moves_leave_as_csv_and_xlsx(desk, edition):
    query = {"try": "1", "w-E": "5", "format": "csv"}
    text = desk.get(address(edition), query).content.decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 4
    book = desk.get(address(edition), query | {"format": "xlsx"})
    assert book.content[:2] == b"PK"


def keep(desk, edition, title="Events weigh more", **typed):
    page = tried(desk, edition, **typed)
    key = page.context["keep"]["form_key"].value()
    data = {"query": page.context["query"], "title": title, "form_key": str(key)}
    return desk.post(address(edition, "keep"), data), data


def test_what_was_tried_is_kept_once_as_a_run(desk, edition, ratings_officer):
    answer, data = keep(desk, edition, w_P="1", w_E="5")
    run = Run.objects.get()
    assert (run.title, run.made_by) == ("Events weigh more", ratings_officer)
    assert (run.weights["E"], run.weights["P1"]) == ("5", "0.6")
    assert [row["rank"] for row in run.results] == [2, 1, 3]
    assert len(run.answers_digest) == 64
    assert answer.url == f"{address(edition, 'compare')}?second={run.pk}"
    desk.post(address(edition, "keep"), data)
    assert Run.objects.count() == 1


def test_a_run_without_a_title_is_not_kept_and_the_trial_stays(desk, edition):
    answer, _data = keep(desk, edition, title="", w_E="5")
    assert answer.status_code == 200
    assert answer.context["keep"].errors["title"]
    assert answer.context["trial"] is not None
    assert not Run.objects.exists()


def test_a_kept_run_opens_in_the_lab_with_its_own_weights(desk, edition):
    keep(desk, edition, w_P="1", w_E="5", scale_low="0.125")
    page = desk.get(f"{address(edition)}?{query_of(Run.objects.get())}")
    tried_rules = page.context["trial"].tried.inputs
    assert tried_rules.rules.scale_low == 0.125
    assert [one.weight for one in tried_rules.structure.groups] == [1.0, 5.0]


def test_a_run_is_compared_with_the_results_of_now(desk, edition):
    keep(desk, edition, w_P="1", w_E="5")
    page = desk.get(address(edition, "compare"), {"second": Run.objects.get().pk})
    found = page.context["comparison"]
    assert [(one.name, one.before, one.after) for one in found.moves] == [
        ("Perm", 2, 1), ("Ufa", 1, 2), ("Omsk", 3, 3),
    ]  # fmt: skip
    assert [one.name for one in found.largest] == ["Perm", "Ufa"]
    assert found.spearman == pytest.approx(0.5)
    assert found.kendall == pytest.approx(1 / 3)
    assert page.context["answers_changed"] is False


def test_changed_answers_are_said_when_runs_are_compared(desk, edition):
    keep(desk, edition, w_E="5")
    Answer.objects.filter(indicator__code="E1").update(number=4)
    page = desk.get(address(edition, "compare"), {"first": Run.objects.get().pk})
    assert page.context["answers_changed"] is True


def test_a_run_of_another_edition_is_no_choice(desk, edition):
    keep(desk, edition, w_E="5")
    other = make_full_edition()
    page = desk.get(address(other, "compare"), {"second": Run.objects.get().pk})
    assert page.status_code == 200
    assert "comparison" not in page.context


def test_runs_are_listed_renamed_and_not_added(desk, edition):
    keep(desk, edition, w_E="5")
    run = Run.objects.get()
    changed = reverse("admin:standings_run_change", args=[run.pk])
    assert desk.get(reverse("admin:standings_run_changelist")).status_code == 200
    desk.post(changed, {"title": "Renamed"})
    assert Run.objects.get().title == "Renamed"
    assert desk.get(reverse("admin:standings_run_add")).status_code == 403


def test_a_weight_of_the_method_is_no_weight_of_a_text(desk, edition):
    make_indicator(IndicatorGroup.objects.get(code="E"), "E9", kind="text", weight=0)
    assert "w-E9" not in desk.get(address(edition)).context["weights"].fields


def test_a_group_of_texts_alone_has_no_field(desk):
    edition = make_edition()
    make_indicator(make_group(edition, "T"), "T1", kind="text", weight=0)
    assert not desk.get(address(edition)).context["weights"].fields


def test_a_question_of_weight_zero_can_be_tried_with_another(desk, edition):
    Indicator.objects.filter(code="P2").update(weight=0)
    page = tried(desk, edition, w_P2="1")
    assert [one.code for one in page.context["trial"].tried.inputs.indicators] == ["P1", "P2", "E1"]


@pytest.mark.parametrize(
    ("x", "y", "spearman", "kendall"),
    [
        ([1, 2, 3, 4], [1, 2, 3, 4], 1.0, 1.0),
        ([1, 2, 3, 4], [4, 3, 2, 1], -1.0, -1.0),
        ([1, 2, 2, 4], [1, 2, 3, 4], 0.9486832980505138, 0.9128709291752769),
    ],
)
def test_rank_correlations_allow_for_equal_places(x, y, spearman, kendall):
    assert comparing.spearman(x, y) == pytest.approx(spearman)
    assert comparing.kendall(x, y) == pytest.approx(kendall)


@pytest.mark.parametrize(("x", "y"), [([], []), ([1], [1]), ([1, 1], [1, 2])])
def test_undefined_correlations_are_none_and_have_words(x, y):
    assert comparing.spearman(x, y) is None
    assert comparing.kendall(x, y) is None
    assert comparing.likeness(None).startswith("The two orders cannot be compared")


def test_likeness_has_words_from_the_same_to_the_opposite():
    words = [comparing.likeness(one) for one in (1.0, 0.97, 0.9, 0.6, 0.3, 0.0, -0.9)]
    assert len(set(words)) == 7


def test_cities_that_came_or_went_are_said():
    first = [{"response": 1, "rank": 1, "score": 5.0}, {"response": 2, "rank": 2, "score": 4.0}]
    second = [{"response": 1, "rank": None, "score": None}, {"response": 3, "rank": 1}]
    found = comparing.compare(first, second, {1: "Ufa", 2: "Perm", 3: "Omsk"})
    assert [(one.name, one.words) for one in found.moves] == [
        ("Omsk", "has a place now"), ("Perm", "has no place any more"),
        ("Ufa", "has no place any more"),
    ]  # fmt: skip

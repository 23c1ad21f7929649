"""The editor of what is asked: the structure page, its parts, what stays once it is answered."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from content.models import AuditEntry
from ratings import opening
from ratings.models import Edition, Indicator, IndicatorGroup, Scale, ScaleStep
from ratings.tests.desk import add_url, change_url, form_of, post, problems, saved
from ratings.tests.factories import make_full_edition, make_group, make_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, ratings_officer):
    client.force_login(ratings_officer)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def edition():
    return make_full_edition(opened_at=None)


@pytest.fixture
def answered(edition, ratings_officer):
    """The edition with a first answer."""
    opening.open_questionnaire(edition, ratings_officer)
    opening.freeze(edition)
    return edition


def structure_url(edition) -> str:
    return reverse("admin:ratings_edition_structure", args=[edition.pk])


def page(client, url: str) -> str:
    return " ".join(client.get(url).text.replace("\xa0", " ").split())


def codes(edition, model=Indicator) -> list[str]:
    rows = model.objects.filter(edition=edition).order_by("order", "pk")
    return list(rows.values_list("code", flat=True))


def test_structure_shows_the_tree_with_weights_and_gaps(desk, edition):
    part = make_group(edition, "PA", parent=edition.groups.get(code="P"), title_en=None)
    make_indicator(part, "PA1", kind="percent", maximum=Decimal(100), question_en=None,
                   denominator="population", per=Decimal(1000))  # fmt: skip
    response = desk.get(structure_url(edition))
    shown = [
        (row.record.code, row.depth, row.percent, row.missing) for row in response.context["rows"]
    ]
    assert shown == [
        ("P", 0, "66.7 %", ""), ("P1", 1, "20 %", ""), ("P2", 1, "13.3 %", ""),
        ("PA", 1, "33.3 %", "en"), ("PA1", 2, "33.3 %", "en"),
        ("E", 0, "33.3 %", ""), ("E1", 1, "33.3 %", ""),
    ]  # fmt: skip
    row = response.context["rows"][4]
    assert (row.range, row.divided, row.link) == (
        "0 … 100", "per 1,000 inhabitants", change_url(row.record),
    )  # fmt: skip
    assert "PA1: no text in English (question)." in response.text


def test_structure_holds_its_query_count(desk, edition, django_assert_max_num_queries):
    desk.get(structure_url(edition))
    for number in range(6):
        group = make_group(edition, f"G{number}")
        scale = Scale.objects.create(edition=edition, title_en="Often")
        for code in ("A", "B", "C"):
            make_indicator(group, f"G{number}{code}", kind="scale", scale=scale)
    with django_assert_max_num_queries(14):
        desk.get(structure_url(edition))


def test_questionnaire_is_opened_from_the_structure_page_and_taken_back(desk, edition):
    assert "Open the questionnaire" in page(desk, structure_url(edition))
    desk.post(structure_url(edition), {"deed": "open"})
    assert Edition.objects.get().opened_at is not None
    assert "nobody has answered yet" in page(desk, structure_url(edition))
    desk.post(structure_url(edition), {"deed": "take-back"})
    assert Edition.objects.get().opened_at is None


def test_errors_stop_the_opening_and_warnings_do_not(desk, edition):
    edition.groups.get(code="P").indicators.update(weight=0)
    response = desk.post(structure_url(edition), {"deed": "open"}, follow=True)
    assert "Not opened: put right what the check calls errors." in response.text
    assert "and all weights below it are 0" in response.text
    assert Edition.objects.get().opened_at is None
    edition.groups.get(code="P").indicators.update(weight=1)
    edition.groups.update(title_en=None)
    desk.post(structure_url(edition), {"deed": "open"})
    assert Edition.objects.get().opened_at is not None


def test_opening_is_not_taken_back_after_an_answer(desk, answered):
    response = desk.post(structure_url(answered), {"deed": "take-back"}, follow=True)
    assert "There are answers already: the questionnaire stays open." in response.text
    assert Edition.objects.get().opened_at is not None


def test_rows_move_up_and_down_among_those_beside_them(desk, edition):
    one, two = (edition.indicators.get(code=code) for code in ("P1", "P2"))
    group = edition.groups.get(code="E")
    desk.post(structure_url(edition), {"move": f"indicator-{two.pk}-up"})
    desk.post(structure_url(edition), {"move": f"group-{group.pk}-up"})
    order = [row.record.code for row in desk.get(structure_url(edition)).context["rows"]]
    assert order == ["E", "E1", "P", "P2", "P1"]
    desk.post(structure_url(edition), {"move": f"indicator-{one.pk}-down"})
    assert [row.record.code for row in desk.get(structure_url(edition)).context["rows"]] == order


@pytest.mark.parametrize("words", ["", "indicator-x-up", "zone-1-up", "indicator-999999-up"])
def test_moving_what_is_not_there_is_answered_with_404(desk, edition, words):
    assert desk.post(structure_url(edition), {"move": words}).status_code == 404


def test_translator_reads_the_structure_and_opens_nothing(client, translator, edition):
    client.force_login(translator)
    assert client.get(structure_url(edition)).status_code == 200
    assert client.post(structure_url(edition), {"deed": "open"}).status_code == 403
    assert Edition.objects.get().opened_at is None


def test_indicator_is_added_below_its_group_and_leads_back(desk, edition):
    group = edition.groups.get(code="E")
    url = add_url("indicator", group=group.pk)
    sent = form_of(desk, url) | {"code": "E2", "question_en": "How many?", "weight": "2"}
    response = desk.post(url, sent)
    assert saved(response)
    assert response.url == structure_url(edition)
    made = Indicator.objects.get(code="E2")
    assert (made.group, made.edition, made.weight) == (group, edition, 2)


def test_choices_of_an_indicator_are_of_its_own_edition(desk, edition):
    other = make_full_edition()
    scale = Scale.objects.create(edition=other, title_en="Foreign scale")
    own = Scale.objects.create(edition=edition, title_en="Own scale")
    one = edition.indicators.get(code="P1")
    form = desk.get(change_url(one)).context["adminform"].form
    assert [row.code for row in form.fields["group"].queryset] == ["P", "E"]
    assert list(form.fields["scale"].queryset) == [own]
    assert {row.code for row in form.fields["denominator_indicator"].queryset} == {"P2", "E1"}
    found = problems(post(desk, change_url(one), kind="scale", scale=str(scale.pk)))
    assert "scale" in found


def test_group_of_no_edition_yet_is_added_where_things_may_change(desk, edition):
    closed = make_full_edition()
    Edition.objects.filter(pk=closed.pk).update(frozen_at=timezone.now())
    form = desk.get(add_url("indicatorgroup")).context["adminform"].form
    assert list(form.fields["edition"].queryset) == [edition]
    sent = form_of(desk, add_url("indicatorgroup")) | {
        "edition": edition.pk, "code": "N", "title_en": "New",
    }  # fmt: skip
    assert saved(desk.post(add_url("indicatorgroup"), sent))
    assert codes(edition, IndicatorGroup) == ["P", "N", "E"]


@pytest.mark.parametrize(
    ("changes", "about", "words"),
    [
        ({"weight": "-1"}, "weight", "Ensure this value is greater than or equal to 0."),
        ({"kind": "text"}, "weight", "A text is not scored: its weight is 0."),
        ({"kind": "scale"}, "scale", "A scale belongs to answers chosen from one."),
        ({"denominator": "indicator"}, "denominator_indicator",
         "Say which answer it is divided by."),
        ({"per": "0"}, "per", "“Per” is more than 0."),
        ({"minimum": "5", "maximum": "4"}, "maximum", "“At most” has to be more than “at least”."),
        ({"goalpost_low": "5"}, "goalpost_high", "Give both goalposts, the lower one first."),
        ({"code": "P2"}, "code", "Another indicator of the edition has this code."),
        ({"code": "p-1"}, "code", "Latin capital letters and digits, a letter first: E2."),
    ],
)  # fmt: skip
def test_bad_indicator_is_answered_beside_the_field(desk, edition, changes, about, words):
    one = edition.indicators.get(code="P1")
    assert problems(post(desk, change_url(one), **changes))[about] == [words]


def test_group_is_no_part_of_itself(desk, edition):
    top = edition.groups.get(code="P")
    part = make_group(edition, "PA", parent=top)
    found = problems(post(desk, change_url(top), parent=str(part.pk)))
    assert found["parent"] == ["A group is no part of itself."]
    assert "code" in problems(post(desk, change_url(part), code="E"))


def test_scale_is_made_with_its_answers(desk, edition):
    url = add_url("scale", edition=edition.pk)
    sent = form_of(desk, url) | {
        "title_en": "Often", "steps-0-label_en": "never", "steps-0-value": "0",
        "steps-1-label_en": "always", "steps-1-value": "1",
    }  # fmt: skip
    assert saved(desk.post(url, sent))
    scale = Scale.objects.get()
    assert scale.edition == edition
    assert list(scale.steps.values_list("label_en", "value")) == [("never", 0), ("always", 1)]


def test_answered_indicator_keeps_its_meaning_and_takes_words_and_weight(
    desk, answered, ratings_officer
):
    one = answered.indicators.get(code="P1")
    response = desk.get(change_url(one))
    assert "There are answers already. Codes, kinds, ranges" in response.text
    changes = {"code": "X1", "kind": "number", "maximum": "3", "question_en": "Mended?",
               "weight": "0.9"}  # fmt: skip
    assert saved(post(desk, change_url(one), **changes))
    one.refresh_from_db()
    assert (one.code, one.kind, one.maximum) == ("P1", "count", None)
    assert (one.question_en, one.weight) == ("Mended?", Decimal("0.9000"))
    row = AuditEntry.objects.get(verb="ratings.indicator.changed")
    assert (row.actor, row.changes) == (ratings_officer, {"weight": ["0.6000", "0.9000"]})


def test_answered_text_gets_no_weight(desk, edition, ratings_officer):
    text = make_indicator(edition.groups.get(code="P"), "P9", kind="text", weight=Decimal(0))
    opening.open_questionnaire(edition, ratings_officer)
    opening.freeze(edition)
    found = problems(post(desk, change_url(text), weight="2"))
    assert found["weight"] == ["A text is not scored: its weight is 0."]


def test_nothing_is_added_or_deleted_once_answered(desk, answered):
    one, group = answered.indicators.get(code="P1"), answered.groups.get(code="P")
    url = reverse("admin:ratings_indicator_delete", args=[one.pk])
    assert desk.get(url).status_code == 403
    assert desk.post(url, {"post": "yes"}).status_code == 403
    add = add_url("indicator", group=group.pk)
    sent = form_of(desk, add) | {"code": "P9", "question_en": "More?"}
    response = desk.post(add, sent)
    assert response.status_code == 200
    assert "There are answers already." in response.text
    assert Indicator.objects.count() == 3
    assert "Add an indicator" not in page(desk, structure_url(answered))


def test_sealed_indicator_and_scale_take_words_alone(desk, answered):
    scale = answered.scales.create(title_en="Often")
    Edition.objects.filter(pk=answered.pk).update(sealed_at=timezone.now())
    one = answered.indicators.get(code="P1")
    changes = {"weight": "5", "target": "4", "question_en": "Mended?"}
    assert saved(post(desk, change_url(one), **changes))
    one.refresh_from_db()
    assert (one.weight, one.target, one.question_en) == (Decimal("0.6000"), None, "Mended?")
    desk.post(structure_url(answered), {"move": f"indicator-{one.pk}-down"})
    one.refresh_from_db()
    assert one.order == 1
    assert saved(post(desk, change_url(scale), title_en="How often"))
    scale.refresh_from_db()
    assert (scale.title_en, ScaleStep.objects.count()) == ("How often", 0)


def test_indicator_that_divides_another_is_not_deleted(desk, edition):
    one, two = (edition.indicators.get(code=code) for code in ("P1", "P2"))
    two.denominator, two.denominator_indicator = "indicator", one
    two.save()
    desk.post(reverse("admin:ratings_indicator_delete", args=[one.pk]), {"post": "yes"})
    assert codes(edition) == ["P1", "E1", "P2"]
    desk.post(reverse("admin:ratings_indicator_delete", args=[two.pk]), {"post": "yes"})
    assert codes(edition) == ["P1", "E1"]

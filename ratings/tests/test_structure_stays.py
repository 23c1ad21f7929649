"""What was answered keeps its meaning: the triggers of ratings."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ratings.models import Edition, Indicator, IndicatorGroup, Method, ScaleStep, SizeClass
from ratings.tests.factories import (
    make_classes,
    make_edition,
    make_full_edition,
    make_group,
    make_indicator,
)

pytestmark = pytest.mark.django_db


def refused(deed, name):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        deed()
    assert caught.value.__cause__.diag.constraint_name == name


def indicator_of(edition, code="P1"):
    return Indicator.objects.filter(edition=edition, code=code)


def freeze(edition):
    Edition.objects.filter(pk=edition.pk).update(frozen_at=timezone.now())


def test_group_is_no_part_of_itself():
    edition = make_edition()
    upper = make_group(edition, "A")
    lower = make_group(edition, "B", parent=upper)
    groups = IndicatorGroup.objects.filter(pk=upper.pk)
    refused(lambda: groups.update(parent=lower), "ratings_indicatorgroup_no_circle")


def test_group_and_indicator_stay_in_their_edition():
    one, other = make_edition(), make_edition()
    group = make_group(one, "A")
    refused(lambda: make_group(other, "B", parent=group), "ratings_indicatorgroup_one_edition")
    make_indicator(group, "A1")
    refused(lambda: indicator_of(one, "A1").update(edition=other), "ratings_indicator_one_edition")


def test_an_answered_question_keeps_its_meaning_and_may_be_reworded():
    edition = make_full_edition()
    freeze(edition)
    stays = "ratings_indicator_answered_stays"
    refused(lambda: indicator_of(edition).update(is_reversed=True), stays)
    refused(lambda: indicator_of(edition).update(maximum=Decimal(5)), stays)
    refused(lambda: indicator_of(edition).delete(), stays)
    refused(lambda: make_indicator(edition.groups.first(), "P9"), stays)
    refused(lambda: make_group(edition, "Z"), "ratings_indicatorgroup_answered_stays")
    assert indicator_of(edition).update(question_en="Reworded", weight=Decimal("0.7")) == 1


def test_scale_steps_keep_their_points_once_answered():
    edition = make_edition()
    scale = edition.scales.create(title_en="How often")
    step = ScaleStep.objects.create(scale=scale, label_en="Every year", value=2)
    freeze(edition)
    steps = ScaleStep.objects.filter(pk=step.pk)
    refused(lambda: steps.update(value=3), "ratings_scalestep_answered_stays")
    assert steps.update(label_en="In every year") == 1


def test_weights_classes_and_method_stay_once_sealed():
    edition = make_full_edition()
    freeze(edition)
    Edition.objects.filter(pk=edition.pk).update(sealed_at=timezone.now())
    refused(lambda: indicator_of(edition).update(weight=9), "ratings_indicator_sealed_stays")
    groups = IndicatorGroup.objects.filter(edition=edition)
    refused(lambda: groups.update(weight=9), "ratings_indicatorgroup_sealed_stays")
    methods = Method.objects.filter(edition=edition)
    refused(lambda: methods.update(scale_high=10), "ratings_method_sealed_stays")
    classes = SizeClass.objects.filter(edition=edition, code="small")
    refused(lambda: classes.update(minimum=5), "ratings_sizeclass_sealed_stays")
    editions = Edition.objects.filter(pk=edition.pk)
    refused(lambda: editions.update(sealed_at=None), "ratings_edition_sealed_stays")
    refused(lambda: editions.update(year=2020), "ratings_edition_sealed_stays")


def test_classes_do_not_overlap():
    edition = make_edition()
    make_classes(edition)
    refused(
        lambda: SizeClass.objects.create(
            edition=edition, code="town", title_en="Towns", minimum=50_000, maximum=120_000
        ),
        "ratings_sizeclass_no_overlap",
    )


def test_an_edition_is_deleted_before_its_first_answer_alone():
    edition, answered = make_full_edition(), make_full_edition()
    edition.delete()
    assert not Indicator.objects.filter(edition=edition.pk).exists()
    freeze(answered)
    with pytest.raises(IntegrityError), transaction.atomic():
        answered.delete()

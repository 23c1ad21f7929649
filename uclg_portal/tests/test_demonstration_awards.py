"""Awards of the demonstration: an open call, a contest that is over, rounds of the past."""

import datetime

import pytest
from django.utils import timezone

from awards.models import Award, Round
from events.tests.factories import make_event
from uclg_portal.demonstration import awards

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    make_event("drawings-ceremony-yakutsk")
    make_event("retreat-tangier-2020")
    awards.load()


def test_demonstration_has_every_award_in_public(loaded):
    assert list(Award.objects.published().values_list("slug", flat=True)) == [
        "good-practice", "children-drawings", "international-activity", "badge-of-merit",
        "scroll-of-honour", "culture-21", "city-where-i-want-to-live",
        "city-in-the-mirror-of-the-media",
    ]  # fmt: skip
    rounds = Round.objects.visible().order_by("award__order", "-year")
    assert list(rounds.values_list("award__slug", "slug")) == [
        ("good-practice", "2026"),
        ("children-drawings", "2026"),
        ("children-drawings", "2020"),
        ("international-activity", "2019"),
        ("international-activity", "2018"),
        ("international-activity", "2016"),
    ]


def test_demonstration_has_one_open_call_with_a_form_in_both_languages(loaded):
    call = Round.objects.open().get()
    assert (call.award.slug, call.slug) == ("good-practice", "2026")
    assert {field.kind for field in call.fields.all()} == {
        "line", "text", "number", "date", "choice", "choices", "yes_no", "link", "file", "picture",
    }  # fmt: skip
    assert all(field.label_ru and field.label_en for field in call.fields.all())
    young = call.categories.get(code="Y")
    assert young.closes_at - call.closes_at == datetime.timedelta(days=7)


def test_demonstration_holds_a_contest_open_only_for_a_while(loaded):
    drawings = Round.objects.get(award__slug="children-drawings", slug="2026")
    closes_at = drawings.closes_at
    assert closes_at < timezone.now()
    with awards.held_open(drawings):
        assert drawings in Round.objects.open()
    drawings.refresh_from_db()
    assert drawings.closes_at == closes_at

"""The rating of the demonstration: a past with its sources, a full edition, an open one."""

import pytest

from accounts.tests.factories import make_user
from awards.models import Award
from events.tests.factories import make_event
from ratings import live_check
from ratings.models import Edition, Indicator
from uclg_portal.demonstration import awards, ratings

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    for slug in ["drawings-ceremony-yakutsk", "retreat-tangier-2020", "congress-kazan-2015"]:
        make_event(slug)
    awards.load()
    ratings.load({"admin@example.org": make_user("admin@example.org", is_superuser=True)})


def test_demonstration_has_the_editions_of_the_rating(loaded):
    rows = Edition.objects.visible().order_by("year").values_list(
        "slug", "kind", "is_invented", "admits_guests"
    )  # fmt: skip
    assert list(rows) == [
        ("2015", "known", False, False),
        ("2016", "known", False, False),
        ("2018", "known", False, False),
        ("2019", "known", False, True),
        ("2024", "held", True, True),
        ("2026", "held", True, True),
    ]
    assert Award.objects.get(ratings__isnull=False).slug == "international-activity"


def test_demonstration_names_the_sources_of_past_editions(loaded):
    past = Edition.objects.filter(kind="known")
    assert all(one.source and one.source_url.startswith("https://") for one in past)


def test_demonstration_has_one_questionnaire_open_with_nothing_wrong(loaded):
    edition = Edition.objects.open().get()
    assert edition.slug == "2026"
    assert live_check.errors(edition) == []
    held = Edition.objects.get(slug="2024")
    assert held.opened_at == held.opens_at
    assert live_check.errors(held, held.opens_at) == []


def test_demonstration_asks_in_both_languages(loaded):
    for edition in Edition.objects.held():
        rows = Indicator.objects.filter(edition=edition)
        assert rows.count() == 26
        assert not rows.filter(question_ru=None).exists()
        assert not rows.filter(question_en=None).exists()
        kinds = set(rows.values_list("kind", flat=True))
        assert kinds == {"count", "number", "percent", "yes_no", "scale", "text"}


def test_open_edition_has_its_own_dates_and_the_questions_of_the_last(loaded):
    last, edition = (Edition.objects.get(slug=slug) for slug in ("2024", "2026"))
    assert edition.period_starts_on > last.period_ends_on
    codes = [list(one.indicators.values_list("code", flat=True)) for one in (last, edition)]
    assert codes[0] == codes[1]
    assert [one.code for one in edition.size_classes.order_by("minimum")] == [
        "small", "medium", "large", "metropolitan",
    ]  # fmt: skip

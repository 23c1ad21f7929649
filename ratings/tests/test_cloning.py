"""The next edition from the last one: every field of every row, and nothing of its answers."""

import datetime
import zoneinfo
from decimal import Decimal

import pytest

from content.models import AuditEntry
from events.tests.factories import make_event
from members.models import Country
from ratings import cloning
from ratings.models import Edition, Scale, ScaleStep, Zone
from ratings.tests.factories import make_classes, make_edition, make_group, make_indicator

pytestmark = pytest.mark.django_db
KAZAN = zoneinfo.ZoneInfo("Europe/Moscow")
# What a copy has of its own: keys, and what points to rows that were copied, too.
OWN = {
    "id", "edition_id", "group_id", "scale_id", "parent_id", "denominator_indicator_id",
}  # fmt: skip
ANEW = {
    "rating_id", "slug", "year", "title", "title_ru", "title_en", "opens_at", "closes_at",
    "period_starts_on", "period_ends_on", "results_expected_on", "population_year", "event_id",
    "host_id", "status", "published_at", "is_invented", "source", "source_url", "opened_at",
    "frozen_at", "sealed_at", "version", "created_at", "updated_at", "kind",
}  # fmt: skip


@pytest.fixture
def edition():
    """An edition with one row of everything, opened and answered."""
    made = make_edition(
        slug="2024", year=2024, summary_ru="Кратко", summary_en="In short", body_ru="<p>О</p>",
        methodology_en="<p>How</p>", time_zone="Asia/Bishkek", admits_guests=True,
        shows_points=False, places_honoured=5, population_year=2024, is_invented=True,
        source="here", source_url="https://example.org/", event=make_event("ceremony"),
        period_starts_on=datetime.date(2023, 1, 1), period_ends_on=datetime.date(2024, 2, 29),
        results_expected_on=datetime.date(2025, 7, 1),
        opens_at=datetime.datetime(2025, 2, 3, 6, tzinfo=KAZAN),
        closes_at=datetime.datetime(2025, 4, 15, 20, 59, tzinfo=KAZAN),
    )  # fmt: skip
    method = made.method
    method.normalisation, method.seed, method.least_answered = "goalposts", 7, Decimal("0.5")
    method.save()
    make_classes(made)
    zone = Zone.objects.create(edition=made, title_en="West Asia", is_guest=True, order=3)
    country, _made = Country.objects.get_or_create(
        code="TR", defaults={"name_ru": "Турция", "name_en": "Turkey"}
    )
    zone.countries.add(country)
    scale = Scale.objects.create(edition=made, title_en="How often", title_ru="Как часто")
    for order, word in enumerate(["never", "always"], 1):
        ScaleStep.objects.create(scale=scale, label_en=word, value=order - 1, order=order)
    top = make_group(made, "P", weight=Decimal(2), description_en="What it is")
    part = make_group(made, "PA", parent=top, order=4)
    make_indicator(part, "P1", denominator="population", per=Decimal(1000), help_ru="Как")
    divided = make_indicator(part, "P2", minimum=Decimal(1), unit_en="projects")
    make_indicator(
        part, "P3", denominator="indicator", denominator_indicator=divided, is_reversed=True,
        goalpost_low=Decimal(1), goalpost_high=Decimal(9), target=Decimal(5), decimals=1,
        maximum=Decimal(90), kind="number", evidence="required", offered_from="honours",
    )  # fmt: skip
    make_indicator(part, "P4", kind="scale", scale=scale)
    make_indicator(part, "P5", kind="text", weight=Decimal(0))
    Edition.objects.filter(pk=made.pk).update(frozen_at=made.opened_at)
    return Edition.objects.get(pk=made.pk)


def cloned(edition, by, **given) -> cloning.Cloned:
    values = {"year": 2026, "slug": "2026", "title_ru": "Рейтинг — 2026", "title_en": "R 2026"}
    return cloning.clone(edition, **(values | given), by=by)


def plain(row, *left_out: str) -> dict:
    names = {field.attname for field in row._meta.concrete_fields}
    return {name: getattr(row, name) for name in names - OWN - set(left_out)}


def test_clone_has_every_field_of_the_edition(edition, ratings_officer):
    new = cloned(edition, ratings_officer).edition
    new.refresh_from_db()
    assert plain(new, *ANEW) == plain(edition, *ANEW)
    assert new.rating == edition.rating
    assert (new.slug, new.year, new.title_en, new.population_year) == ("2026", 2026, "R 2026", 2026)


def test_clone_is_a_draft_of_which_nothing_was_opened(edition, ratings_officer):
    new = cloned(edition, ratings_officer).edition
    new.refresh_from_db()
    assert {name: getattr(new, name) for name in cloning.FRESH if name != "version"} == {
        "kind": "held", "status": "draft", "published_at": None, "event": None, "host": None,
        "is_invented": False, "source": "", "source_url": "", "opened_at": None,
        "frozen_at": None, "sealed_at": None,
    }  # fmt: skip


def test_clone_moves_days_and_hours_by_whole_years(edition, ratings_officer):
    new = cloned(edition, ratings_officer).edition
    assert (new.opens_at, new.closes_at) == (
        datetime.datetime(2027, 2, 3, 6, tzinfo=KAZAN),
        datetime.datetime(2027, 4, 15, 20, 59, tzinfo=KAZAN),
    )
    assert (new.period_starts_on, new.period_ends_on, new.results_expected_on) == (
        datetime.date(2025, 1, 1), datetime.date(2026, 2, 28), datetime.date(2027, 7, 1),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["zones", "size_classes", "scales", "groups", "indicators"])
def test_clone_has_every_field_of_its_rows(edition, ratings_officer, name):
    new = cloned(edition, ratings_officer).edition
    olds, news = getattr(edition, name), getattr(new, name)
    assert olds.count() > 0
    assert [plain(one) for one in news.order_by("pk")] == [
        plain(one) for one in olds.order_by("pk")
    ]


def test_clone_has_the_method_and_the_steps(edition, ratings_officer):
    new = cloned(edition, ratings_officer).edition
    assert plain(Edition.objects.get(pk=new.pk).method) == plain(edition.method)
    steps = [plain(one) for one in edition.scales.get().steps.all()]
    assert [plain(one) for one in new.scales.get().steps.all()] == steps


def test_clone_points_to_its_own_rows(edition, ratings_officer):
    new = cloned(edition, ratings_officer).edition
    group = new.groups.get(code="PA")
    assert group.parent == new.groups.get(code="P")
    assert set(new.indicators.values_list("group", flat=True)) == {group.pk}
    assert new.indicators.get(code="P3").denominator_indicator == new.indicators.get(code="P2")
    assert new.indicators.get(code="P4").scale == new.scales.get()
    assert [one.code for one in new.zones.get().countries.all()] == ["TR"]


def test_no_kind_of_row_of_an_edition_is_forgotten():
    """A new model of this app that hangs on an edition has to be copied: then add it here."""
    hanging = {
        one.get_accessor_name()
        for one in Edition._meta.related_objects
        if one.related_model._meta.app_label == "ratings"
    }
    assert hanging == {"zones", "size_classes", "scales", "groups", "indicators", "method"}


def test_clone_says_what_was_copied(edition, ratings_officer):
    lines = cloned(edition, ratings_officer).lines
    row = AuditEntry.objects.get(verb="ratings.edition.cloned")
    assert (row.actor, row.changes) == (ratings_officer, {"copied": lines})
    assert len(lines) == 6


def test_circle_of_denominators_is_cloned_as_it_is(ratings_officer):
    other = make_edition()
    group = make_group(other)
    one = make_indicator(group, "P1")
    two = make_indicator(group, "P2", denominator="indicator", denominator_indicator=one)
    one.denominator, one.denominator_indicator = "indicator", two
    one.save()
    new = cloned(other, ratings_officer).edition
    pairs = {one.code: one.denominator_indicator.code for one in new.indicators.all()}
    assert pairs == {"P1": "P2", "P2": "P1"}

"""The rating of the demonstration: what is known of its past, a full edition, an open one."""

import datetime
from typing import Any

from awards.models import Award
from content.dated import today
from content.timezones import association_zone
from events.models import Event
from members.models import Country
from ratings import cloning, opening
from ratings.models import (
    Edition,
    Indicator,
    IndicatorGroup,
    Method,
    Rating,
    Scale,
    ScaleStep,
    SizeClass,
    Zone,
)
from uclg_portal.demonstration import data

EDITION_TEXTS = ("title", "summary", "body", "methodology")
EDITION = (
    "slug", "year", "period_starts_on", "period_ends_on", "results_expected_on", "population_year",
    "admits_guests", "is_invented", "source", "source_url",
)  # fmt: skip
INDICATOR = (
    "code", "kind", "weight", "denominator", "per", "evidence", "minimum", "maximum", "decimals",
    "is_reversed", "offered_from",
)  # fmt: skip


def load(users: dict[str, Any]) -> None:
    """Everything of ratings.toml; awards and events have to be there."""
    by = users["admin@example.org"]
    tables = data.table("ratings.toml")
    row = tables["rating"]
    rating = Rating.objects.create(
        slug=row["slug"], award=Award.objects.get(slug=row["award"]), **_published(row),
        **data.texts(row, "title", "summary", "body"),
    )  # fmt: skip
    for one in tables["known"]:
        _edition(rating, one, kind=Edition.Kind.KNOWN)
    held = _held(rating, tables["held"], by)
    _next(held, tables["next"], by)


def _published(row: dict[str, Any]) -> dict[str, Any]:
    moment = data.moment(row["published_at"], association_zone())
    return {"status": Rating.Status.PUBLISHED, "published_at": moment}


def _edition(rating: Rating, row: dict[str, Any], **columns) -> Edition:
    event = Event.objects.get(slug=row["event"]) if "event" in row else None
    return Edition.objects.create(
        rating=rating, event=event, **_published(row), **_plain(row, EDITION),
        **data.texts(row, *EDITION_TEXTS), **columns,
    )  # fmt: skip


def _held(rating: Rating, row: dict[str, Any], by) -> Edition:
    """The full edition, opened at the beginning of its window, which is over."""
    window = {
        name: data.moment(row[name], association_zone()) for name in ("opens_at", "closes_at")
    }
    edition = _edition(rating, row, **window)
    Method.objects.create(edition=edition, **row["method"])
    for one in row["classes"]:
        SizeClass.objects.create(
            edition=edition, **_plain(one, ("code", "minimum", "maximum")),
            **data.texts(one, "title"),
        )  # fmt: skip
    for number, one in enumerate(row["zones"], 1):
        _zone(edition, number, one)
    scales = {one["key"]: _scale(edition, one) for one in row["scales"]}
    for number, one in enumerate(row["groups"], 1):
        _group(edition, number, one, scales)
    opening.open_questionnaire(edition, by, edition.opens_at)
    return edition


def _zone(edition: Edition, order: int, row: dict[str, Any]) -> None:
    zone = Zone.objects.create(
        edition=edition, order=order, is_guest=row.get("is_guest", False),
        **data.texts(row, "title"),
    )  # fmt: skip
    zone.countries.set(Country.objects.filter(code__in=row["countries"]))


def _scale(edition: Edition, row: dict[str, Any]) -> Scale:
    scale = Scale.objects.create(edition=edition, **data.texts(row, "title"))
    for number, (points, ru, en) in enumerate(row["steps"], 1):
        ScaleStep.objects.create(
            scale=scale, order=number, value=points, label_ru=ru, label_en=en
        )  # fmt: skip
    return scale


def _group(edition: Edition, order: int, row: dict[str, Any], scales: dict[str, Scale]) -> None:
    group = IndicatorGroup.objects.create(
        edition=edition, order=order, **_plain(row, ("code", "weight")),
        **data.texts(row, "title", "description"),
    )  # fmt: skip
    for number, one in enumerate(row["indicators"], 1):
        below = one.get("divided_by")
        Indicator.objects.create(
            group=group, order=number, scale=scales.get(one.get("scale")),
            denominator_indicator=edition.indicators.get(code=below) if below else None,
            **_plain(one, INDICATOR), **data.texts(one, "question", "help", "unit"),
        )  # fmt: skip


def _next(last: Edition, row: dict[str, Any], by) -> Edition:
    """The next edition, cloned from the last; its window is counted from the day of loading."""
    zone = association_zone()
    edition = cloning.clone(
        last, year=row["year"], slug=row["slug"], by=by, **data.texts(row, "title")
    ).edition
    columns = {
        "is_invented": True,
        "status": Edition.Status.PUBLISHED,
        "published_at": data.day_from_now(row["published_days"], "12:00", zone),
        "opens_at": data.day_from_now(row["opens_days"], "09:00", zone),
        "closes_at": data.day_from_now(row["closes_days"], "23:59", zone),
        "results_expected_on": today() + datetime.timedelta(days=row["results_days"]),
        **_plain(row, ("period_starts_on", "period_ends_on", "population_year")),
        **data.texts(row, "summary", "body"),
    }
    for name, value in columns.items():
        setattr(edition, name, value)
    edition.save(by=by)
    opening.open_questionnaire(edition, by, edition.opens_at)
    return edition


def _plain(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] for name in names if name in row}

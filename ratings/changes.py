"""Changes that are written down: weights and method after the first answer, windows once open."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import models

from content import audit
from ratings.models import Edition, Indicator, IndicatorGroup, Method, SizeClass

WATCHED = {
    Indicator: ("weight", "goalpost_low", "goalpost_high", "target"),
    IndicatorGroup: ("weight",),
    SizeClass: ("code", "minimum", "maximum"),
    Edition: ("opens_at", "closes_at", "population_year", "admits_guests", "shows_points"),
    Method: tuple(
        field.name for field in Method._meta.concrete_fields if field.name not in ("id", "edition")
    ),
}


def before(row: models.Model) -> dict[str, Any]:
    """The watched values of a row as they are stored; empty for a new one."""
    names = WATCHED[type(row)]
    return type(row).objects.filter(pk=row.pk).values(*names).first() or {}


def write_down(row: models.Model, old: dict[str, Any], edition: Edition, by) -> None:
    """Log what differs from `old` once the questionnaire was opened; nothing before that."""
    if not old or edition.opened_at is None:
        return
    row.refresh_from_db(fields=list(old))
    pairs = {name: [_plain(old[name]), _plain(getattr(row, name))] for name in old}
    if changes := {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}:
        verb = f"ratings.{row._meta.model_name}.changed"
        audit.record(verb, edition, by, f"{edition}: {row}", changes)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="minutes")
    return str(value) if isinstance(value, Decimal) else value

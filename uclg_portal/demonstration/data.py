"""Reads the files of the demonstration: TOML with dates that may count from the day of loading."""

import datetime
import tomllib
import zoneinfo
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

FOLDER = Path(settings.BASE_DIR) / "demonstration"


def table(name: str) -> dict[str, Any]:
    """The content of one file of the demonstration."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def tables(folder: str) -> list[dict[str, Any]]:
    """The contents of all files of a folder, in the order of their names."""
    return [table(f"{folder}/{path.name}") for path in sorted((FOLDER / folder).glob("*.toml"))]


def texts(row: dict[str, Any], *fields: str) -> dict[str, str]:
    """The language columns that a row gives for these fields."""
    return {
        f"{field}_{code}": row[f"{field}_{code}"].strip()
        for field in fields
        for code in ("ru", "en")
        if row.get(f"{field}_{code}")
    }


def day_from_now(days: float, at: str, zone: zoneinfo.ZoneInfo) -> datetime.datetime:
    """The moment `at` (HH:MM) on the day so many days from today, by the clock of a zone."""
    hours, minutes = map(int, at.split(":"))
    day = timezone.localdate(timezone=zone) + datetime.timedelta(days=int(days))
    return datetime.datetime.combine(day, datetime.time(hours, minutes), zone)


def moment(text: str, zone: zoneinfo.ZoneInfo) -> datetime.datetime:
    """A written moment ("2020-02-28T16:00") by the clock of a zone."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zone)


def published_at(row: dict[str, Any]) -> datetime.datetime:
    """When a record became public, or will."""
    zone = zoneinfo.ZoneInfo(settings.ASSOCIATION_TIME_ZONE)
    if "published_at" in row:
        return moment(row["published_at"], zone)
    days = row.get("published_days_ago", 0)
    if "at" in row and days >= 1:
        return day_from_now(-days, row["at"], zone)
    return timezone.now() - datetime.timedelta(days=days)

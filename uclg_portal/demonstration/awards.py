"""Awards of the demonstration: their rounds, categories and entry forms."""

import contextlib
import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from awards.models import Award, Category, EntryField, EntryFieldChoice, Round
from content.dated import today
from content.timezones import association_zone
from events.models import Event
from uclg_portal.demonstration import data

AWARD = ("order", "giver", "website")
ROUND = (
    "year", "edition", "results_of_year", "who_may_enter", "nominated_by", "languages",
    "limit_per_entrant", "is_for_children", "admits_batches",
)  # fmt: skip
CATEGORY = ("code", "min_age", "max_age", "limit_per_entrant")
FIELD = ("kind", "is_required", "in_both_languages", "max_length", "max_files", "is_identifying")
# Entries close at the last minute of a day, as people set it.
LAST_MINUTE = "23:59"


def load() -> None:
    """Everything of awards.toml; the events have to be there.

    Whoever sends entries to a round that is over does it while it is `held_open`.
    """
    for row in data.table("awards.toml")["awards"]:
        award = Award.objects.create(
            slug=row["slug"],
            status=Award.Status.PUBLISHED,
            published_at=datetime.datetime(2015, 1, 12, 9, tzinfo=association_zone()),
            **_plain(row, AWARD),
            **data.texts(row, "title", "summary", "body", "given_by"),
        )
        for one in row.get("rounds", []):
            _load_round(award, one)


@contextlib.contextmanager
def held_open(round: Round) -> Iterator[Round]:
    """The round with a deadline still to come; afterwards it has its own again."""
    closes_at = round.closes_at
    round.closes_at = max(closes_at, timezone.now() + datetime.timedelta(hours=1))
    round.save()
    yield round
    round.closes_at = closes_at
    round.save()


def _load_round(award: Award, row: dict[str, Any]) -> None:
    opens_at = _moment(row, "opens", "09:00")
    closes_at = _moment(row, "closes", LAST_MINUTE)
    event = Event.objects.get(slug=row["event"]) if "event" in row else None
    made = Round.objects.create(
        award=award, slug=row["slug"], opens_at=opens_at, closes_at=closes_at, event=event,
        results_expected_on=_results_on(row),
        status=Round.Status.PUBLISHED, published_at=opens_at,
        **_plain(row, ROUND), **data.texts(row, "title", "theme", "summary", "rules"),
    )  # fmt: skip
    categories = {
        one["code"]: _load_category(made, number, one)
        for number, one in enumerate(row.get("categories", []), 1)
    }
    for number, one in enumerate(row.get("fields", []), 1):
        _load_field(made, number, one, categories)


def _load_category(round: Round, order: int, row: dict[str, Any]) -> Category:
    closes_at = _moment(row, "closes", LAST_MINUTE) if "closes_days" in row else None
    return Category.objects.create(
        round=round, order=order, closes_at=closes_at, **_plain(row, CATEGORY),
        **data.texts(row, "title", "description"),
    )  # fmt: skip


def _load_field(round: Round, order: int, row: dict[str, Any], categories: dict) -> None:
    field = EntryField.objects.create(
        round=round, order=order, category=categories.get(row.get("category")),
        **_plain(row, FIELD), **data.texts(row, "label", "hint"),
    )  # fmt: skip
    for number, one in enumerate(row.get("choices", []), 1):
        EntryFieldChoice.objects.create(field=field, order=number, **data.texts(one, "label"))


def _results_on(row: dict[str, Any]) -> datetime.date | None:
    days = row.get("results_days")
    return None if days is None else today() + datetime.timedelta(days=days)


def _plain(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] for name in names if name in row}


def _moment(row: dict[str, Any], name: str, at: str) -> datetime.datetime:
    """Counted from the day of loading, or written; by the clock of Kazan."""
    if f"{name}_days" in row:
        return data.day_from_now(row[f"{name}_days"], at, association_zone())
    return data.moment(row[f"{name}_at"], association_zone())

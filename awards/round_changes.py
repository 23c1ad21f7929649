"""Changes of a round that are written down: its window, and the deadlines of its categories."""

import datetime

from awards.models import Category, Round
from content import audit

MOMENTS = ("opens_at", "closes_at")


def window_changed(round: Round, before: dict[str, datetime.datetime], by) -> None:
    """Write down that the window of a round is another one; `before` has its moments of before."""
    pairs = {
        name: [_iso(before[name], round), _iso(getattr(round, name), round)] for name in MOMENTS
    }
    if changes := {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}:
        audit.record("awards.round.window", round, by, str(round), changes)


def deadline_changed(category: Category, before: datetime.datetime | None, by) -> None:
    """Write down that a category has another deadline than before; None is that of the round."""
    round = category.round
    pair = [_iso(before, round), _iso(category.closes_at, round)]
    if pair[0] != pair[1]:
        changes = {"closes_at": pair}
        audit.record("awards.category.deadline", round, by, f"{round}: {category}", changes)


def _iso(moment: datetime.datetime | None, round: Round) -> str:
    """To the minute, as people set it, by the clock of the round."""
    return moment.astimezone(round.zone).isoformat(timespec="minutes") if moment else ""

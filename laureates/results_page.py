"""What the results page of a round shows: places by category, the gallery, corrections."""

import itertools

from laureates import listing
from laureates.models import Laureate, Results


def of(results: Results) -> dict:
    """The context of the page. Three queries besides the results themselves.

    groups: categories with their rows; a row that shares the rank cell of the one above has
    `span` 0, the one above has the number of rows it covers.
    """
    round = results.round
    found = list(listing.fetched(Laureate.objects.public().filter(round=round)).in_order())
    rows = listing.rows(found)
    decision, event = results.decision, round.event
    return {
        "round": round,
        "groups": groups(rows),
        "gallery": [row for row in rows if row["laureate"].picture],
        "errata": list(results.errata.all()),
        "decision": decision if decision and decision.meeting.is_public() else None,
        "event": event if event and event.is_public() else None,
    }


def groups(rows: list[dict]) -> list[dict]:
    """Rows by category, in their order; equal places stand under one rank cell, by name."""
    found = []
    for category, members in itertools.groupby(rows, key=lambda row: row["category"]):
        found.append({"category": category, "rows": _with_ranks(list(members))})
    return found


def _with_ranks(rows: list[dict]) -> list[dict]:
    ranked = []
    for rank, equal in itertools.groupby(rows, key=lambda row: row["laureate"].place):
        same = list(equal)
        if rank:
            same.sort(key=lambda row: row["title"])
        for number, row in enumerate(same):
            is_first = number == 0 or rank is None
            span = (len(same) if rank else 1) if is_first else 0
            ranked.append({**row, "rank": rank, "span": span})
    return ranked

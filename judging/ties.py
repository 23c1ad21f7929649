"""Ties that the rule of a stage leaves to the chair or to a lot: what is open, and the decision."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from content import audit
from judging.models import Result, Stage, TieDecision
from judging.refusals import Refused

DECIDED_BY_PEOPLE = {Stage.TieRule.CHAIR, Stage.TieRule.LOT}


def open_ties(stage: Stage) -> list[list[Result]]:
    """Groups of works that share a place which the chair or a lot has to settle, best first.

    Of a counted stage; within the works that go on or get a place (`passing`), all places where
    that is empty. Results are not published while there is one.
    """
    if stage.state != Stage.State.CLOSED or stage.tie_rule not in DECIDED_BY_PEOPLE:
        return []
    decided = {pk for row in stage.tie_decisions.all() for pk in _keys(row.order)}
    rows = stage.results.filter(place__isnull=False).select_related("entry", "category")
    if stage.passing:
        rows = rows.filter(place__lte=stage.passing)
    groups = groupby(
        rows.order_by("category__order", "category", "place", "entry__number"),
        key=lambda row: (row.category_id, row.place),
    )
    tied = [list(group) for _key, group in groups]
    return [group for group in tied if len(group) > 1 and _undecided(group, decided)]


def _keys(order: list) -> list[int]:
    """The works of a decision, best first; those that share a place are a list in the list."""
    return [pk for one in order for pk in (one if isinstance(one, list) else [one])]


def _undecided(group: list[Result], decided: set[int]) -> bool:
    return not {row.entry_id for row in group} <= decided


@transaction.atomic
def decide(stage: Stage, places: Mapping[int, int], reason: str, by: Any) -> TieDecision:
    """Record how a tie was settled, once: the works get their places.

    places: 1, 2, … within the tie, by the key of the entry; equal numbers share a place. Raises
    Refused without words on how it came about and where this is no open tie.
    """
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage.pk)
    if not reason.strip():
        raise Refused(_("Say how it was decided: the protocol prints it."))
    for group in open_ties(stage):
        if {row.entry_id for row in group} == set(places):
            return _settled(stage, group, places, reason.strip(), by)
    raise Refused(_("This tie is not open: it was settled meanwhile."))


def _settled(stage: Stage, group: list[Result], places: Mapping, reason: str, by) -> TieDecision:
    ordered = sorted(group, key=lambda row: places[row.entry_id])
    levels = [
        [row.entry_id for row in level]
        for _place, level in groupby(ordered, key=lambda row: places[row.entry_id])
    ]
    decision = TieDecision.objects.create(
        stage=stage, order=[one[0] if len(one) == 1 else one for one in levels],
        reason=reason, decided_by=by,
    )  # fmt: skip
    start = group[0].place
    for level in levels:
        stage.results.filter(entry__in=level).exclude(place=start).update(place=start)
        start += len(level)
    codes = ", ".join(row.entry.code for row in ordered)
    audit.record("judging.tie.decided", stage, by, f"{stage}: {codes}")
    return decision

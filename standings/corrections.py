"""Corrections of sealed results as the public reads them: why, and which places moved."""

import itertools
from dataclasses import dataclass

from content.languages import in_language, reading_order
from ratings.models import Edition
from standings.models import Seal, Standing


@dataclass(frozen=True)
class Moved:
    """A city whose place or score is another one since a correction; None: no place."""

    name: str
    before: int | None
    after: int | None
    score_before: float | None
    score_after: float | None


@dataclass(frozen=True)
class Correction:
    """One published correction: the later seal, why, what moved."""

    seal: Seal
    reason: str
    lang: str
    moved: list[Moved]


def of(edition: Edition) -> list[Correction]:
    """Corrections of an edition that are public, the latest first.

    One query where nothing was corrected, two otherwise.
    """
    seals = list(Seal.objects.out().filter(edition=edition).defer("canonical").order_by("revision"))
    if len(seals) < 2:
        return []
    places = _places(seals)
    return [
        _correction(later, places.get(earlier.pk, {}), places.get(later.pk, {}))
        for earlier, later in reversed(list(itertools.pairwise(seals)))
    ]


def _places(seals: list[Seal]) -> dict[int, dict[int, tuple]]:
    """{seal: {questionnaire: (place, score, name)}}."""
    first, second = (f"name_{code}" for code in reading_order())
    found: dict[int, dict[int, tuple]] = {}
    rows = Standing.objects.filter(seal__in=seals).order_by("rank", "pk")
    for seal, response, rank, score, own, other in rows.values_list(
        "seal_id", "response_id", "rank", "score", first, second
    ):
        found.setdefault(seal, {})[response] = (rank, score, own or other)
    return found


def _correction(later: Seal, before: dict[int, tuple], after: dict[int, tuple]) -> Correction:
    reason, language = in_language(later, "reason")
    nowhere = (None, None, "")
    moved = [
        Moved(
            (after.get(one) or before[one])[2], before.get(one, nowhere)[0],
            after.get(one, nowhere)[0], before.get(one, nowhere)[1], after.get(one, nowhere)[1],
        )
        for one in after | before
        if before.get(one, nowhere)[:2] != after.get(one, nowhere)[:2]
    ]  # fmt: skip
    return Correction(
        later, reason, "" if language == reading_order()[0] else language,
        [one for one in moved if one.before != one.after] or moved,
    )  # fmt: skip

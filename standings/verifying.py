"""Is a seal what it says? The hash, the places in the tables, and the places computed anew.

Whoever has the public text checks its SHA-256 alone (`canonical.public_text`); the rest is for
whoever keeps the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from questionnaires.models import Response
from ratings.models import Edition, Method
from ratings.scoring import types
from standings import canonical, computing, snapshots
from standings.gathering import POPULATION, Inputs, Rows
from standings.models import Points, Seal

RANKS = ("rank", "rank_in_class", "rank_among_members", "rank_among_members_in_class")
CLOSE = 1e-9


@dataclass
class Report:
    """What was found: sentences about what agrees, and about every difference."""

    agrees: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)

    def tell(self, good: str, bad: list[str]) -> None:
        """One check: `good` when it found nothing."""
        self.differs += bad
        if not bad:
            self.agrees.append(good)


def verify(seal: Seal) -> Report:
    """Check one revision of sealed results. A broken canonical text ends the check."""
    report = Report()
    try:
        public, private = canonical.parts(seal)
    except (ValueError, KeyError):
        report.differs.append("The canonical text cannot be read.")
        return report
    report.tell(f"The SHA-256 of the stored text is {seal.sha256}.", _hashes(seal, public, private))
    report.tell(
        f"The {len(public['results'])} places in the tables are those of the text.",
        [*_places(seal, public), *_points(seal, private)],
    )
    _score_again(report, public, private)
    return report


def _hashes(seal: Seal, public: dict, private: dict) -> list[str]:
    found = []
    text, kept = canonical.dumps(public), canonical.dumps(private)
    if canonical.sha256(text) != seal.sha256:
        found.append(f"The text has the SHA-256 {canonical.sha256(text)}, not {seal.sha256}.")
    if canonical.sha256(kept) != public.get("private_sha256"):
        found.append("The answers and points are not those whose SHA-256 the public text holds.")
    if canonical.whole(text, kept) != seal.canonical:
        found.append("The stored text is not in the canonical form.")
    return found


def _places(seal: Seal, public: dict) -> list[str]:
    stored = {one.response_id: one for one in seal.standings.select_related("country")}
    sealed = {row["city"]: row for row in public["results"]}
    found = [f"{_name(sealed[pk])}: has no place in the tables." for pk in sealed.keys() - stored]
    found += [f"{stored[pk]}: stands in the tables alone." for pk in stored.keys() - sealed.keys()]
    for pk in sealed.keys() & stored.keys():
        row, standing = sealed[pk], stored[pk]
        wanted = snapshots.columns(row) | {"edition_id": seal.edition_id}
        names = [name for name, value in wanted.items() if getattr(standing, name) != value]
        if (standing.country.code if standing.country else "") != row["country"]:
            names.append("country")
        if names:
            found.append(f"{_name(row)}: the tables say otherwise: {', '.join(sorted(names))}.")
    return sorted(found)


def _points(seal: Seal, private: dict) -> list[str]:
    rows = Points.objects.filter(standing__seal=seal).select_related("standing")
    stored = {str(one.standing.response_id): one.detail for one in rows}
    wanted = private["points"]
    return [
        f"City {pk}: the points in the tables are not those of the text."
        for pk in sorted(stored.keys() | wanted.keys())
        if stored.get(pk, {}) != wanted.get(pk, {})
    ]


def _score_again(report: Report, public: dict, private: dict) -> None:
    """Compute all places from the answers in the snapshot by the program of today."""
    if public["code_version"] != canonical.code_version():
        report.agrees.append(
            f"The program has changed since: {public['code_version']} then,"
            f" {canonical.code_version()} today."
        )
    outcome = computing.outcome_of(inputs_of(public, private), firm=False)
    report.tell(
        f"Scored anew by the program of today, all {len(public['results'])} places are the same.",
        _moved(public["results"], outcome.as_rows()),
    )


def _moved(sealed: list[dict], again: list[dict]) -> list[str]:
    found = []
    for old, new in zip(sealed, again, strict=True):
        names = [name for name in RANKS if old[name] != new[name]]
        if names:
            changes = ", ".join(f"{name} {old[name]} → {new[name]}" for name in names)
            found.append(f"{_name(old)}: scored anew, {changes}.")
        elif not _close(old["score"], new["score"]):
            found.append(f"{_name(old)}: scored anew, score {old['score']} → {new['score']}.")
    return found


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= CLOSE * max(1.0, abs(one))


def inputs_of(public: Mapping[str, Any], private: Mapping[str, Any]) -> Inputs:
    """What the scoring takes, from the two parts of a snapshot alone: no row is read."""
    leaves = [_leaf(one) for one in public["indicators"]]
    rows = Rows(
        edition=Edition(), groups={}, indicators=[], classes=[], answers={}, method=Method(),
        corrected=frozenset(),
        responses=[Response(pk=one["city"], is_guest=one["is_guest"]) for one in public["results"]],
    )  # fmt: skip
    rules = {name: value for name, value in public["method"].items() if name not in canonical.DRAWS}
    groups = tuple(_picked(types.Group, one) for one in public["groups"])
    return Inputs(
        rows=rows, data=_data(public, private, leaves), rules=types.Rules(**rules),
        structure=types.Structure(groups=groups, indicators=tuple(leaves)),
        indicators=leaves, groups=list(groups),
    )  # fmt: skip


def _data(public: Mapping, private: Mapping, leaves: list[types.Indicator]) -> types.Data:
    answers = {one["city"]: one for one in private["answers"]}
    cities = [answers[row["city"]] for row in public["results"]]
    needed = {one.denominator for one in leaves if one.denominator} - {POPULATION}
    return types.Data(
        cities=tuple(str(one["city"]) for one in cities),
        values=np.array(
            [[one["numbers"].get(leaf.code, np.nan) for leaf in leaves] for one in cities],
            dtype=float,
        ).reshape(len(cities), len(leaves)),
        denominators={
            POPULATION: _column(one["population"] for one in cities),
            **{code: _column(one["numbers"].get(code) for one in cities) for code in needed},
        },
        classes=tuple(row["class"] for row in public["results"]),
    )


def _column(values) -> np.ndarray:
    return np.array([np.nan if one is None else one for one in values], dtype=float)


def _leaf(row: Mapping[str, Any]) -> types.Indicator:
    leaf = _picked(types.Indicator, row)
    posts = row["goalposts"]
    return types.Indicator(**{**vars(leaf), "goalposts": tuple(posts) if posts else None})


def _picked(kind: type, row: Mapping[str, Any]) -> Any:
    """A row of the text as the scoring's own type: what else stands there is words."""
    return kind(**{name: row[name] for name in kind.__dataclass_fields__})


def _name(row: Mapping[str, Any]) -> str:
    return row["name_en"] or row["name_ru"]

"""How firm the places are, for staff: other weights, other methods, without one question."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from content import jobs, tables
from content.languages import in_language
from content.models import Job
from ratings import scoring
from ratings.models import Edition, Method
from standings.comparing import spearman
from standings.computing import Outcome, Place, compute, plain
from standings.desk_lists import name_of

JOB = "standings.firmness"
# Cities × questions × sets of weights that are tried while somebody waits: about two seconds.
MOST_AT_ONCE = 60_000_000
MOST_MOVERS = 3


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """Places by another method: `ranks` in the order of the places, None where there is none."""

    name: str
    ranks: list[int | None]
    moved: int
    likeness: float | None


@dataclass(frozen=True, kw_only=True)
class Without:
    """Places without one question: how many cities move, and who moves most."""

    code: str
    question: str
    moved: int
    largest: list[tuple[str, int, int]]


def is_long(edition: Edition) -> bool:
    """Whether the sets of weights are too many to wait for: then a job makes the table."""
    taken = edition.responses.counted().count() * edition.indicators.count()
    method = Method.objects.filter(edition=edition).first() or Method()
    return taken * method.weight_sets > MOST_AT_ONCE


def alternatives(outcome: Outcome) -> list[Alternative]:
    """Places by every method that fits the data, the edition's own first."""
    taken = outcome.inputs
    found = scoring.under_methods(taken.data, taken.structure, taken.rules)
    own = found["stated"]
    return [_alternative(name, ranks, own) for name, ranks in found.items()]


def without_each(outcome: Outcome) -> list[Without]:
    """What each question does: the one whose absence moves most cities first."""
    taken = outcome.inputs
    found = scoring.without_each(taken.data, taken.structure, taken.rules)
    own = np.array([one.rank or np.nan for one in outcome.places], dtype=float)
    questions = {one.code: in_language(one, "question")[0] for one in taken.indicators}
    rows = [
        Without(
            code=code, question=questions[code], moved=_moved(own, ranks),
            largest=_largest(outcome.places, own, ranks),
        )
        for code, ranks in found.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: -row.moved)


def method_words(name: str) -> str:
    """The name of a method of `scoring.under_methods` in words."""
    words = {
        "stated": _("By the edition's method"),
        "normalisation.min_max": _("Between the lowest and the highest"),
        "normalisation.z_score": _("Standard deviations from the mean"),
        "normalisation.rank": _("By ranks of answers"),
        "normalisation.goalposts": _("Between goalposts"),
        "normalisation.target": _("Distance to a target"),
        "aggregation.arithmetic": _("Arithmetic mean"),
        "aggregation.geometric": _("Geometric mean"),
        "aggregation.harmonic": _("Harmonic mean"),
        "aggregation.median": _("Median"),
        "aggregation.copeland": _("In pairs (Copeland)"),
        "missing.leave_out": _("Missing answers left out"),
        "missing.mean": _("Missing answers: the mean"),
        "missing.median_of_class": _("Missing answers: the median of the class"),
        "missing.worst": _("Missing answers: the worst value"),
        "outliers.winsorise": _("Outliers brought in"),
        "weights.equal": _("Equal weights"),
        "denominated.no": _("Not divided by inhabitants"),
    }
    return words.get(name, name)


def headings() -> list[str]:
    """Of the table of likely places that leaves the portal."""
    return [
        _("City"), _("Place"), _("Likely places from"), _("Likely places to"), _("Mean place"),
        _("Median place"), _("Runs with the same place, %"),
    ]  # fmt: skip


def table(outcome: Outcome) -> list[list]:
    """Its rows, the first place first."""
    rows = sorted((one for one in outcome.places if one.rank), key=lambda one: one.rank)
    return [
        [
            name_of(one), one.rank, one.low, one.high, _rounded(one.mean), one.median,
            _rounded(None if one.same_share is None else one.same_share * 100),
        ]
        for one in rows
    ]  # fmt: skip


def make_table(job: Job, progress: jobs.Progress) -> jobs.Made:
    """The job: likely places under all sets of weights, as a workbook."""
    edition = Edition.objects.get(pk=job.params["edition"])
    progress.start(1)
    made = tables.xlsx(_("Likely places"), headings(), table(compute(edition)))
    progress.step()
    return jobs.Made(made, f"likely-places-{edition.slug}.xlsx", tables.XLSX_TYPE)


def register() -> None:
    """Make the job known; its file is for those who see trial runs."""
    jobs.register(jobs.Kind(JOB, "standings.view_run", make_table))


def _alternative(name: str, ranks: np.ndarray, own: np.ndarray) -> Alternative:
    both = ~np.isnan(ranks) & ~np.isnan(own)
    whole = [None if np.isnan(one) else round(float(one)) for one in ranks]
    return Alternative(
        name=method_words(name), ranks=whole, moved=_moved(own, ranks),
        likeness=spearman(own[both], ranks[both]),
    )  # fmt: skip


def _moved(own: np.ndarray, ranks: np.ndarray) -> int:
    """How many cities have another place, or none any more."""
    same = (own == ranks) | (np.isnan(own) & np.isnan(ranks))
    return int((~same).sum())


def _largest(places: list[Place], own: np.ndarray, ranks: np.ndarray) -> list[tuple[str, int, int]]:
    """Who moves most: (name, place, place without the question)."""
    changes = np.nan_to_num(np.abs(own - ranks))
    order = [row for row in np.argsort(-changes, kind="stable")[:MOST_MOVERS] if changes[row]]
    return [(name_of(places[row]), round(own[row]), round(ranks[row])) for row in order]


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(plain(number) or 0.0, 2)

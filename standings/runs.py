"""Trial runs: kept, and told apart by what they were made of."""

from collections.abc import Mapping

from questionnaires.models import Response
from ratings.models import Edition, Method
from standings.computing import Outcome, answers_digest, compute
from standings.lab import method_values
from standings.models import Run

KEPT = ("response", "score", "rank", "rank_in_class")


def keep(outcome: Outcome, title: str, weights: Mapping, method: Method, by) -> Run:
    """Keep an outcome as a trial run, with the weights and rules it was made by."""
    return Run.objects.create(
        edition=outcome.inputs.edition, title=title, method=method_values(method), made_by=by,
        weights={code: format(weight, "f") for code, weight in weights.items()},
        answers_digest=answers_digest(outcome.inputs.edition), results=results_of(outcome),
    )  # fmt: skip


def results_of(outcome: Outcome) -> list[dict]:
    """What a run keeps of every city."""
    return [
        {name: row[name] for name in KEPT}
        | {"groups": {code: group["score"] for code, group in row["groups"].items()}}
        for row in outcome.as_rows()
    ]


def side(run: Run | None, edition: Edition) -> tuple[list[dict], str]:
    """The results of a run and the digest of its answers; without a run, those of now."""
    if run is not None:
        return run.results, run.answers_digest
    return results_of(compute(edition, firm=False)), answers_digest(edition)


def names_of(edition: Edition, language: str) -> dict[int, str]:
    """Names of all cities that ever took part in an edition, by questionnaire. One query."""
    rows = Response.objects.filter(edition=edition).select_related("member")
    return {one.pk: one.name_in(language) for one in rows}

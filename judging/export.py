"""All votes of a stage as a table: a row per work, a column per juror and criterion, and what the
entry form asked. For those with the right to see votes alone; authors are not in it."""

from collections import defaultdict

from django.utils.translation import gettext as _

from awards.models import Entry, EntryField
from content.languages import in_language
from judging import closing, counting, works
from judging.models import Assignment, Criterion, Juror, Stage


def table(stage: Stage) -> tuple[list[str], list[list]]:
    """(headings, rows), the best works of each category first; a fixed number of queries."""
    criteria = list(stage.criteria.all())
    given, jurors = _given(stage)
    fields = list(stage.round.fields.prefetch_related("choices"))
    entries = {one.pk: one for one in works.of(stage).prefetch_related("answers__choices")}
    counts = _kept(stage) or [
        (category, one) for category, row in closing.counted(stage).items() for one in row
    ]
    headings = [
        _("Category"), _("Place"), _("Number"), _("Title"), _("Votes"), _("Score"), _("Spread"),
        *(words for juror in jurors for words in _columns(juror, criteria)),
        *(in_language(one, "label")[0] for one in fields),
    ]  # fmt: skip
    rows = [
        [
            in_language(category, "title")[0] if category else "",
            one.place, entry.code, entry.title_in("ru"), one.votes, one.score, one.spread,
            *(cell for who in jurors for cell in _cells(given.get((entry.pk, who.pk)), criteria)),
            *(_answer(entry, field) for field in fields),
        ]
        for category, one in counts
        if (entry := entries.get(one.work))
    ]  # fmt: skip
    return headings, rows


def _kept(stage: Stage) -> list[tuple]:
    """What was counted for good, where the stage is closed."""
    rows = stage.results.select_related("category").order_by("category__order", "place", "pk")
    return [
        (one.category, counting.Count(one.entry_id, one.votes, one.score, one.spread, one.place))
        for one in rows
    ]


def _given(stage: Stage) -> tuple[dict[tuple[int, int], Assignment], list[Juror]]:
    rows = stage.assignments.select_related("juror__user").prefetch_related("scores")
    given = {(one.entry_id, one.juror_id): one for one in rows}
    jurors = {one.juror_id: one.juror for one in given.values()}
    return given, sorted(jurors.values(), key=lambda one: (not one.is_chair, one.pk))


def _columns(juror: Juror, criteria: list[Criterion]) -> list[str]:
    name = juror.user.full_name
    points = [f"{name}: {in_language(one, 'title')[0]}" for one in criteria] or [name]
    return [*points, ": ".join((name, _("comment")))]


def _cells(one: Assignment | None, criteria: list[Criterion]) -> list:
    if one is None:
        return [""] * (max(len(criteria), 1) + 1)
    if one.state == Assignment.State.ABSTAINED:
        why = _("abstained") + f": {one.abstained_why}"
        return [*[""] * max(len(criteria), 1), why]
    points = {score.criterion_id: score.points for score in one.scores.all()}
    whole = points.get(None, one.position if one.position else "")
    cells = [points.get(criterion.pk, "") for criterion in criteria] or [whole]
    return [*cells, one.comment]


def _answer(entry: Entry, field: EntryField) -> str:
    found = defaultdict(list)
    for answer in entry.answers.all():
        if answer.field_id == field.pk:
            chosen = [in_language(one, "label")[0] for one in answer.choices.all()]
            found[answer.language] += [answer.text] if answer.text else chosen
    return "\n".join(", ".join(found[language]) for language in sorted(found))

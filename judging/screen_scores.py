"""The points of a work as rows of buttons, and the reasons to abstain."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from content.languages import in_language
from judging import voting
from judging.models import Assignment, Stage

MOST_BUTTONS = 20
OTHER = "other"
REASONS = {
    "author": gettext_lazy("I know the author"),
    "city": gettext_lazy("It is a work of my city"),
    OTHER: gettext_lazy("Another reason"),
}


@dataclass(frozen=True)
class ScoreRow:
    """What is judged: `key` names the criterion in forms, "work" is the work as a whole."""

    key: str
    title: str
    hint: str
    language: str
    weight: int | None
    least: int
    most: int
    given: int | None
    labels: tuple[tuple[int, str], ...] = ()

    @property
    def is_typed(self) -> bool:
        """Whether there are too many points for a button each."""
        return not self.labels


def key_of(criterion: int | None) -> str:
    return "work" if criterion is None else str(criterion)


def criterion_of(key: str) -> int | None:
    """The criterion that a form names; ValueError for what is none."""
    return None if key == "work" else int(key)


def rows_for(stage: Stage, assignment: Assignment) -> list[ScoreRow]:
    """What a juror gives this work, with what they gave; nothing where the stage ranks."""
    given = {score.criterion_id: score.points for score in assignment.scores.all()}
    if stage.method == Stage.Method.CRITERIA:
        return [_of_criterion(one, given.get(one.pk)) for one in stage.criteria.all()]
    if stage.method == Stage.Method.RANKING:
        return []
    least, most = voting.BOUNDS[Stage.Method(stage.method)]
    title, labels = _whole(stage)
    return [ScoreRow("work", title, "", "", None, least, most, given.get(None), labels)]


def _of_criterion(criterion, given: int | None) -> ScoreRow:
    title, language = in_language(criterion, "title")
    most = criterion.max_points
    labels = tuple((points, str(points)) for points in range(most + 1))
    return ScoreRow(
        key=str(criterion.pk),
        title=title,
        hint=in_language(criterion, "hint")[0],
        language=language,
        weight=criterion.weight,
        least=0,
        most=most,
        given=given,
        labels=labels if most <= MOST_BUTTONS else (),
    )


def _whole(stage: Stage) -> tuple[str, tuple[tuple[int, str], ...]]:
    if stage.method == Stage.Method.YES_NO:
        yes, no = pgettext("vote", "Yes"), pgettext("vote", "No")
        return _("Does the work go on?"), ((1, yes), (0, no))
    return _("How many stars?"), tuple((stars, f"{stars} ★") for stars in range(1, 6))


def reason_from(code: str, words: str) -> str:
    """Why a juror abstains, in their words; empty where they said nothing that can stand alone."""
    words = " ".join(words.split())
    if code in REASONS and code != OTHER:
        return f"{REASONS[code]}: {words}" if words else str(REASONS[code])
    return words

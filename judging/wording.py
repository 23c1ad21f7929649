"""How a stage counts, in words and as a formula: for the protocol and the jury's own pages."""

from django.utils.translation import gettext as _

from judging import counting
from judging.models import Stage

Method, Aggregation, TieRule = Stage.Method, Stage.Aggregation, Stage.TieRule


def method_words(stage: Stage) -> str:
    """What a juror gives, and the total of a vote."""
    return {
        Method.YES_NO: _(
            "Every juror says yes or no. The score is the share of yes, from 0 to 100."
        ),
        Method.STARS: _("Every juror gives one to five stars."),
        Method.CRITERIA: _(
            "Every juror gives points by criteria. The total of a vote is the weighted mean of the "
            "shares of the most points, from 0 to 100."
        ),
        Method.RANKING: _(
            "Every juror puts the works in order. A work gets the share of the other works that "
            "stand below it in the order, from 0 to 100 (Borda’s count)."
        ),
    }[Method(stage.method)]


def aggregation_words(stage: Stage) -> str:
    """How the totals of a work become its score."""
    if not counting.aggregates(stage.method):
        return _("The score of a work is the arithmetic mean of its votes.")
    return {
        Aggregation.MEAN: _("The score of a work is the arithmetic mean of its votes."),
        Aggregation.TRIMMED: _(
            "The score of a work is the mean without one highest and one lowest vote; of fewer "
            "than four votes it is the mean of all."
        ),
        Aggregation.MEDIAN: _(
            "The score of a work is the median: the vote in the middle, or the mean of the two in "
            "the middle."
        ),
        Aggregation.STANDARDISED: _(
            "The votes of every juror are brought to one scale within the category: 50 is the "
            "juror’s own mean, 10 their own standard deviation (divided by n); the votes of a "
            "juror who gave all works the same count as 50. The score of a work is their mean."
        ),
    }[Aggregation(stage.aggregation)]


def formulas(stage: Stage) -> list[str]:
    """The same as formulas, in plain signs."""
    totals = {
        Method.YES_NO: "s = 100 · yes / n",
        Method.CRITERIA: "t = 100 · sum(w · p / max) / sum(w)",
        Method.RANKING: "t = 100 · (n − r) / (n − 1)",
    }
    sums = {
        Aggregation.MEAN: "s = sum(t) / n",
        Aggregation.TRIMMED: "s = (sum(t) − highest t − lowest t) / (n − 2)",
        Aggregation.MEDIAN: "s = median(t)",
        Aggregation.STANDARDISED: "s = sum(50 + 10 · (t − m) / d) / n",
    }
    chosen = stage.aggregation if counting.aggregates(stage.method) else Aggregation.MEAN
    found = [totals[Method(stage.method)]] if stage.method in totals else []
    if stage.method != Method.YES_NO:
        found.append(sums[Aggregation(chosen)])
    return found


def legend(stage: Stage) -> str:
    """What the letters of the formulas stand for."""
    words = [_("s: score of a work"), _("n: its votes")]
    if stage.method != Method.YES_NO:
        words.append(_("t: total of one vote"))
    if stage.method == Method.CRITERIA:
        words.append(_("w: weight, p: points, max: most points of a criterion"))
    if stage.method == Method.RANKING:
        words[1] = _("n: works in the order of a juror, or votes of a work")
        words.append(_("r: place in that order"))
    if counting.aggregates(stage.method) and stage.aggregation == Aggregation.STANDARDISED:
        words.append(_("m and d: mean and standard deviation of the juror’s totals"))
    return "; ".join(words) + "."


def tie_words(stage: Stage) -> str:
    """What parts works of one score."""
    return {
        TieRule.SHARED: _("Works with the same score share the place: 1, 2, 2, 4."),
        TieRule.TOP_MARKS: _(
            "Of works with the same score the one with more highest marks is placed higher, then "
            "the one with more second highest marks, and so on; still equal works share the place."
        ),
        TieRule.FIRST_CRITERION: _(
            "Of works with the same score the one with the higher mean for the heaviest criterion "
            "is placed higher; still equal works share the place."
        ),
        TieRule.CHAIR: _("The chair decides between works with the same score, in writing."),
        TieRule.LOT: _("Lots are drawn between works with the same score; the course is recorded."),
    }[TieRule(stage.tie_rule)]

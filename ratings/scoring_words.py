"""What the codes of the scoring say to a reader: refusals, and why a city has no score."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratings.scoring import ScoringRefused

REFUSALS: dict[str, Promise] = {
    "aggregation_unknown": gettext_lazy("The method names a mean that does not exist."),
    "normalisation_unknown": gettext_lazy("The method names a scale that does not exist."),
    "answer_infinite": gettext_lazy("An answer to %(indicator)s is not a finite number."),
    "denominator_unknown": gettext_lazy("%(indicator)s has to be divided by what nobody answered."),
    "goalposts_missing": gettext_lazy("The method needs goalposts, and %(indicator)s has none."),
    "target_missing": gettext_lazy("The method needs a target, and %(indicator)s has none."),
    "not_positive": gettext_lazy(
        "A geometric or harmonic mean needs scores above 0, and a score of 0 or less stands below "
        "%(group)s: let the scale begin at 1, or take another mean."
    ),
    "no_contributions": gettext_lazy(
        "Outranking compares cities in pairs: its result is no sum of contributions."
    ),
    "tree_broken": gettext_lazy("The groups of the questionnaire do not make a tree."),
    "weights_wrong": gettext_lazy("A weight is a number, 0 or more."),
}
LEFT_OUT: dict[str, Promise] = {
    "no_answers": gettext_lazy("The city answered no question that counts."),
    "too_few_answers": gettext_lazy("The city answered fewer questions than the method needs."),
    "group_missing": gettext_lazy(
        "The city has no score in a group, and the method needs all of them."
    ),
    "nothing_counts": gettext_lazy("No answer of the city tells it from the others."),
}


def refusal(refused: ScoringRefused) -> str:
    """Why a scoring was refused, in the reader's language."""
    params = {"group": _("the index"), "indicator": "—"} | refused.params
    return str(REFUSALS[refused.code]) % params


def left_out(reason: str) -> str:
    """Why a city has no score, in the reader's language; "" of "" (it has one)."""
    return str(LEFT_OUT.get(reason, LEFT_OUT["nothing_counts"])) if reason else ""

"""What staff should know about a scoring before they trust it: warnings in words."""

import numpy as np
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.languages import in_language
from questionnaires.models import Answer, Response
from ratings import scoring
from ratings.models import Edition
from standings.computing import Inputs, Outcome

NAMED = 8


def caveats(outcome: Outcome) -> list[str]:
    """Sentences, the most serious first; empty where nothing stands against the results."""
    taken = outcome.inputs
    return [
        one
        for one in [
            *_counts(taken.edition), *_cities(taken), *_questions(taken), *_groups(outcome),
        ]
        if one
    ]  # fmt: skip


def left_out_words(reason: str) -> str:
    """Why a city has no score, by the code of the scoring."""
    return {
        "no_answers": _("no answer that counts"),
        "too_few_answers": _("too few answers: less than the method asks for"),
        "group_missing": _("a direction without a score, which the method asks for"),
        "nothing_counts": _("no question counts: all weights are 0"),
    }.get(reason, _("no score"))


def listed(names: list[str]) -> str:
    """Names in a sentence; of many the first ones, and how many more."""
    shown = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    if more <= 0:
        return shown
    return _("%(names)s and %(count)d more") % {"names": shown, "count": more}


def _counts(edition: Edition) -> list[str]:
    """Answers that nobody has checked, questionnaires that were begun and not sent. Two queries."""
    waiting = Answer.objects.filter(response__in=edition.responses.counted()).aggregate(
        unchecked=Count("pk", filter=Q(check_state=Answer.Check.WAITING, number__isnull=False)),
        asked=Count("pk", filter=Q(check_state=Answer.Check.ASKED)),
    )
    drafts = edition.responses.filter(state=Response.State.DRAFT).count()
    return [
        _count(waiting["unchecked"], _unchecked), _count(waiting["asked"], _asked),
        _count(drafts, _drafts),
    ]  # fmt: skip


def _count(number: int, words) -> str:
    return words(number) % {"count": number} if number else ""


def _unchecked(number: int) -> str:
    return ngettext(
        "%(count)d answer is not checked yet.", "%(count)d answers are not checked yet.", number
    )


def _asked(number: int) -> str:
    return ngettext(
        "%(count)d answer was asked back and is still open.",
        "%(count)d answers were asked back and are still open.",
        number,
    )


def _drafts(number: int) -> str:
    return ngettext(
        "%(count)d questionnaire was begun and not sent: it is not scored.",
        "%(count)d questionnaires were begun and not sent: they are not scored.",
        number,
    )


def _cities(taken: Inputs) -> list[str]:
    people = [one for one in taken.responses if one.population is None]
    homeless = [
        one
        for one, code in zip(taken.responses, taken.data.classes, strict=True)
        if not code and one.population is not None
    ]
    alone = len(taken.responses) == 1
    return [
        _("Only one city answered: its place says nothing.") if alone else "",
        _named(_("Without a number of inhabitants, hence without a class: %(names)s."), people),
        _named(_("In no size class: %(names)s.") if taken.classes else "", homeless),
    ]


def _named(sentence: str, responses: list[Response]) -> str:
    names = sorted(str(one) for one in responses)
    return sentence % {"names": listed(names)} if names and sentence else ""


def _questions(taken: Inputs) -> list[str]:
    """Questions that nobody answered, and those that all answered alike."""
    silent, alike = [], []
    for place, one in enumerate(taken.indicators):
        given = taken.data.values[:, place]
        given = given[~np.isnan(given)]
        if not given.size:
            silent.append(one.code)
        elif given.size > 1 and given.min() == given.max():
            alike.append(one.code)
    rule = taken.method.get_constant_display()
    return [
        _("Nobody answered: %(codes)s. These questions do not count.") % {"codes": listed(silent)}
        if silent else "",
        _("All answered alike: %(codes)s. By the method: %(rule)s.")
        % {"codes": listed(alike), "rule": rule} if alike else "",
    ]  # fmt: skip


def _groups(outcome: Outcome) -> list[str]:
    if outcome.scores is None:
        return []
    titles = {one.code: in_language(one, "title")[0] for one in outcome.inputs.groups}
    empty = [
        f"{code} {titles[code]}"
        for code, column in outcome.scores.groups.items()
        if np.isnan(column).all()
    ]
    if not empty:
        return []
    return [_("Directions without a score of any city: %(names)s.") % {"names": listed(empty)}]


def refused_words(refused: scoring.ScoringRefused) -> str:
    """Why nothing can be scored by this method, as a sentence."""
    about = {"indicator": "", "group": "", **refused.params}
    sentences = {
        "not_positive": _(
            "A geometric or harmonic mean takes only values above 0. Let the scale begin above 0, "
            "or choose another mean. Direction: %(group)s."
        ),
        "goalposts_missing": _("Question %(indicator)s has no goalposts; this method needs them."),
        "target_missing": _("Question %(indicator)s has no target; this method needs one."),
        "answer_infinite": _("An answer to question %(indicator)s is no finite number."),
        "denominator_unknown": _("It is not known what question %(indicator)s is divided by."),
        "weights_wrong": _("A weight is no number of 0 or more."),
    }
    sentence = sentences.get(refused.code, _("The method does not fit the questions. Check it."))
    return sentence % {name: value or "—" for name, value in about.items()}

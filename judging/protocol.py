"""The protocol of a counted stage on paper: who judged, how it was counted, what came of it.

Works stand in it by number and title, never by author. A newer protocol stands beside the older.
"""

from collections import defaultdict
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from awards import deadlines
from content import audit, documents
from content.dates import moment_text
from content.languages import in_language
from content.privatefiles import keep_bytes, reserve
from judging import closing, conflicts, juries, ties, wording
from judging.models import Assignment, Juror, JuryProtocol, Result, Stage
from judging.refusals import Refused

TEMPLATE = "judging/pdf/protocol.typ"
PURPOSE = reserve("judging.protocol", "judging.view_juryprotocol")
State = Assignment.State


@transaction.atomic
def make(stage: Stage, language: str, by: Any) -> JuryProtocol:
    """Print the protocol in a language and keep it. Raises Refused before the count, and while a
    tie waits for the chair or for a lot."""
    if stage.state != Stage.State.CLOSED:
        raise Refused(_("The protocol is made of a counted stage."))
    if ties.open_ties(stage):
        raise Refused(_("A tie is open: record the decision first."))
    printed = pdf(stage, language)
    name = f"protocol-{stage.round.slug}-{stage.order}-{language}.pdf"
    kept = keep_bytes(printed, name, "application/pdf", PURPOSE, by)
    made = JuryProtocol.objects.create(stage=stage, language=language, file=kept, made_by=by)
    audit.record("judging.protocol.made", made, by, f"{stage}: {language}")
    return made


def pdf(stage: Stage, language: str) -> bytes:
    """The protocol as it would be printed now, in Russian or in English."""
    with translation.override(language):
        data = data_of(stage)
        return documents.pdf(TEMPLATE, data, title=data["title"], language=language)


def data_of(stage: Stage) -> dict[str, Any]:
    """What the protocol prints, in the active language."""
    rows = stage.assignments.select_related("juror__user", "entry").order_by("entry__number", "pk")
    given = list(rows)
    jury = _jury(stage, given)
    return {
        "title": _("Protocol of the jury"),
        "facts": _facts(stage),
        "jury_title": _("Jury"),
        "jury_headings": [_("Name"), _("Position"), pgettext("of a jury", "Works"), _("Votes"),
                          _("Abstentions")],
        "jury": [_juror_row(one, given) for one in jury],
        "quorum": _quorum(stage),
        "abstentions_title": _("Abstentions"),
        "abstentions": [_abstention(one) for one in given if one.state == State.ABSTAINED],
        "conflicts_title": _("Works kept from jurors of the same city"),
        "conflicts": _conflicts(stage, jury),
        "rules_title": _("How it was counted"),
        "rules": [
            wording.method_words(stage), *_criteria(stage), wording.aggregation_words(stage),
            _needed(stage), _spread(), wording.tie_words(stage),
        ],
        "formulas": wording.formulas(stage),
        "legend": wording.legend(stage),
        "ties_title": _("Decisions on ties"),
        "ties": _ties(stage),
        "results_title": _("Results"),
        "headings": [_("Place"), _("Number"), _("Title"), _("Votes"), _("Score"), _("Spread"),
                     _("Goes on")],
        "results": _results(stage),
        "no_works": _("There were no works."),
        "extensions_title": _("Personal extensions of the deadline"),
        "extensions": [_extension(one) for one in deadlines.extensions_of(stage.round)],
        "final": _("The count is final. A correction needs a new stage of judging."),
        "signatures": _signatures(jury),
    }  # fmt: skip


def _facts(stage: Stage) -> list[list[str]]:
    zone = stage.round.zone
    blind = _("blind: jurors saw number, age group, title and work") if stage.is_blind else _(
        "not blind"
    )  # fmt: skip
    return [
        [_("Award"), juries.title_of(stage.round)],
        [_("Year"), str(stage.round.year)],
        [_("Stage"), f"{stage.order}. {in_language(stage, 'title')[0]}"],
        [_("Votes from"), moment_text(stage.opens_at, zone)],
        [_("Votes until"), moment_text(stage.closes_at, zone)],
        [_("Time of the count"), moment_text(stage.closed_at, zone)],
        [_("Counted by"), stage.closed_by.full_name if stage.closed_by else ""],
        [_("Judging"), blind],
        [_("Assignment of works"), str(stage.get_assigning_display())],
    ]


def _jury(stage: Stage, given: list[Assignment]) -> list[Juror]:
    """Who sits in the jury, and who left with works of this stage; the chair first."""
    asked = {one.juror_id for one in given}
    rows = Juror.objects.filter(round=stage.round_id).select_related("user", "home")
    return [one for one in rows if one.left_at is None or one.pk in asked]


def _juror_row(juror: Juror, given: list[Assignment]) -> list[str]:
    own = [one.state for one in given if one.juror_id == juror.pk]
    position = [_("chair")] if juror.is_chair else []
    position += [juror.position] if juror.position else []
    position += [_("left the jury")] if juror.left_at else []
    numbers = (len(own), own.count(State.VOTED), own.count(State.ABSTAINED))
    return [juror.user.full_name, ", ".join(position) or "—", *map(str, numbers)]


def _quorum(stage: Stage) -> str:
    found = closing.quorum(stage)
    words = _(
        "Quorum: votes of %(needed)d of %(jury)d jurors with works needed (%(percent)d %%), "
        "%(voted)d voted."
    )
    return words % {
        "needed": found.needed,
        "jury": found.jury,
        "percent": stage.quorum_percent,
        "voted": found.voted,
    }


def _abstention(one: Assignment) -> str:
    return f"{one.entry.code}, {one.juror.user.full_name}: {one.abstained_why}"


def _conflicts(stage: Stage, jury: list[Juror]) -> list[str]:
    codes = {one.entry_id: one.entry.code for one in stage.results.select_related("entry")}
    kept = defaultdict(list)
    for juror, work in conflicts.pairs(stage.round):
        if work in codes:
            kept[juror].append(codes[work])
    return [
        f"{one.user.full_name}: {', '.join(sorted(kept[one.pk]))}" for one in jury if kept[one.pk]
    ]


def _criteria(stage: Stage) -> list[str]:
    words = _("%(title)s: weight %(weight)d, points from 0 to %(most)d")
    listed = [
        words
        % {
            "title": in_language(one, "title")[0],
            "weight": one.weight,
            "most": one.max_points,
        }
        for one in stage.criteria.all()
    ]
    return [_("Criteria: %(list)s.") % {"list": "; ".join(listed)}] if listed else []


def _needed(stage: Stage) -> str:
    words = ngettext(
        "A work with fewer than %(count)d vote gets no place.",
        "A work with fewer than %(count)d votes gets no place.",
        stage.votes_needed,
    )
    return words % {"count": stage.votes_needed}


def _spread() -> str:
    return _(
        "The spread is the standard deviation of the votes of a work (divided by n − 1). Scores "
        "are rounded to four digits and compared as printed; each category is counted by itself."
    )


def _ties(stage: Stage) -> list[str]:
    codes = {one.entry_id: one.entry.code for one in stage.results.select_related("entry")}
    return [
        _("%(works)s. %(reason)s Recorded by %(name)s on %(moment)s.")
        % {
            "works": "; ".join(
                f"{number}. {_level(level, codes)}" for number, level in enumerate(one.order, 1)
            ),
            "reason": one.reason,
            "name": one.decided_by.full_name,
            "moment": moment_text(one.decided_at, stage.round.zone),
        }
        for one in stage.tie_decisions.select_related("decided_by")
    ]


def _level(level: int | list[int], codes: dict[int, str]) -> str:
    return ", ".join(codes[pk] for pk in (level if isinstance(level, list) else [level]))


def _results(stage: Stage) -> list[dict]:
    rows = stage.results.select_related("entry", "category")
    ordered = sorted(rows, key=_order)
    return [
        {
            "title": in_language(category, "title")[0] if category else _("Without a category"),
            "rows": [_result(one) for one in group],
        }
        for category, group in groupby(ordered, key=lambda one: one.category)
    ]


def _order(one: Result) -> tuple:
    category = (one.category.order, one.category_id) if one.category else (10**6, 0)
    return *category, one.place is None, one.place or 0, one.entry.number or 0


def _result(one: Result) -> list[str]:
    return [
        str(one.place or "—"),
        one.entry.code,
        one.entry.title_in(translation.get_language()[:2]),
        str(one.votes),
        _number(one.score),
        _number(one.spread),
        _("yes") if one.passed else "—",
    ]


def _number(value) -> str:
    """Four digits, with the comma of the language."""
    if value is None:
        return "—"
    comma = "," if translation.get_language().startswith("ru") else "."
    return f"{value:.4f}".replace(".", comma)


def _extension(one) -> str:
    words = _("%(name)s: until %(moment)s. Reason: %(reason)s")
    told = {
        "name": one.entrant.name_in(translation.get_language()[:2]),
        "moment": moment_text(one.until, one.entrant.round.zone),
        "reason": one.reason,
    }
    return words % told + (" (" + _("taken back") + ")" if one.ended_at else "")


def _signatures(jury: list[Juror]) -> list[list[str]]:
    sitting = [one for one in jury if one.left_at is None]
    return [
        [_("Chair of the jury") if one.is_chair else _("Juror"), one.user.full_name]
        for one in sitting
    ]

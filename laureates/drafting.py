"""From what a jury counted to laureates: staff choose the works, the rest is filled in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from awards import consents, sending
from awards.models import EntrantKind, Entry, Round
from content import audit
from judging.models import Assignment, Result, Stage
from laureates import naming
from laureates.models import Laureate, Results

Honour = Laureate.Honour


class DraftRefused(Exception):
    """Nothing was written; the text says why, in the language of the reader."""


@dataclass(frozen=True)
class Choice:
    """One work that gets an honour. `place` only where the honour is a place."""

    entry: Entry
    honour: str
    place: int | None = None


def last_stages(round: Round) -> list[Stage]:
    """The stages that decide: the last one of the round, or of each category that has its own.

    Two queries.
    """
    stages = list(round.stages.prefetch_related("categories").order_by("order", "pk"))
    last: dict[int | None, Stage] = {}
    for stage in stages:
        for key in [one.pk for one in stage.categories.all()] or [None]:
            last[key] = stage
        if not stage.categories.all():
            last = {None: stage}
    return sorted(set(last.values()), key=lambda stage: stage.order)


def counted(round: Round) -> list[Result]:
    """What the last stages counted, by category and place, with the works: three queries.

    Only works that may be seen: sent, admitted, nobody's consent missing.
    """
    rows = Result.objects.filter(
        stage__in=last_stages(round), stage__state=Stage.State.CLOSED, place__isnull=False,
        entry__in=Entry.objects.admitted(),
    )  # fmt: skip
    return list(
        rows.select_related("entry__entrant__member", "entry__home", "category", "stage").order_by(
            "category__order", "category", "place", "entry__number"
        )
    )


@transaction.atomic
def draft(results: Results, choices: Iterable[Choice], by) -> list[Laureate]:
    """Write drafts of laureates, with names, works and the jury's words; those that are there stay.

    Raises DraftRefused when the results are released, and for a work that may not be seen or has
    no place in this round.
    """
    round = sending.lock(results.round_id)
    results = Results.objects.select_for_update(of=("self",)).get(pk=results.pk)
    consents.hold(round)
    if results.released_at is not None:
        raise DraftRefused(_("These results are released. Correct them instead."))
    made = [_drafted(results.round, choice, by) for choice in choices]
    new = [one for one in made if one is not None]
    if new:
        audit.record("laureates.drafted", results, by, f"{results}: {len(new)}")
    return new


def _drafted(round: Round, choice: Choice, by) -> Laureate | None:
    entry = choice.entry
    if not round.entries.admitted().filter(pk=entry.pk).exists():
        raise DraftRefused(_("Work %(code)s is not admitted to this round.") % {"code": entry.code})
    known = Laureate.objects.filter(entry=entry, category=entry.category, honour=choice.honour)
    if known.exists():
        return None
    laureate = Laureate(
        award=round.award, round=round, year=round.year, results_of_year=round.results_of_year,
        category=entry.category, entry=entry, kind=_kind(entry), honour=choice.honour,
        place=choice.place if choice.honour == Honour.PLACE else None,
        member=entry.nominee_member or entry.home, event=round.event,
        **naming.public_title(entry), **_work(entry), **_jury_words(entry),
    )  # fmt: skip
    laureate.save(by=by)
    return laureate


def _kind(entry: Entry) -> str:
    if entry.round.is_for_children:
        return EntrantKind.PERSON
    return entry.nominee_kind or entry.entrant.kind


def _work(entry: Entry) -> dict[str, str]:
    """The title of the work; of a child's only where it may be shown: a title can name people."""
    if entry.round.is_for_children and not naming.is_showable(entry):
        return {}
    return {"work_title_ru": entry.title_ru, "work_title_en": entry.title_en}


def _jury_words(entry: Entry) -> dict[str, str]:
    """The longest comment of a juror, in the language the work is written in."""
    if entry.round.is_for_children:
        return {}
    rows = Assignment.objects.filter(entry=entry).exclude(comment="")
    words = max((row.comment for row in rows), key=len, default="")
    return {f"jury_words_{entry.language}": words} if words else {}

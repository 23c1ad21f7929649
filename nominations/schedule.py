"""The outside deadline counted backwards: what has to be done by when, and what is late."""

import datetime
from dataclasses import dataclass

from content import dated
from nominations import checks
from nominations.models import CallStep, Dossier, OutsideCall

Kind = CallStep.Kind
# Who does a step: "city", "translator", "secretariat".
DOERS = {
    Kind.TEXTS: "city",
    Kind.ENGLISH: "translator",
    Kind.LETTERS: "city",
    Kind.SIGNATURE: "city",
    Kind.SENDING: "secretariat",
}


@dataclass(frozen=True)
class Step:
    """One step of one dossier; `due_on` is None while the deadline is not announced."""

    kind: str
    due_on: datetime.date | None
    is_done: bool
    is_late: bool

    @property
    def label(self) -> str:
        """In the language of whoever reads it now."""
        return str(Kind(self.kind).label)

    @property
    def doer(self) -> str:
        return DOERS[Kind(self.kind)]


def set_up(call: OutsideCall) -> None:
    """The usual steps for a new call, without those its languages do not need."""
    CallStep.objects.bulk_create(
        CallStep(call=call, kind=kind, days_before=days)
        for kind, days in CallStep.DEFAULTS.items()
        if kind != Kind.ENGLISH or call.wanted_language == "en"
    )


def due_on(call: OutsideCall, step: CallStep) -> datetime.date | None:
    """The last day of a step, by the calendar of the giver."""
    if call.deadline_on is None:
        return None
    return call.deadline_on - datetime.timedelta(days=step.days_before)


def steps(dossier: Dossier, day: datetime.date | None = None) -> list[Step]:
    """The steps of a dossier with material, the first to be due first; queries nothing."""
    day = day or dated.today()
    done, is_working = _done(dossier), dossier.state == Dossier.State.WRITING
    found = []
    for step in dossier.call.steps.all():
        due, is_done = due_on(dossier.call, step), done[Kind(step.kind)]
        is_late = is_working and not is_done and due is not None and due < day
        found.append(Step(step.kind, due, is_done, is_late))
    return found


def next_step(dossier: Dossier, day: datetime.date | None = None) -> Step | None:
    """The first step that is not done."""
    return next((one for one in steps(dossier, day) if not one.is_done), None)


def days_left(call: OutsideCall, day: datetime.date | None = None) -> int | None:
    """Days until the outside deadline, negative after it; None while it is not announced."""
    return (call.deadline_on - (day or dated.today())).days if call.deadline_on else None


def _done(dossier: Dossier) -> dict[Kind, bool]:
    if dossier.is_gone:
        return dict.fromkeys(Kind, True)
    parts = checks.parts(dossier)
    return {
        Kind.TEXTS: all(one.russian_text or not one.section.is_required for one in parts),
        Kind.ENGLISH: not checks.text_lacks(dossier),
        Kind.LETTERS: not checks.letter_lacks(dossier),
        Kind.SIGNATURE: checks.is_approved(dossier),
        Kind.SENDING: False,
    }

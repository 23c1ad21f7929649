"""Corrections of sealed results (RAT-6): prepared by one person, sealed as a revision by another.

Sealed answers stay as they are. A correction says which answers counted wrongly and what counts
instead; places are computed anew from the sealed answers with all corrections so far.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from content import approvals, audit
from content.models import Approval
from questionnaires.models import Answer, Response
from ratings.models import Edition, Indicator
from standings import canonical, errata_letters, moves, sealing, snapshots
from standings.models import Erratum, ErratumChange, Seal
from standings.sealing import SealRefused

DEED = "standings.erratum"
MAY_CORRECT = "standings.change_erratum"
State = Erratum.State


@transaction.atomic
def begin(edition: Edition, by: Any) -> Erratum:
    """The correction of a sealed edition that is being prepared; the first call opens it.

    Raises SealRefused for an edition that is not sealed: its answers are corrected in the check.
    """
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if edition.sealed_at is None or not edition.seals.exists():
        raise SealRefused([_("This edition is not sealed: correct its answers in the check.")])
    found = Erratum.objects.filter(edition=edition, state=State.DRAFT).first()
    if found is None:
        found = Erratum.objects.create(edition=edition, made_by=by)
        audit.record("standings.erratum_begun", found, by, str(edition))
    return found


@transaction.atomic
def put(
    erratum: Erratum,
    response: Response,
    indicator: Indicator,
    value: Decimal | None,
    reason: str,
    by: Any,
) -> ErratumChange:
    """Say what counts instead of one answer (None: it counts as not answered), and why.

    Said twice of one answer, the later holds. Raises SealRefused.
    """  # fmt: skip
    erratum = _draft(erratum)
    _refuse_strange(erratum.edition, response, indicator)
    if not reason.strip():
        raise SealRefused([_("Say why the answer is corrected.")])
    before = counted(erratum.edition, response, indicator)
    if value == before:
        raise SealRefused([_("This is what counts already: give another value.")])
    change, _is_new = ErratumChange.objects.update_or_create(
        erratum=erratum, response=response, indicator=indicator,
        defaults={"before": before, "after": value, "reason": reason.strip()},
    )  # fmt: skip
    audit.record(
        "standings.erratum_put", erratum, by, f"{response}: {indicator.code}",
        {indicator.code: [_plain(before), _plain(value)]},
    )  # fmt: skip
    return change


@transaction.atomic
def take_out(change: ErratumChange, by: Any) -> None:
    """Leave an answer as it was. Raises SealRefused once the correction is sealed or dropped."""
    erratum = _draft(change.erratum)
    audit.record("standings.erratum_taken_out", erratum, by, str(change))
    change.delete()


@transaction.atomic
def drop(erratum: Erratum, by: Any) -> Erratum:
    """Give a correction up that is being prepared. Raises SealRefused afterwards."""
    erratum = _draft(erratum)
    erratum.state = State.DROPPED
    erratum.save()
    if question := approvals.waiting(DEED, erratum):
        approvals.withdraw(question, by)
    audit.record("standings.erratum_dropped", erratum, by, str(erratum.edition))
    return erratum


def counted(edition: Edition, response: Response, indicator: Indicator) -> Decimal | None:
    """What counts of an answer today: as corrected last, else as it was sealed."""
    changes = ErratumChange.objects.filter(
        erratum__edition=edition, erratum__state=State.SEALED, response=response,
        indicator=indicator,
    )  # fmt: skip
    if last := changes.order_by("-erratum__seal__revision").first():
        return last.after
    answer = Answer.objects.filter(response=response, indicator=indicator).first()
    return answer.counted_number if answer else None


def overlay(edition: Edition, erratum: Erratum | None = None) -> dict:
    """All corrections of an edition so far, with one that is prepared: what `computing` takes."""
    rows = ErratumChange.objects.filter(erratum__edition=edition, erratum__state=State.SEALED)
    found = [*rows.order_by("erratum__seal__revision", "pk")]
    if erratum is not None:
        found += list(erratum.changes.order_by("pk"))
    return {(one.response_id, one.indicator_id): one.after for one in found}


def problems(erratum: Erratum) -> list[str]:
    """What stands against a correction, as sentences."""
    if erratum.state != State.DRAFT:
        return [_("This correction is published or dropped already.")]
    found = []
    if not (erratum.reason_ru.strip() and erratum.reason_en.strip()):
        found.append(_("Say what was wrong in Russian and in English."))
    if not erratum.changes.exists():
        found.append(_("No answer is corrected yet."))
    return found


def prepare(erratum: Erratum, *, explained: bool = False) -> snapshots.Prepared:
    """The places as the correction makes them; `explained` as `snapshots.prepare` has it."""
    changed = overlay(erratum.edition, erratum)
    prepared = snapshots.prepare(erratum.edition, changed, explained=explained)
    return snapshots.because(prepared, erratum.reason_ru.strip(), erratum.reason_en.strip())


def state(erratum: Erratum, prepared: snapshots.Prepared) -> str:
    """The digest of what is approved: the places and what is said about them."""
    reasons = [prepared.reason, list(erratum.changes.order_by("pk").values_list("pk", "reason"))]
    return canonical.sha256(canonical.dumps([erratum.pk, prepared.digest, reasons]))


def ask(erratum: Erratum, by: Any, expected: str | None = None) -> Approval:
    """Ask a second person to publish a correction as it is now. Raises SealRefused."""
    erratum = _fresh(erratum)
    _refuse(problems(erratum))
    digest = state(erratum, prepare(erratum))
    _refuse_changed(expected, digest)
    return approvals.ask(DEED, erratum, digest, by)


def seal(erratum: Erratum, by: Any, expected: str | None = None) -> Seal:
    """A second person publishes a correction: the next revision, with a hash of its own.

    Public at once, or with the results themselves while these are under embargo. Raises
    SealRefused, having written nothing.
    """
    erratum = _fresh(erratum)
    _refuse(problems(erratum))
    prepared = prepare(erratum, explained=True)
    with transaction.atomic():
        edition = snapshots.hold(erratum.edition)
        erratum = _draft(erratum)
        digest = state(erratum, prepared)
        fresh = snapshots.digest(edition, overlay(edition, erratum))
        reasons = {"ru": erratum.reason_ru.strip(), "en": erratum.reason_en.strip()}
        if fresh != prepared.digest or reasons != prepared.reason:
            raise SealRefused([_changed()])
        _refuse_changed(expected, digest)
        question = sealing.approve(DEED, erratum, digest, by)
        last = edition.seals.order_by("-revision").first()
        seal = snapshots.write(
            edition, prepared, asked_by=question.asked_by, sealed_by=by,
            publish_at=last.published_at, revision=last.revision + 1,
        )  # fmt: skip
        erratum.state, erratum.seal = State.SEALED, seal
        erratum.save()
        audit.record("standings.corrected", edition, by, f"{edition}: {seal.sha256}")
        if last.is_out():  # nobody knew a place that was under embargo
            errata_letters.tell(seal, moves.places_moved(seal))
    return seal


def _fresh(erratum: Erratum) -> Erratum:
    return Erratum.objects.select_related("edition__rating").get(pk=erratum.pk)


def _draft(erratum: Erratum) -> Erratum:
    found = Erratum.objects.select_for_update(of=("self",)).select_related("edition__rating")
    erratum = found.get(pk=erratum.pk)
    if erratum.state != State.DRAFT:
        raise SealRefused([_("This correction is published or dropped already.")])
    return erratum


def _refuse_strange(edition: Edition, response: Response, indicator: Indicator) -> None:
    if response.edition_id != edition.pk or indicator.edition_id != edition.pk:
        raise SealRefused([_("This answer is not of this edition.")])
    if indicator.kind == Indicator.Kind.TEXT:
        raise SealRefused([_("A text is not scored: there is nothing to correct.")])


def _refuse(found: Iterable[str]) -> None:
    if reasons := list(found):
        raise SealRefused(reasons)


def _refuse_changed(expected: str | None, digest: str) -> None:
    if expected not in (None, digest):
        raise SealRefused([_changed()])


def _changed() -> str:
    return _("The correction was changed meanwhile. Look at it again.")


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"

"""What staff do with a dossier on its page: each deed with its form, its states and its button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from nominations import honouring, letters, nominating, sending
from nominations.forms import LetterForm
from nominations.models import Dossier
from nominations.staff_forms import (
    DeclineForm,
    DeedForm,
    LaureateForm,
    NominatorForm,
    OutcomeForm,
    PlainForm,
    ReceiptForm,
    SendForm,
)

State = Dossier.State


class StaffLetterForm(LetterForm, DeedForm):
    """A letter that the secretariat adds, such as its own as the nominator."""


@dataclass(frozen=True)
class Deed:
    """`run` takes the dossier, the cleaned form and who does it; `holds` when it is offered."""

    name: str
    title: str
    button: str
    done: str
    form: type[DeedForm]
    run: Callable[[Dossier, Any, Any], object]
    holds: Callable[[Dossier], bool]


def _in(*states: str) -> Callable[[Dossier], bool]:
    return lambda dossier: dossier.state in states


def _send(dossier: Dossier, form: Any, by: Any) -> object:
    told = {name: form.cleaned_data[name] for name in ("sent_on", "upload", "words", "knows_late")}
    return sending.record_sending(dossier, by, **told)


def _letter(dossier: Dossier, form: Any, by: Any) -> object:
    told = {name: form.cleaned_data[name] for name in ("kind", "language", "title", "upload")}
    return letters.add(dossier, by, **told)


def _outcome(dossier: Dossier, form: Any, by: Any) -> object:
    told = {name: form.cleaned_data[name] for name in ("on", "source", "url")}
    return sending.record_outcome(dossier, form.cleaned_data["outcome"], by, **told)


def _laureate(dossier: Dossier, form: Any, by: Any) -> object:
    told = {name: form.cleaned_data[name] for name in ("citation_ru", "citation_en")}
    return honouring.make_laureate(dossier, by, **told)


DEEDS = {
    deed.name: deed
    for deed in [
        Deed(
            "accept", _("Nominate the city"), _("Nominate the city"),
            _("The city is told and may write its texts."), NominatorForm,
            lambda dossier, form, by: nominating.accept(dossier, form.choice(), by),
            _in(State.INTEREST),
        ),
        Deed(
            "decline", _("Do not nominate the city"), _("Send the refusal"),
            _("The city is told."), DeclineForm,
            lambda dossier, form, by: nominating.decline(dossier, form.cleaned_data["reason"], by),
            _in(State.INTEREST),
        ),
        Deed(
            "nominator", _("Change who nominates"), _("Save the nominator"),
            _("The nominator is saved."), NominatorForm,
            lambda dossier, form, by: nominating.choose_nominator(dossier, form.choice(), by),
            _in(State.WRITING),
        ),
        Deed(
            "letter", _("Add a letter"), _("Add the letter"), _("The letter is kept."),
            StaffLetterForm, _letter, _in(State.WRITING),
        ),
        Deed(
            "final", _("Make the final text"), _("Make the final text"),
            _("The final text is made; the city is asked to approve it."), PlainForm,
            lambda dossier, _form, by: sending.make_final(dossier, by), _in(State.WRITING),
        ),
        Deed(
            "send", _("Record the sending"), _("Record the sending"),
            _("The dossier is sent; the proof is kept."), SendForm, _send, _in(State.WRITING),
        ),
        Deed(
            "receipt", _("Record the receipt"), _("Record the receipt"),
            _("The receipt is recorded."), ReceiptForm,
            lambda dossier, form, by: sending.acknowledge(
                dossier, form.cleaned_data["on"], form.cleaned_data["words"], by
            ),
            _in(State.SENT),
        ),
        Deed(
            "outcome", _("Record the result"), _("Record the result"),
            _("The result is recorded."), OutcomeForm, _outcome,
            lambda dossier: dossier.is_gone and dossier.laureate_id is None,
        ),
        Deed(
            "laureate", _("Enter the laureate"), _("Enter the laureate"),
            _("The laureate is in the archive, as a draft."), LaureateForm, _laureate,
            lambda dossier: dossier.outcome == "won" and dossier.laureate_id is None,
        ),
    ]
}  # fmt: skip


def offered(dossier: Dossier) -> list[Deed]:
    """What may be done with the dossier now, in the order of the work."""
    return [deed for deed in DEEDS.values() if deed.holds(dossier)]

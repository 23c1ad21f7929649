"""A member proposes who sits on its seat; the secretariat confirms or refuses."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit
from content.languages import in_language, reading_order
from content.slugs import free_slug
from content.sortkeys import sort_key
from governance import seats
from governance.models import DelegateProposal, Person, SeatFilling, SeatTerm

State = DelegateProposal.State


@transaction.atomic
def propose(
    term: SeatTerm,
    user: Any,
    *,
    starts_on: datetime.date,
    role: str = SeatFilling.Role.DELEGATE,
    has_mandate: bool = False,
    **names,
) -> DelegateProposal:
    """Propose a person for a seat; a proposal that waits is replaced by the new one.

    `names`: full_name_ru, full_name_en, position_ru, position_en. Raises ValidationError when the
    seat does not belong to the member on that day.
    """
    term = SeatTerm.objects.select_for_update().get(pk=term.pk)
    if not term.is_valid_on(starts_on):
        text = _("On that day the seat does not belong to the member.")
        raise ValidationError({"starts_on": text})
    proposal = DelegateProposal.objects.filter(term=term, role=role, state=State.WAITING).first()
    proposal = proposal or DelegateProposal(term=term, role=role)
    proposal.proposed_by, proposal.starts_on, proposal.has_mandate = user, starts_on, has_mandate
    for column, text in names.items():
        setattr(proposal, column, text)
    proposal.save()
    audit.record("delegate.proposed", proposal, user, str(proposal))
    return proposal


def last_of(terms: Iterable[SeatTerm]) -> dict[int, DelegateProposal]:
    """What was proposed last for each seat and is not confirmed, by primary key of the term."""
    rows = DelegateProposal.objects.filter(term__in=list(terms)).order_by("proposed_at", "pk")
    last = {row.term_id: row for row in rows}
    return {key: row for key, row in last.items() if row.state != State.CONFIRMED}


def known_person(proposal: DelegateProposal) -> Person | None:
    """The one person of the register with exactly this name, if there is just one."""
    for code in ("ru", "en"):
        if name := getattr(proposal, f"full_name_{code}"):
            found = list(Person.objects.filter(**{f"sort_key_{code}": sort_key(name)})[:2])
            if found:
                return found[0] if len(found) == 1 else None
    return None


@transaction.atomic
def confirm(proposal: DelegateProposal, by: Any, person: Person | None = None) -> SeatFilling:
    """The proposed person sits on the seat. Without `person` a new record is made of the name.

    Raises ValidationError when somebody decided meanwhile, and as `seats.fill` does.
    """
    proposal = _open(proposal)
    person = person or _new_person(proposal)
    proposal.filling = seats.fill(
        proposal.term, person, proposal.starts_on, by=by, role=proposal.role,
        has_mandate=proposal.has_mandate or proposal.role == SeatFilling.Role.DELEGATE,
        closes_predecessor=True,
    )  # fmt: skip
    _decide(proposal, State.CONFIRMED, by)
    return proposal.filling


@transaction.atomic
def refuse(proposal: DelegateProposal, by: Any, reason: str) -> None:
    """Refuse a proposal, with a reason in the active language."""
    proposal = _open(proposal)
    setattr(proposal, f"reason_{reading_order()[0]}", reason)
    _decide(proposal, State.REFUSED, by)


def _open(proposal: DelegateProposal) -> DelegateProposal:
    """The row, locked; ValidationError when it waits no more."""
    proposal = DelegateProposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != State.WAITING:
        raise ValidationError(_("Somebody has decided about this proposal already."))
    return proposal


def _decide(proposal: DelegateProposal, state: str, by: Any) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.full_clean()
    proposal.save()
    audit.record(f"delegate.{state}", proposal, by, str(proposal))


def _new_person(proposal: DelegateProposal) -> Person:
    person = Person(full_name_ru=proposal.full_name_ru, full_name_en=proposal.full_name_en)
    person.slug = free_slug(person, in_language(person, "full_name", "en")[0])
    person.save()
    return person
